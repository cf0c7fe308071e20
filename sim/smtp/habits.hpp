// What the servers of each software make of a session: which checks they ask of a command in which order,
// what they offer when, and how much they bear. Data, one file a software in smtp/habits; smtp/server_session
// asks the checks. Who may relay where is not here but in policy/lists.
#pragma once

#include "mail/saying.hpp"
#include "mail/voice.hpp"
#include "policy/server_policy.hpp"
#include "smtp/line.hpp"
#include "smtp/parameters.hpp"
#include "smtp/path.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace mailflow {

/// What a server asks before it obeys a command. In brackets what it answers when the check fails.
enum class Check : std::uint8_t {
    tls_first,        // on 587 the connection must be encrypted [starttls_first]
    greeting_first,   // HELO or EHLO was said [greeting_first]
    greeting_once,    // neither was said [already_greeted]
    greeted_by_ehlo,  // EHLO was said, and offered it [authentication_unavailable, already_under_tls]
    plain_connection, // not encrypted yet [already_under_tls]
    accounts,         // there is somebody who may log in [authentication_unavailable]
    login_under_tls,  // encrypted, since only then AUTH is offered [authentication_unavailable]
    logged_out,       // [already_authenticated]
    no_transaction,   // [nested_mail, or in_transaction]
    transaction,      // MAIL was said [bad_sequence_mail, or data_before_mail]
    recipients,       // there is an accepted one [no_valid_recipients]
    chunks_over,      // no chunk of a message has come that was not the last [chunks_first]
    syntax,           // of the line [mail_syntax, rcpt_syntax, bad_greeting, bad_arguments]
    domain_name,      // what ETRN asks for could be a domain [bad_arguments]
    flushed_domain,   // mail for it is passed on by this server [queue_run_refused]
    host_name,        // HELO and EHLO name a host that could be one [bad_greeting]
    path,             // [bad_sender_path, bad_recipient_path]
    parameters,       // [unknown_parameter, bad_size, bad_parameter]
    mechanism,        // of AUTH, and what was said to its challenge [unknown_mechanism, ...]
    login_first,      // on 587 and 465 the client must be logged in [authentication_first]
    declared_size,    // [message_too_big]
    sender_policy,    // the rule list about the sender
    recipient_limit,  // [too_many_recipients]
    bad_recipients,   // not most of them so far [too_many_bad_recipients]
    recipient_policy, // the rule lists about the recipient
    mailbox_policy,   // only the list about the mailbox, for VRFY and EXPN [verified_foreign, ...]
    hops,             // [too_many_hops]
    content_size,     // [content_too_big]
    content_header,   // there is one, and an empty line after it [content_headless]
    content_lines,    // [content_line_too_long]
    content_text,     // nothing in it that the server does not bear [content_unfit]
};
static_assert(static_cast<unsigned>(Check::content_text) < 32, "they fit into a CheckSet");

/// Some checks, in no order: a bit for each.
using CheckSet = std::uint32_t;

[[nodiscard]] constexpr CheckSet only(Check check) {
    return CheckSet{1} << static_cast<unsigned>(check);
}
[[nodiscard]] constexpr CheckSet set_of(std::span<Check const> checks) {
    CheckSet set = 0;
    for (Check const check : checks)
        set |= only(check);
    return set;
}

/// How a command is dealt with: the checks in their order, and the answer when all are passed.
struct Procedure {
    std::span<Check const> checks{};
    Saying answer = Saying::unknown_command;
    CheckSet all = set_of(checks);
};

/// What happens when there are more errors than a server bears.
enum class Ending : std::uint8_t {
    never,
    in_place_of_answer, // the first error beyond the limit is answered by the hang-up
    after_answer,       // it is answered, and then the server hangs up
    to_next_command,    // once the limit is reached, whatever comes next is answered by the hang-up
};

struct ErrorLimit {
    std::uint32_t most = 0;
    Ending ending = Ending::never;
};

/// What a line feed without a carriage return is in the content, from a client that sends both elsewhere.
enum class BareLineFeed : std::uint8_t { line_end, content, hang_up };

/// Whether the value of a header field that names addresses does so well.
using JudgeAddresses = bool (*)(std::string_view value);

struct Habits {
    Procedure helo{};
    Procedure ehlo{};
    Procedure starttls{};
    Procedure tls_handshake{{}, Saying::tls_established};
    Procedure auth{};
    Procedure mail{};
    Procedure rcpt{};
    Procedure data{};
    Procedure content{};
    Procedure rset{};
    Procedure noop{};
    Procedure vrfy{};
    Procedure expn{};
    Procedure help{};
    Procedure etrn{};
    Procedure bdat{};
    Procedure quit{{}, Saying::goodbye};
    Procedure forbidden{};
    Procedure empty{};
    Procedure overlong{{}, Saying::line_too_long};
    Procedure not_utf8{};              // asked only where `minds_utf8`
    bool forbidden_only_first = false; // later, such a command is just an unknown one
    bool minds_headers = true;         // what looks like "Subject:" is a forbidden command, too
    bool minds_odd_words = false;      // the same of what does not begin with a letter
    bool minds_utf8 = false;
    bool keyword_is_of_verb = false; // MAIL without FROM: and RCPT without TO: are unknown commands

