#include "catch.hpp"

#include "base/ladder_queue.hpp"
#include "base/random.hpp"

#include <algorithm>

using namespace mailflow;

namespace {

struct Wakeup {
    Instant at;
    std::uint32_t subject = 0;
};

using Queue = LadderQueue<Wakeup>;

Wakeup at(std::int64_t nanoseconds, std::uint32_t subject) {
    return {Instant{Duration{nanoseconds}}, subject};
}

} // namespace

TEST_CASE("events come out by time, and those of one time in the order in which they went in") {
    Queue queue;
    for (auto const& [time, subject] : {std::pair{500, 0U}, {100, 1U}, {500, 2U}, {0, 3U}, {100, 4U}})
        queue.push(at(time, subject));
    CHECK(queue.size() == 5);
    std::vector<std::uint32_t> order;
    while (auto const event = queue.pop())
        order.push_back(event->subject);
    CHECK(order == std::vector<std::uint32_t>{3, 1, 4, 0, 2});
    CHECK(queue.size() == 0);
    CHECK_FALSE(queue.pop());
}

TEST_CASE("an event pushed for the present moment comes after those that already wait for it") {
    Queue queue;
    queue.push(at(70'000, 0));
    queue.push(at(70'000, 1));
    CHECK(queue.pop()->subject == 0);
    queue.push(at(70'000, 2));
    queue.push(at(70'001, 3));
    CHECK(queue.pop()->subject == 1);
    CHECK(queue.pop()->subject == 2);
    CHECK(queue.pop()->subject == 3);
}

TEST_CASE("a long random play agrees with a sorted list, from nanoseconds to days") {
    RandomStream chance{7, 0};
    Queue queue;
    std::vector<Wakeup> reference; // kept sorted; equal times in the order of arrival
    std::int64_t now = 0;
    std::uint32_t subject = 0;
    for (int step = 0; step < 20'000; ++step) {
        if (reference.empty() || chance.below(100) < 55) {
            std::int64_t const reach = std::int64_t{1} << chance.below(50);
            Wakeup const event = at(
                now + static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(reach))), subject++);
            queue.push(event);
            auto const later = std::upper_bound(reference.begin(), reference.end(), event,
                                                [](Wakeup const& a, Wakeup const& b) { return a.at < b.at; });
            reference.insert(later, event);
        } else {
            auto const event = queue.pop();
            REQUIRE(event);
            REQUIRE(event->at == reference.front().at);
            REQUIRE(event->subject == reference.front().subject);
            now = event->at.since_start.count();
            reference.erase(reference.begin());
        }
        REQUIRE(queue.size() == reference.size());
    }
}

TEST_CASE("a hundred thousand events of one moment come out in the order in which they went in") {
    Queue queue;
    for (std::uint32_t subject = 0; subject < 100'000; ++subject)
        queue.push(at(3'600'000'000'000, subject));
    std::uint32_t pushed = 100'000;
    for (std::uint32_t subject = 0; subject < pushed; ++subject) {
        auto const event = queue.pop();
        REQUIRE(event);
        REQUIRE(event->subject == subject);
        if (subject % 10 == 0 && pushed < 105'000) // while they are taken out, more come for the same moment
            queue.push(at(3'600'000'000'000, pushed++));
    }
    CHECK_FALSE(queue.pop());
}

TEST_CASE("events that keep coming for the near future overflow the bottom and stay in order") {
    Queue queue;
    queue.push(at(1'000'000, 0)); // alone in a wide slot: all that follow fall into its bottom
    REQUIRE(queue.pop());
    RandomStream chance{3, 0};
    for (std::uint32_t subject = 1; subject <= 5'000; ++subject)
        queue.push(at(1'000'000 + static_cast<std::int64_t>(chance.below(2'000)), subject));
    Wakeup last = at(0, 0);
    std::size_t count = 0;
    while (auto const event = queue.pop()) {
        REQUIRE(event->at >= last.at);
        if (event->at == last.at)
            REQUIRE(event->subject > last.subject);
        last = *event;
        ++count;
    }
    CHECK(count == 5'000);
}

TEST_CASE("which events come next is known in advance, and they come") {
    RandomStream chance{9, 0};
    Queue queue;
    constexpr std::uint32_t count = 5'000;
    for (std::uint32_t subject = 0; subject < count; ++subject)
        queue.push(at(static_cast<std::int64_t>(chance.below(10'000'000)), subject));
    constexpr std::uint32_t ahead = Queue::foresight - 1;
    std::vector<std::uint32_t> foreseen(count + ahead, count);
    std::uint32_t known = 0;
    for (std::uint32_t turn = 0; turn < count; ++turn) {
        auto const event = queue.pop();
        REQUIRE(event);
        if (foreseen[turn] < count) {
            ++known;
            REQUIRE(event->subject == foreseen[turn]);
        }
        if (auto const next = queue.next(); next.size() >= ahead)
            foreseen[turn + ahead] = next[ahead - 1].subject;
    }
    CHECK(known > count * 9 / 10);
}
