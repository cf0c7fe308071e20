// The client's address lies in a network that the server relays for: RFC 2505 section 2.1, point 3.
#include "base/text.hpp"
#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

Finding check(Question const& question) {
    std::vector<IpRange> const& trusts = question.server.trusts;
    for (std::uint32_t i = 0; i < trusts.size(); ++i)
        if (trusts[i].contains(question.client))
            return {RuleId::trusted_network, Match::yes, i};
    return {RuleId::trusted_network, Match::no};
}

std::string because(Question const& question, Finding const& finding) {
    std::string const client = to_text(question.client);
    std::vector<IpRange> const& trusts = question.server.trusts;
    if (finding.match == Match::yes)
        return fmt::format("{} is in {}", client, to_text(trusts[finding.detail]));
    if (trusts.empty())
        return "this server trusts no network";
    std::vector<std::string> ranges;
    for (IpRange const& range : trusts)
        ranges.push_back(to_text(range));
    return fmt::format("{} is not in {}", client, join_words(ranges, "or"));
}

} // namespace

Rule const rule_trusted_network{RuleId::trusted_network,
                                "trusted-network",
                                "the client is in a trusted network",
                                "RFC 2505 section 2.1",
                                Verdict::accept,
                                Saying::recipient_ok,
                                nullptr,
                                check,
                                because};

} // namespace mailflow
