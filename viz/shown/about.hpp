// Whom and what an event is about: who acts, with whom, in which session, for which message. One exhaustive
// visit, so that filters, steps and statistics agree on it.
#pragma once

#include "trace/trace.hpp"

namespace mailflow::viz {

/// What kind of thing happens, as the filter names it.
enum class Kind : std::uint8_t { dialogue, decision, dns, queue, delivery, pickup, change };
inline constexpr std::size_t kind_count = 7;

[[nodiscard]] std::string_view words_of(Kind kind);

struct About {
    Kind kind = Kind::dialogue;
    HostId actor; // none: the DNS, a blocklist, somebody who changes the world
    HostId other; // the machine at the other end, or the one that it happens to
    SessionId session{};
    MessageId message{};
    RecipientId recipient{};
    DecisionId decision{};
};

[[nodiscard]] About about(World const& world, Trace const& trace, Event const& event);

} // namespace mailflow::viz
