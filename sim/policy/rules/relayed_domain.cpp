// The server was told to pass on mail for the recipient's domain, as its backup MX or gateway: RFC 2505
// section 2.1, point 1 ("known to us as an alternate MX"); RFC 5321 section 3.6.2.
#include "policy/lists/lists.hpp"
#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

bool stands(ServerPolicy const& server) {
    return !server.relays_for.empty();
}

/// Whether mail for the address is taken wherever it comes from.
bool is_open_to_all(Question const& question, AddressId address) {
    DomainId const domain = question.book[address].domain;
    return handled_at(question.server, domain) || relayed_at(question.server, question.book, domain);
}

/// Whether the domain would be asked to pass the mail on to somewhere else (Postfix:
/// allow_untrusted_routing; Sendmail's ParseRecipient looks where that is).
bool goes_too_far(Question const& question) {
    RuleLists const& lists = lists_of(question.server.software);
    if (lists.relays_routed || !asks_for_routing(question.book, question.recipient))
        return false;
    AddressId const end = resolve_beyond(question.server, question.book, question.recipient);
    return !lists.follows_relayed || asks_for_routing(question.book, end) || !is_open_to_all(question, end);
}

Finding check(Question const& question) {
    auto const place = relayed_at(question.server, question.book, question.book[question.recipient].domain);
    bool const relays = place && !goes_too_far(question);
    return {RuleId::relayed_domain, relays ? Match::yes : Match::no, place.value_or(0)};
}

std::string because(Question const& question, Finding const& finding) {
    std::string const& domain = recipient_domain(question);
    if (finding.match == Match::no && goes_too_far(question))
        return fmt::format("{} asks {} to pass it on",
                           question.book.name(question.book[question.recipient].local_part), domain);
    if (finding.match == Match::no)
        return fmt::format("{} is not {}", domain, names_of(question, question.server.relays_for));
    std::string const& listed = question.book.name(question.server.relays_for[finding.detail]);
    return listed == domain ? fmt::format("relays for {}", domain)
                            : fmt::format("{} lies in {}, which it relays for", domain, listed);
}

} // namespace

Rule const rule_relayed_domain{RuleId::relayed_domain,
                               "relayed-domain",
                               "the server was told to relay for the recipient's domain",
                               "RFC 2505 section 2.1; RFC 5321 section 3.6.2",
                               Verdict::accept,
                               Saying::recipient_ok,
                               stands,
                               check,
                               because};

} // namespace mailflow
