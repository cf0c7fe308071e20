// The lists themselves: their order, their ends, and what is kept of the way through them.
#include "policy/settings.hpp"

#include <set>

using namespace mailflow;
using namespace mailflow::testing;

namespace {

std::vector<std::string> names_in(RuleListId list) {
    std::vector<std::string> names;
    for (RuleId const id : rules_of(Software::postfix, list))
        names.emplace_back(rule(id).name);
    return names;
}

constexpr std::array all_lists{RuleListId::relay, RuleListId::submission, RuleListId::recipient};

/// Settings, clients, logins and recipients in all combinations.
template<class Visit>
void for_each_question(Visit const& visit) {
    for (bool const open : {false, true})
        for (bool const trusting : {false, true})
            for (bool const relaying : {false, true}) {
                Desk desk{{.handles = {"isp.example"},
                           .mailboxes = {"maya"},
                           .trusts = trusting ? std::vector<std::string>{"192.0.2.0/24"}
                                              : std::vector<std::string>{},
                           .relays_for = relaying ? std::vector<std::string>{"partner.example"}
                                                  : std::vector<std::string>{},
                           .open_relay = open}};
                for (char const* client : {"192.0.2.9", "203.0.113.9", "2001:db8::9"})
                    for (char const* account : {"", "maya"})
                        for (char const* recipient : {"maya@isp.example", "mia@isp.example",
                                                      "leo@partner.example", "leo@shop.example"})
                            visit(desk.question(
                                {.client = client, .account = account, .recipient = recipient}));
            }
}

} // namespace

TEST_CASE("the lists ask their rules in Postfix's order") {
    using Names = std::vector<std::string>;
    CHECK(names_in(RuleListId::relay) == Names{"trusted-network", "authenticated", "pop-before-smtp",
                                               "handled-domain", "relayed-domain", "open-relay",
                                               "relay-denied"});
    CHECK(names_in(RuleListId::submission) == Names{"authenticated", "submission-denied"});
    CHECK(names_in(RuleListId::recipient) == Names{"foreign-mailbox", "known-mailbox", "unknown-user"});
}

TEST_CASE("every list ends in a refusal that all servers have") {
    for (RuleListId const list : all_lists) {
        Rule const& last = rule(rules_of(Software::postfix, list).back());
        CHECK(last.verdict == Verdict::refuse);
        CHECK(last.stands == nullptr);
        CHECK_FALSE(question_of(list).empty());
        CHECK(question_of(list).back() == '?');
    }
}

TEST_CASE("every rule has a name of its own and a sentence and a source") {
    std::set<std::string_view> names;
    for (RuleListId const list : all_lists)
        for (RuleId const id : rules_of(Software::postfix, list)) {
            Rule const& found = rule(id);
            INFO(found.name);
            CHECK(found.id == id);
            CHECK_FALSE(found.sentence.empty());
            CHECK(found.source.find("RFC ") != std::string_view::npos);
            CHECK(class_of(found.saying) ==
                  (found.verdict == Verdict::accept ? SayingClass::positive : SayingClass::permanent));
            names.insert(found.name);
        }
    CHECK(names.size() == 11);
}

TEST_CASE("the first rule that matches decides and every finding up to it is kept in order") {
    int asked = 0;
    for_each_question([&](Question const& question) {
        for (RuleListId const list : all_lists) {
            ++asked;
            Decision const decision = decide(list, question);
            auto const findings = decision.findings();
            REQUIRE_FALSE(findings.empty());

            std::vector<Finding> expected;
            for (RuleId const id : rules_of(Software::postfix, list)) {
                if (rule(id).stands != nullptr && !rule(id).stands(question.server))
                    continue;
                expected.push_back(rule(id).check(question));
                if (expected.back().match == Match::yes)
                    break;
            }
            REQUIRE(std::vector<Finding>(findings.begin(), findings.end()) == expected);
            REQUIRE(findings.back().match == Match::yes);
            for (Finding const& before : findings.first(findings.size() - 1))
                REQUIRE(before.match == Match::no);
            REQUIRE(decision.decided_by() == findings.back().rule);
        }
    });
    CHECK(asked == 8 * 3 * 2 * 4 * 3);
}

// RFC 2505 section 2.1 in one line, written a second time: what the list of rules must come to.
TEST_CASE("mail passes exactly when the sender may send anything or the domain is served here") {
    for_each_question([](Question const& question) {
        std::string const& domain = question.book.name(question.book[question.recipient].domain);
        bool const may_send_anything =
            question.account.has_value() ||
            (!question.server.trusts.empty() && to_text(question.client).starts_with("192.0.2.")) ||
            question.server.open_relay;
        bool const served_here =
            domain == "isp.example" || (!question.server.relays_for.empty() && domain == "partner.example");
        Decision const decision = decide(RuleListId::relay, question);
        INFO(to_text(question.client) << " for " << domain);
        REQUIRE((decision.verdict == Verdict::accept) == (may_send_anything || served_here));
    });
}

TEST_CASE("accepting in one list leaves the next one to refuse") {
    Desk desk{{.handles = {"isp.example"}, .mailboxes = {"maya"}, .trusts = {"192.0.2.0/24"}}};
    Question const question =
        desk.question({.client = "192.0.2.9", .account = "maya", .recipient = "mia@isp.example"});
    CHECK(decide(RuleListId::submission, question).verdict == Verdict::accept);
    CHECK(decide(RuleListId::relay, question).verdict == Verdict::accept);
    CHECK(decide(RuleListId::recipient, question).saying == Saying::unknown_user);
}

TEST_CASE("a rule that a server does not have leaves no finding") {
    Desk closed{{.handles = {"isp.example"}}};
    for (std::string const& line :
         ladder(closed.question({.recipient = "leo@shop.example"}),
                decide(RuleListId::relay, closed.question({.recipient = "leo@shop.example"})))) {
        CHECK(line.find("open-relay") == std::string::npos);
        CHECK(line.find("relayed-domain") == std::string::npos);
    }
}
