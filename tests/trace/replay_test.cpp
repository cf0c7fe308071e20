// The state of a run at a moment, folded from its trace.
#include "catch.hpp"

#include "trace/replay.hpp"

#include <algorithm>

using namespace mailflow;

namespace {

using namespace std::chrono_literals;

/// A message that a server refuses at RCPT: look-up, connection, MAIL, RCPT, 554, QUIT, each 10 ms one way.
Trace refused_trace() {
    Trace trace;
    trace.messages.add(
        {MessageKind::mail, false, false, MailId{0}, AddressId{0}, RecipientId{0}, 1, HostId{0}, 4000, {}});
    trace.recipients.add({MessageId{0}, AddressId{1}});
    SessionId const session = trace.sessions.add({.client = HostId{0},
                                                  .server = HostId{1},
                                                  .client_address = {},
                                                  .one_way = 10ms,
                                                  .opened = Instant{20ms},
                                                  .message = MessageId{0}});
    trace.lookups.add({.asker = HostId{0}, .name = {}, .one_way = 10ms});
    auto const add = [&trace](Duration at, Happening const& happening) {
        trace.events.push_back({Instant{at}, happening});
    };
    add(0ms, MessageSubmitted{MessageId{0}});
    add(0ms, LookupSent{LookupId{0}});
    add(10ms, LookupAnswered{LookupId{0}});
    add(20ms, ConnectionOpened{session});
    add(40ms, ConnectionEstablished{session});
    add(50ms, ReplySent{session, {}, {}, Saying::greeting});
    add(60ms, CommandSent{session, AddressId{0}, Verb::mail});
    add(70ms, ReplySent{session, AddressId{0}, {}, Saying::sender_ok});
    add(80ms, CommandSent{session, AddressId{1}, Verb::rcpt});
    add(90ms, ReplySent{session, AddressId{1}, {}, Saying::relay_denied});
    add(100ms, RecipientSettled{RecipientId{0}, HostId{1}, session, Outcome::refused, Reason::relay_denied,
                                Saying::relay_denied});
    add(100ms, CommandSent{session, {}, Verb::quit});
    add(110ms, ReplySent{session, {}, {}, Saying::goodbye});
    add(120ms, SessionClosed{session});
    trace.ended_at = Instant{120ms};
    return trace;
}

/// Another call of the same client, with a message of its own: what the server says of it, and when it ends.
void add_call(Trace& trace, Duration from, Saying saying, Duration to) {
    MessageId const message = trace.messages.add(
        {MessageKind::mail, false, false, MailId{1}, AddressId{0}, RecipientId{0}, 1, HostId{0}, 4000, {}});
    SessionId const session = trace.sessions.add({.client = HostId{0},
                                                  .server = HostId{1},
                                                  .client_address = {},
                                                  .one_way = 10ms,
                                                  .opened = Instant{from},
                                                  .message = message});
    trace.events.push_back({Instant{from}, ConnectionOpened{session}});
    trace.events.push_back({Instant{from + 40ms}, ReplySent{session, {}, {}, saying}});
    trace.events.push_back({Instant{to}, SessionClosed{session}});
}

} // namespace

TEST_CASE("Before anything happens there is nothing") {
    Trace const empty;
    ReplayState const state = Replay{empty}.at(Instant{5s});
    CHECK(state.applied == 0);
    CHECK(state.conversations.empty());
}

TEST_CASE("A question to the DNS is on its way there, then back, then gone") {
    Trace const trace = refused_trace();
    Replay const replay{trace};
    ReplayState const asked = replay.at(Instant{4ms});
    REQUIRE(asked.lookups.size() == 1);
    CHECK(asked.lookups.front().crossing.direction == Direction::to_server);
    CHECK(asked.lookups.front().crossing.progress(Instant{4ms}) == Approx(0.4));
    ReplayState const answered = replay.at(Instant{15ms});
    REQUIRE(answered.lookups.size() == 1);
    CHECK(answered.lookups.front().crossing.direction == Direction::to_client);
    CHECK(answered.lookups.front().crossing.progress(Instant{15ms}) == Approx(0.5));
    CHECK(replay.at(Instant{20ms}).lookups.empty());
    CHECK(replay.at(Instant{20ms}).last_answer == LookupId{0});
}

TEST_CASE("A command is part of the way at a part of its time, and the envelope went with MAIL") {
    Trace const trace = refused_trace();
    Replay const replay{trace};
    ReplayState const state = replay.at(Instant{63ms});
    REQUIRE(state.conversations.size() == 1);
    Conversation const& talk = state.conversations.front();
    CHECK(talk.stage == ConversationStage::open);
    CHECK(talk.crossing.on_the_way(Instant{63ms}));
    CHECK(talk.crossing.progress(Instant{63ms}) == Approx(0.3));
    CHECK(talk.mail_sent == Instant{60ms});
    CHECK_FALSE(replay.at(Instant{59ms}).conversations.front().mail_sent);
}

