// The level of the magic: whoever sees no servers reads of none.
#include "stage.hpp"

#include "report/words/magic_words.hpp"
#include "viz/shown/next.hpp"

#include <algorithm>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// The server that the words name by itself, not within an address; empty: none.
std::string server_in(World const& world, std::string const& words) {
    auto const is_within = [&](std::size_t at) {
        return at < words.size() && words[at] != ' ' && words[at] != ':';
    };
    for (std::size_t n = 0; n < world.servers.size(); ++n) {
        std::string const& name = world.book.name(world.servers[world.servers.id_at(n)].name);
        std::size_t const at = words.find(name);
        if (at != std::string::npos && (at == 0 || !is_within(at - 1)) && !is_within(at + name.size()))
            return name;
    }
    return {};
}

} // namespace

TEST_CASE("At the level of the magic neither what happens nor what comes next names a server") {
    for (auto const& file : std::filesystem::directory_iterator{MAILFLOW_SOURCE_DIR "/scenarios"}) {
        if (file.path().extension() != ".json")
            continue;
        INFO(file.path());
        World const world = load_lesson(file.path().stem().string());
        Shown const shown{world, run(world)};
        StoryRows const rows{shown.world, shown.trace, Detail::magic, {}};
        for (std::size_t n = 0; n < std::min<std::size_t>(rows.all().size(), 500); ++n) {
            EventNumber const event = rows.all()[n].event;
            std::string const words =
                sentence(shown.world, shown.trace, shown.trace.events[event], Detail::magic);
            INFO(words);
            CHECK(server_in(shown.world, words).empty());
            std::string const next =
                next_words(shown.world, shown.trace, shown.lists, rows, {}, event); // before it happens
            INFO(next);
            CHECK(server_in(shown.world, next).empty());
        }
    }
}

TEST_CASE("The magic tells of a refusal in the words of the command line") {
    Stage stage{"02-relaying-denied"};
    stage.app.set_detail(Detail::magic);
    stage.key(Key::end);
    stage.frames(2);
    StoryRow const last = stage.app.rows().all().back();
    CHECK(sentence(stage.app.world(), stage.app.trace(), stage.app.trace().events[last.event],
                   stage.app.rows().detail()) ==
          "It is not sent: Maya's mail program shows an error for leo@shop.example (relaying denied)");
}
