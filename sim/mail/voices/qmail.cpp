// What qmail answers over a connection: netqmail 1.06 after its source (qmail-smtpd.c), with the words of the
// usual patches for STARTTLS and AUTH, which plain netqmail does not have; AUTH is offered where a server has
// accounts. Its enhanced codes stand at the end of the text, in brackets, where no client looks for them.
#include "mail/date.hpp"
#include "mail/voices/voices.hpp"
#include "mail/voices/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

constexpr std::string_view mail_first = "MAIL first (#5.5.1)";
constexpr std::string_view rcpt_first = "RCPT first (#5.5.1)";
constexpr std::string_view unimplemented = "unimplemented (#5.5.1)";
constexpr std::string_view syntax_error = "syntax error (#5.5.4)";
constexpr std::string_view login_demanded = "Authorization required (#5.7.1)";
constexpr std::string_view too_big = "sorry, that message size exceeds my databytes limit (#5.3.4)";
constexpr std::string_view denied = "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)";

constexpr Words words[] = {
    {Saying::greeting, 220, "", "{me} ESMTP"},
    {Saying::helo_accepted, 250, "", "{me}"},
    {Saying::ready_for_tls, 220, "", "ready for tls"},
    {Saying::already_under_tls, 502, "", unimplemented},
    {Saying::authenticated, 235, "", "ok, go ahead (#2.0.0)"},
    {Saying::authentication_failed, 535, "", "authentication failed (#5.7.1)"},
    {Saying::authentication_unavailable, 502, "", unimplemented},
    {Saying::already_authenticated, 503, "", "you're already authenticated (#5.5.0)"},
    {Saying::authentication_first, 530, "", login_demanded},
    {Saying::unknown_mechanism, 504, "", "auth type unimplemented (#5.5.1)"},
    {Saying::authentication_cancelled, 501, "", "auth exchange canceled (#5.0.0)"},
    {Saying::bad_authentication, 501, "", "malformed auth input (#5.5.4)"},
    {Saying::in_transaction, 503, "", "no auth during mail transaction (#5.5.0)"},
    {Saying::sender_ok, 250, "", "ok"},
    {Saying::bad_sender_path, 555, "", syntax_error},
    {Saying::recipient_ok, 250, "", "ok"},
    {Saying::bad_recipient_path, 555, "", syntax_error},
    {Saying::bad_sequence_mail, 503, "", mail_first},
    {Saying::submission_denied, 530, "", login_demanded},
    {Saying::relay_denied, 553, "", denied},
    {Saying::greylisted, 451, "", "temporarily rejected, please try again later (#4.3.0)"},
    {Saying::start_content, 354, "", "go ahead"},
    {Saying::no_valid_recipients, 503, "", rcpt_first},
    {Saying::data_before_mail, 503, "", mail_first},
    {Saying::bad_sequence_rcpt, 503, "", rcpt_first},
    {Saying::content_too_big, 552, "", too_big},
    {Saying::bare_line_feed, 451, "", "See https://cr.yp.to/docs/smtplf.html."},
    {Saying::too_many_hops, 554, "", "too many hops, this message is looping (#5.4.6)"},
    {Saying::storage_full, 451, "", "qqt failure (#4.3.0)"},
    {Saying::reset, 250, "", "flushed"},
    {Saying::nothing_done, 250, "", "ok"},
    {Saying::verify_refused, 252, "", "send some mail, i'll try my best"},
    {Saying::help, 214, "", "netqmail home page: http://qmail.org/netqmail"},
    {Saying::bad_arguments, 501, "", "malformed auth input (#5.5.4)"},
    {Saying::empty_command, 502, "", unimplemented},
    {Saying::unknown_command, 502, "", unimplemented},
    {Saying::line_too_long, 502, "", unimplemented},
    {Saying::goodbye, 221, "", "{me}"},
};

/// SIZE is not among them, whatever control/databytes says.
Reply capabilities(SayingContext const& context, bool under_tls) {
    std::vector<std::string> lines{std::string{context.server_name}};
    if (context.offers_starttls && !under_tls)
        lines.emplace_back("STARTTLS");
    if (context.offers_auth)
        lines.emplace_back("AUTH LOGIN PLAIN");
    lines.emplace_back("PIPELINING");
    lines.emplace_back("8BITMIME");
    return list_capabilities(std::move(lines));
}

Reply queued(SayingContext const& context) {
    return {.code = 250,
            .enhanced = std::nullopt,
            .lines = {fmt::format("ok {} qp {}", unix_time(context.at), context.queue_id)}};
}

} // namespace

Reply say_as_qmail(Saying saying, SayingContext const& context) {
    switch (saying) {
    case Saying::capabilities: return capabilities(context, false);
    case Saying::capabilities_under_tls: return capabilities(context, true);
    case Saying::queued: return queued(context);
    default: return put_into_words(words, saying, context);
    }
}

} // namespace mailflow
