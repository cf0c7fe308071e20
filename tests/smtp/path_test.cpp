// What the servers of each software make of the same paths.
#include "catch.hpp"

#include "smtp/path.hpp"

#include <array>

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
    CHECK(exchange("TO:<alice@[203.0.113.25]>") == "alice@mx.example.org");
    CHECK(exchange("TO:<alice@[no address]>") == "?");
    CHECK(exchange("TO:<a@b@example.org>") == "?");
    CHECK(exchange("TO:<alice smith@example.org>") == "?");
    CHECK(exchange("TO:<alice@a..example>") == "?");
}

TEST_CASE("a list of parameters can ask for a value, and for one value only") {
    constexpr std::array<std::string_view, 3> known{"RET", "SIZE=", "BODY=7BIT"};
    for (char const* fine : {"", "RET", "ret=HDRS", "SIZE=5", "body=7bit", "SIZE=1 RET=FULL"})
        CHECK(read_parameters(fine, known).flaw == Flaw::none);
    for (char const* unknown : {"FOO", "SIZE", "BODY=8BITMIME", "BODY", "RET=FULL FOO=BAR"})
        CHECK(read_parameters(unknown, known).flaw == Flaw::unknown_parameter);
    CHECK(read_parameters("RET FOO=BAR", known).offending == "FOO=BAR");
}
