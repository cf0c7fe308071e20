// How each software writes a date.
#include "catch.hpp"

#include "mail/date.hpp"

using namespace mailflow;

TEST_CASE("a day of one digit has a blank before it, a zero or nothing, as the software has it") {
    Instant const start{};
    CHECK(mail_date(start, Software::postfix) == "Mon,  5 Jan 2026 09:00:00 +0000 (UTC)");
    CHECK(mail_date(start, Software::exim) == "Mon, 05 Jan 2026 09:00:00 +0000");
    CHECK(mail_date(start, Software::sendmail) == "Mon, 5 Jan 2026 09:00:00 GMT");
    CHECK(mail_date(start, Software::opensmtpd) == "Mon, 5 Jan 2026 09:00:00 +0000 (UTC)");
    CHECK(mail_date(start, Software::qmail) == "5 Jan 2026 09:00:00 -0000");
    CHECK(mail_date(start, Software::exchange) == "Mon, 5 Jan 2026 09:00:00 +0000");
}

TEST_CASE("days of two digits are the same everywhere") {
    Instant const later{std::chrono::hours{24 * 5}};
    CHECK(mail_date(later) == "Sat, 10 Jan 2026 09:00:00 +0000");
    CHECK(mail_date(later, Software::postfix) == "Sat, 10 Jan 2026 09:00:00 +0000 (UTC)");
    CHECK(mail_date(later, Software::qmail) == "10 Jan 2026 09:00:00 -0000");
}