TEST_CASE("A refusal stands from the moment the reply is said, and outlasts the session") {
    Trace const trace = refused_trace();
    Replay const replay{trace};
    CHECK(replay.at(Instant{90ms - 1ns}).refusals.empty());
    for (Duration const at : {Duration{90ms}, Duration{100ms}, Duration{120ms}, Duration{1h}}) {
        ReplayState const state = replay.at(Instant{at});
        REQUIRE(state.refusals.size() == 1);
        CHECK(state.refusals[0].by == HostId{1});
        CHECK(state.refusals[0].client == HostId{0});
        CHECK(state.refusals[0].at == Instant{90ms});
        CHECK(state.refusals[0].count == 1);
        CHECK(state.conversations.size() == 1);
    }
    CHECK(replay.at(Instant{120ms}).conversations.front().stage == ConversationStage::closed);
}

TEST_CASE("A message is on its way until its last recipient is settled") {
    Trace const trace = refused_trace();
    Replay const replay{trace};
    CHECK(replay.at(Instant{0ms}).messages.size() == 1);
    CHECK(replay.at(Instant{99ms}).messages.size() == 1);
    CHECK(replay.at(Instant{100ms}).messages.empty());
}

TEST_CASE("Two conversations at once that are refused on one way count two, however their messages settle") {
    Trace trace = refused_trace();
    SessionId const second = trace.sessions.add({.client = HostId{0},
                                                 .server = HostId{1},
                                                 .client_address = {},
                                                 .one_way = 10ms,
                                                 .opened = Instant{20ms},
                                                 .message = MessageId{0}});
    auto const add = [&trace](Duration at, Happening const& happening) {
        Event const event{Instant{at}, happening};
        auto const later = [](Instant instant, Event const& other) { return instant < other.at; };
        trace.events.insert(std::upper_bound(trace.events.begin(), trace.events.end(), event.at, later),
                            event);
    };
    add(20ms, ConnectionOpened{second});
    add(95ms, ReplySent{second, AddressId{1}, {}, Saying::relay_denied});
    add(105ms, RecipientSettled{RecipientId{0}, HostId{1}, second, Outcome::refused, Reason::relay_denied,
                                Saying::relay_denied});
    ReplayState const state = Replay{trace}.at(Instant{120ms});
    REQUIRE(state.refusals.size() == 1);
    CHECK(state.refusals[0].count == 2);
    CHECK(state.refusals[0].others == 0);
}

TEST_CASE("A second refusal on the same way is counted and a message taken on it wipes the mark away") {
    Trace trace = refused_trace();
    add_call(trace, 1s, Saying::relay_denied, 1060ms);
    add_call(trace, 2s, Saying::queued, 2060ms);
    Replay const replay{trace};
    ReplayState const twice = replay.at(Instant{1500ms});
    REQUIRE(twice.refusals.size() == 1);
    CHECK(twice.refusals[0].count == 2);
    CHECK(twice.conversations.size() == 1);
    ReplayState const mended = replay.at(Instant{3s});
    CHECK(mended.refusals.empty());
    CHECK(mended.conversations.empty());
}

TEST_CASE("Of a conversation that was refused nothing is left when it ends after its mark has gone") {
    Trace trace = refused_trace();
    trace.events.pop_back(); // it stays open for longer
    SECTION("a message that was taken meanwhile has wiped it away") {
        add_call(trace, 1s, Saying::queued, 2s);
        trace.events.push_back({Instant{3s}, SessionClosed{SessionId{0}}});
        ReplayState const state = Replay{trace}.at(Instant{4s});
        CHECK(state.refusals.empty());
        CHECK(state.conversations.empty());
    }
    SECTION("the mark tells of another conversation on the same way") {
        add_call(trace, 1s, Saying::unknown_user, 2s); // counted, but a relay denied gives way to nothing
        trace.events.push_back({Instant{3s}, SessionClosed{SessionId{0}}});
        ReplayState const state = Replay{trace}.at(Instant{4s});
        REQUIRE(state.refusals.size() == 1);
        REQUIRE(state.conversations.size() == 1);
        CHECK(state.conversations.front().session == state.refusals[0].session);
    }
}

