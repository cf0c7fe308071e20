// What the marks of refusals say, in the picture and on the timeline: the same as the panels, within their
// place, and where the keys lead.
#include "stage.hpp"

#include "viz/draw/icons.hpp"
#include "viz/shown/lists.hpp"
#include "viz/shown/saying_no.hpp"

#include <algorithm>
#include <set>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

constexpr char const* abused = "34-open-relay-abused";

Rect place_of(Stage const& stage, HostId host) {
    World const& world = stage.app.world();
    return stage.shape("place:" + world.networks[world.hosts[host].network].name);
}

/// All that "554 5.7.1 · 90 times", or "554 5.7.1 · 90 of 91 refusals", counts; 0: it counts nothing.
std::uint32_t counted_in(std::string const& words) {
    std::size_t const after_code = words.find(" · ");
    std::size_t const of = words.find(" of ");
    std::size_t const digits = words.find_first_of("0123456789", of == std::string::npos ? after_code : of);
    return after_code == std::string::npos || digits == std::string::npos
               ? 0
               : static_cast<std::uint32_t>(std::stoul(words.substr(digits)));
}

} // namespace

TEST_CASE("What a server's mark counts is what is told of the server") {
    for (PictureSize const size : {small_size, large_size}) {
        INFO(size.width);
        Stage stage{abused, size};
        stage.seek(Instant{1h});
        HostId const server = host_named(stage.app.world(), "mx1.shop.example");
        Rect const place = place_of(stage, server);
        std::set<std::uint32_t> counts;
        for (Label const& label : stage.app.drawn().labels)
            if ((label.text.find(" times") != std::string::npos ||
                 label.text.find(" of ") != std::string::npos) &&
                place.overlaps(label.rect))
                counts.insert(counted_in(label.text));
        std::uint32_t const told = stage.app.shown().lists.tally(server, stage.app.state().applied).refused;
        CHECK(told > 50);
        CHECK(counts == std::set{told});
    }
}

TEST_CASE("The words of a refusal stay within the place of the server that refused") {
    for (PictureSize const size : {small_size, large_size}) {
        INFO(size.width);
        Stage stage{abused, size};
        stage.seek(Instant{1h});
        Rect const place = place_of(stage, host_named(stage.app.world(), "mx1.shop.example"));
        int found = 0;
        for (Label const& label : stage.app.drawn().labels)
            if (label.text.find("blocklist") != std::string::npos && place.overlaps(label.rect)) {
                ++found;
                CHECK(label.rect.bottom() <= place.bottom());
            }
        CHECK(found == 1);
    }
}

TEST_CASE("The keys for refusals go to what says no, and to nothing else") {
    for (char const* lesson :
         {"13-domain-not-set-up", "18-hours-of-waiting", "19-gave-up", "36-backscatter", abused}) {
        INFO(lesson);
        Stage stage{lesson};
        std::vector<EventNumber> crosses;
        for (StoryRow const& row : stage.app.rows().all())
            if (says_no(stage.app.trace(), stage.app.trace().events[row.event]))
                crosses.push_back(row.event);
        std::vector<Instant> moments;
        for (EventNumber const cross : crosses) {
            Event const& event = stage.app.trace().events[cross];
            CHECK_FALSE(std::holds_alternative<BounceWritten>(event.happening));
            if (auto const* settled = std::get_if<RecipientSettled>(&event.happening))
                CHECK(settled->outcome != Outcome::delivered);
            if (event.at > Instant{} && (moments.empty() || moments.back() != event.at))
                moments.push_back(event.at);
        }
        stage.key(Key::home);
        for (Instant const moment : moments) {
            stage.key(Key::n);
            CHECK(stage.app.view().now == moment);
        }
        stage.key(Key::n);
        Instant const last = moments.empty() ? Instant{} : moments.back();
        CHECK(stage.app.view().now == last); // there is none: it stays where it is
        CHECK(stage.app.view().presenting.notice.find("after this moment") != std::string::npos);
        stage.key(Key::end);
        for (auto moment = moments.rbegin(); moment != moments.rend(); ++moment) {
            if (*moment == stage.app.pace().end())
                continue;
            stage.key(Key::p);
            CHECK(stage.app.view().now == *moment);
        }
    }
}

