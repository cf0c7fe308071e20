// SMTP dialogues, given / when / then: what the client says on the left, what the server answers on the
// right.
#include "catch.hpp"

#include "mail/voice.hpp"
#include "smtp/server_session.hpp"

#include <map>
#include <sstream>
#include <string>

using namespace mailflow;

namespace {

/// One conversation with mail.isp.example, which handles isp.example (maya, noah), trusts 192.0.2.0/24 and
/// has the account maya/secret.
class Conversation {
public:
    Conversation(std::string_view client, Port port) : port_(port), client_(*parse_ip(client)) {
        policy.handles = {book.add_domain("isp.example")};
        policy.any_mailbox = false;
        policy.mailboxes = {book.add_local_part("maya"), book.add_local_part("noah")};
        policy.accounts = {{"maya", "secret"}};
        policy.trusts = {*parse_range("192.0.2.0/24")};
        session = begin_session(port);
    }

    /// The reply to one line, in the words of the server.
    std::string operator()(std::string const& line) {
        std::istringstream words{line};
        std::string verb;
        std::string first;
        std::string second;
        words >> verb >> first >> second;
        Command command{verb_of(verb), {}};
        if (verb == "MAIL" || verb == "RCPT")
            command.address = address_in(first);
        last = respond(session, {policy, book, client_, port_}, command, {first, second});
        std::string const about = command.address.valid() ? book.text(command.address) : std::string{};
        return to_line(
            say(policy.software, last.saying,
                {.server_name = "mail.isp.example", .address = about, .queue_id = "4F2A", .port = port_}));
    }

    AddressBook book;
    ServerPolicy policy;
    ServerSession session;
    Response last;

private:
    static Verb verb_of(std::string const& word) {
        if (word == "EHLO")
            return Verb::ehlo;
        if (word == "STARTTLS")
            return Verb::starttls;
        if (word == "(TLS)")
            return Verb::tls_handshake;
        if (word == "AUTH")
            return Verb::auth;
        if (word == "MAIL")
            return Verb::mail;
        if (word == "RCPT")
            return Verb::rcpt;
        if (word == "DATA")
            return Verb::data;
        if (word == "(message)")
            return Verb::content;
        REQUIRE(word == "QUIT");
        return Verb::quit;
    }

    /// The path in "FROM:<a@b.example>"; none for "<>".
    AddressId address_in(std::string const& path) {
        std::string const inside = path.substr(path.find('<') + 1, path.find('>') - path.find('<') - 1);
        if (inside.empty())
            return {};
        auto const mailbox = parse_mailbox(inside);
        REQUIRE(mailbox);
        return book.add_address(*mailbox);
    }

    Port port_;
    IpAddress client_;
};

constexpr char const* traveller = "198.51.100.7";
constexpr char const* at_home = "192.0.2.7";

} // namespace

TEST_CASE("a stranger on port 25 may write to a domain that is handled here") {
    Conversation c{traveller, port_smtp};
    c("EHLO client.example");
    CHECK(c("MAIL FROM:<leo@shop.example>") == "250 2.1.0 Ok");
    CHECK(c("RCPT TO:<maya@isp.example>") == "250 2.1.5 Ok");
    CHECK(c("DATA") == "354 End data with <CR><LF>.<CR><LF>");
    CHECK(c("(message)") == "250 2.0.0 Ok: queued as 4F2A");
    CHECK(c.last.effect == Effect::content_accepted);
    CHECK(c("QUIT") == "221 2.0.0 Bye");
    CHECK(c.last.effect == Effect::hang_up);
}

TEST_CASE("a stranger on port 25 is denied relaying, and DATA then has no recipient") {
    Conversation c{traveller, port_smtp};
    c("EHLO client.example");
    c("MAIL FROM:<maya@isp.example>");
    CHECK(c("RCPT TO:<leo@shop.example>") == "554 5.7.1 <leo@shop.example>: Relay access denied");
    REQUIRE(c.last.decisions().size() == 1);
    CHECK(c.last.decisions()[0].decided_by() == RuleId::relay_denied);
    CHECK(c("DATA") == "554 5.5.1 Error: no valid recipients");
}

TEST_CASE("refused recipients leave the accepted ones alone") {
    Conversation c{traveller, port_smtp};
    c("EHLO client.example");
    c("MAIL FROM:<sender@foreign.example>");
    CHECK(c("RCPT TO:<maya@isp.example>") == "250 2.1.5 Ok");
    CHECK(c("RCPT TO:<leo@shop.example>") == "554 5.7.1 <leo@shop.example>: Relay access denied");
    CHECK(c("RCPT TO:<noah@isp.example>") == "250 2.1.5 Ok");
    CHECK(c.session.accepted_recipients == 2);
    CHECK(c("DATA") == "354 End data with <CR><LF>.<CR><LF>");
}

TEST_CASE("Postfix bears with a thousand recipients more than it takes, and then loses its patience") {
    Conversation stranger{"203.0.113.9", port_smtp};
    stranger.policy.any_mailbox = true;
    stranger("EHLO client.example");
    stranger("MAIL <leo@shop.example>");
    std::map<std::string, int> replies;
    for (int n = 0; n < 2021; ++n)
        ++replies[stranger("RCPT <maya" + std::to_string(n) + "@isp.example>").substr(0, 9)];
    CHECK(replies == std::map<std::string, int>{{"250 2.1.5", 1000}, {"452 4.5.3", 1020}, {"421 4.7.0", 1}});
}

