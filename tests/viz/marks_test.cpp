// What the marks of refusals say, in the picture and on the timeline: the same as the panels, within their
// place, and where the keys lead.
#include "stage.hpp"

#include "viz/lists.hpp"

#include <set>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

constexpr char const* abused = "34-open-relay-abused";

HostId host_named(World const& world, std::string_view name) {
    for (std::size_t i = 0; i < world.hosts.size(); ++i)
        if (world.hosts[world.hosts.id_at(i)].name == name)
            return world.hosts.id_at(i);
    FAIL("no such machine");
    return {};
}

Rect place_of(Stage const& stage, HostId host) {
    World const& world = stage.app.world();
    return stage.shape("place:" + world.networks[world.hosts[host].network].name);
}

/// The numbers in "554 5.7.1 · 90 times · +1 other", without those of the codes.
std::uint32_t counted_in(std::string const& words) {
    std::uint32_t sum = 0;
    for (std::size_t at = words.find(" · "); at != std::string::npos; at = words.find(" · ", at + 1)) {
        std::size_t const digits = words.find_first_of("0123456789", at);
        sum += static_cast<std::uint32_t>(std::stoul(words.substr(digits)));
    }
    return sum;
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
            if (label.text.find(" times") != std::string::npos && place.overlaps(label.rect))
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

TEST_CASE("The keys for refusals go from cross to cross of the timeline, and to nothing else") {
    for (char const* lesson :
         {"13-domain-not-set-up", "18-hours-of-waiting", "19-gave-up", "36-backscatter", abused}) {
        INFO(lesson);
        Stage stage{lesson};
        std::vector<EventNumber> const& crosses = stage.app.rows().marked(Mark::refused);
        std::vector<Instant> moments;
        for (EventNumber const cross : crosses) {
            Event const& event = stage.app.trace().events[cross];
            CHECK_FALSE(std::holds_alternative<BounceWritten>(event.happening));
            if (auto const* settled = std::get_if<RecipientSettled>(&event.happening))
                CHECK((settled->outcome == Outcome::refused || settled->outcome == Outcome::discarded));
            if (event.at > Instant{} && (moments.empty() || moments.back() != event.at))
                moments.push_back(event.at);
        }
        stage.key(Key::home);
        for (Instant const moment : moments) {
            stage.key(Key::n);
            CHECK(stage.app.view().now == moment);
        }
        stage.key(Key::n);
        CHECK(stage.app.view().now == stage.app.pace().end());
        for (auto moment = moments.rbegin(); moment != moments.rend(); ++moment) {
            if (*moment == stage.app.pace().end())
                continue;
            stage.key(Key::p);
            CHECK(stage.app.view().now == *moment);
        }
    }
}