TEST_CASE("The keys for refusals stop at each reply that says no, also to AUTH and for the time being") {
    for (char const* lesson :
         {"22-mailbox-full", "27-company-smarthost", "21-greylisting", "34-open-relay-abused"}) {
        INFO(lesson);
        Stage stage{lesson};
        std::set<Instant> refusing;
        for (Event const& event : stage.app.trace().events)
            if (auto const* sent = std::get_if<ReplySent>(&event.happening))
                if (SayingClass const kind = class_of(sent->saying);
                    kind == SayingClass::transient || kind == SayingClass::permanent)
                    refusing.insert(event.at);
        REQUIRE_FALSE(refusing.empty());
        std::set<Instant> stops;
        stage.key(Key::home);
        for (Instant before = stage.app.view().now;; before = stage.app.view().now) {
            stage.key(Key::n);
            if (stage.app.view().now == before)
                break;
            stops.insert(stage.app.view().now);
        }
        for (Instant const moment : refusing)
            CHECK(stops.count(moment) == 1);
    }
}

TEST_CASE("A refusal has one cross, at whichever level its run is looked at") {
    Stage stage{"02-relaying-denied"};
    for (Key const level : {Key::two, Key::three}) {
        stage.key(level);
        CHECK(stage.app.rows().marked(Mark::refused).size() == 1);
    }
}

TEST_CASE("Nothing is left of a refusal whose mark is gone") {
    for (char const* lesson :
         {abused, "36-backscatter", "40-stolen-account", "43-probing", "45-a-town-writes"}) {
        INFO(lesson);
        Stage stage{lesson};
        for (double place = 0; place <= 1; place += 0.05) {
            stage.seek(stage.app.pace().at_axis(place));
            for (Conversation const& talk : stage.app.state().conversations)
                if (talk.stage == ConversationStage::closed)
                    CHECK(stage.app.state().refusal_on(talk.session) != nullptr);
        }
    }
}

TEST_CASE("The road of somebody who has logged in is solid, even where the message was refused") {
    Stage stage{"45-a-town-writes", large_size};
    int found = 0;
    for (int step = 0; step <= 50; ++step) {
        stage.seek(stage.app.pace().at_axis(step / 50.0));
        for (Conversation const& talk : stage.app.state().conversations) {
            std::string const number = std::to_string(talk.session.index);
            if (!talk.refused || !stage.shows("road:" + number))
                continue;
            CHECK(stage.shows("solid road:" + number) == talk.authenticated);
            found += talk.authenticated ? 1 : 0;
        }
    }
    CHECK(found > 0);
}

TEST_CASE("The legend explains the marks of the run before any other") {
    for (char const* lesson :
         {"07-two-devices", "24-backup-not-told", "28-aliases", "30-hotel-refused", "40-stolen-account"})
        for (PictureSize const size :
             {PictureSize{640, 480}, PictureSize{800, 600}, small_size, large_size}) {
            INFO(lesson << ' ' << size.width);
            Stage stage{lesson, size};
            bool all_used = true;
            bool any_unused = false;
            for (Mark const mark : {Mark::accepted, Mark::dns, Mark::refused, Mark::bounce}) {
                bool const shown = stage.shows("legend:" + std::string{word_of(mark)});
                bool const used = !stage.app.rows().marked(mark).empty();
                all_used = all_used && (!used || shown);
                any_unused = any_unused || (!used && shown);
            }
            CHECK((all_used || !any_unused));
        }
}

TEST_CASE("Where the legend has no room for a mark of the run, a button leads to the card of signs") {
    auto const is_whole = [](Stage const& stage) {
        for (Mark const mark :
             {Mark::accepted, Mark::dns, Mark::refused, Mark::bounce, Mark::deferred, Mark::changed})
            if (!stage.app.rows().marked(mark).empty() &&
                !stage.shows("legend:" + std::string{word_of(mark)}))
                return false;
        return true;
    };
    int cut = 0;
    for (float const scale : {1.0F, 1.4F}) {
        Stage stage{"19-gave-up", small_size};
        stage.app.carry_out(SetUiScale{scale});
        stage.frames(3);
        INFO(scale);
        CHECK(stage.app.drawn().widgets.contains("all signs") != is_whole(stage));
        if (is_whole(stage))
            continue;
        ++cut;
        auto const& shapes = stage.app.drawn().shapes; // it does not take all the room
        CHECK(std::any_of(shapes.begin(), shapes.end(),
                          [](auto const& shape) { return shape.first.starts_with("legend:"); }));
        stage.click("all signs");
        CHECK(stage.app.view().card == Card::signs);
    }
    CHECK(cut > 0);
}

