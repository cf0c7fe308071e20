// Greylisting (RFC 6647): a client, sender and recipient that the server never saw together are asked to come
// back later, which mail servers do and most spammers do not.
#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

bool stands(ServerPolicy const& server) {
    return server.greylist.has_value();
}

Finding check_passed(Question const& question) {
    bool const waited = question.known_for && *question.known_for >= *question.server.greylist;
    return {RuleId::greylist_passed, waited ? Match::yes : Match::no};
}

std::string because_passed(Question const& question, Finding const&) {
    std::string const wanted = say_duration(*question.server.greylist);
    if (!question.known_for)
        return fmt::format("this client, sender and recipient are not on its list; it wants {}", wanted);
    return fmt::format("first seen {} ago; it wants {}", say_duration(*question.known_for), wanted);
}

Finding check_greylisted(Question const&) {
    return {RuleId::greylisted, Match::yes};
}

std::string because_greylisted(Question const&, Finding const&) {
    return "come back later";
}

Finding check_nothing(Question const&) {
    return {RuleId::nothing_suspicious, Match::yes};
}

std::string because_nothing(Question const&, Finding const&) {
    return "the server looks no further";
}

} // namespace

Rule const rule_greylist_passed{RuleId::greylist_passed,
                                "greylist-passed",
                                "the client has waited long enough",
                                "RFC 6647 section 2.1",
                                Verdict::accept,
                                Saying::recipient_ok,
                                stands,
                                check_passed,
                                because_passed};

Rule const rule_greylisted{RuleId::greylisted,
                           "greylisted",
                           "the server greylists strangers",
                           "RFC 6647 section 2.1",
                           Verdict::refuse,
                           Saying::greylisted,
                           stands,
                           check_greylisted,
                           because_greylisted};

/// The end of the spam list: where nothing speaks against the message, it may come in.
Rule const rule_nothing_suspicious{RuleId::nothing_suspicious,
                                   "nothing-suspicious",
                                   "anything else",
                                   "RFC 5321 section 7.9",
                                   Verdict::accept,
                                   Saying::recipient_ok,
                                   nullptr,
                                   check_nothing,
                                   because_nothing};

} // namespace mailflow
