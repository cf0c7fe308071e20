// Where the softwares decide differently about the same question.
#include "catch.hpp"

#include "policy/decide.hpp"
#include "policy/routing.hpp"

using namespace mailflow;

namespace {

/// A server that handles isp.example (maya), trusts 192.0.2.0/24, and relays for partner.example.
struct Server {
    explicit Server(Software software) {
        policy.software = software;
        policy.handles = {book.add_domain("isp.example")};
        policy.any_mailbox = false;
        policy.mailboxes = {book.add_local_part("maya")};
        policy.trusts = {*parse_range("192.0.2.0/24")};
        policy.relays_for = {book.add_domain("partner.example")};
    }

    /// The answer to a stranger's RCPT, or to that of another client.
    Saying answer(std::string const& recipient, char const* client = "203.0.113.9") {
        AddressId const written = book.add_address(*parse_mailbox(recipient));
        Question const question{.server = policy,
                                .book = book,
                                .client = *parse_ip(client),
                                .account = std::nullopt,
                                .sender = {},
                                .recipient = resolve(policy, book, written),
                                .written = written};
        Decision const relay = decide(RuleListId::relay, question);
        return relay.verdict == Verdict::refuse ? relay.saying
                                                : decide(RuleListId::recipient, question).saying;
    }

    AddressBook book;
    ServerPolicy policy;
};

} // namespace

TEST_CASE("OpenSMTPD refuses an unknown name, even from a trusted network") {
    Server server{Software::opensmtpd};
    CHECK(server.answer("maya@isp.example") == Saying::recipient_ok);
    CHECK(server.answer("mia@isp.example") == Saying::unknown_user);
    CHECK(server.answer("mia@isp.example", "192.0.2.1") == Saying::unknown_user);
    CHECK(server.answer("leo@shop.example", "192.0.2.1") == Saying::recipient_ok);
    CHECK(server.answer("leo@shop.example") == Saying::relay_denied);
}

TEST_CASE("Exim lets everybody write to the postmaster of its domains, before it asks for anything else") {
    Server server{Software::exim};
    AddressId const written = server.book.add_address(*parse_mailbox("Postmaster@partner.example"));
    Question const question{.server = server.policy,
                            .book = server.book,
                            .client = *parse_ip("203.0.113.9"),
                            .account = std::nullopt,
                            .sender = {},
                            .recipient = written,
                            .written = written,
                            .listed_on = 0};
    for (RuleListId const list : {RuleListId::relay, RuleListId::spam}) {
        Decision const decision = decide(list, question);
        CHECK(decision.verdict == Verdict::accept);
        CHECK(decision.decided_by() == RuleId::own_postmaster);
    }
    CHECK(decide(RuleListId::submission, question).saying == Saying::submission_denied); // RFC 6409
    CHECK(server.answer("postmaster@shop.example") == Saying::relay_denied);
    CHECK(server.answer("leo@shop.example") == Saying::relay_denied);
}

TEST_CASE("OpenSMTPD takes a tag off the names of its own domains only") {
    Server server{Software::opensmtpd};
    CHECK(server.answer("maya+lists@isp.example") == Saying::recipient_ok);
    CHECK(server.answer("mia+lists@isp.example") == Saying::unknown_user);
    AddressId const foreign = server.book.add_address(*parse_mailbox("leo+lists@partner.example"));
    CHECK(resolve(server.policy, server.book, foreign) == foreign);
    CHECK(Server{Software::postfix}.answer("maya+lists@isp.example") == Saying::unknown_user);
}

TEST_CASE("qmail and Exchange take every name of their domains, and find out later") {
    for (Software const software : {Software::qmail, Software::exchange}) {
        Server server{software};
        CHECK(server.answer("maya@isp.example") == Saying::recipient_ok);
        CHECK(server.answer("mia@isp.example") == Saying::recipient_ok);
        CHECK(server.answer("leo@shop.example") == Saying::relay_denied);
        CHECK(server.answer("leo@shop.example", "192.0.2.1") == Saying::recipient_ok);
    }
}

TEST_CASE("a backup MX that looks at the domain alone is half of an open relay") {
    for (Software const software : {Software::opensmtpd, Software::qmail, Software::exchange})
        CHECK(Server{software}.answer("leo%shop.example@partner.example") == Saying::recipient_ok);
    CHECK(Server{Software::postfix}.answer("leo%shop.example@partner.example") == Saying::relay_denied);
}

TEST_CASE("a relayed domain stands for those below it with some, and with others for itself") {
    for (Software const software : {Software::postfix, Software::qmail})
        CHECK(Server{software}.answer("leo@sub.partner.example") == Saying::recipient_ok);
    for (Software const software : {Software::opensmtpd, Software::exchange})
        CHECK(Server{software}.answer("leo@sub.partner.example") == Saying::relay_denied);
}