    ErrorLimit unknown_commands{};
    ErrorLimit errors{};
    std::uint32_t most_other_commands =
        0; // those that send no mail, some of them once for nothing; 0: all are borne
    std::uint32_t most_junk_commands = 0; // those that send no mail, between two messages; the next is still
                                          // borne, each after it counts as an error; 0: all are borne
    bool refusals_are_errors = false;     // every negative reply counts, not only wrong commands
    bool unknown_commands_are_errors = false;
    bool bears_hasty_commands = false; // MAIL before EHLO, and what follows a refusal that the client has not
                                       // waited for, count for nothing
    bool bears_missing_domains = false;   // of an address: refused, but no error
    bool message_forgives_errors = false; // taking a message sets the count back
    std::uint32_t most_recipients = 0;    // of one message; 0: as many as there are
    std::uint32_t excess_borne = 0;       // how many more may be named before each is an error
    std::uint32_t half_good_after =
        0; // once more than this were named, half must have been accepted; 0: never
    std::uint32_t most_received_lines =
        0; // in the content: how many are still taken; 0: as many as there are
    std::uint32_t longest_content_line = 0;
    std::uint32_t received_lines_bounced =
        0;                            // beyond so many, its own counted, it returns what it took; 0: never
    std::uint32_t longest_header = 0; // of the content, as it lies in a file; 0: of any length
    std::uint64_t usual_max_size = 0; // in octets, where the postmaster sets none; 0: no limit
    bool announces_size = true;       // in the answer to EHLO
    bool measures_as_stored = false;  // the content: an end of line counts as one octet

    std::size_t longest_line = 0;            // of commands, without its end, in octets
    bool cuts_overlong_lines = false;        // and takes what is left for the command
    bool overlong_hangs_up = false;          // after the answer
    bool tls_starts_afresh = true;           // the greeting and the login from before it are forgotten
    bool bad_chunk_hangs_up = false;         // the same, where BDAT tells no size
    bool reads_chunks_loosely = false;       // as read_chunk has it
    bool refused_chunk_spoils_rest = false;  // up to the last, which ends the transaction
    std::size_t shortest_plain_password = 0; // AUTH PLAIN: a shorter one is taken for bad base64
    bool adds_empty_line = false;            // counted, where the content of BDAT begins without a header
    BareLineFeed bare_line_feed = BareLineFeed::line_end;
    bool bare_return_hangs_up = false;     // in the content, as above
    bool minds_nul_octets = false;         // in the content
    bool minds_cut_base64 = false;         // more than base64 with wrong letters
    bool asks_cyrus_sasl = false;          // which minds excess words, empty names, and who acts for others
    bool cuts_password_at_nul = false;     // of PLAIN, with what stands behind it
    bool offers_cram_md5 = false;          // beside PLAIN and LOGIN
    bool takes_logins_in_any_case = false; // of letters; the password not
    bool minds_lone_equals_sign = false;   // as an initial response, where it stands for nothing
    bool minds_bad_size = false;           // SIZE=abc is an error
    bool keeps_declared_size = false;      // of a MAIL that was refused, for the next that tells none
    bool parameters_need_ehlo = false;     // after HELO, MAIL has none
    bool minds_empty_routes = false; // in a path to itself: "!user", and "there!" is for the postmaster there
    bool names_first_of_twins = false;    // a recipient that leads to the mailbox of one before, as that one
    bool verifies_whole_argument = false; // of VRFY: it is one path, blanks and all
    std::span<ParameterForm const> mail_parameters{};
    std::span<ParameterForm const> rcpt_parameters{};
    ParameterBounds parameter_bounds = ParameterBounds::blanks;
    Blanks blanks = Blanks::skipped;
    JudgeName is_greeting_name = nullptr;       // null: any will do
    JudgeName is_flushed_name = is_domain_name; // after ETRN
    ReadPath read_path = nullptr;
    JudgeAddresses are_addresses = nullptr; // in the header of the content; null: it does not look
};

extern Habits const habits_of_postfix;
extern Habits const habits_of_exim;
extern Habits const habits_of_sendmail;
extern Habits const habits_of_opensmtpd;
extern Habits const habits_of_qmail;
extern Habits const habits_of_exchange;

/// In the order of Software.
inline constexpr std::array<Habits const*, software_names.size()> all_habits{
    &habits_of_postfix,   &habits_of_exim,  &habits_of_sendmail,
    &habits_of_opensmtpd, &habits_of_qmail, &habits_of_exchange};

[[nodiscard]] inline Habits const& habits_of(Software software) {
    return *all_habits[static_cast<std::size_t>(software)];
}

/// What a message may have at most; empty where there is no limit.
[[nodiscard]] inline std::optional<std::uint64_t> size_limit_of(ServerPolicy const& server) {
    std::uint64_t const usual = habits_of(server.software).usual_max_size;
    if (server.max_size_bytes)
        return server.max_size_bytes;
    return usual > 0 ? std::optional{usual} : std::nullopt;
}

/// What of it the server tells with SIZE (RFC 1870 section 3); empty where it tells nothing.
[[nodiscard]] std::optional<std::uint64_t> announced_limit(ServerPolicy const& server);

} // namespace mailflow
