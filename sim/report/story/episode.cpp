#include "report/story/episode.hpp"

#include "report/story/signature.hpp"

#include <map>
#include <span>
#include <string>
#include <utility>

namespace mailflow {

namespace {

/// A try of a queue, up to where its messages are put off; or what is no try.
struct Part {
    std::string signature{}; // of a try; empty for what is none
    std::optional<Rounds> rounds{};
    std::vector<Event const*> events{};
};

/// Cuts the events at the end of each try.
class Cutting {
public:
    explicit Cutting(Trace const& trace) : trace_(trace) {}

    void see(Event const* event) {
        bool const puts_off = std::holds_alternative<MessageDeferred>(event->happening);
        if (ending_ && !puts_off)
            end_try();
        ending_ = puts_off;
        std::string const signature = signature_of(trace_, *event);
        if (signature.empty()) {
            end_no_try();
            parts_.push_back({.events = {event}});
            return;
        }
        if (signature != "-")
            signature_ += signature + ' ';
        seen_.push_back(event);
    }

    /// The rounds are over at this place.
    void see(Rounds rounds) {
        if (std::exchange(ending_, false))
            end_try();
        end_no_try();
        parts_.push_back({.rounds = std::move(rounds)});
    }

    [[nodiscard]] std::vector<Part> result() && {
        if (ending_)
            end_try();
        end_no_try();
        return std::move(parts_);
    }

private:
    void end_try() {
        parts_.push_back({.signature = std::exchange(signature_, {}), .events = std::exchange(seen_, {})});
    }

    /// What was seen since the last try leads to none.
    void end_no_try() {
        signature_.clear();
        if (!seen_.empty())
            parts_.push_back({.events = std::exchange(seen_, {})});
    }

    Trace const& trace_;
    std::vector<Part> parts_;
    std::vector<Event const*> seen_; // since the last try ended
    std::string signature_;          // of these
    bool ending_ = false;
};

/// So many tries at the front of them are each like the one that stands `period` before them.
std::size_t repeated_tries(std::span<Part const> parts, std::size_t period) {
    std::size_t same = 0;
    while (period + same < parts.size() && !parts[same].signature.empty() &&
           parts[same].signature == parts[same + period].signature)
        ++same;
    return same;
}

/// How many tries come round again and again at the front of the parts, and how often they do after the first
/// time. One try is worth it when it comes a second time; several, of messages that wait side by side, when
/// they come a third time.
std::pair<std::size_t, std::size_t> again_and_again(std::span<Part const> parts) {
    constexpr std::size_t most_side_by_side = 4;
    for (std::size_t period = 1; period <= most_side_by_side; ++period)
        if (std::size_t const times = repeated_tries(parts, period) / period; times >= (period == 1 ? 1 : 2))
            return {period, times};
    return {1, 0};
}

/// Takes parts that are told event by event into one episode, as long as nothing else stands between them.
void tell_in_full(Part& part, std::vector<Episode>& episodes) {
    if (episodes.empty() || episodes.back().repeats())
        episodes.emplace_back();
    std::vector<Event const*>& events = episodes.back().events;
    events.insert(events.end(), part.events.begin(), part.events.end());
}

std::vector<Episode> episodes_in(std::vector<Part> parts) {
    std::vector<Episode> episodes;
    for (std::size_t i = 0; i < parts.size();) {
        if (parts[i].rounds) {
            std::vector<Event const*> events = parts[i].rounds->events;
            episodes.push_back({.rounds = std::move(parts[i++].rounds), .events = std::move(events)});
            continue;
        }
        auto const [period, times] = again_and_again(std::span<Part const>{parts}.subspan(i));
        for (std::size_t told = 0; told < period; ++told)
            tell_in_full(parts[i++], episodes);
        if (times == 0)
            continue;
        Episode& repetition = episodes.emplace_back(Episode{.repeated_tries = times, .side_by_side = period});
        for (std::size_t folded = 0; folded < period * times; ++folded, ++i)
            repetition.events.insert(repetition.events.end(), parts[i].events.begin(), parts[i].events.end());
    }
    return episodes;
}

} // namespace

std::vector<Episode> episodes_of(Trace const& trace, std::vector<Event const*> const& events) {
    std::vector<Rounds> rounds = rounds_of(trace, events);
    std::map<Event const*, Rounds*> told_with; // null: the rounds go on
    for (Rounds& some : rounds) {
        for (Event const* event : some.events)
            told_with.emplace(event, nullptr);
        told_with[some.end] = &some;
    }
    Cutting cutting{trace};
    for (Event const* event : events) {
        auto const with = told_with.find(event);
        if (with == told_with.end())
            cutting.see(event);
        else if (with->second != nullptr)
            cutting.see(std::move(*with->second));
    }
    return episodes_in(std::move(cutting).result());
}

} // namespace mailflow
