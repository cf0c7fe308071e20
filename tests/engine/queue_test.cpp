// What a queue does with recipients of several ways, with limits that change, and with letters about large
// messages.
#include "play.hpp"

#include "world/returning.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

/// A provider that writes to a shop and a club; what else there is to say of the three, and of the message.
struct Told {
    std::string provider{};
    std::string shop{};
    std::string club{};
    std::string mail = R"("to": ["leo@shop.example"])";
    std::string more{};
};

Play play_told(Told const& told) {
    return play_text(fmt::format(
        R"({{ "format": 1, "title": "x", "until": "6h", "servers": {{
          "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"],
                                 "accounts": {{ "maya": "s" }}{} }},
          "mx1.shop.example": {{ "handles": ["shop.example"], "mailboxes": ["leo"]{} }},
          "mx.club.example": {{ "handles": ["club.example"], "mailboxes": ["ann"]{} }} }},
          "people": {{ "maya": {{ "address": "maya@isp.example", "password": "s" }} }},
          "mail": [ {{ "from": "maya", {} }} ]{} }})",
        told.provider, told.shop, told.club, told.mail, told.more));
}

/// When somebody calls the server.
std::vector<Instant> calls_of(Play const& play, std::string const& server) {
    std::vector<Instant> times;
    for (Event const& event : play.trace.events)
        if (auto const* opened = std::get_if<ConnectionOpened>(&event.happening))
            if (play.world.hosts[play.trace.sessions[opened->session].server].name == server)
                times.push_back(event.at);
    return times;
}

} // namespace

TEST_CASE("recipients of several ways are tried once in a round, though one way keeps times of its own") {
    Play const play = play_told({.provider = R"(, "software": "exim")",
                                 .shop = R"(, "up": false)",
                                 .club = R"(, "answers": { "rcpt": "451 4.7.1 try later" })",
                                 .mail = R"("to": ["leo@shop.example", "ann@club.example"])"});
    for (char const* server : {"mx1.shop.example", "mx.club.example"}) {
        std::vector<Instant> const calls = calls_of(play, server);
        REQUIRE(calls.size() > 8);
        for (std::size_t n = 1; n < calls.size(); ++n)
            CHECK(calls[n] - calls[n - 1] >= std::chrono::minutes{14});
    }
}

TEST_CASE("whoever waits for a place sets out when there are more places") {
    Play const play =
        play_told({.provider = R"(, "concurrency": 1)",
                   .shop = R"(, "network": "far")",
                   .mail = R"("to": ["leo@shop.example"] }, { "from": "maya", "to": ["leo@shop.example"] },
                    { "from": "maya", "to": ["leo@shop.example"] },
                    { "from": "maya", "to": ["leo@shop.example"])",
                   .more = R"(, "networks": { "far": { "latency": "5s" } }, "changes": [
             { "at": "20s", "server": "mail.isp.example", "set": { "concurrency": 3 } } ])"});
    std::vector<Instant> const calls = calls_of(play, "mx1.shop.example");
    REQUIRE(calls.size() == 4);
    CHECK(calls[1] - calls[0] > std::chrono::seconds{20});
    CHECK(calls[3] - calls[1] < std::chrono::seconds{1});
}

TEST_CASE("a letter is as large as what comes back with it, and passes where the message did not") {
    auto const size_of_letter = [](char const* software, char const* size) {
        Play const play =
            play_told({.provider = fmt::format(R"(, "software": "{}")", software),
                       .mail = fmt::format(R"("to": ["nobody@shop.example"], "size": "{}")", size)});
        for (Message const& message : play.trace.messages)
            if (message.kind == MessageKind::bounce)
                return message.size_bytes;
        FAIL("nothing comes back");
        return std::uint64_t{0};
    };
    CHECK(size_of_letter("postfix", "20kB") == 22'000);
    CHECK(size_of_letter("postfix", "3MB") == 2'000);
    CHECK(size_of_letter("exim", "3MB") == 104'400);
    CHECK(size_of_letter("sendmail", "20kB") == 2'000);
    CHECK(size_of_letter("opensmtpd", "20kB") == 2'000);
    CHECK(size_of_letter("qmail", "3MB") == 3'002'000);
    CHECK(size_of_letter("exchange", "3MB") == 3'002'000);
    CHECK(returned_octets(Software::exchange, LetterKind::bounce, 20'000'000) == 0);
    CHECK(returned_octets(Software::qmail, LetterKind::warning, 4'000) == 0);
}
