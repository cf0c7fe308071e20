// What is said on the roads: its words cover no machine, no name, no mark of a decision.
#include "stage.hpp"

#include "report/words/words.hpp"
#include "viz/layout/detour.hpp"

#include <algorithm>
#include <set>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// Every moment in which a server refuses something in words, up to so many.
std::vector<Instant> refusals_of(Trace const& trace, std::size_t most) {
    std::vector<Instant> moments;
    for (Event const& event : trace.events)
        if (auto const* sent = std::get_if<ReplySent>(&event.happening);
            sent != nullptr && moments.size() < most &&
            (class_of(sent->saying) == SayingClass::transient ||
             class_of(sent->saying) == SayingClass::permanent))
            if (std::find(moments.begin(), moments.end(), event.at) == moments.end())
                moments.push_back(event.at);
    return moments;
}

/// When a server first says what begins so.
Instant moment_of_reply(App const& app, std::string_view begin) {
    for (Event const& event : app.trace().events)
        if (auto const* sent = std::get_if<ReplySent>(&event.happening))
            if (to_line(reply_of(app.world(), app.trace(), *sent, event.at)).starts_with(begin))
                return event.at;
    FAIL("no server says " << begin);
    return {};
}

void check_tags(Stage const& stage) {
    for (auto const& [tag, box] : stage.app.drawn().shapes) {
        if (!tag.starts_with("tag:"))
            continue;
        for (auto const& [thing, rect] : stage.app.drawn().shapes)
            if (thing.starts_with("icon:") || thing.starts_with("refused:") ||
                thing.starts_with("accepted:") || thing.starts_with("callout:") ||
                thing.starts_with("mailbox:") || thing.starts_with("at:tag:") || thing.starts_with("said:")) {
                INFO(tag << " over " << thing);
                CHECK(area_shared(box, rect) <= 2);
            }
        INFO(tag << " over the cloud");
        CHECK(area_shared(box, stage.app.layout().dns) <= 2);
    }
}

} // namespace

TEST_CASE("What a server answers does not cover machines, their marks, or what they are called") {
    for (char const* const lesson :
         {"10-wrong-server", "15-mx-points-wrong", "16-old-answer", "21-greylisting", "24-backup-not-told",
          "27-company-smarthost", "34-open-relay-abused", "35-closed-relay-holds", "36-backscatter",
          "39-bot-on-a-blocklist", "41-guessed-names", "43-probing", "44-two-closed-servers"})
        for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size}) {
            Stage stage{lesson, size};
            for (Instant const moment : refusals_of(stage.app.trace(), 8)) {
                INFO(lesson << ' ' << size.width << " at " << say_instant(moment));
                stage.seek(moment);
                check_tags(stage);
            }
        }
}

TEST_CASE("A question to the DNS is not hidden by its own words") {
    int questions = 0;
    for (char const* const lesson : {"25-early-internet", "33-names-in-the-dns", "15-mx-points-wrong"})
        for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size}) {
            Stage stage{lesson, size};
            std::set<Instant> moments;
            for (Event const& event : stage.app.trace().events)
                if (std::holds_alternative<LookupSent>(event.happening) && moments.size() < 6)
                    moments.insert(event.at + std::chrono::milliseconds{7});
            for (Instant const moment : moments) {
                stage.seek(moment);
                for (auto const& [name, words] : stage.app.drawn().shapes) {
                    if (!name.starts_with("dns:"))
                        continue;
                    ++questions;
                    INFO(lesson << ' ' << size.width << " at " << say_instant(moment));
                    CHECK(area_shared(stage.shape("at:" + name), words) <= 0);
                }
            }
        }
    CHECK(questions > 10);
}

TEST_CASE("Where machines stand close or very many talk, of many talks only the newest is heard in words") {
    int crowds = 0;
    for (PictureSize const size : {PictureSize{800, 600}, large_size}) {
        World world = load_lesson("34-open-relay-abused");
        world.spammers[SpammerId{0}].interval = std::chrono::milliseconds{50};
        Stage stage{world, size};
        std::size_t const most = stage.app.layout().standing == Standing::upright ? 8 : 5;
        for (int part = 0; part <= 40; ++part) {
            stage.seek(stage.app.pace().at_axis(part / 40.0));
            if (stage.app.state().conversations.size() <= most)
                continue;
            ++crowds;
            auto const& shapes = stage.app.drawn().shapes;
            CHECK(std::count_if(shapes.begin(), shapes.end(),
                                [](auto const& shape) { return shape.first.starts_with("tag:"); }) <= 1);
        }
    }
    CHECK(crowds > 3);
}

TEST_CASE("What leads to the DNS from above ends before the cloud's name") {
    Stage stage{"01-magic"};
    Rect const cloud = stage.app.layout().dns;
    auto const& labels = stage.app.drawn().labels;
    stage.seek(moment_of<LookupAnswered>(stage.app.trace(), [](LookupAnswered const&) { return true; }));
    auto const name =
        std::find_if(labels.begin(), labels.end(), [](Label const& label) { return label.text == "DNS"; });
    REQUIRE(name != labels.end());
    for (DnsRoad const& road : stage.app.layout().dns_roads)
        if (road.path.back().x > cloud.x + 30 && road.path.back().x < cloud.right() - 30)
            CHECK(road.path.back().y + 10 < name->rect.y); // 10: a question is as large
}

TEST_CASE("The way to the DNS runs through no other machine where there is one beside it") {
    for (char const* const lesson : {"25-early-internet", "33-names-in-the-dns"})
        for (PictureSize const size : {small_size, large_size}) {
            Stage const stage{lesson, size};
            CanvasLayout const& layout = stage.app.layout();
            for (DnsRoad const& road : layout.dns_roads)
                for (Spot const& spot : layout.spots)
                    if (spot.host.valid() && spot.host != road.asker) {
                        INFO(lesson << ' ' << size.width << ' ' << spot.called);
                        CHECK_FALSE(runs_through(road.path, united(spot.icon, spot.name)));
                    }
        }
}

TEST_CASE("What a server says is told from its begin to its end where there is room near it") {
    struct Said {
        char const* lesson;
        std::string_view reply; // begins so
        char const* tag;
    };
    for (Said const& said : {Said{denied, "554", "554 Relay access denied"},
                             Said{"21-greylisting", "450", "450 Recipient address rejected: Greylisted"},
                             Said{"03-authenticated", "354", "354 End data with <CR><LF>.<CR><LF>"}})
        for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size}) {
            INFO(said.lesson << ' ' << size.width);
            Stage stage{said.lesson, size};
            stage.seek(moment_of_reply(stage.app, said.reply));
            auto const& labels = stage.app.drawn().labels;
            auto const label = std::find_if(labels.begin(), labels.end(), [&](Label const& one) {
                return one.text.starts_with(said.reply) && one.text.ends_with(said.tag + 4);
            });
            REQUIRE(label != labels.end());
            CHECK_FALSE(label->cut);
        }
}