namespace {

/// A message that waits in a queue from 1 s on, is put off for an hour at 2 s and for two more at 1 h, and
/// leaves at 3 h; the world changes at 10 s and at 2 h.
Trace waiting_trace() {
    Trace trace;
    trace.messages.add(
        {MessageKind::mail, false, false, MailId{0}, AddressId{0}, RecipientId{0}, 1, HostId{0}, 4000, {}});
    trace.recipients.add({MessageId{0}, AddressId{1}});
    QueueEntryId const entry = trace.entries.add(
        {MessageId{0}, HostId{1}, SessionId{}, 1, {EnvelopeRecipient{RecipientId{0}, AddressId{1}}}});
    auto const put_off = [&](Duration next) {
        return trace.deferrals.add({.entry = entry,
                                    .recipient = RecipientId{0},
                                    .by = HostId{1},
                                    .session = SessionId{},
                                    .saying = Saying::connection_refused,
                                    .next_try = Instant{next}});
    };
    DeferralId const first = put_off(1h);
    DeferralId const second = put_off(3h);
    trace.lookups.add({.asker = HostId{1}, .name = {}, .one_way = 10ms});
    auto const add = [&trace](Duration at, Happening const& happening) {
        trace.events.push_back({Instant{at}, happening});
    };
    add(1s, MessageQueued{entry});
    add(2s, MessageDeferred{first});
    add(10s, WorldChanged{ChangeId{0}});
    add(1h, LookupSent{LookupId{0}});
    add(1h + 10s, LookupTimedOut{LookupId{0}});
    add(1h + 10s, MessageDeferred{second});
    add(2h, WorldChanged{ChangeId{1}});
    add(3h, MessageDequeued{entry});
    trace.ended_at = Instant{3h};
    return trace;
}

} // namespace

TEST_CASE("A queued message knows its last deferral, and with it when the next try is") {
    Trace const trace = waiting_trace();
    Replay const replay{trace};
    ReplayState const fresh = replay.at(Instant{1s});
    REQUIRE(fresh.queued.size() == 1);
    CHECK_FALSE(fresh.queued.front().deferral.valid());
    ReplayState const once = replay.at(Instant{30min});
    REQUIRE(once.queued.size() == 1);
    CHECK(once.queued.front().deferrals == 1);
    CHECK(trace.deferrals[once.queued.front().deferral].next_try == Instant{1h});
    ReplayState const twice = replay.at(Instant{2h});
    REQUIRE(twice.queued.size() == 1);
    CHECK(twice.queued.front().deferrals == 2);
    CHECK(trace.deferrals[twice.queued.front().deferral].next_try == Instant{3h});
    CHECK(replay.at(Instant{3h}).queued.empty());
}

TEST_CASE("A look-up that timed out is no longer on its way") {
    Trace const trace = waiting_trace();
    Replay const replay{trace};
    CHECK(replay.at(Instant{1h + 9s}).lookups.size() == 1);
    CHECK(replay.at(Instant{1h + 10s}).lookups.empty());
}

TEST_CASE("The number of changes so far says where a person is and whether a server is up") {
    World world;
    NetworkId const home = world.networks.add({"home", "home", {}, {}, {}, {}});
    NetworkId const cafe = world.networks.add({"cafe", "cafe", {}, {}, {}, {}});
    HostId const laptop = world.hosts.add({"maya", home, {}, PersonId{0}, {}});
    HostId const machine = world.hosts.add({"mx.example", home, {}, {}, ServerId{0}});
    Person maya;
    maya.host = laptop;
    world.people.add(maya);
    Server server;
    server.host = machine;
    world.servers.add(server);
    Host moved = world.hosts[laptop];
    moved.network = cafe;
    Server stopped = server;
    stopped.up = false;
    world.changes.add({Instant{10s}, "", PersonChange{PersonId{0}, maya, moved}});
    world.changes.add({Instant{2h}, "", ServerChange{ServerId{0}, stopped}});

    Trace const trace = waiting_trace();
    Replay const replay{trace};
    auto const network_at = [&](Duration at) {
        return present_in(world, replay.at(Instant{at})).host(laptop).network;
    };
    auto const up_at = [&](Duration at) {
        return present_in(world, replay.at(Instant{at})).server(ServerId{0}).up;
    };
    CHECK(network_at(10s - 1ns) == home);
    CHECK(network_at(10s) == cafe);
    CHECK(network_at(3h) == cafe);
    CHECK(up_at(2h - 1ns));
    CHECK_FALSE(up_at(2h));
    CHECK(network_at(1s) == home); // and back again
}

TEST_CASE("Keyframes change nothing: any moment of a long run equals the fold from its beginning") {
    Trace trace;
    trace.recipients.add({MessageId{0}, AddressId{0}});
    for (int i = 0; i < 1000; ++i)
        trace.events.push_back({Instant{1ms * i}, MessageFiled{RecipientId{0}, HostId{0}, AddressId{0}}});
    Replay const replay{trace};
    for (int const i : {0, 1, 254, 255, 256, 257, 511, 512, 999}) {
        ReplayState const state = replay.at(Instant{1ms * i});
        CHECK(state.applied == static_cast<std::size_t>(i) + 1);
        REQUIRE(state.mailboxes.size() == 1);
        CHECK(state.mailboxes[0].count == static_cast<std::uint32_t>(i) + 1);
    }
}

