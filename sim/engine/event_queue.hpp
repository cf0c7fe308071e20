// The event set: a radix queue on integer time. Eight levels of 256 slots; the level of an event is the
// highest byte in which its time differs from the clock of the queue. No width to tune, no sequence numbers:
// slots are filled in order and spread in order, so that equal times come out first in, first out. (After the
// monotone radix heap of Ahuja, Mehlhorn, Orlin and Tarjan 1990.)
#pragma once

#include "base/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace mailflow {

/// What an event is for. The subject is the number of a session, look-up, queue entry, ... as the kind says.
enum class WakeKind : std::uint8_t {
    world_changes,    // the next change of the world
    mail_written,     // mail
    call_arrives,     // session: the first packet reaches the server's machine
    call_answered,    // session: the answer to it reaches the client
    call_completed,   // session: the last packet of the handshake reaches the server
    command_arrives,  // session
    reply_arrives,    // session
    question_arrives, // look-up, at the DNS
    answer_arrives,   // look-up, at the asker
    call_times_out,   // session: nobody answered
    lookup_times_out, // look-up
    entry_due,        // queue entry
};

struct Wakeup {
    Instant at;
    std::uint32_t subject = 0;
    WakeKind kind = WakeKind::mail_written;
};

static_assert(sizeof(Wakeup) == 16);

class EventQueue {
public:
    EventQueue();

    /// `wakeup.at` must not lie before the last one popped.
    void push(Wakeup const& wakeup);

    /// The earliest event, removed; empty when there is none. Equal times: the one pushed first.
    std::optional<Wakeup> pop();

    [[nodiscard]] std::size_t size() const { return size_; }

private:
    static constexpr std::size_t level_count = 8;
    static constexpr std::size_t slot_count = 256;

    struct Level {
        std::array<std::uint64_t, slot_count / 64> occupied{};
        std::array<std::vector<Wakeup>, slot_count> slots;

        [[nodiscard]] std::optional<std::size_t> first_occupied() const;
    };

    void place(Wakeup const& wakeup);
    /// Moves the earliest slot of the lowest occupied level down, until level 0 holds the earliest events.
    void bring_down();

    std::vector<Level> levels_;
    std::vector<Wakeup> spread_; // kept for its memory
    std::uint64_t now_ = 0;
    std::size_t size_ = 0;
    std::size_t current_slot_ = 0; // of level 0, with `next_` events already taken
    std::size_t next_ = 0;
};

} // namespace mailflow
