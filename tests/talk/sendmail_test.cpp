// What Sendmail answers beyond the recorded sessions, after its source and proto.m4.
#include "catch.hpp"
#include "talk/records.hpp"

#include "run/conversation.hpp"
#include "scenario/load.hpp"

using namespace mailflow;
using namespace mailflow::test;

namespace {

/// The last reply of Sendmail in the world of the records, to a stranger with a good name.
std::string last_reply(std::vector<std::string> const& commands, Port port = port_smtp,
                       std::string const& client = "203.0.113.100") {
    auto const loaded = load_scenario(world_of_records("sendmail"));
    REQUIRE(std::holds_alternative<World>(loaded));
    TypedConversation talk{std::get<World>(loaded), {ServerId{0}, *parse_ip(client), port}};
    std::string reply = talk.greeting();
    for (std::string const& command : commands)
        reply = talk.hear(command + "\r\n");
    REQUIRE(reply.ends_with("\r\n"));
    return reply.substr(0, reply.size() - 2);
}

std::string to_sender(std::string const& path) {
    return last_reply({"EHLO client.example", "MAIL FROM:" + path});
}

std::string to_recipient(std::string const& path, std::string const& client = "203.0.113.100") {
    return last_reply({"EHLO client.example", "MAIL FROM:<>", "RCPT TO:" + path}, port_smtp, client);
}

} // namespace

TEST_CASE("Sendmail wants the domain of a sender to exist") {
    CHECK(to_sender("<x@nowhere.example>") ==
          "553 5.1.8 <x@nowhere.example>... Domain of sender address x@nowhere.example does not exist");
    CHECK(to_sender("<x@servfail.example>") ==
          "451 4.1.8 Domain of sender address x@servfail.example does not resolve");
    CHECK(to_sender("<x@implicit.example>") == "250 2.1.0 <x@implicit.example>... Sender ok");
    CHECK(to_sender("x@foreign.example") == "250 2.1.0 x@foreign.example... Sender ok");
    CHECK(to_sender("<x@localhost>") ==
          "553 5.5.4 <x@localhost>... Real domain name required for sender address");
    CHECK(to_sender("<x@>") == "553 5.1.3 <x@>... Hostname required");
}

TEST_CASE("Sendmail finds out where an address leads before it decides") {
    std::string const denied = "... Relaying denied. Proper authentication required.";
    for (std::string const path :
         {"<rcpt%foreign.example@mx.example.org>", "<rcpt%foreign.example@[203.0.113.25]>",
          "<\"rcpt@foreign.example\"@mx.example.org>", "<\"rcpt@foreign.example\">",
          "<@mx.example.org:rcpt@foreign.example>", "<\"rcpt%foreign.example\"@example.org>",
          "<rcpt%foreign.example@partner.example>", "<foreign.example!rcpt@partner.example>"})
        CHECK(to_recipient(path) == "550 5.7.1 " + path + denied);
    for (std::string const path :
         {"<alice%example.org@partner.example>", "<joe%partner2.example@partner.example>",
          "<joe%partner.example@example.org>", "<alice+news@example.org>"})
        CHECK(to_recipient(path) == "250 2.1.5 " + path + "... Recipient ok");
    CHECK(to_recipient("<rcpt%foreign.example@mx.example.org>", "198.51.100.10") ==
          "250 2.1.5 <rcpt%foreign.example@mx.example.org>... Recipient ok");
    CHECK(to_recipient("<nosuch%example.org@mx.example.org>") ==
          "550 5.1.1 <nosuch%example.org@mx.example.org>... User unknown");
}

