// When Postfix gives a destination up for a while.
#include "engine/play.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

std::size_t calls_to_shop(std::string const& software, std::string const& shop, std::string const& mail) {
    Play const play = play_text(fmt::format(R"({{ "format": 1, "until": "150s",
      "servers": {{
        "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"], "software": "{}" }},
        "mx1.shop.example": {{ "handles": ["shop.example"] {} }} }},
      "people": {{ "maya": {{ "address": "maya@isp.example" }} }},
      "mail": [ {} ] }})",
                                            software, shop, mail));
    CHECK(play.trace.deferrals.size() >= 12);
    std::size_t calls = 0;
    for (Session const& session : play.trace.sessions)
        calls += session.entry.valid() ? 1 : 0;
    return calls;
}

std::string messages_at(std::vector<int> const& seconds) {
    std::string mail;
    for (int const at : seconds)
        mail += fmt::format(R"({}{{ "at": "{}s", "from": "maya", "to": ["leo@shop.example"] }})",
                            mail.empty() ? "" : ", ", at);
    return mail;
}

} // namespace

TEST_CASE("Postfix gives a destination up after four deliveries in a row that failed as a whole") {
    std::vector<int> times(40, 0);
    times.push_back(120);
    std::string const mail = messages_at(times);
    for (std::string const trouble : {R"(, "up": false)", R"(, "answers": { "greeting": "421 no" })",
                                      R"(, "answers": { "mail": "drop" })"}) {
        INFO(trouble);
        CHECK(calls_to_shop("postfix", trouble, mail) == 20); // those that were under way together
        CHECK(calls_to_shop("opensmtpd", trouble, mail) >= 41);
    }
    CHECK(calls_to_shop("postfix", R"(, "answers": { "rcpt": "450 4.2.1 busy" })", mail) == 41);
    CHECK(calls_to_shop("postfix", R"(, "answers": { "mail": "451 4.3.0 trouble" })", mail) == 41);
}

TEST_CASE("Postfix goes on trying a destination where no more than three deliveries fail at a time") {
    std::string const mail = messages_at({0, 0, 0, 20, 20, 20, 40, 40, 40, 60, 60, 60});
    CHECK(calls_to_shop("postfix", R"(, "up": false)", mail) == 12);
}