TEST_CASE("an unknown name is refused by name, and the case of a name does not matter") {
    Conversation c{traveller, port_smtp};
    c("EHLO client.example");
    c("MAIL FROM:<leo@shop.example>");
    CHECK(
        c("RCPT TO:<nobody@isp.example>") ==
        "550 5.1.1 <nobody@isp.example>: Recipient address rejected: User unknown in local recipient table");
    CHECK(c("RCPT TO:<MAYA@ISP.EXAMPLE>") == "250 2.1.5 Ok");
    CHECK(c("RCPT TO:<postmaster@isp.example>") == "250 2.1.5 Ok");
}

TEST_CASE("a trusted network may send anywhere, but not to a name that does not exist here") {
    Conversation c{at_home, port_smtp};
    c("EHLO client.example");
    c("MAIL FROM:<maya@isp.example>");
    CHECK(c("RCPT TO:<leo@shop.example>") == "250 2.1.5 Ok");
    CHECK(
        c("RCPT TO:<nobody@isp.example>") ==
        "550 5.1.1 <nobody@isp.example>: Recipient address rejected: User unknown in local recipient table");
    REQUIRE(c.last.decisions().size() == 2);
    CHECK(c.last.decisions()[0].verdict == Verdict::accept);
    CHECK(c.last.decisions()[1].decided_by() == RuleId::unknown_user);
}

TEST_CASE("on the submission port nothing is heard before TLS, and nothing is taken without a login") {
    Conversation c{traveller, port_submission};
    c("EHLO client.example");
    CHECK(c("AUTH maya secret") == "530 5.7.0 Must issue a STARTTLS command first");
    CHECK(c("MAIL FROM:<maya@isp.example>") == "530 5.7.0 Must issue a STARTTLS command first");
    CHECK(c("STARTTLS") == "220 2.0.0 Ready to start TLS");
    c("(TLS)");
    c("EHLO client.example");
    CHECK(c("MAIL FROM:<maya@isp.example>") == "250 2.1.0 Ok");
    CHECK(c("RCPT TO:<leo@shop.example>") ==
          "554 5.7.1 <leo@shop.example>: Recipient address rejected: Access denied");
    CHECK(c("RCPT TO:<noah@isp.example>") ==
          "554 5.7.1 <noah@isp.example>: Recipient address rejected: Access denied");
}

TEST_CASE("even a trusted network needs a login on the submission port") {
    Conversation c{at_home, port_submission};
    c("EHLO client.example");
    c("STARTTLS");
    c("(TLS)");
    c("EHLO client.example");
    c("MAIL FROM:<maya@isp.example>");
    CHECK(c("RCPT TO:<leo@shop.example>") ==
          "554 5.7.1 <leo@shop.example>: Recipient address rejected: Access denied");
}

TEST_CASE("whoever has logged in may send anywhere, from anywhere") {
    Conversation c{traveller, port_submission};
    c("EHLO client.example");
    c("STARTTLS");
    c("(TLS)");
    c("EHLO client.example");
    CHECK(c("AUTH maya secret") == "235 2.7.0 Authentication successful");
    CHECK(c("AUTH maya secret") == "503 5.5.1 Error: already authenticated");
    CHECK(c("MAIL FROM:<maya@isp.example>") == "250 2.1.0 Ok");
    CHECK(c("RCPT TO:<leo@shop.example>") == "250 2.1.5 Ok");
    CHECK(c.last.decisions()[0].decided_by() == RuleId::authenticated);
}

TEST_CASE("port 465 is under TLS from the start") {
    Conversation c{traveller, port_submissions};
    c("EHLO client.example");
    CHECK(c("AUTH maya secret") == "235 2.7.0 Authentication successful");
}

TEST_CASE("a wrong password and an unknown user get the same words") {
    Conversation c{traveller, port_smtp};
    c("EHLO client.example");
    std::string const refused = "535 5.7.8 Error: authentication failed: authentication failure";
    CHECK(c("AUTH maya Secret") == refused);
    CHECK(c("AUTH noah secret") == refused);
    c("MAIL FROM:<maya@isp.example>");
    CHECK(c("RCPT TO:<leo@shop.example>") == "554 5.7.1 <leo@shop.example>: Relay access denied");
}

TEST_CASE("a server without accounts does not offer AUTH") {
    Conversation c{traveller, port_smtp};
    c.policy.accounts.clear();
    c("EHLO client.example");
    CHECK(c("AUTH maya secret") == "503 5.5.1 Error: authentication not enabled");
}

TEST_CASE("commands out of order are answered as Postfix does") {
    Conversation c{traveller, port_smtp};
    CHECK(c("RCPT TO:<maya@isp.example>") == "503 5.5.1 Error: need MAIL command");
    CHECK(c("DATA") == "503 5.5.1 Error: need RCPT command");
    CHECK(c("MAIL FROM:<>") == "250 2.1.0 Ok");
    CHECK(c("MAIL FROM:<leo@shop.example>") == "503 5.5.1 Error: nested MAIL command");
    CHECK(c("DATA") == "554 5.5.1 Error: no valid recipients");
}

TEST_CASE("EHLO in the middle clears the transaction") {
    Conversation c{traveller, port_smtp};
    c("EHLO client.example");
    c("MAIL FROM:<leo@shop.example>");
    c("RCPT TO:<maya@isp.example>");
    c("EHLO client.example");
    CHECK(c("DATA") == "503 5.5.1 Error: need RCPT command");
}

TEST_CASE("the TLS handshake forgets who had logged in before") {
    Conversation c{traveller, port_smtp};
    c("EHLO client.example");
    c("AUTH maya secret");
    c("STARTTLS");
    c("(TLS)");
    c("EHLO client.example");
    c("MAIL FROM:<maya@isp.example>");
    CHECK(c("RCPT TO:<leo@shop.example>") == "554 5.7.1 <leo@shop.example>: Relay access denied");
}
