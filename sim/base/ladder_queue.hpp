// The event set of a simulation: a ladder of radix rungs on integer time. Eight rungs of 256 slots; the rung
// of an event is the highest byte in which its time differs from the clock of the queue, its slot is that
// byte. There is no width to tune and no sequence number: slots are filled and spread in order, so that equal
// times come out first in, first out. A slot of few events is sorted at once into the bottom, a larger one is
// spread over the rungs below. The cost of an event does not grow with the number that wait. (After the
// ladder queue of Tang, Goh and Thng 2005, with the radix rungs of Ahuja, Mehlhorn, Orlin and Tarjan 1990.)
#pragma once

#include "base/chunk_pool.hpp"
#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace mailflow {

/// `Event` is a small plain struct with a member `Instant at`, not before the start of the simulation.
template<class Event>
class LadderQueue {
public:
    /// `event.at` must not lie before the last one popped.
    void push(Event const& event) {
        assert(ticks(event) >= clock_);
        if (++size_ > peak_)
            peak_ = size_;
        if (ticks(event) >= bottom_end_)
            place(event);
        else
            insert_into_bottom(event);
    }

    /// The earliest event, removed; empty when there is none. Equal times: the one pushed first.
    std::optional<Event> pop() {
        if (last_ - first_ <= foresight && occupied_rungs_ != 0) {
            if (first_ < last_)
                lengthen_bottom();
            else
                fill_bottom();
        }
        if (first_ == last_)
            return std::nullopt;
        --size_;
        return bottom_[first_++];
    }

    /// The next events in their order, as far as it is known already, nearly always up to `foresight`: a hint
    /// of what to prepare for. Valid until the next change of the queue.
    [[nodiscard]] std::span<Event const> next() const { return {bottom_.data() + first_, last_ - first_}; }
    static constexpr std::uint32_t foresight = 24;

    [[nodiscard]] std::size_t size() const { return size_; }
    /// The most that ever waited.
    [[nodiscard]] std::size_t peak() const { return peak_; }

private:
    using Pool = ChunkPool<Event>;

    static constexpr std::size_t rung_count = 8;
    static constexpr std::size_t slot_count = 256;
    static constexpr std::size_t bottom_goal = 64;   // a slot of at most so many is sorted into the bottom
    static constexpr std::size_t bottom_limit = 192; // a bottom of more is spread over the rungs again
    static constexpr std::size_t bottom_room = 512;

    struct Rung {
        std::array<std::uint64_t, slot_count / 64> occupied{};
        std::array<typename Pool::Chain, slot_count> slots{};

        [[nodiscard]] std::size_t first_occupied() const {
            std::size_t word = 0;
            while (occupied[word] == 0)
                ++word;
            return word * 64 + static_cast<std::size_t>(std::countr_zero(occupied[word]));
        }
    };

    [[nodiscard]] static std::uint64_t ticks(Event const& event) {
        return static_cast<std::uint64_t>(event.at.since_start.count());
    }

    void place(Event const& event) {
        std::uint64_t const differs = ticks(event) ^ clock_;
        auto const rung = static_cast<std::size_t>(std::bit_width(differs | 1) - 1) / 8;
        auto const slot = static_cast<std::size_t>(ticks(event) >> (8 * rung)) % slot_count;
        typename Pool::Chain& chain = rungs_[rung].slots[slot];
        if (chain.count == 0)
            occupy(rung, slot);
        pool_.append(chain, event);
    }

    void occupy(std::size_t rung, std::size_t slot) {
        rungs_[rung].occupied[slot / 64] |= std::uint64_t{1} << (slot % 64);
        occupied_rungs_ |= 1U << rung;
    }

    void vacate(std::size_t rung, std::size_t slot) {
        auto& occupied = rungs_[rung].occupied;
        occupied[slot / 64] &= ~(std::uint64_t{1} << (slot % 64));
        if ((occupied[0] | occupied[1] | occupied[2] | occupied[3]) == 0)
            occupied_rungs_ &= ~(1U << rung);
    }

    /// Behind those of the same time. Apart from the way that most events take, which stays short.
    [[gnu::noinline]] void insert_into_bottom(Event const& event) {
        if (last_ - first_ >= bottom_limit) {
            spread_bottom();
            place(event);
            return;
        }
        if (last_ == bottom_room)
            move_bottom_to_front();
        sort_in(event);
    }

    void move_bottom_to_front() {
        std::copy(bottom_.begin() + first_, bottom_.begin() + last_, bottom_.begin());
        last_ -= first_;
        first_ = 0;
    }

    void sort_in(Event const& event) {
        std::uint32_t place = last_++;
        for (; place > first_ && bottom_[place - 1].at > event.at; --place)
            bottom_[place] = bottom_[place - 1];
        bottom_[place] = event;
    }

