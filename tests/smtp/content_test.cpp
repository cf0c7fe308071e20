// What is measured of a message while it comes.
#include "catch.hpp"

#include "smtp/content.hpp"

using namespace mailflow;

namespace {

ContentMeasure measured(std::string_view content) {
    ContentReader reader;
    reader.begin(habits_of_postfix, true);
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
