#include "policy/settings.hpp"

using namespace mailflow;
using namespace mailflow::testing;
using Lines = std::vector<std::string>;

namespace {

struct Listed {
    ServerPolicy server;
    AddressBook book;

    Listed() {
        server.handles = {book.add_domain("shop.example")};
        server.trusts = {parse_range("198.51.100.0/24").value()};
        server.blocklists = {book.add_domain("first.example"), book.add_domain("dnsbl.example")};
    }

    [[nodiscard]] Question question(std::string const& client) {
        return {.server = server,
                .book = book,
                .client = parse_ip(client).value(),
                .account = std::nullopt,
                .sender = {},
                .recipient = book.add_address({"leo", "shop.example"})};
    }
};

} // namespace

TEST_CASE("a client on a blocklist is refused, and the name that was asked for is told") {
    Listed setting;
    Question question = setting.question("203.0.113.103");
    question.listed_on = 1;
    Decision const decision = decide(RuleListId::spam, question);
    CHECK(decision.verdict == Verdict::refuse);
    CHECK(decision.saying == Saying::blocklisted);
    CHECK(ladder(question, decision) ==
          Lines{"no trusted-network: 203.0.113.103 is not in 198.51.100.0/24",
                "no authenticated: no successful AUTH in this session",
                "yes blocklisted: 103.113.0.203.dnsbl.example is listed (127.0.0.2)"});
}

TEST_CASE("a client on no blocklist passes") {
    Listed setting;
    Question const question = setting.question("203.0.113.103");
    Decision const decision = decide(RuleListId::spam, question);
    CHECK(decision.verdict == Verdict::accept);
    CHECK(ladder(question, decision)[2] ==
          "no blocklisted: 103.113.0.203.first.example and 103.113.0.203.dnsbl.example are not listed");
}

TEST_CASE("a trusted client is not looked up on any blocklist") {
    Listed setting;
    Question question = setting.question("198.51.100.7");
    question.listed_on = 0;
    Decision const decision = decide(RuleListId::spam, question);
    CHECK(decision.verdict == Verdict::accept);
    CHECK(decision.decided_by() == RuleId::trusted_network);
}