TEST_CASE("Sendmail says what it cannot read in a path") {
    CHECK(to_recipient("<a@.example.org>") == "553 5.1.2 <a@.example.org>... Invalid host name");
    CHECK(to_recipient("<a,b@example.org>") == "553 5.1.3 <a,b@example.org>... Invalid route address");
    CHECK(to_recipient("<alice@exa:m.example>") ==
          "553 5.1.3 <alice@exa:m.example>... Colon illegal in host name part");
    CHECK(to_recipient("alice@example.org>") == "553 5.0.0 alice@example.org>... Unbalanced '>'");
    CHECK(to_recipient("<\"alice@example.org>") == "553 5.0.0 <\"alice@example.org>... Unbalanced '\"'");
    CHECK(to_recipient("<|/bin/sh>") == "550 5.7.1 <|/bin/sh>... Cannot mail directly to programs");
    CHECK(to_recipient("<\xc3\x9f@example.org>") ==
          "501 5.1.3 8-bit character in mailbox address \"<C?@example.org>\"");
    CHECK(to_recipient("<a\x01@example.org>") ==
          "501 5.1.3 Syntax error in mailbox address \"a?\" (non-printable character)");
    CHECK(to_sender("<a\x01@foreign.example>") ==
          "501 5.1.7 Syntax error in mailbox address \"a?@foreign.example\" (non-printable character)");
    CHECK(last_reply({"EHLO client.example", "MAIL sender@foreign.example"}) ==
          "501 5.5.2 Syntax error in parameters scanning \"sender@foreign.example\"");
    CHECK(last_reply({"EHLO client.example", "MAIL FROM:"}) ==
          "501 5.5.2 Syntax error in parameters scanning \"FROM\"");
}

TEST_CASE("Sendmail reads what stands in the innermost brackets, and minds those without a partner") {
    for (std::string const path :
         {"Alice<alice@example.org>", "(c)<alice@example.org>", ":<alice@example.org>",
          "<alice@example.org>junk", "<<alice@example.org>>", "<alice@example.org;>",
          "<@foreign.example:@example.org:alice@example.org>", "<alice@[127.0.0.1]>"})
        CHECK(to_recipient(path) == "250 2.1.5 " + path + "... Recipient ok");
    CHECK(to_recipient("<<alice@example.org>") == "553 5.0.0 <<alice@example.org>... Unbalanced '<'");
    CHECK(to_recipient("<alice@example.org>>") == "553 5.0.0 <alice@example.org>>... Unbalanced '>'");
    CHECK(to_sender("<>>") == "553 5.0.0 <>>... Unbalanced '>'");
    CHECK(to_recipient("<ali ce@example.org>") == "550 5.1.1 <ali ce@example.org>... User unknown");
    CHECK(to_sender("<x@foreign example>") == "250 2.1.0 <x@foreign example>... Sender ok");
}

TEST_CASE("Sendmail tells apart what is missing in an address, also in what is wrapped in it") {
    auto const objection = [](std::string const& path) {
        std::string const reply = to_recipient(path);
        return reply.substr(0, 10) + reply.substr(reply.find("... ") + 4);
    };
    for (char const* path :
         {"<@@example.org>", "<%foreign.example@example.org>", "<\"\"@example.org>", "<\"\">"})
        CHECK(objection(path) == "553 5.1.3 User address required");
    for (char const* path : {"<alice@>", "<rcpt%@example.org>", "<rcpt%>"})
        CHECK(objection(path) == "553 5.1.3 Hostname required");
    for (char const* path : {"<@:alice@example.org>", "<alice@example,org>", "<a,b>", "<a@b@example.org>"})
        CHECK(objection(path) == "553 5.1.3 Invalid route address");
    CHECK(objection("<alice@example.org@>") == "553 5.1.2 Invalid route address");
    CHECK(objection("<alice@[[203.0.113.25]]>") == "553 5.1.2 Invalid address");
    CHECK(objection("<@>") == "553 5.1.3 List:; syntax illegal for recipient addresses");
    CHECK(objection("</etc/passwd@example.org>") == "550 5.7.1 Cannot mail directly to files");
    CHECK(objection("<:include:/x@example.org>") == "550 5.7.1 Cannot mail directly to :include:s");
    CHECK(objection("<|x@foreign.example>") == "550 5.7.1 Relaying denied. Proper authentication required.");
}

