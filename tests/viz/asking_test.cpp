// Everything in the picture can be asked: machines, envelopes, the lines of a bounce. Small windows show
// less, and what was asked for in any case.
#include "change_stage.hpp"
#include "frame_of.hpp"

#include "viz/panels/facts.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

EventNumber first_bounce(Trace const& trace) {
    for (std::size_t i = 0; i < trace.events.size(); ++i)
        if (std::holds_alternative<BounceWritten>(trace.events[i].happening))
            return static_cast<EventNumber>(i);
    FAIL("no bounce is written");
    return never;
}

World world_with(std::string const& text) {
    auto loaded = load_scenario(text);
    REQUIRE(std::holds_alternative<World>(loaded));
    return std::get<World>(std::move(loaded));
}

} // namespace

TEST_CASE("A machine that was asked about can be run to and be shown alone") {
    Stage stage{denied};
    stage.click("machine:mail.isp.example");
    stage.click("only this");
    CHECK(stage.app.view().filter.machine.valid());
    stage.click("only this");
    CHECK(stage.app.view().filter.shows_all());
    stage.click("run until");
    CHECK(stage.app.view().playing);
    CHECK(stage.app.view().run_until.valid());
}

TEST_CASE(
    "A mailbox that was asked about shows the message in it, or its server where there is none or more") {
    Stage stage{"18-hours-of-waiting"};
    HostId const server = host_named(stage.app.world(), "mx1.shop.example");
    stage.click("mailbox:mx1.shop.example");
    CHECK(stage.app.view().subject == Subject{server});
    stage.key(Key::end);
    stage.frames(2);
    stage.click("mailbox:mx1.shop.example");
    MessageId const hello = stage.app.trace().recipients[RecipientId{0}].message;
    CHECK(stage.app.view().subject == Subject{hello});
    stage.click("mailbox:mx1.shop.example");
    CHECK(stage.app.view().subject == Subject{});
}

TEST_CASE("An envelope that was asked about shows its outside and can be followed") {
    Stage stage{denied};
    std::string const mail = stage.app.world().mail[stage.app.world().mail.id_at(0)].id;
    stage.click("envelope:" + mail);
    CHECK(stage.shows("envelope outside"));
    stage.click("follow");
    CHECK(stage.app.view().filter.message.valid());
    stage.click("follow");
    CHECK_FALSE(stage.app.view().filter.message.valid());
}

TEST_CASE(
    "A machine that was asked about tells its settings, its queue, its mailboxes and what it has done") {
    Stage stage{"05-handled-domain", large_size};
    stage.click("machine:mx1.shop.example");
    for (char const* fact : {"Handles mail for", "Mailboxes", "May log in", "Trusts without a login",
                             "Open relay", "In its queue now", "So far"})
        CHECK(stage.shows(std::string{"fact:"} + fact));
    CHECK_FALSE(stage.shows("fact:In its mailboxes now"));
    stage.key(Key::end);
    stage.frames(2);
    CHECK(stage.shows("fact:In its mailboxes now"));
}

TEST_CASE("A message that was asked about has a Received line from each server that took it, by then") {
    Stage stage{"05-handled-domain", large_size};
    stage.app.carry_out(Choose{MessageId{0}});
    stage.frames(2);
    CHECK(stage.shows("envelope outside"));
    CHECK(stage.shows("envelope inside"));
    std::size_t took = 0;
    for (Event const& event : stage.app.trace().events) {
        if (!std::holds_alternative<MessageQueued>(event.happening))
            continue;
        stage.seek(event.at);
        ++took;
        CHECK(stage.shows("received:" + std::to_string(took - 1)));
        CHECK_FALSE(stage.shows("received:" + std::to_string(took)));
    }
    CHECK(took > 0);
    stage.key(Key::home);
    stage.frames(2);
    CHECK_FALSE(stage.shows("received:0"));
}

TEST_CASE("At every refusal of five lessons it is said who has to mend it") {
    for (char const* const lesson : {"02-relaying-denied", "13-domain-not-set-up", "11-mistyped-name",
                                     "30-hotel-refused", "35-closed-relay-holds"}) {
        INFO(lesson);
        Stage stage{lesson, large_size};
        Trace const& trace = stage.app.trace();
        int asked = 0;
        for (std::size_t i = 0; i < trace.events.size() && asked < 4; ++i) {
            auto const* made = std::get_if<DecisionMade>(&trace.events[i].happening);
            if (made == nullptr || trace.decisions[made->decision].decision.verdict != Verdict::refuse)
                continue;
            ++asked;
            INFO("event " << i);
            stage.seek(trace.events[i].at);
            stage.app.carry_out(Choose{made->decision});
            stage.frames(2);
            CHECK(stage.shows("rung:0"));
            CHECK(stage.shows("advice"));
        }
        CHECK(asked > 0);
    }
}

