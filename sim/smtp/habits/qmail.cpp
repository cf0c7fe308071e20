// qmail: qmail-smtpd.c of netqmail 1.06. It asks for no HELO, looks at no argument but a path's, takes a
// second MAIL for a fresh start, and never loses its patience, but hangs up on bare line feeds. AUTH and
// STARTTLS are those of the usual patches, which ask neither for EHLO nor for TLS.
#include "smtp/habits.hpp"

#include <array>

namespace mailflow {

namespace {

using enum Check;

constexpr std::array starttls{plain_connection};
constexpr std::array auth{accounts, logged_out, no_transaction, syntax, mechanism};
constexpr std::array mail{login_first, path};
constexpr std::array rcpt{transaction, path, recipient_policy};
constexpr std::array data{transaction, recipients};
constexpr std::array content{hops, content_size};

} // namespace

Habits const habits_of_qmail{
    .helo = {{}, Saying::helo_accepted},
    .ehlo = {{}, Saying::capabilities},
    .starttls = {starttls, Saying::ready_for_tls},
    .auth = {auth, Saying::authenticated},
    .mail = {mail, Saying::sender_ok},
    .rcpt = {rcpt, Saying::recipient_ok},
    .data = {data, Saying::start_content},
    .content = {content, Saying::queued},
    .rset = {{}, Saying::reset},
    .noop = {{}, Saying::nothing_done},
    .vrfy = {{}, Saying::verify_refused},
    .expn = {{}, Saying::unknown_command},
    .help = {{}, Saying::help},
    .etrn = {{}, Saying::unknown_command},
    .bdat = {{}, Saying::unknown_command},
    .quit = {{}, Saying::goodbye},
    .forbidden = {{}, Saying::unknown_command},
    .empty = {{}, Saying::empty_command},
    .most_received_lines = 99, // MAXHOPS is 100
    .announces_size = false,
    .longest_line = 10'000, // it takes lines of any length, but no path of more than 900 octets
    .bare_line_feed = BareLineFeed::hang_up,
    .read_path = read_as_qmail,
};

} // namespace mailflow
