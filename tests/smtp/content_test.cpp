// What is measured of a message while it comes.
#include "catch.hpp"

#include "smtp/content.hpp"

using namespace mailflow;

namespace {

ContentMeasure measured(std::string_view content, Habits const& habits = habits_of_postfix) {
    ContentReader reader;
    reader.begin(habits, true);
    for (char const octet : content)
        if (reader.take(octet) != ContentReader::Ended::no)
            return reader.measure();
    FAIL("the content does not end");
    return {};
}

} // namespace

TEST_CASE("a message has a header, an empty line, and then anything") {
    CHECK_FALSE(measured(".\r\n").headless);
    CHECK_FALSE(measured("Subject: a\r\n.\r\n").headless);
    CHECK_FALSE(measured("Subject: a\r\n b\r\n\tc\r\n\r\nHello.\r\n.\r\n").headless);
    CHECK_FALSE(measured("\r\nHello.\r\n.\r\n").headless);
    CHECK(measured("Hello.\r\n.\r\n").headless);
    CHECK(measured(" Subject: a\r\n.\r\n").headless);
    CHECK(measured("Subject: a\r\nHello.\r\n.\r\n").headless);
}

TEST_CASE("a message is measured as it comes, and as it will lie in a file") {
    ContentMeasure const measure = measured("a: b\r\n\r\nab\r\n.\r\n");
    CHECK(measure.octets == 12);
    CHECK(measure.octets_stored == 9);
}

TEST_CASE("Received lines count in the header only") {
    CHECK(measured("Received: a\r\nRECEIVED: b\r\n\r\nReceived: c\r\n.\r\n").received_lines == 2);
    CHECK(measured("Received: a\r\nHello.\r\nReceived: c\r\n.\r\n").received_lines == 1);
}

TEST_CASE("the dot that a client puts before a line that begins with one is no part of it") {
    CHECK(measured("a: b\r\n\r\n..abc\r\n.\r\n").octets == measured("a: b\r\n\r\n.abc\r\n.\r\n").octets + 1);
    CHECK(measured("a: b\r\n\r\n..abc\r\n.\r\n").longest_line == 4);
    CHECK(measured("\r\n." + std::string(998, 'a') + "\r\n.\r\n").longest_line == 998);
    CHECK(measured("\r\n..\r\n.\r\n").longest_line == 1);
    CHECK(measured("\r\n.\r.\r\n.\r\n").longest_line == 2); // a return in the middle of a line
}

TEST_CASE("a server that looks at the addresses in a header finds the one that is none, wherever it stands") {
    auto const flaw_in = [](std::string const& header) {
        return measured(header + "\r\n\r\nHello.\r\n.\r\n", habits_of_exim).flaw;
    };
    CHECK(flaw_in("From: alice") == Flaw::bad_header_address);
    CHECK(flaw_in("from : alice") == Flaw::bad_header_address);
    CHECK(flaw_in("Resent-To: alice\r\nSubject: a") == Flaw::bad_header_address);
    CHECK(flaw_in("To: a@b.example,\r\n  alice") == Flaw::bad_header_address);
    CHECK(flaw_in("To: a@b.example,\r\n  c@d.example") == Flaw::none);
    CHECK(flaw_in("Subject: alice\r\n From: alice") == Flaw::none);
    CHECK(flaw_in("X-To: alice") == Flaw::none);
    CHECK(flaw_in("Subject: a\r\n\r\nFrom: alice") == Flaw::none);
    CHECK(measured("From: alice\r\n.\r\n", habits_of_exim).flaw == Flaw::bad_header_address);
    CHECK(measured("From: alice\r\n\r\n.\r\n").flaw == Flaw::none); // Postfix does not look
}

TEST_CASE("a server may mind NUL, and headers that are too long") {
    using namespace std::string_literals;
    CHECK(measured("a: b\0c\r\n.\r\n"s, habits_of_sendmail).flaw == Flaw::nul_octet);
    CHECK(measured("a: b\r\n\r\nc\0d\r\n.\r\n"s, habits_of_sendmail).flaw == Flaw::nul_octet);
    CHECK(measured("a: b\0c\r\n.\r\n"s).flaw == Flaw::none);
    std::string header;
    while (header.size() < 33 * 1024)
        header += "a: " + std::string(1019, 'x') + "\r\n"; // 1023 octets in a file
    CHECK(measured(header.substr(0, header.size() - 1024) + ".\r\n", habits_of_sendmail).flaw == Flaw::none);
    CHECK(measured(header + ".\r\n", habits_of_sendmail).flaw == Flaw::overlong_header);
    CHECK(measured("\r\n" + header + ".\r\n", habits_of_sendmail).flaw == Flaw::none);
}
