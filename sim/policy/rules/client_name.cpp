// The name that the DNS has for the client's address, which a server may want to be real before it decides
// for the last time: RFC 1912 section 2.1 (every address has a name that leads back to it). A server that
// asks so refuses strangers anyway; what it finds out only changes the reason that it gives.
#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

template<RuleId id, ReverseName name>
Finding check(Question const& question) {
    return {id, question.reverse == name ? Match::yes : Match::no};
}

std::string because(Question const& question, Finding const&) {
    std::string const client = to_text(question.client);
    switch (question.reverse) {
    case ReverseName::confirmed: return fmt::format("{} has a name that leads back to it", client);
    case ReverseName::forged: return fmt::format("the name of {} does not lead back to it", client);
    case ReverseName::missing: return fmt::format("{} has no name in the DNS", client);
    case ReverseName::unsure: break;
    }
    return fmt::format("the DNS does not tell the name of {}", client);
}

} // namespace

Rule const rule_client_name_unsure{RuleId::client_name_unsure,
                                   "client-name-unsure",
                                   "the DNS cannot name the client now",
                                   "RFC 1912 section 2.1",
                                   Verdict::refuse,
                                   Saying::client_name_unsure,
                                   nullptr,
                                   check<RuleId::client_name_unsure, ReverseName::unsure>,
                                   because};

Rule const rule_client_name_forged{RuleId::client_name_forged,
                                   "client-name-forged",
                                   "the client's name does not lead back to it",
                                   "RFC 1912 section 2.1",
                                   Verdict::refuse,
                                   Saying::client_name_forged,
                                   nullptr,
                                   check<RuleId::client_name_forged, ReverseName::forged>,
                                   because};

Rule const rule_client_name_missing{RuleId::client_name_missing,
                                    "client-name-missing",
                                    "the client's address has no name",
                                    "RFC 1912 section 2.1",
                                    Verdict::refuse,
                                    Saying::client_name_missing,
                                    nullptr,
                                    check<RuleId::client_name_missing, ReverseName::missing>,
                                    because};

} // namespace mailflow