    /// The events of one slot of that rung, which are all later than those of the bottom. For each it is
    /// counted how many come before it: that takes more comparisons than sorting does, but nothing to guess.
    void sort_behind_bottom(typename Pool::Chain& chain, std::size_t rung) {
        constexpr unsigned place_bits = 6;
        static_assert(bottom_goal == 1U << place_bits);
        constexpr std::size_t widest_rung = 3; // of which the times fit into a key
        if (rung > widest_rung) {
            while (chain.count > 0)
                pool_.consume_chunk(chain, [this](Event const& event) { sort_in(event); });
            return;
        }
        std::uint64_t const in_slot = (std::uint64_t{1} << (8 * rung)) - 1;
        alignas(cache_line_bytes) std::array<std::int32_t, bottom_goal> keys; // equal times by place
        std::size_t count = 0;
        while (chain.count > 0)
            pool_.consume_chunk(chain, [&](Event const& event) {
                unsorted_[count] = event;
                keys[count] = static_cast<std::int32_t>((ticks(event) & in_slot) << place_bits | count);
                ++count;
            });
        constexpr std::size_t step = 8; // so many keys are compared at once
        std::size_t end = count;
        while (end % step != 0)
            keys[end++] = std::numeric_limits<std::int32_t>::max();
        for (std::size_t i = 0; i < count; ++i) {
            std::int32_t before = 0;
            for (std::size_t from = 0; from < end; from += step)
                for (std::size_t j = 0; j < step; ++j)
                    before += keys[from + j] < keys[i] ? 1 : 0;
            bottom_[last_ + static_cast<std::uint32_t>(before)] = unsorted_[i];
        }
        last_ += static_cast<std::uint32_t>(count);
    }

    /// All of it goes back to the rungs below the one from which it came.
    void spread_bottom() {
        bottom_end_ = clock_;
        for (; first_ < last_; ++first_)
            place(bottom_[first_]);
    }

    /// Takes the earliest slot to the end of the bottom, if it is not too large for that. The clock stays: it
    /// moves only where a slot is spread.
    void lengthen_bottom() {
        auto const rung = static_cast<std::size_t>(std::countr_zero(occupied_rungs_));
        std::size_t const slot = rungs_[rung].first_occupied();
        typename Pool::Chain& chain = rungs_[rung].slots[slot];
        if (chain.count > bottom_goal)
            return;
        if (last_ + chain.count > bottom_room)
            move_bottom_to_front();
        sort_behind_bottom(chain, rung);
        vacate(rung, slot);
        std::uint64_t const width = std::uint64_t{1} << (8 * rung);
        bottom_end_ = (clock_ & ~(width * slot_count - 1)) + (slot + 1) * width;
    }

    /// Takes the earliest slot into the empty bottom, after spreading it as often as it is too large. Some
    /// event must wait on a rung.
    void fill_bottom() {
        first_ = last_ = 0;
        while (true) {
            auto const rung = static_cast<std::size_t>(std::countr_zero(occupied_rungs_));
            std::size_t const slot = rungs_[rung].first_occupied();
            std::uint64_t const width = std::uint64_t{1} << (8 * rung);
            // The clock moves to the beginning of the slot. Whatever waits elsewhere stays where it is.
            clock_ = (clock_ & ~(width * slot_count - 1)) | (slot * width);
            typename Pool::Chain& chain = rungs_[rung].slots[slot];
            if (rung == 0) { // all of one time; what is pushed for it now goes to the end of the chain
                pool_.consume_chunk(chain, [this](Event const& event) { bottom_[last_++] = event; });
                if (chain.count == 0)
                    vacate(rung, slot);
                bottom_end_ = clock_;
                return;
            }
            typename Pool::Chain taken = chain;
            chain = {};
            vacate(rung, slot);
            if (taken.count <= bottom_goal) {
                sort_behind_bottom(taken, rung);
                bottom_end_ = clock_ + width;
                return;
            }
            while (taken.count > 0)
                pool_.consume_chunk(taken, [this](Event const& event) { place(event); });
        }
    }

    Pool pool_;
    std::array<Event, bottom_room> bottom_;   // sorted from `first_` up to `last_`
    std::array<Event, bottom_goal> unsorted_; // while a slot is sorted into it
    std::uint32_t first_ = 0;
    std::uint32_t last_ = 0;
    std::uint64_t clock_ = 0;      // what the rungs are relative to; not after any event that waits
    std::uint64_t bottom_end_ = 0; // nothing earlier than this waits on a rung
    std::uint32_t occupied_rungs_ = 0;
    std::size_t size_ = 0;
    std::size_t peak_ = 0;
    std::vector<Rung> rungs_{rung_count};
};

} // namespace mailflow
