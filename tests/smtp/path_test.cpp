// What the servers of each software make of the same paths.
#include "catch.hpp"

#include "smtp/path.hpp"

#include <optional>
#include <string>

using namespace mailflow;

namespace {

PathReading read(ReadPath read_path, std::string_view typed, bool is_sender = false) {
    return read_path(take_apart(typed, is_sender ? "FROM:" : "TO:"),
                     {"mx.example.org", *parse_ip("203.0.113.25"), is_sender});
}

/// The mailbox as text; the null path is "<>", and "?" what cannot be read.
std::string mailbox_of(ReadPath read_path, std::string_view typed, bool is_sender = false) {
    PathReading const reading = read(read_path, typed, is_sender);
    if (reading.flaw != Flaw::none)
        return "?";
    return reading.mailbox ? reading.mailbox->local_part + "@" + reading.mailbox->domain : "<>";
}

std::string opensmtpd(std::string_view typed) {
    return mailbox_of(read_as_opensmtpd, typed);
}

std::string qmail(std::string_view typed) {
    return mailbox_of(read_as_qmail, typed);
}

std::string exchange(std::string_view typed) {
    return mailbox_of(read_as_exchange, typed);
}

} // namespace

TEST_CASE("OpenSMTPD insists on the brackets and knows no quotes") {
    CHECK(opensmtpd("TO:<alice@example.org>") == "alice@example.org");
    CHECK(opensmtpd("TO: <alice@example.org>") == "alice@example.org");
    CHECK(opensmtpd("TO:alice@example.org") == "?");
    CHECK(opensmtpd("TO:<alice@example.org") == "?");
    CHECK(opensmtpd(R"(TO:<"alice"@example.org>)") == "?");
    CHECK(opensmtpd("TO:<alice..b@example.org>") == "?");
    CHECK(opensmtpd("TO:<a@b@example.org>") == "?");
    CHECK(opensmtpd("TO:") == "?");
}

TEST_CASE("OpenSMTPD lets percent and bang be letters, and drops what stands before a colon") {
    CHECK(opensmtpd("TO:<x%foreign.example@example.org>") == "x%foreign.example@example.org");
    CHECK(opensmtpd("TO:<foreign.example!x>") == "foreign.example!x@mx.example.org");
    CHECK(opensmtpd("TO:<@one.example,@two.example:x@foreign.example>") == "x@foreign.example");
    CHECK(opensmtpd("TO:<:include:/etc/passwd>") == "?");
}

TEST_CASE("OpenSMTPD completes a missing domain, and leaves its own address in brackets alone") {
    CHECK(opensmtpd("TO:<alice>") == "alice@mx.example.org");
    CHECK(opensmtpd("TO:<alice@>") == "alice@mx.example.org");
    CHECK(opensmtpd("TO:<alice@[203.0.113.25]>") == "alice@[203.0.113.25]");
    CHECK(opensmtpd("TO:<alice@[example]>") == "?");
    CHECK(opensmtpd("TO:<alice@localhost>") == "alice@localhost");
    CHECK(opensmtpd("TO:<alice@example.org.>") == "?");
    CHECK(opensmtpd("TO:<alice@a..example>") == "?");
    CHECK(opensmtpd("TO:<alice@-a.example>") == "?");
    CHECK(opensmtpd("TO:<alice@a_b.example>") == "alice@a_b.example");
    CHECK(opensmtpd("TO:<alice@" + std::string(64, 'a') + ".example>") == "?");
}

TEST_CASE("the null path is a sender, and no recipient, but qmail takes it for one") {
    for (ReadPath const read_path : {read_as_opensmtpd, read_as_qmail, read_as_exchange})
        CHECK(mailbox_of(read_path, "FROM:<>", true) == "<>");
    CHECK(opensmtpd("TO:<>") == "?");
    CHECK(exchange("TO:<>") == "?");
    CHECK(qmail("TO:<>") == R"(""@mx.example.org)");
}

TEST_CASE("qmail reads anything") {
    CHECK(qmail("TO:<alice@example.org>") == "alice@example.org");
    CHECK(qmail("TO:alice@example.org") == "alice@example.org");
    CHECK(qmail("TO:<alice@example.org") == "alice@example.org");
    CHECK(qmail("alice@example.org") == R"(""@mx.example.org)"); // no colon, so nothing after it
    CHECK(qmail("FOR: alice@example.org") == "alice@example.org");
    CHECK(qmail(R"(TO:<"alice smith"@example.org>)") == R"("alice smith"@example.org)");
    CHECK(qmail(R"(TO:<"a>b"@example.org>)") == R"("a>b"@example.org)");
    CHECK(qmail(R"(TO:<a\@b@example.org>)") == R"("a@b"@example.org)");
    CHECK(qmail("TO:<@foreign.example:alice@example.org>") == "alice@example.org");
    CHECK(qmail("TO:<alice@[203.0.113.25]>") == "alice@mx.example.org");
    CHECK(qmail("TO:<alice@[203.0.113.26]>") == "alice@[203.0.113.26]");
    CHECK(read(read_as_qmail, "TO:<" + std::string(900, 'a') + ">").flaw == Flaw::overlong_path);
}

TEST_CASE("Exchange reads what RFC 5321 writes") {
    CHECK(exchange("TO:<alice@example.org>") == "alice@example.org");
    CHECK(exchange("TO:<postmaster>") == "postmaster@mx.example.org");
    CHECK(exchange(R"(TO:<"alice smith"@example.org>)") == R"("alice smith"@example.org)");
    CHECK(exchange("TO:<@foreign.example:alice@example.org>") == "alice@example.org");
    CHECK(exchange("TO:<alice@[203.0.113.25]>") == "alice@[203.0.113.25]"); // no accepted domain
    CHECK(exchange("TO:<alice@localhost>") == "alice@localhost");
    CHECK(exchange("TO:<alice@[no address]>") == "?");
    CHECK(exchange("TO:<a@b@example.org>") == "?");
    CHECK(exchange("TO:<alice smith@example.org>") == "?");
    CHECK(exchange("TO:<alice@a..example>") == "?");
}