TEST_CASE("Sendmail judges a sender by the host that its address leads to, after the parameters") {
    std::string const nowhere = "... Domain of sender address ";
    CHECK(to_sender("<y!x>") == "553 5.1.8 <y!x>" + nowhere + "y!x does not exist");
    CHECK(to_sender("<no.example!x>") ==
          "553 5.1.8 <no.example!x>" + nowhere + "x@no.example does not exist");
    CHECK(to_sender("<x%no.example>") ==
          "553 5.1.8 <x%no.example>" + nowhere + "x@no.example does not exist");
    CHECK(to_sender("<x@[foo]>") == "553 5.1.8 <x@[foo]>" + nowhere + "x@[foo] does not exist");
    CHECK(to_sender("<x%foreign.example>") == "250 2.1.0 <x%foreign.example>... Sender ok");
    CHECK(to_sender("<|/bin/sh>") == "553 5.1.7 <|/bin/sh>... Invalid sender address");
    CHECK(to_sender("Sender <x@foreign.example>") == "555 5.5.4  parameter unrecognized");
    CHECK(to_sender("<x> FOO") == "555 5.5.4 FOO parameter unrecognized");
}

TEST_CASE("Sendmail names a mailbox that it has taken already as it was named first") {
    auto const then = [](std::vector<std::string> const& paths) {
        std::vector<std::string> commands{"EHLO client.example", "MAIL FROM:<>"};
        for (std::string const& path : paths)
            commands.push_back("RCPT TO:" + path);
        return last_reply(commands);
    };
    CHECK(then({"<alice@example.org>", "<ALICE@[203.0.113.25]>"}) ==
          "250 2.1.5 <alice@example.org>... Recipient ok");
    CHECK(then({"<@example.org:alice@example.org>", "<bob@example.org>", "alice@example.org"}) ==
          "250 2.1.5 <@example.org:alice@example.org>... Recipient ok");
    CHECK(then({"<alice>", "<bob@example.org>"}) == "250 2.1.5 <bob@example.org>... Recipient ok");
    CHECK(last_reply({"EHLO client.example", "MAIL FROM:<>", "RCPT TO:<alice@example.org>", "RSET",
                      "MAIL FROM:<>", "RCPT TO:<alice>"}) == "250 2.1.5 <alice>... Recipient ok");
}

TEST_CASE("Sendmail names to VRFY and EXPN the mailbox at the end") {
    auto const verified = [](std::string const& path) {
        return last_reply({"EHLO client.example", "VRFY " + path});
    };
    for (char const* path : {"ALICE", "alice+tag", "\"alice\"", "<Alice@Example.ORG>", "example.org!alice"})
        CHECK(verified(path) == "250 2.1.5 <alice@mx.example.org>");
    CHECK(verified("rcpt%foreign.example") == "252 2.1.5 <rcpt@foreign.example>");
    CHECK(verified("foreign.example!rcpt") == "252 2.1.5 <rcpt@foreign.example>");
    CHECK(verified("rcpt@foreign.example.") == "252 2.1.5 <rcpt@foreign.example>");
    CHECK(verified("a%b") == "252 2.1.5 <a@b>");
    CHECK(verified("a!b") == "252 2.1.5 <a!b@mx.example.org>");
    CHECK(last_reply({"EHLO client.example", "EXPN a%b"}) == "250 2.1.5 <a@b>");
}