TEST_CASE("A station of a message's journey leads back to its moment") {
    Stage stage{denied};
    stage.key(Key::end);
    EventNumber const sent = stage.app.shown().lists.submissions().front();
    stage.app.carry_out(Choose{MessageId{0}});
    stage.frames(2);
    stage.click("station:" + std::to_string(sent));
    CHECK(stage.app.view().now == stage.app.trace().events[sent].at);
}

TEST_CASE("A line of a bounce lights up the server that said it and the rule that made it") {
    for (char const* const lesson : {"13-domain-not-set-up", "24-backup-not-told"}) {
        INFO(lesson);
        Stage stage{lesson, large_size};
        Trace const& trace = stage.app.trace();
        EventNumber const written = first_bounce(trace);
        auto const& bounce = std::get<BounceWritten>(trace.events[written].happening);
        stage.seek(trace.events[written].at);
        stage.click("event:" + std::to_string(written));
        REQUIRE((stage.app.view().subject == Subject{bounce.bounce}));
        RecipientSettled const& told = stage.app.shown().index.returned.at(bounce.bounce).front();
        REQUIRE(told.session.valid());
        HostId const refused_by = trace.sessions[told.session].server;
        std::string const lit = "lit:" + stage.app.world().hosts[refused_by].name;
        CHECK_FALSE(stage.shows(lit));
        stage.click("bounce:0:0");
        CHECK(stage.app.view().lit == LitLine{0, 0});
        CHECK(stage.shows(lit));
        REQUIRE(stage.app.drawn().widgets.count("bounce rule") == 1);
        // The answer stands right below the line, not below all of them.
        Rect const line = stage.widget("bounce:0:0");
        Rect const answer = stage.shape("bounce answer");
        CHECK(std::abs(answer.y - line.bottom()) < 4);
        CHECK(stage.widget("bounce:0:1").y >= answer.bottom() - 1);
        stage.app.carry_out(LightUp{});
        stage.frames(2);
        CHECK_FALSE(stage.shows(lit));
    }
}

TEST_CASE("With two recipients the ladder and the advice speak of the same one") {
    Stage stage{world_with(R"({ "format": 1, "title": "Two",
      "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya", "noah"] },
                   "mx.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] } },
      "people": { "maya": { "address": "maya@isp.example",
                            "outgoing": { "server": "mail.isp.example", "authenticate": false } } },
      "mail": [ { "id": "m", "from": "maya", "to": ["leo@shop.example", "noah@isp.example"] } ] })")};
    for (int part = 0; part <= 60; ++part) {
        stage.app.seek(stage.app.pace().at_axis(part / 60.0));
        stage.frames(2);
        if (!stage.shows("advice"))
            continue;
        // The advice is on a refusal, so the last rung of the ladder beside it must be one.
        int rungs = 0;
        while (stage.shows("rung:" + std::to_string(rungs)))
            ++rungs;
        REQUIRE(rungs > 0);
        Rect const last = stage.shape("rung:" + std::to_string(rungs - 1));
        CHECK(count_pixels(stage.picture(), last, vermillion_rgb) > 50);
        CHECK(count_pixels(stage.picture(), last, green_rgb) == 0);
    }
    stage.key(Key::end);
    stage.frames(2);
    CHECK(stage.shows("advice"));
}

TEST_CASE("A tiny window keeps the picture and the steps, and shows details in its place when asked") {
    Stage stage{denied, {320, 240}};
    CHECK(stage.widget("play").w > 10);
    CHECK(stage.widget("canvas").w > 200);
    CHECK(stage.app.drawn().widgets.count("filter") == 0);
    stage.click("step forward");
    CHECK(stage.app.view().now > Instant{});
    stage.app.carry_out(Choose{HostId{0}});
    stage.frames(2);
    CHECK(stage.app.drawn().widgets.count("canvas") == 0);
    stage.click("close details");
    CHECK(stage.widget("canvas").w > 200);
}

TEST_CASE("Positions of the scenario are where the picture shows its places") {
    Stage stage{world_with(R"({ "format": 1, "title": "Put",
      "networks": { "isp": { "label": "Provider", "at": [350, 500] } },
      "servers": { "mail.isp.example": { "network": "isp", "handles": ["isp.example"] } },
      "people": { "maya": { "address": "maya@isp.example" } },
      "mail": [ { "from": "maya", "to": ["maya@isp.example"] } ] })")};
    Rect const place = stage.shape("place:isp");
    Rect const picture = stage.app.picture();
    CHECK(place.centre().x == Approx(picture.x + picture.w * 0.35F).margin(2));
    CHECK(place.centre().y == Approx(picture.y + picture.h * 0.5F).margin(2));
}

