// The rules as a table: settings of a server, who asks for whom, what it decides and the findings that it
// shows.
#include "policy/settings.hpp"

using namespace mailflow;
using namespace mailflow::testing;

namespace {

struct Row {
    std::string story;
    Settings server;
    Asked asked;
    RuleListId list;
    Verdict verdict;
    Saying saying;
    std::vector<std::string> ladder; // the last line is the rule that decided
};

constexpr auto accept = Verdict::accept;
constexpr auto refuse = Verdict::refuse;

std::string const stranger = "198.51.100.7";
std::string const at_home = "192.0.2.20";

Settings isp() {
    return {.handles = {"isp.example"}, .mailboxes = {"maya"}, .trusts = {"192.0.2.0/24"}};
}

Settings backup_mx() {
    return {.handles = {"isp.example"}, .relays_for = {"partner.example", "club.example"}};
}

Settings open_relay() {
    return {.handles = {"old.example"}, .open_relay = true};
}

std::vector<Row> relay_rows() {
    return {
        {"a stranger asks to relay",
         isp(),
         {.client = stranger, .recipient = "leo@shop.example"},
         RuleListId::relay,
         refuse,
         Saying::relay_denied,
         {"no trusted-network: 198.51.100.7 is not in 192.0.2.0/24",
          "no authenticated: no successful AUTH in this session",
          "no handled-domain: shop.example is not isp.example", "yes relay-denied: relaying denied"}},
        {"a trusted machine may send anywhere, and nothing else is asked",
         isp(),
         {.client = at_home, .recipient = "leo@shop.example"},
         RuleListId::relay,
         accept,
         Saying::recipient_ok,
         {"yes trusted-network: 192.0.2.20 is in 192.0.2.0/24"}},
        {"the network is asked before the login",
         isp(),
         {.client = at_home, .account = "maya", .recipient = "leo@shop.example"},
         RuleListId::relay,
         accept,
         Saying::recipient_ok,
         {"yes trusted-network: 192.0.2.20 is in 192.0.2.0/24"}},
        {"who is logged in may send anywhere from anywhere",
         isp(),
         {.client = stranger, .account = "zoe", .recipient = "leo@shop.example"},
         RuleListId::relay,
         accept,
         Saying::recipient_ok,
         {"no trusted-network: 198.51.100.7 is not in 192.0.2.0/24", "yes authenticated: logged in as zoe"}},
        {"anybody may write to a domain that is handled here",
         isp(),
         {.client = stranger, .recipient = "maya@isp.example"},
         RuleListId::relay,
         accept,
         Saying::recipient_ok,
         {"no trusted-network: 198.51.100.7 is not in 192.0.2.0/24",
          "no authenticated: no successful AUTH in this session",
          "yes handled-domain: isp.example is handled here"}},
        {"the case of a domain does not matter",
         isp(),
         {.client = stranger, .recipient = "maya@ISP.Example"},
         RuleListId::relay,
         accept,
         Saying::recipient_ok,
         {"no trusted-network: 198.51.100.7 is not in 192.0.2.0/24",
          "no authenticated: no successful AUTH in this session",
          "yes handled-domain: isp.example is handled here"}},
        {"a domain below one that is handled is not handled",
         isp(),
         {.client = stranger, .recipient = "maya@mail.isp.example"},
         RuleListId::relay,
         refuse,
         Saying::relay_denied,
         {"no trusted-network: 198.51.100.7 is not in 192.0.2.0/24",
          "no authenticated: no successful AUTH in this session",
          "no handled-domain: mail.isp.example is not isp.example", "yes relay-denied: relaying denied"}},
        {"a server that was never told what it handles refuses its own mail",
         {},
         {.client = stranger, .recipient = "leo@shop.example"},
         RuleListId::relay,
         refuse,
         Saying::relay_denied,
         {"no trusted-network: this server trusts no network",
          "no authenticated: no successful AUTH in this session",
          "no handled-domain: this server handles no domain", "yes relay-denied: relaying denied"}},
        {"of several trusted ranges the one that matched is named",
         {.trusts = {"192.0.2.0/25", "2001:db8::/32", "198.51.100.7"}},
         {.client = stranger, .recipient = "leo@shop.example"},
         RuleListId::relay,
         accept,
         Saying::recipient_ok,
         {"yes trusted-network: 198.51.100.7 is in 198.51.100.7"}},
        {"of several trusted ranges all are named when none matched",
         {.handles = {"a.example", "b.example", "c.example"}, .trusts = {"192.0.2.0/25", "2001:db8::/32"}},
         {.client = stranger, .recipient = "leo@shop.example"},
         RuleListId::relay,
         refuse,
         Saying::relay_denied,
         {"no trusted-network: 198.51.100.7 is not in 192.0.2.0/25 or 2001:db8::/32",
          "no authenticated: no successful AUTH in this session",
          "no handled-domain: shop.example is not a.example, b.example or c.example",
          "yes relay-denied: relaying denied"}},
        {"a trusted range of the other family does not help",
         {.trusts = {"::/0"}},
         {.client = stranger, .recipient = "leo@shop.example"},
         RuleListId::relay,
         refuse,
         Saying::relay_denied,
         {"no trusted-network: 198.51.100.7 is not in ::/0",
          "no authenticated: no successful AUTH in this session",
          "no handled-domain: this server handles no domain", "yes relay-denied: relaying denied"}},
    };
}

std::vector<Row> relayed_domain_rows() {
    std::vector<std::string> const before{"no trusted-network: this server trusts no network",
                                          "no authenticated: no successful AUTH in this session"};
    auto const after = [&before](std::vector<std::string> rest) {
        rest.insert(rest.begin(), before.begin(), before.end());
        return rest;
    };
    return {
        {"a backup MX relays to its partner for anyone",
         backup_mx(),
         {.recipient = "leo@partner.example"},
         RuleListId::relay,
         accept,
         Saying::recipient_ok,
         after({"no handled-domain: partner.example is not isp.example",
                "yes relayed-domain: relays for partner.example"})},
        {"and to what lies below the partner's domain",
         backup_mx(),
         {.recipient = "leo@eu.mail.club.example"},
         RuleListId::relay,
         accept,
         Saying::recipient_ok,
         after({"no handled-domain: eu.mail.club.example is not isp.example",
                "yes relayed-domain: eu.mail.club.example lies in club.example, which it relays for"})},
        {"but not to a domain whose name only ends like the partner's",
         backup_mx(),
         {.recipient = "leo@notpartner.example"},
         RuleListId::relay,
         refuse,
         Saying::relay_denied,
         after({"no handled-domain: notpartner.example is not isp.example",
                "no relayed-domain: notpartner.example is not partner.example or club.example",
                "yes relay-denied: relaying denied"})},
        {"nor to the domain above the partner's",
         {.relays_for = {"eu.partner.example"}},
         {.recipient = "leo@partner.example"},
         RuleListId::relay,
         refuse,
         Saying::relay_denied,
         after({"no handled-domain: this server handles no domain",
                "no relayed-domain: partner.example is not eu.partner.example",
                "yes relay-denied: relaying denied"})},
        {"an open relay passes on anything from anyone",
         open_relay(),
         {.recipient = "leo@shop.example"},
         RuleListId::relay,
         accept,
         Saying::recipient_ok,
         after({"no handled-domain: shop.example is not old.example",
                "yes open-relay: 198.51.100.7 may use it like everybody else"})},
        {"an open relay still knows its own domain first",
         open_relay(),
         {.recipient = "leo@old.example"},
         RuleListId::relay,
         accept,
         Saying::recipient_ok,
         after({"yes handled-domain: old.example is handled here"})},
    };
}

std::vector<Row> submission_rows() {
    return {
        {"who is logged in may submit",
         isp(),
         {.client = stranger, .port = port_submission, .account = "maya", .recipient = "leo@shop.example"},
         RuleListId::submission,
         accept,
         Saying::recipient_ok,
         {"yes authenticated: logged in as maya"}},
        {"who is not logged in may not submit",
         isp(),
         {.client = stranger, .port = port_submission, .recipient = "leo@shop.example"},
         RuleListId::submission,
         refuse,
         Saying::submission_denied,
         {"no authenticated: no successful AUTH in this session",
          "yes submission-denied: port 587 takes nothing without a login"}},
        {"not even from a trusted network to a local recipient",
         isp(),
         {.client = at_home, .port = port_submissions, .recipient = "maya@isp.example"},
         RuleListId::submission,
         refuse,
         Saying::submission_denied,
         {"no authenticated: no successful AUTH in this session",
          "yes submission-denied: port 465 takes nothing without a login"}},
        {"and not on an open relay",
         open_relay(),
         {.port = port_submission, .recipient = "leo@shop.example"},
         RuleListId::submission,
         refuse,
         Saying::submission_denied,
         {"no authenticated: no successful AUTH in this session",
          "yes submission-denied: port 587 takes nothing without a login"}},
    };
}

std::vector<Row> recipient_rows() {
    return {
        {"the mailboxes of a domain handled elsewhere are not asked for",
         isp(),
         {.recipient = "nobody@shop.example"},
         RuleListId::recipient,
         accept,
         Saying::recipient_ok,
         {"yes foreign-mailbox: whoever handles shop.example knows its mailboxes"}},
        {"a mailbox that exists is found",
         isp(),
         {.recipient = "Maya@isp.example"},
         RuleListId::recipient,
         accept,
         Saying::recipient_ok,
         {"no foreign-mailbox: isp.example is handled here", "yes known-mailbox: maya has a mailbox here"}},
        {"a mailbox that does not exist is unknown, even for a trusted client",
         isp(),
         {.client = at_home, .recipient = "mia@isp.example"},
         RuleListId::recipient,
         refuse,
         Saying::unknown_user,
         {"no foreign-mailbox: isp.example is handled here",
          "no known-mailbox: nobody called mia has a mailbox here", "yes unknown-user: no such mailbox"}},
        {"the postmaster is always there",
         isp(),
         {.recipient = "PostMaster@isp.example"},
         RuleListId::recipient,
         accept,
         Saying::recipient_ok,
         {"no foreign-mailbox: isp.example is handled here",
          "yes known-mailbox: postmaster has a mailbox here"}},
        {"a server may know every name",
         {.handles = {"isp.example"}, .mailboxes = {"*"}},
         {.recipient = "anyone@isp.example"},
         RuleListId::recipient,
         accept,
         Saying::recipient_ok,
         {"no foreign-mailbox: isp.example is handled here",
          "yes known-mailbox: every name has a mailbox here"}},
        {"a server may know no name at all",
         {.handles = {"isp.example"}, .mailboxes = {}},
         {.recipient = "maya@isp.example"},
         RuleListId::recipient,
         refuse,
         Saying::unknown_user,
         {"no foreign-mailbox: isp.example is handled here",
          "no known-mailbox: nobody called maya has a mailbox here", "yes unknown-user: no such mailbox"}},
    };
}

void check_rows(std::vector<Row> const& rows) {
    for (Row const& row : rows) {
        INFO(row.story);
        Desk desk{row.server};
        Question const question = desk.question(row.asked);
        Decision const decision = decide(row.list, question);
        CHECK(decision.list == row.list);
        CHECK(decision.verdict == row.verdict);
        CHECK(decision.saying == row.saying);
        CHECK(ladder(question, decision) == row.ladder);
        CHECK(rule(decision.decided_by()).verdict == row.verdict);
    }
}

} // namespace

TEST_CASE("a relay decision is the textbook's and shows the values that made it") {
    check_rows(relay_rows());
}

TEST_CASE("backup servers and open relays accept for the reason that they name") {
    check_rows(relayed_domain_rows());
}

TEST_CASE("the submission ports take nothing without a login") {
    check_rows(submission_rows());
}

TEST_CASE("a recipient is looked up only where its domain is handled") {
    check_rows(recipient_rows());
}