TEST_CASE("Sendmail and OpenSMTPD measure a message with one octet for each end of line") {
    for (std::string const software : {"sendmail", "opensmtpd"}) {
        auto const loaded = load_scenario(world_of_records(software));
        REQUIRE(std::holds_alternative<World>(loaded));
        for (std::size_t const excess : {0U, 1U}) {
            TypedConversation talk{std::get<World>(loaded),
                                   {ServerId{0}, *parse_ip("203.0.113.100"), port_smtp}};
            (void)talk.greeting();
            for (char const* command : {"EHLO client.example", "MAIL FROM:<>", "RCPT TO:<alice@example.org>",
                                        "DATA", "Subject: x", ""})
                (void)talk.hear(std::string{command} + "\r\n");
            constexpr std::size_t header = 12; // "Subject: x" and an empty line, with their ends
            for (std::size_t i = 0; i < (100'000 - header) / 4; ++i)
                (void)talk.hear("abc\r\n");
            std::string const reply =
                talk.hear(std::string(excess, 'x') + (excess > 0 ? "\r\n.\r\n" : ".\r\n"));
            CHECK(reply.starts_with("250") == (excess == 0));
        }
    }
}

TEST_CASE("Sendmail reads parameters keyword by keyword") {
    auto const with = [](std::string const& parameters) {
        return to_sender("<sender@foreign.example> " + parameters);
    };
    CHECK(with("SIZE=-5") == "552 5.2.3 Message size invalid");
    CHECK(with("SIZE= 5") == "555 5.5.4 5 parameter unrecognized");
    CHECK(with("SIZE=200000k") == "552 5.2.3 Message size exceeds fixed maximum message size (100000)");
    CHECK(with("SIZE=k FOO") == "555 5.5.4 FOO parameter unrecognized");
    CHECK(with("SIZE:5") == "501 5.5.2 SIZE requires a value");
    CHECK(with("AUTH=a+b") == "501 5.5.4 Syntax error in AUTH parameter value");
    CHECK(with("AUTH=<> AUTH=<>") == "501 5.5.0 Duplicate AUTH parameter");
    CHECK(with("ENVID=a=b") == "555 5.5.4 b parameter unrecognized");
    CHECK(with("ENVID=a+3d") == "250 2.1.0 <sender@foreign.example>... Sender ok");
    CHECK(with("BODY==7BIT") == "501 5.5.4 Unknown BODY type ");
    CHECK(with("BY") == "501 5.5.2 BY= requires a value");
    CHECK(to_recipient("<alice@example.org> ORCPT=rfc822;a ORCPT=rfc822;b") ==
          "501 5.5.0 Duplicate ORCPT parameter");
}

TEST_CASE("Sendmail answers the rest of the commands in its own words") {
    CHECK(last_reply({"foo bar"}) == "500 5.5.1 Command unrecognized: \"foo bar\"");
    CHECK(last_reply({"Subject: x"}) == "500 5.5.1 Command unrecognized: \"Subject: x\"");
    CHECK(last_reply({"F\xc3\xa9"}) == "500 5.5.1 Command unrecognized: \"FC)\"");
    CHECK(last_reply({"USER anonymous"}).starts_with("421 4.7.0 mx.example.org Rejecting open proxy "));
    CHECK(last_reply({"NOOP", "GET /"}) == "500 5.5.1 Command unrecognized: \"GET /\"");
    CHECK(last_reply({"MAILFROM:<a@foreign.example>"}).starts_with("500 5.5.1 Command unrecognized: "));
    CHECK(last_reply({"HELO two words"}) == "501 5.0.0 Invalid domain name");
    CHECK(last_reply({"EHLO client.example", "VRFY alice"}) == "250 2.1.5 <alice@mx.example.org>");
    CHECK(last_reply({"EHLO client.example", "VRFY alice@example.org"}) ==
          "250 2.1.5 <alice@mx.example.org>");
    CHECK(last_reply({"EHLO client.example", "VRFY nosuch"}) == "550 5.1.1 nosuch... User unknown");
    CHECK(last_reply({"EHLO client.example", "EXPN nosuch"}) == "550 5.1.1 nosuch... User unknown");
    CHECK(last_reply({"EHLO client.example", "VRFY"}) == "501 5.5.2 Argument required");
    CHECK(last_reply({"MAIL FROM:<>"}) == "503 5.0.0 Polite people say HELO first");
    CHECK(last_reply({"VRFY alice"}) == "503 5.0.0 I demand that you introduce yourself first");
    CHECK(last_reply({"HELP bdat"}) == "504 5.3.0 HELP topic \"bdat\" unknown");
    CHECK(last_reply({"HELP DSN"}).starts_with("214-2.0.0 MAIL From:<sender> [ RET={ FULL | HDRS} ] "));
    CHECK(last_reply({"HELP TURN"}) ==
          "214-2.0.0 TURN\r\n214-2.0.0 \tReverses the direction of the connection.  "
          "Not currently\r\n214-2.0.0 \timplemented.\r\n214 2.0.0 End of HELP info");
    CHECK(last_reply({"HELP NOOP"}) ==
          "214-2.0.0 NOOP\r\n214-2.0.0 \tDo nothing.\r\n214 2.0.0 End of HELP info");
    CHECK(last_reply({"RSET"}) == "250 2.0.0 Reset state");
    CHECK(last_reply({"ETRN"}) == "500 5.5.2 Parameter required");
    CHECK(last_reply({"ETRN example.org"}, port_submission) ==
          "502 5.7.0 Sorry, we do not allow this operation");
    CHECK(last_reply({"STARTTLS now"}) == "501 5.5.2 Syntax error (no parameters allowed)");
    CHECK(last_reply({"STARTTLS", "STARTTLS"}) == "454 4.3.3 TLS not available after start");
    CHECK(last_reply({"HELO client.example", "MAIL FROM:<>", "AUTH PLAIN"}) ==
          "503 5.5.0 AUTH not permitted during a mail transaction");
    CHECK(last_reply({"NOOP " + std::string(3000, 'x')}) ==
          "421 4.7.0 mx.example.org Command too long, possible attack client100.untrusted.example "
          "[203.0.113.100]");
}

TEST_CASE("Sendmail tells apart what is wrong with a login") {
    CHECK(last_reply({"AUTH"}) == "501 5.5.2 AUTH mechanism must be specified");
    CHECK(last_reply({"AUTH PLAIN !!!"}) == "501 5.5.4 cannot BASE64 decode '!!!'");
    CHECK(last_reply({"AUTH LOGIN", "!!!"}) == "501 5.5.4 cannot decode AUTH parameter !!!");
    CHECK(last_reply({"AUTH PLAIN", "YWxpY2U="}) == "535 5.7.0 authentication failed");
    CHECK(last_reply({"AUTH PLAIN", "="}) == "501 5.5.4 cannot decode AUTH parameter =");
    CHECK(last_reply({"AUTH LOGIN ="}) == "334 VXNlcm5hbWU6");
    CHECK(last_reply({"AUTH CRAM-MD5 YWxpY2U="}) == "535 5.7.0 authentication failed");
}

TEST_CASE("Sendmail remembers under TLS what was said before it") {
    CHECK(last_reply({"EHLO client.example", "STARTTLS", "MAIL FROM:<>"}) == "250 2.1.0 <>... Sender ok");
    CHECK(last_reply({"EHLO client.example", "AUTH PLAIN AGFsaWNlAHNlY3JldDE=", "STARTTLS", "MAIL FROM:<>",
                      "RCPT TO:<rcpt@foreign.example>"}) ==
          "250 2.1.5 <rcpt@foreign.example>... Recipient ok");
}

TEST_CASE("Sendmail tells where an alias leads to EXPN, and not to VRFY") {
    CHECK(last_reply({"EHLO client.example", "EXPN postmaster"}) == "250 2.1.5 <alice@mx.example.org>");
    CHECK(last_reply({"EHLO client.example", "VRFY postmaster"}) == "250 2.1.5 <postmaster@mx.example.org>");
    CHECK(last_reply({"EHLO client.example", "EXPN alice"}) == "250 2.1.5 <alice@mx.example.org>");
}

TEST_CASE("Sendmail takes no NUL in a message, and no header without an end") {
    using namespace std::string_literals;
    auto const answer_to = [](std::string const& content) {
        return last_reply({"EHLO client.example", "MAIL FROM:<>", "RCPT TO:<alice@example.org>", "DATA",
                           content + "\r\n."});
    };
    CHECK(answer_to("Subject: a\r\n\r\nb\0c"s) == "554 5.6.1 NUL byte not allowed");
    std::string header;
    for (int n = 0; n < 40; ++n)
        header += "a: " + std::string(1019, 'x') + "\r\n";
    CHECK(answer_to(header) == "552 5.6.0 Headers too large (32768 max)");
}
