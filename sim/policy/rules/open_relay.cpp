// The server passes on anything from anyone: what RFC 2505 section 1.3 and RFC 5321 section 7.9 warn of.
#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

bool stands(ServerPolicy const& server) {
    return server.open_relay;
}

Finding check(Question const&) {
    return {RuleId::open_relay, Match::yes};
}

std::string because(Question const& question, Finding const&) {
    return fmt::format("{} may use it like everybody else", to_text(question.client));
}

} // namespace

Rule const rule_open_relay{RuleId::open_relay,
                           "open-relay",
                           "the server relays anything for anyone",
                           "against RFC 2505 section 2.1",
                           Verdict::accept,
                           Saying::recipient_ok,
                           stands,
                           check,
                           because};

} // namespace mailflow
