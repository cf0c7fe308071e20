// Each property can tell: runs are spoilt by hand, and the property that they break says so.
#include "catch.hpp"
#include "worlds/properties.hpp"

#include "run/run.hpp"
#include "scenario/load.hpp"

using namespace mailflow;
using namespace mailflow::worlds;

namespace {

/// One message that is delivered and fetched, one that a closed server refuses, one that waits.
constexpr std::string_view scenario = R"({ "format": 1, "until": "1h",
  "servers": { "mail.isp.example": { "handles": ["isp.example"] },
               "mx.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] },
               "down.example": { "handles": ["down.example"], "up": false } },
  "people": { "maya": { "address": "maya@isp.example" },
              "leo": { "address": "leo@shop.example", "incoming": {} },
              "eve": { "address": "eve@shop.example",
                       "outgoing": { "server": "mail.isp.example", "authenticate": false } } },
  "mail": [ { "from": "maya", "to": ["leo@shop.example", "nobody@shop.example", "ola@down.example"] },
            { "from": "eve", "to": ["leo@shop.example"] } ] })";

Played play() {
    auto loaded = load_scenario(scenario);
    Played played{std::string{scenario}, std::get<World>(std::move(loaded)), {}};
    played.trace = run(played.world);
    return played;
}

/// What that one property says of the run; others may be broken as well.
std::string trouble_by(std::string_view property, Played const& played) {
    for (Property const& candidate : properties())
        if (candidate.name == property)
            return candidate.trouble(played);
    FAIL("there is no property " << property);
    return {};
}

template<class Kind>
Kind& first_of(Trace& trace) {
    for (Event& event : trace.events)
        if (auto* kind = std::get_if<Kind>(&event.happening))
            return *kind;
    FAIL("no such event");
    throw;
}

ReplySent& reply_of(Trace& trace, Saying saying) {
    for (Event& event : trace.events)
        if (auto* reply = std::get_if<ReplySent>(&event.happening); reply && reply->saying == saying)
            return *reply;
    FAIL("no such reply");
    throw;
}

template<class Kind>
void drop_all(Trace& trace) {
    std::erase_if(trace.events, [](Event const& e) { return std::holds_alternative<Kind>(e.happening); });
}

} // namespace

TEST_CASE("a sound run breaks no property") {
    CHECK_FALSE(first_violation(std::string{scenario}));
    CHECK(first_violation("{}")->property == loader_takes_it);
}

TEST_CASE("time that runs backwards is noticed") {
    Played played = play();
    std::swap(played.trace.events.front().at, played.trace.events.back().at);
    CHECK(trouble_by("time never runs backwards", played) != "");
}

TEST_CASE("mail that gets lost, or comes twice, is noticed") {
    constexpr std::string_view property = "whatever is put in comes out, once";
    Played lost = play();
    drop_all<RecipientSettled>(lost.trace);
    drop_all<MessageQueued>(lost.trace);
    CHECK(trouble_by(property, lost) != "");
    Played twice = play();
    twice.trace.events.push_back({twice.trace.ended_at, first_of<RecipientSettled>(twice.trace)});
    CHECK(trouble_by(property, twice) != "");
    Played unfiled = play();
    drop_all<MessageFiled>(unfiled.trace);
    CHECK(trouble_by(property, unfiled) != "");
    Played unannounced = play();
    drop_all<BounceWritten>(unannounced.trace);
    CHECK(trouble_by(property, unannounced) != "");
    CHECK(trouble_by("what is fetched was in that mailbox", unfiled) != "");
}

TEST_CASE("a stranger for whom a closed server relays is noticed") {
    Played played = play();
    reply_of(played.trace, Saying::relay_denied).saying = Saying::recipient_ok;
    CHECK(trouble_by("no stranger gets foreign mail through a closed server", played) != "");
}

TEST_CASE("a login with a wrong password is noticed") {
    Played played = play();
    played.world.people[PersonId{0}].account.password = "other";
    CHECK(trouble_by("nobody logs in without the right password", played) != "");
}

TEST_CASE("a decision that does not follow from its values is noticed") {
    Played played = play();
    played.trace.decisions[DecisionId{0}].decision.saying = Saying::storage_full;
    CHECK(trouble_by("a decision follows from what is recorded with it", played) != "");
}

TEST_CASE("mail that circles is noticed") {
    Played played = play();
    played.trace.entries[QueueEntryId{0}].received_lines = 1000;
    CHECK(trouble_by("no mail circles for ever", played) != "");
}

TEST_CASE("what ends before it begins, or speaks after its end, is noticed") {
    constexpr std::string_view property = "everything begins before it ends, and ends once";
    Played played = play();
    drop_all<ConnectionOpened>(played.trace);
    CHECK(trouble_by(property, played) != "");
    Played twice = play();
    twice.trace.events.push_back({twice.trace.ended_at, first_of<SessionClosed>(twice.trace)});
    CHECK(trouble_by(property, twice) != "");
}

TEST_CASE("a number that names nothing is noticed") {
    Played played = play();
    first_of<CommandSent>(played.trace).session = SessionId{100'000};
    CHECK(trouble_by("every number in the trace names a row that is there", played) != "");
}

TEST_CASE("a connection through a wall, or to a server that is down, is noticed") {
    Played played = play();
    for (Network& network : played.world.networks)
        network.reaches.emplace();
    CHECK(trouble_by("a connection stands only where there is a way", played) != "");
    for (Server& server : played.world.servers)
        server.up = false;
    CHECK(trouble_by("a server that is down says nothing", played) != "");
}

TEST_CASE("a report, a story or a replay that tells of another run is noticed") {
    Played played = play();
    drop_all<RecipientSettled>(played.trace);
    CHECK(trouble_by("the trace can be written, and the same scenario gives the same one", played) != "");
    Played silent = play();
    for (Event& event : silent.trace.events)
        if (auto* settled = std::get_if<RecipientSettled>(&event.happening))
            settled->reason = Reason::none;
    CHECK(trouble_by("the report, its totals and the table agree, and every refusal has a reply", silent) !=
          "");
}
