// Blocklists (RFC 5782): the server asks the DNS whether the client's address is known for sending spam.
#include "base/text.hpp"
#include "mail/dnsbl.hpp"
#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

bool stands(ServerPolicy const& server) {
    return !server.blocklists.empty();
}

Finding check(Question const& question) {
    if (question.listed_on)
        return {RuleId::blocklisted, Match::yes, *question.listed_on};
    return {RuleId::blocklisted, Match::no};
}

std::string because(Question const& question, Finding const& finding) {
    auto const name_in = [&](DomainId list) { return dnsbl_name(question.client, question.book.name(list)); };
    if (finding.match == Match::yes)
        return fmt::format("{} is listed ({})", name_in(question.server.blocklists[finding.detail]),
                           dnsbl_listed);
    std::vector<std::string> names;
    for (DomainId const list : question.server.blocklists)
        names.push_back(name_in(list));
    return fmt::format("{} {} not listed", join_words(names), names.size() == 1 ? "is" : "are");
}

} // namespace

Rule const rule_blocklisted{RuleId::blocklisted,
                            "blocklisted",
                            "the client is on a blocklist",
                            "RFC 5782 section 2.1",
                            Verdict::refuse,
                            Saying::blocklisted,
                            stands,
                            check,
                            because};

} // namespace mailflow
