// POP-before-SMTP: who has just fetched mail from an address, by POP3 or IMAP and with the right password,
// may relay from that address for a while. A makeshift from before authentication (RFC 2505 section 2.1
// allows any way of telling one's own users from strangers).
#include "base/time.hpp"
#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

bool stands(ServerPolicy const& server) {
    return server.pop_before_smtp.has_value();
}

Finding check(Question const& question) {
    bool const recent = question.fetched_ago && *question.fetched_ago <= *question.server.pop_before_smtp;
    return {RuleId::pop_before_smtp, recent ? Match::yes : Match::no};
}

std::string because(Question const& question, Finding const& finding) {
    std::string const client = to_text(question.client);
    if (!question.fetched_ago)
        return fmt::format("nobody has checked for mail from {}", client);
    std::string const window = say_duration(*question.server.pop_before_smtp);
    std::string const ago = say_duration(*question.fetched_ago);
    if (finding.match == Match::yes)
        return fmt::format("{} checked for mail {} ago, within {}", client, ago, window);
    return fmt::format("{} checked for mail {} ago: longer than {}", client, ago, window);
}

} // namespace

Rule const rule_pop_before_smtp{RuleId::pop_before_smtp,
                                "pop-before-smtp",
                                "the client has just checked for mail",
                                "RFC 2505 section 2.1",
                                Verdict::accept,
                                Saying::recipient_ok,
                                stands,
                                check,
                                because};

} // namespace mailflow
