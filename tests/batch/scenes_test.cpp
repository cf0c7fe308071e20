// The scenarios of a batch, read once for all threads.
#include "catch.hpp"

#include "batch/scenes.hpp"

#include <barrier>
#include <thread>

using namespace mailflow::batch;

namespace {

Plan plan() {
    return {
        .files = {{"a.json", R"({ "format": 1, "title": "One, two" })"}, {"gone.json", {}, "no such file"}},
        .factors = {},
        .seeds = {}};
}

} // namespace

TEST_CASE("whoever asks for a scenario that somebody holds gets that one") {
    Plan const two = plan();
    Scenes scenes{two};
    auto const first = scenes.take({.file = 0});
    CHECK(scenes.take({.file = 0}) == first);
    CHECK(scenes.take({.file = 1}) != first);
    CHECK(first->row_beginning == "a.json,\"One, two\",");
    REQUIRE(std::holds_alternative<mailflow::World>(first->loaded));

    std::weak_ptr<Scene const> const one = scenes.take({.file = 1});
    CHECK(one.expired()); // it goes with the last who holds it
}

TEST_CASE("threads that ask for the same scenario at once share it") {
    constexpr std::size_t threads = 8;
    Plan const two = plan();
    Scenes scenes{two};
    std::vector<std::shared_ptr<Scene const>> taken(threads);
    std::barrier begin{threads};
    {
        std::vector<std::jthread> asking;
        for (std::size_t i = 0; i < threads; ++i)
            asking.emplace_back([&, i] {
                begin.arrive_and_wait();
                taken[i] = scenes.take({.file = 0});
            });
    }
    for (auto const& scene : taken)
        CHECK(scene == taken.front());
}

TEST_CASE("a file that could not be read is a scene with a complaint") {
    Plan const two = plan();
    Scenes scenes{two};
    auto const scene = scenes.take({.file = 1});
    auto const* const complaints = std::get_if<std::vector<mailflow::Diagnostic>>(&scene->loaded);
    REQUIRE(complaints != nullptr);
    CHECK(complaints->front().what == "no such file");
    CHECK(scene->row_beginning == "gone.json,,");
}
