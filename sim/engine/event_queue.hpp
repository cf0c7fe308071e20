// The event set of a run: who is to be woken when.
#pragma once

#include "base/ladder_queue.hpp"

#include <cstdint>

namespace mailflow {

/// What an event is for. The subject is the number of a session, look-up, queue entry, ... as the kind says.
/// A whole word, since a record with a gap in it stalls the machine when it is copied.
enum class WakeKind : std::uint32_t {
    world_changes,     // the next change of the world
    mail_written,      // mail
    spam_due,          // spammer: its next message
    population_writes, // population: its next message
    listing_ends,      // listing, unless the list has heard of more spam since
    call_arrives,      // session: the first packet reaches the server's machine
    call_answered,     // session: the answer to it reaches the client
    call_times_out,    // session: nobody answered
    call_completed,    // session: the last packet of the handshake reaches the server
    command_arrives,   // session
    reply_arrives,     // session
    question_arrives,  // look-up, at the DNS
    answer_arrives,    // look-up, at the asker
    call_in_vain,      // look-up: nobody answered at the address, which is no machine's
    lookup_times_out,  // look-up
    entry_due,         // queue entry
    check_due,         // person: the mail program looks for mail
};

[[nodiscard]] constexpr bool concerns_session(WakeKind kind) {
    return kind >= WakeKind::call_arrives && kind <= WakeKind::reply_arrives;
}
/// Whether a packet of the session that connects its ends is under way.
[[nodiscard]] constexpr bool is_of_call(WakeKind kind) {
    return kind == WakeKind::call_arrives || kind == WakeKind::call_answered;
}
/// Whether it is a packet of the session, which can get lost.
[[nodiscard]] constexpr bool is_packet(WakeKind kind) {
    return concerns_session(kind) && kind != WakeKind::call_times_out;
}
[[nodiscard]] constexpr bool concerns_lookup(WakeKind kind) {
    return kind >= WakeKind::question_arrives && kind <= WakeKind::lookup_times_out;
}

struct Wakeup {
    Instant at;
    std::uint32_t subject = 0;
    WakeKind kind = WakeKind::mail_written;
};

static_assert(sizeof(Wakeup) == 16);

using EventQueue = LadderQueue<Wakeup>;

} // namespace mailflow