TEST_CASE("A mailbox that is full is called so, at the mailbox and at the mark") {
    Stage stage{"22-mailbox-full"};
    stage.seek(Instant{1min});
    std::string all;
    for (Label const& label : stage.app.drawn().labels)
        all += label.text + '\n';
    CHECK(all.find("leo: full") != std::string::npos);
    CHECK(all.find("leo: empty") == std::string::npos);
    CHECK(all.find("The server says no") == std::string::npos);
    CHECK(all.find("ailbox is full") != std::string::npos);
    stage.key(Key::end); // Leo has deleted old mail
    all.clear();
    for (Label const& label : stage.app.drawn().labels)
        all += label.text + '\n';
    CHECK(all.find("leo: 1 new") != std::string::npos);
}

TEST_CASE("A mailbox that mail reaches by a way written into the name is seen") {
    Stage stage{"44-two-closed-servers", {3840, 2160}};
    stage.key(Key::end);
    CHECK(stage.shows("mailbox:mx.home.example"));
}

TEST_CASE("What the filter leaves out is neither seen in the picture nor counted in its marks") {
    Stage stage{abused};
    stage.key(Key::end);
    Filter filter;
    filter.spam = false;
    stage.app.carry_out(SetFilter{filter});
    stage.frames(2);
    for (Label const& label : stage.app.drawn().labels)
        CHECK(counted_in(label.text) < 10);
    HostId person;
    for (std::size_t i = 0; i < stage.app.world().hosts.size(); ++i)
        if (stage.app.world().hosts[stage.app.world().hosts.id_at(i)].person.valid())
            person = stage.app.world().hosts.id_at(i);
    filter = {};
    filter.machine = person;
    stage.app.carry_out(SetFilter{filter});
    for (Instant const moment : {Instant{10min}, Instant{1h}, stage.app.pace().end()}) {
        stage.seek(moment);
        CHECK_FALSE(stage.shows("refused:mx1.shop.example"));
        for (auto const& [name, rect] : stage.app.drawn().shapes)
            CHECK(name.find("envelope:bulk") == std::string::npos);
        for (Conversation const& talk : stage.app.state().conversations)
            if (Session const& session = stage.app.trace().sessions[talk.session];
                session.client != person && session.server != person)
                CHECK_FALSE(stage.shows("road:" + std::to_string(talk.session.index)));
    }
}

TEST_CASE("The keys for refusals stop where a server gives a message up by itself, and the list says so") {
    for (char const* lesson : {"12-mistyped-domain", "19-gave-up"}) {
        INFO(lesson);
        Stage stage{lesson};
        Instant const given_up = moment_of<RecipientSettled>(
            stage.app.trace(), [](RecipientSettled const& e) { return e.outcome == Outcome::bounced; });
        stage.key(Key::home);
        for (int press = 0; press < 50 && stage.app.view().now < given_up; ++press)
            stage.key(Key::n);
        CHECK(stage.app.view().now == given_up);
        auto const row = current_row(stage.app.trace(), stage.app.rows(), stage.app.state().applied);
        REQUIRE(row);
        Event const& event = stage.app.trace().events[stage.app.rows().all()[*row].event];
        CHECK(std::holds_alternative<RecipientSettled>(event.happening));
        stage.key(Key::end);
        for (int press = 0; press < 50 && stage.app.view().now > given_up; ++press)
            stage.key(Key::p);
        CHECK(stage.app.view().now == given_up);
    }
}

TEST_CASE("Where much happens in one moment, the list stands at the refusal that the keys went to") {
    Stage stage{"35-closed-relay-holds"};
    stage.key(Key::home);
    bool among_others = false;
    for (int press = 0; press < 60; ++press) {
        Instant const before = stage.app.view().now;
        stage.key(Key::n);
        stage.frames(3);
        if (stage.app.view().now == before)
            break;
        StoryRows const& rows = stage.app.rows();
        std::size_t const applied = stage.app.state().applied;
        auto const row = current_row(stage.app.trace(), rows, applied);
        REQUIRE(row);
        CHECK(says_no(stage.app.trace(), stage.app.trace().events[rows.all()[*row].event]));
        among_others = among_others || *row + 1 != rows.happened(applied);
        // The bar at its left, in the colour of what is chosen.
        Rect const chosen = stage.widget("event:" + std::to_string(rows.all()[*row].event));
        Picture const picture = stage.picture();
        Rect const bar{chosen.x + 1, chosen.y + 10, 5, chosen.h - 20};
        CHECK(count_pixels(picture, bar, vermillion_rgb) + count_pixels(picture, bar, blue_rgb) > 10);
    }
    CHECK(among_others);
}

