// The lists of Sendmail that ask for names in the DNS: of the client, and of the sender's domain.
#include "policy/settings.hpp"

using namespace mailflow;
using namespace mailflow::testing;

namespace {

struct Asking {
    explicit Asking(Settings const& settings) : desk(settings), server(desk.server()) {
        server.software = Software::sendmail;
    }

    Question question(std::string const& recipient, ReverseName reverse) {
        Question asked = desk.question({.recipient = recipient});
        return {.server = server,
                .book = asked.book,
                .client = asked.client,
                .port = asked.port,
                .account = std::nullopt,
                .sender = {},
                .recipient = asked.recipient,
                .reverse = reverse};
    }

    Desk desk;
    ServerPolicy server;
};

Settings isp() {
    return {.handles = {"isp.example"}, .trusts = {"192.0.2.0/24"}};
}

} // namespace

TEST_CASE("Sendmail gives a stranger's missing or forged name as the reason, where it has none better") {
    Asking asking{isp()};
    auto const saying = [&](std::string const& recipient, ReverseName reverse) {
        return decide(RuleListId::relay, asking.question(recipient, reverse)).saying;
    };
    CHECK(saying("leo@shop.example", ReverseName::confirmed) == Saying::relay_denied);
    CHECK(saying("leo@shop.example", ReverseName::missing) == Saying::client_name_missing);
    CHECK(saying("leo@shop.example", ReverseName::forged) == Saying::client_name_forged);
    CHECK(saying("leo@shop.example", ReverseName::unsure) == Saying::client_name_unsure);
    CHECK(saying("maya@isp.example", ReverseName::missing) == Saying::recipient_ok);
}

TEST_CASE("the ladder shows what the DNS says of the client's name") {
    Asking asking{isp()};
    Question const question = asking.question("leo@shop.example", ReverseName::forged);
    std::vector<std::string> const lines = ladder(question, decide(RuleListId::relay, question));
    REQUIRE(lines.size() >= 2);
    CHECK(lines[lines.size() - 2] ==
          "no client-name-unsure: the name of 198.51.100.7 does not lead back to it");
    CHECK(lines.back() == "yes client-name-forged: the name of 198.51.100.7 does not lead back to it");
}

TEST_CASE("Sendmail takes mail only from domains that can be written to") {
    Asking asking{isp()};
    auto const saying = [&](std::string const& sender, DomainStatus status) {
        Question question = asking.question("maya@isp.example", ReverseName::confirmed);
        std::size_t const at = sender.find('@');
        question.sender = asking.desk.book().add_address({sender.substr(0, at), sender.substr(at + 1)});
        question.sender_domain = status;
        return decide(RuleListId::sender, question).saying;
    };
    CHECK(saying("leo@shop.example", DomainStatus::exists) == Saying::sender_ok);
    CHECK(saying("leo@gone.example", DomainStatus::missing) == Saying::sender_domain_unknown);
    CHECK(saying("leo@ill.example", DomainStatus::unsure) == Saying::sender_domain_unsure);
    CHECK(saying("leo@[192.0.2.7]", DomainStatus::missing) == Saying::sender_ok);
}
