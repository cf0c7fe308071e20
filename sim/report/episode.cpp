#include "report/episode.hpp"

#include "report/signature.hpp"

#include <map>
#include <string>
#include <utility>

namespace mailflow {

namespace {

/// Cuts the events at the end of each try and compares it with the try before.
class Cutting {
public:
    explicit Cutting(Trace const& trace) : trace_(trace) {}

    void see(Event const* event) {
        bool const puts_off = std::holds_alternative<MessageDeferred>(event->happening);
        if (ending_ && !puts_off)
            end_try();
        ending_ = puts_off;
        std::string const part = signature_of(trace_, *event);
        if (part.empty()) {
            tell_try();
            to_tell().events.push_back(event);
            try_before_.reset();
            return;
        }
        if (part != "-")
            signature_ += part + ' ';
        try_.push_back(event);
    }

    /// The rounds are over at this place.
    void see(Rounds rounds) {
        if (ending_)
            end_try();
        ending_ = false;
        tell_try();
        try_before_.reset();
        std::vector<Event const*> events = rounds.events;
        episodes_.push_back({.rounds = std::move(rounds), .events = std::move(events)});
    }

    [[nodiscard]] std::vector<Episode> result() && {
        if (ending_)
            end_try();
        tell_try();
        return std::move(episodes_);
    }

private:
    void end_try() {
        if (try_before_ == signature_) {
            if (episodes_.back().repeated_tries == 0)
                episodes_.emplace_back();
            ++episodes_.back().repeated_tries;
            append(episodes_.back().events);
            signature_.clear();
            return;
        }
        std::string const signature = signature_;
        tell_try();
        try_before_ = signature;
    }

    /// What was seen since the last try is to be told in full.
    void tell_try() {
        if (!try_.empty())
            append(to_tell().events);
        signature_.clear();
    }

    void append(std::vector<Event const*>& events) {
        events.insert(events.end(), try_.begin(), try_.end());
        try_.clear();
    }

    Episode& to_tell() {
        if (episodes_.empty() || episodes_.back().repeats())
            episodes_.emplace_back();
        return episodes_.back();
    }

    Trace const& trace_;
    std::vector<Episode> episodes_;
    std::vector<Event const*> try_; // seen since the last one ended
    std::string signature_;         // of these
    std::optional<std::string> try_before_;
    bool ending_ = false;
};

} // namespace

std::vector<Episode> episodes_of(Trace const& trace, std::vector<Event const*> const& events) {
    std::vector<Rounds> rounds = rounds_of(trace, events);
    std::map<Event const*, Rounds*> told_with; // null: the rounds go on
    for (Rounds& some : rounds) {
        for (Event const* event : some.events)
            told_with.emplace(event, nullptr);
        told_with[some.events.back()] = &some;
    }
    Cutting cutting{trace};
    for (Event const* event : events) {
        auto const with = told_with.find(event);
        if (with == told_with.end())
            cutting.see(event);
        else if (with->second != nullptr)
            cutting.see(std::move(*with->second));
    }
    return std::move(cutting).result();
}

} // namespace mailflow