TEST_CASE("That no refusal follows is not said where only the filter hides it, nor after all is shown") {
    Stage stage{"27-company-smarthost"};
    Filter nobody;
    for (std::size_t i = 0; i < stage.app.trace().messages.size() && nobody.shows_all(); ++i) {
        Filter one;
        one.message = stage.app.trace().messages.id_at(i);
        StoryRows const rows{stage.app.world(), stage.app.trace(), Detail::protocol, one};
        if (std::ranges::none_of(rows.all(), [&](StoryRow const& row) {
                return says_no(stage.app.trace(), stage.app.trace().events[row.event]);
            }))
            nobody = one;
    }
    REQUIRE_FALSE(nobody.shows_all());
    stage.app.carry_out(SetFilter{nobody});
    stage.key(Key::home);
    stage.key(Key::n);
    CHECK(stage.app.view().presenting.notice.find("The filter hides") == 0);
    CHECK(stage.app.view().presenting.notice_left_s > 0);
    stage.key(Key::a);
    CHECK(stage.app.view().filter.shows_all());
    CHECK(stage.app.view().presenting.notice_left_s == 0);
    stage.key(Key::n);
    CHECK(stage.app.view().now > Instant{});
}

TEST_CASE("No kind of mark that people look for is hidden by another") {
    for (PictureSize const size : {PictureSize{640, 480}, small_size, large_size})
        for (char const* lesson : {abused, "14-admin-mends-it", "02-relaying-denied"}) {
            INFO(lesson << ' ' << size.width);
            Stage stage{lesson, size};
            Rect const transport{0, stage.shape("track").y, static_cast<float>(size.width),
                                 static_cast<float>(size.height) - stage.shape("track").y};
            for (Mark const mark : {Mark::refused, Mark::bounce, Mark::changed}) {
                std::vector<EventNumber> const& events = stage.app.rows().marked(mark);
                int shown = 0;
                for (EventNumber const event : events)
                    if (std::string const name = "mark:" + std::to_string(event); stage.shows(name)) {
                        ++shown;
                        CHECK(stage.shape(name).bottom() <= transport.bottom());
                    }
                CHECK((events.empty() || shown > 0));
            }
        }
}

TEST_CASE("Of two marks in one place, the upper and the lower one can each be pressed") {
    Stage stage{"14-admin-mends-it"};
    EventNumber const bounce = stage.app.rows().marked(Mark::bounce).front();
    Rect const lower = stage.shape("mark:" + std::to_string(bounce));
    stage.press_at({lower.centre().x, lower.bottom() - 2});
    CHECK(stage.app.view().now == stage.app.trace().events[bounce].at);
    stage.press_at({lower.centre().x, lower.y - 4});
    CHECK(stage.app.view().now < stage.app.trace().events[bounce].at);
}

TEST_CASE("What never left its network is marked at the machine that called, and as final") {
    Stage stage{"26-port-25-blocked"};
    stage.key(Key::n);
    CHECK(stage.shows("refused:ada"));
    CHECK_FALSE(stage.shows("refused:mx1.shop.example"));
    CHECK_FALSE(stage.shows("put off:mx1.shop.example"));
    stage.key(Key::end);
    CHECK_FALSE(stage.shows("refused:mx1.shop.example")); // which has taken the mail
}

TEST_CASE("Who has given up is not marked as one that comes back") {
    Stage stage{"37-queue-of-spam"};
    stage.key(Key::end);
    CHECK(stage.shows("refused:relay.school.example"));
    CHECK_FALSE(stage.shows("put off:relay.school.example"));
}

TEST_CASE("A mark counts what was refused for its reason, and says of how many") {
    Stage stage{"43-probing", large_size};
    stage.key(Key::end);
    HostId const server = host_named(stage.app.world(), "mail.club.example");
    REQUIRE(stage.app.shown().lists.tally(server, stage.app.state().applied).refused == 6);
    Rect const place = place_of(stage, server);
    std::vector<Label> const& labels = stage.app.drawn().labels;
    CHECK(std::any_of(labels.begin(), labels.end(), [&](Label const& label) {
        return place.overlaps(label.rect) && label.text.find("3 of 6") != std::string::npos;
    }));
}
