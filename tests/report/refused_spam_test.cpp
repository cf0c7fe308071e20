// Who has to mend it, at the refusal of one spam message.
#include "library.hpp"

#include "report/advice/refused_spam.hpp"

using namespace mailflow;

namespace {

std::string network_of_spam(char const* relay_key, char const* to) {
    return std::string{R"({ "format": 1,
      "servers": {
        "relay.example": { "handles": ["school.example"], "mailboxes": ["ann"])"} +
           relay_key + R"( },
        "mx.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] },
        "mx.home.example": { "handles": ["home.example"], "mailboxes": ["vera"] } },
      "spammers": { "bulk": { "through": "relay.example", "from": "gone@home.example",
                              "to": [")" +
           to + R"("], "count": 1 } } })";
}

/// The culprits in the order in which recipients were settled; "-" where there is nothing to say.
std::vector<std::string> culprits(std::string const& scenario) {
    World const world = world_of(scenario);
    Trace const trace = run(world);
    std::vector<std::string> named;
    for (Event const& event : trace.events)
        if (auto const* settled = std::get_if<RecipientSettled>(&event.happening)) {
            auto const advice = advise_on_refused_spam(world, trace, *settled);
            named.push_back(advice ? advice->culprit : "-");
        }
    return named;
}

} // namespace

TEST_CASE("Spam that is refused at the first door is nobody's to mend") {
    CHECK(culprits(network_of_spam("", "leo@shop.example")) == std::vector<std::string>{"nobody"});
    CHECK(culprits(network_of_spam("", "guess@school.example")) == std::vector<std::string>{"nobody"});
}

TEST_CASE("Spam that a relay took and could not pass on is the relay's to mend, and so is its bounce") {
    std::vector<std::string> const named =
        culprits(network_of_spam(R"(, "open_relay": true)", "guess@shop.example"));
    REQUIRE(named.size() == 2);
    CHECK(named[0] == "the postmaster of relay.example");
    CHECK(named[1] == "the postmaster of relay.example");
}

TEST_CASE("Spam that arrives has no refusal to ask about, and mail of people has an advice of its own") {
    CHECK(culprits(network_of_spam(R"(, "open_relay": true)", "leo@shop.example")) ==
          std::vector<std::string>{"-"});
    CHECK(culprits(R"({ "format": 1, "servers": { "mail.isp.example": { "handles": ["isp.example"] } },
      "people": { "maya": { "address": "maya@isp.example" } },
      "mail": [ { "from": "maya", "to": ["nobody@isp.example"] } ] })") == std::vector<std::string>{"-"});
}

TEST_CASE("who writes to one address that there is not does not guess names") {
    auto const told = [](std::string const& targets) {
        World const world = world_of(R"({ "format": 1,
          "servers": { "mx.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] } },
          "spammers": { "bulk": { "direct": true, "to": )" +
                                     targets + R"(, "count": 1 } } })");
        Trace const trace = run(world);
        for (Event const& event : trace.events)
            if (auto const* settled = std::get_if<RecipientSettled>(&event.happening))
                if (auto const advice = advise_on_refused_spam(world, trace, *settled))
                    return advice->text;
        return std::string{};
    };
    CHECK(told(R"(["nobody@shop.example"])").starts_with("Nobody here has this name."));
    CHECK(told(R"({ "domain": "shop.example", "names": 5 })")
              .starts_with("The spammer guesses names, and nobody"));
}
