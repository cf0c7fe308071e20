// What holds for the answers of OpenSMTPD, qmail and Exchange; word for word they are held to what is
// measured or written of them by tests/talk.
#include "catch.hpp"

#include "mail/voice.hpp"

#include <algorithm>
#include <array>

using namespace mailflow;

namespace {

constexpr std::array softwares{Software::opensmtpd, Software::qmail, Software::exchange};

SayingContext context_under_way() {
    return {.server_name = "mx.example.org",
            .address = "leo@shop.example",
            .queue_id = "4000000FF",
            .offers_starttls = true,
            .offers_auth = true,
            .client_address = "203.0.113.100",
            .helo = "client.example"};
}

bool offers_auth(Software software, Saying saying) {
    Reply const reply = say(software, saying, context_under_way());
    return std::any_of(reply.lines.begin(), reply.lines.end(),
                       [](std::string const& line) { return line.starts_with("AUTH"); });
}

/// What clients make of the first digit (RFC 5321 section 4.2.1).
SayingClass class_of_code(int code) {
    constexpr std::array classes{SayingClass::positive, SayingClass::intermediate, SayingClass::transient,
                                 SayingClass::permanent};
    return classes.at(static_cast<std::size_t>(code / 100 - 2));
}

} // namespace

TEST_CASE("every answer has a code of the class that the client acts upon") {
    for (Software const software : softwares)
        for (int i = 0; i < static_cast<int>(Saying::scripted_greeting_transient); ++i) {
            auto const saying = static_cast<Saying>(i);
            bool const before_hanging_up =
                saying == Saying::bare_line_feed || saying == Saying::forbidden_command;
            if (saying == Saying::tls_established || before_hanging_up)
                continue;
            Reply const reply = say(software, saying, context_under_way());
            INFO("software " << static_cast<int>(software) << ", saying " << i);
            REQUIRE_FALSE(reply.lines.empty());
            CHECK(class_of_code(reply.code) == class_of(saying));
            if (reply.enhanced)
                CHECK(reply.enhanced->status_class == reply.code / 100);
        }
}

TEST_CASE("OpenSMTPD and Exchange offer AUTH under TLS only, qmail from the start") {
    for (Software const software : {Software::opensmtpd, Software::exchange}) {
        CHECK_FALSE(offers_auth(software, Saying::capabilities));
        CHECK(offers_auth(software, Saying::capabilities_under_tls));
    }
    CHECK(offers_auth(Software::qmail, Saying::capabilities));
}

TEST_CASE("each tells in its own way that it has taken a message") {
    CHECK(to_line(say(Software::opensmtpd, Saying::queued, context_under_way())) ==
          "250 2.0.0 4000000FF Message accepted for delivery");
    CHECK(to_line(say(Software::qmail, Saying::queued, context_under_way())) ==
          "250 ok 1767603600 qp 4000000FF");
    CHECK(to_line(say(Software::exchange, Saying::queued, context_under_way())) ==
          "250 2.6.0 <4000000FF@mx.example.org> [InternalId=1017179869439, Hostname=mx.example.org] "
          "Queued mail for delivery");
}