TEST_CASE("Who has to mend it is told from a refusal for the time being on, and no more once it is taken") {
    Stage stage{"21-greylisting"};
    Trace const& trace = stage.app.trace();
    Instant const put_off = moment_of<ReplySent>(
        trace, [](ReplySent const& sent) { return class_of(sent.saying) == SayingClass::transient; });
    stage.seek(put_off);
    CHECK(stage.shows("advice"));
    bool accepted = false;
    for (Event const& event : trace.events) {
        auto const* sent = std::get_if<ReplySent>(&event.happening);
        bool const later = event.at > put_off + Duration{std::chrono::minutes{1}};
        if (!later || sent == nullptr || !sent->address.valid())
            continue;
        accepted = true;
        stage.seek(event.at);
        CHECK_FALSE(stage.shows("advice"));
    }
    CHECK(accepted);
    stage.key(Key::end);
    stage.frames(2);
    CHECK_FALSE(stage.shows("advice"));
}

TEST_CASE("The line of a refused login keeps the advice, chosen or not") {
    Stage stage{"27-company-smarthost"};
    EventNumber refused = 0;
    for (std::size_t i = 0; i < stage.app.trace().events.size() && refused == 0; ++i)
        if (auto const* sent = std::get_if<ReplySent>(&stage.app.trace().events[i].happening))
            if (class_of(sent->saying) == SayingClass::permanent)
                refused = static_cast<EventNumber>(i);
    REQUIRE(refused > 0);
    stage.seek(stage.app.trace().events[refused].at);
    REQUIRE(stage.shows("advice"));
    stage.click("line:" + std::to_string(refused));
    CHECK((stage.app.view().subject == Subject{EventSubject{refused}}));
    CHECK(stage.shows("advice"));
}

TEST_CASE("A line of the dialogue that is asked about says what it means") {
    Stage stage{denied};
    auto const& events = stage.app.trace().events;
    auto const first = std::find_if(events.begin(), events.end(), [](Event const& event) {
        auto const* const sent = std::get_if<CommandSent>(&event.happening);
        return sent != nullptr && sent->verb == Verb::rcpt;
    });
    REQUIRE(first != events.end());
    EventNumber const number = static_cast<EventNumber>(first - events.begin());
    stage.seek(first->at);
    CHECK_FALSE(stage.shows("meaning"));
    stage.app.carry_out(Choose{EventSubject{number}});
    stage.frames(2);
    REQUIRE(stage.shows("meaning"));
    CHECK(stage.shape("meaning").h > 0);
}

TEST_CASE("The DNS can be asked what it knows at the moment, by mouse and by keyboard") {
    Stage stage{"14-admin-mends-it"};
    stage.click("dns");
    CHECK(stage.app.view().subject == Subject{DnsSubject{}});
    CHECK(stage.shows("fact:shop.example"));
    CHECK(stage.shows("fact:Addresses"));
    CHECK_FALSE(stage.shows("fact:Answered last"));
    stage.key(Key::end);
    stage.frames(2);
    CHECK(stage.shows("fact:Answered last"));
    stage.click("dns");
    CHECK(stage.app.view().subject == Subject{});
    std::vector<std::string> const& order = stage.app.drawn().order;
    CHECK(std::find(order.begin(), order.end(), "dns") != order.end());
}

TEST_CASE("What the DNS says of a domain is told as it is by then") {
    Stage stage{world_with(R"({ "format": 1, "title": "x", "until": "2h",
      "servers": { "mx1.shop.example": { "handles": ["shop.example"] }, "mx2.shop.example": {} },
      "dns": { "none.example": { "null_mx": true }, "ill.example": { "fails": "servfail" },
               "mute.example": { "fails": "timeout" } },
      "changes": [ { "at": "1h", "dns": "shop.example",
                     "set": { "mx": [ { "host": "mx2.shop.example", "preference": 5 } ],
                              "ttl": "5m" } } ] })")};
    auto const told = [&](std::string const& name) {
        Present const present = present_in(stage.app.world(), stage.app.state());
        Facts const about = facts_about(frame_of(stage, present), DnsSubject{});
        auto const fact = std::find_if(about.facts.begin(), about.facts.end(),
                                       [&](Fact const& one) { return one.name == name; });
        return fact == about.facts.end() ? std::string{} : fact->words;
    };
    CHECK(told("shop.example") == "mx1.shop.example (preference 10). An answer is kept for 1 h.");
    CHECK(told("none.example").starts_with("it takes no mail (null MX)."));
    CHECK(told("ill.example").starts_with("its name servers fail (SERVFAIL)."));
    CHECK(told("mute.example").starts_with("its name servers do not answer."));
    CHECK(told("Addresses").starts_with("mx1.shop.example: "));
    stage.key(Key::end);
    stage.frames(2);
    CHECK(told("shop.example") == "mx2.shop.example (preference 5). An answer is kept for 5 min.");
}

TEST_CASE("A population that is chosen is what the picture marks, and not the spammer beside it") {
    ChangeStage stage{"46-half-of-it-is-spam"};
    stage.click("mode:what if");
    stage.app.carry_out(WorkIntent{ShowThing{"/populations/office", {}}});
    stage.frames(2);
    CHECK(stage.app.view().subject == Subject{host_named(stage.app.world(), "office")});
}
