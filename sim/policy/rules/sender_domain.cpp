// Whether the sender could be written to at all: a domain without an MX record and without an address cannot
// be answered, nor can a bounce be sent there. RFC 5321 section 2.3.5 (only resolvable domain names), RFC
// 3463 section 3.2 (X.1.8).
#include "mail/ip.hpp"
#include "policy/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

std::string const& domain_of_sender(Question const& question) {
    return question.book.name(question.book[question.sender].domain);
}

/// An address in brackets needs no DNS; what else stands there is nowhere.
DomainStatus status_of(Question const& question) {
    std::string_view const domain = domain_of_sender(question);
    if (!domain.starts_with('['))
        return question.sender_domain;
    std::string_view inside = domain.substr(1, domain.size() - std::min<std::size_t>(domain.size(), 2));
    if (inside.starts_with("ipv6:")) // names are in lower case
        inside.remove_prefix(5);
    return domain.ends_with(']') && parse_ip(inside) ? DomainStatus::exists : DomainStatus::missing;
}

template<RuleId id, DomainStatus status>
Finding check(Question const& question) {
    return {id, status_of(question) == status ? Match::yes : Match::no};
}

std::string because(Question const& question, Finding const&) {
    std::string const& domain = domain_of_sender(question);
    switch (status_of(question)) {
    case DomainStatus::exists: return fmt::format("{} can be written to", domain);
    case DomainStatus::missing: return fmt::format("{} cannot be found in the DNS", domain);
    case DomainStatus::unsure: break;
    }
    return fmt::format("the DNS does not tell where {} is", domain);
}

} // namespace

Rule const rule_sender_domain_unsure{RuleId::sender_domain_unsure,
                                     "sender-domain-unsure",
                                     "the DNS is silent about the sender's domain",
                                     "RFC 3463 section 3.2",
                                     Verdict::refuse,
                                     Saying::sender_domain_unsure,
                                     nullptr,
                                     check<RuleId::sender_domain_unsure, DomainStatus::unsure>,
                                     because};

Rule const rule_sender_domain_unknown{RuleId::sender_domain_unknown,
                                      "sender-domain-unknown",
                                      "the sender's domain does not exist",
                                      "RFC 5321 section 2.3.5; RFC 3463 section 3.2",
                                      Verdict::refuse,
                                      Saying::sender_domain_unknown,
                                      nullptr,
                                      check<RuleId::sender_domain_unknown, DomainStatus::missing>,
                                      because};

Rule const rule_sender_domain_exists{RuleId::sender_domain_exists,
                                     "sender-domain-exists",
                                     "the sender's domain can be written to",
                                     "RFC 5321 section 2.3.5",
                                     Verdict::accept,
                                     Saying::sender_ok,
                                     nullptr,
                                     check<RuleId::sender_domain_exists, DomainStatus::exists>,
                                     because};

} // namespace mailflow
