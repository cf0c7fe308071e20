#include "engine/cut_lines.hpp"

#include <algorithm>

namespace mailflow {

namespace {

constexpr Duration first_pause = std::chrono::seconds{1};
constexpr Duration longest_pause = std::chrono::minutes{2}; // RFC 6298 section 2.5; Linux's TCP_RTO_MAX

/// How long Linux sends what nobody acknowledges (tcp_retries2 is 15).
constexpr Duration patience_of_tcp = std::chrono::milliseconds{924600};

Duration patience_with(WakeKind packet, Duration patience) {
    if (is_of_call(packet))
        return first_pause;
    return packet == WakeKind::command_arrives ? std::min(patience, patience_of_tcp) : patience;
}

} // namespace

std::optional<Saying> trouble_from(CutLines::Fate fate, WakeKind packet) {
    if (fate == CutLines::Fate::has_no_address)
        return Saying::connection_lost;
    if (fate == CutLines::Fate::is_given_up)
        return is_of_call(packet) ? Saying::no_route : Saying::session_timed_out;
    return std::nullopt;
}

CutLines::Fate CutLines::fate_of(Wakeup const& packet, Duration patience) {
    SessionId const id{packet.subject};
    Session const& session = records_.sessions[id];
    if (present_.address(session.client) != session.client_address) {
        repeating_.erase(id.index);
        return Fate::has_no_address;
    }
    if (present_.routed(session.client, session.server)) {
        repeating_.erase(id.index);
        return Fate::arrives;
    }
    Repeating& repeating = repeating_[id.index];
    if (repeating.pause == Duration{})
        repeating = {effects_.now(), first_pause};
    Duration const left = repeating.since + patience_with(packet.kind, patience) - effects_.now();
    if (left <= Duration{}) {
        repeating_.erase(id.index);
        return Fate::is_given_up;
    }
    effects_.wake_after(std::min(repeating.pause, left), packet.kind, id);
    repeating.pause = std::min(2 * repeating.pause, longest_pause);
    return Fate::is_sent_again;
}

} // namespace mailflow