TEST_CASE("Postfix reads words, without comments, blanks and escapes") {
    auto const postfix = [](std::string_view typed) { return mailbox_of(read_as_postfix, typed); };
    for (char const* alice :
         {"TO:<alice@example.org>", "TO:alice@example.org", "TO:<alice (who) @ example.org>",
          R"(TO:<al\ice@example.org>)", R"(TO:<"alice"@example.org>)", "TO:<<alice@example.org>>",
          "TO:<@foreign.example:alice@example.org>"})
        CHECK(postfix(alice) == "alice@example.org");
    for (char const* none : {"TO:<al ice@example.org>", "TO:<alice@@example.org>", "TO:<a,b@example.org>",
                             R"(TO:<"alice@example.org>)", "TO:<alice@example.org>junk",
                             "TO:<x@[no address]>", "TO:<@foreign.example,alice@example.org>"})
        CHECK(postfix(none) == "?");
    CHECK(postfix("TO:<a@b@example.org>") == R"("a@b"@example.org)");
}

TEST_CASE("Exim says where it stopped reading") {
    auto const exim = [](std::string_view typed) { return read(read_as_exim, typed).argument; };
    CHECK(mailbox_of(read_as_exim, "TO:Alice <alice@example.org>") == "alice@example.org");
    CHECK(exim("TO:<alice@example.org") == "'>' missing at end of address");
    CHECK(exim("TO:<alice") == R"("@" or "." expected after "alice")");
    CHECK(exim("TO:<alice@-foreign.example>") == "domain missing or malformed");
    CHECK(exim("TO:<alice@[203.0.113.25]>") == "domain literals not allowed");
    CHECK(exim("TO:<@a.example,@b.example>") == "colon expected after route list");
    CHECK(exim("TO:<alice@example.org>junk") == "malformed address: junk may not follow <alice@example.org>");
    CHECK(exim("TO:<alice@example.org> FOO=BAR") ==
          "malformed address: FOO=BAR may not follow <alice@example.org> ");
    CHECK(exim("TO:<alice@example.org> FOO") == "malformed address: =FOO may not follow <alice@example.org>");
}

TEST_CASE("Exim takes the options that it knows off the end") {
    PathReading const reading = read(read_as_exim, "FROM:<x@foreign.example> SIZE=10 BODY=8BITMIME", true);
    CHECK(reading.flaw == Flaw::none);
    CHECK(reading.parameters == std::optional<std::string>{"SIZE=10 BODY=8BITMIME "});
    CHECK(reading.given == std::optional<std::string>{"<x@foreign.example>"});
}

TEST_CASE("Sendmail minds nothing but brackets and quotes without a partner") {
    auto const sendmail = [](std::string_view typed) { return mailbox_of(read_as_sendmail, typed); };
    for (char const* alice :
         {"TO:<alice@example.org>junk", "TO:<<alice@example.org>>", "TO:<alice@example.org..>",
          "TO:<alice (who) @ example.org>", R"(TO:<al\ice@example.org>)"})
        CHECK(sendmail(alice) == "alice@example.org");
    CHECK(read(read_as_sendmail, "TO:<" + std::string(300, 'a') + "@example.org>").flaw ==
          Flaw::overlong_word);
    CHECK(read(read_as_sendmail, "TO:<|sh@mx.example.org>").argument == "Cannot mail directly to programs");
}

TEST_CASE("Exim reads every address that From, To and the like name, and each must have a domain") {
    for (std::string_view const value : {"a@b.example",
                                         "Alice <a@b.example>",
                                         "a@b.example, c@d.example",
                                         "a@b.example,, c@d.example,",
                                         "",
                                         "friends: a@b.example, c@d.example;",
                                         "undisclosed-recipients:;",
                                         "friends: a@b.example",
                                         "g1: a@b.example;, g2: c@d.example;",
                                         "g1: a@b.example; c@d.example",
                                         "\"x, y\" <a@b.example>",
                                         "a.b. c <a@b.example>",
                                         "a@[192.0.2.1]",
                                         "a@b.example (Alice)",
                                         "(nobody)",
                                         "\\a@b.example",
                                         "<@x.example,@y.example:a@b.example>",
                                         "J\u00fcrgen <a@b.example>",
                                         "\"\"@b.example",
                                         "a@b",
                                         "mailto:a@b.example"})
        CHECK(are_addresses_for_exim(value));
    for (std::string_view const value : {"alice",
                                         "<alice>",
                                         "postmaster",
                                         "<<>>",
                                         "<>",
                                         "a b c",
                                         "a@b.example;",
                                         "a@b.example c@d.example",
                                         "x, y <a@b.example>",
                                         "<a@b.example",
                                         "<a@[192.0.2.1]>",
                                         "a@b_c.example",
                                         "\"Alice <a@b.example>",
                                         "friends: alice, bob;",
                                         "a;b@c.example",
                                         "a@b.example>",
                                         "a@b.example.",
                                         "Alice [x] <a@b.example>",
                                         "Alice @ home <a@b.example>",
                                         "a@",
                                         "@b.example",
                                         "a@b c",
                                         "a@b.example, alice at shop.example"})
        CHECK_FALSE(are_addresses_for_exim(value));
    CHECK_FALSE(are_addresses_for_exim(std::string(250, 'a') + "@b.example"));
}