TEST_CASE(
    "A mailbox fills when mail is filed and empties when POP3 takes it home but a copy empties nothing") {
    Trace trace;
    trace.recipients.add({MessageId{0}, AddressId{0}});
    MailCheckId const check =
        trace.checks.add({.person = PersonId{0}, .device = HostId{1}, .server = HostId{0}});
    RecipientId const recipient{0};
    AddressId const mailbox{0};
    trace.events.push_back({Instant{1s}, MessageFiled{recipient, HostId{0}, mailbox}});
    trace.events.push_back({Instant{2s}, MailCheckStarted{check}});
    trace.events.push_back({Instant{3s}, MessageFetched{recipient, check}});
    trace.events.push_back({Instant{4s}, MessageRemoved{recipient, check, mailbox}});
    trace.events.push_back({Instant{4s}, MailCheckEnded{check, 1, Saying::goodbye}});
    Replay const replay{trace};
    CHECK(replay.at(Instant{}).mailboxes.empty());
    CHECK(replay.at(Instant{1s}).mailboxes[0].count == 1);
    CHECK(replay.at(Instant{3s}).mailboxes[0].count == 1);
    CHECK(replay.at(Instant{5s}).mailboxes[0].count == 0);
    CHECK(replay.at(Instant{3s}).mailboxes[0].count == 1); // and back again
}

TEST_CASE("A film's next frame is the state that a seek finds, forwards and backwards") {
    Trace const trace = refused_trace();
    Replay const replay{trace};
    ReplayState film = replay.at(Instant{});
    for (Duration const at : {3ms, 15ms, 15ms, 19ms, 55ms, 95ms, 17ms, 12ms, 120ms, 0ms}) {
        replay.carry_on(film, Instant{at});
        ReplayState const sought = replay.at(Instant{at});
        CHECK(film.applied == sought.applied);
        CHECK(film.lookups.size() == sought.lookups.size());
        CHECK(film.conversations.size() == sought.conversations.size());
        CHECK(film.refusals.size() == sought.refusals.size());
        CHECK(film.messages.size() == sought.messages.size());
    }
}

TEST_CASE("A seek in a long trace lays no more events than lie between two keyframes") {
    Trace trace;
    for (int i = 0; i < 100'000; ++i) {
        auto const message =
            trace.messages.add({MessageKind::mail, false, false, {}, {}, {}, 1, HostId{0}, 1, {}});
        trace.recipients.add({message, AddressId{0}});
        trace.events.push_back({Instant{std::chrono::seconds{i}}, MessageSubmitted{message}});
    }
    trace.ended_at = trace.events.back().at;
    Replay const replay{trace};
    // Ever more is on its way here, so that the keyframes grow: they are thinned out, not piled up.
    CHECK(replay.keyframe_count() >= 16);
    CHECK(replay.keyframe_count() * replay.keyframe_distance() >= trace.events.size());
    for (int const at : {0, 1, 49'999, 77'777, 99'999})
        CHECK(replay.at(Instant{std::chrono::seconds{at}}).messages.size() ==
              static_cast<std::size_t>(at) + 1);
}

TEST_CASE("What its own network does not let out is marked at the client, once for each way") {
    Trace trace = refused_trace();
    trace.events.erase(trace.events.begin() + 4, trace.events.end());
    auto const fail_at = [&trace](Duration at, SessionId session) {
        trace.events.push_back({Instant{at}, ConnectionFailed{session, Saying::connection_blocked}});
        trace.events.push_back(
            {Instant{at}, RecipientSettled{RecipientId{0}, HostId{1}, session, Outcome::refused,
                                           Reason::blocked_port, Saying::connection_blocked}});
    };
    fail_at(90ms, SessionId{0});
    SessionId const second = trace.sessions.add(trace.sessions[SessionId{0}]);
    trace.events.push_back({Instant{1s}, ConnectionOpened{second}});
    fail_at(2s, second);
    add_call(trace, 3s, Saying::queued, 4s);
    Replay const replay{trace};
    ReplayState const blocked = replay.at(Instant{2500ms});
    REQUIRE(blocked.refusals.size() == 1);
    CHECK(blocked.refusals[0].by == HostId{0});
    CHECK(blocked.refusals[0].is_final);
    CHECK(blocked.refusals[0].count == 2);
    CHECK(replay.at(Instant{5s}).refusals.empty()); // it has come through since
}
