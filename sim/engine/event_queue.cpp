#include "engine/event_queue.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace mailflow {

namespace {

std::uint64_t ticks(Wakeup const& wakeup) {
    return static_cast<std::uint64_t>(wakeup.at.since_start.count());
}

std::size_t byte_of(std::uint64_t time, std::size_t level) {
    return static_cast<std::size_t>(time >> (8 * level)) & 0xff;
}

} // namespace

EventQueue::EventQueue() : levels_(level_count) {}

std::optional<std::size_t> EventQueue::Level::first_occupied() const {
    for (std::size_t word = 0; word < occupied.size(); ++word)
        if (occupied[word] != 0)
            return word * 64 + static_cast<std::size_t>(std::countr_zero(occupied[word]));
    return std::nullopt;
}

void EventQueue::place(Wakeup const& wakeup) {
    std::uint64_t const differs = ticks(wakeup) ^ now_;
    std::size_t const level = differs == 0 ? 0 : static_cast<std::size_t>(std::bit_width(differs) - 1) / 8;
    std::size_t const slot = byte_of(ticks(wakeup), level);
    levels_[level].slots[slot].push_back(wakeup);
    levels_[level].occupied[slot / 64] |= std::uint64_t{1} << (slot % 64);
}

void EventQueue::push(Wakeup const& wakeup) {
    assert(ticks(wakeup) >= now_);
    place(wakeup);
    ++size_;
}

void EventQueue::bring_down() {
    std::size_t level = 0;
    std::optional<std::size_t> slot;
    while (!(slot = levels_[level].first_occupied()))
        ++level;
    if (level > 0) {
        // The clock moves to the earliest event; the others of the slot then differ from it in a lower byte
        // only.
        std::uint64_t earliest = ~std::uint64_t{0};
        std::swap(spread_, levels_[level].slots[*slot]);
        levels_[level].occupied[*slot / 64] &= ~(std::uint64_t{1} << (*slot % 64));
        for (Wakeup const& wakeup : spread_)
            earliest = std::min(earliest, ticks(wakeup));
        now_ = earliest;
        for (Wakeup const& wakeup : spread_)
            place(wakeup);
        spread_.clear();
        slot = byte_of(now_, 0);
    }
    current_slot_ = *slot;
    next_ = 0;
}

std::optional<Wakeup> EventQueue::pop() {
    if (size_ == 0)
        return std::nullopt;
    if (next_ == 0)
        bring_down();
    std::vector<Wakeup>& slot = levels_[0].slots[current_slot_];
    Wakeup const earliest = slot[next_++];
    now_ = ticks(earliest);
    --size_;
    if (next_ == slot.size()) {
        slot.clear();
        next_ = 0;
        levels_[0].occupied[current_slot_ / 64] &= ~(std::uint64_t{1} << (current_slot_ % 64));
    }
    return earliest;
}

} // namespace mailflow
