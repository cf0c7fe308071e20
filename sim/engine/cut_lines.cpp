#include "engine/cut_lines.hpp"

#include "engine/dialing.hpp"

#include <algorithm>

namespace mailflow {

namespace {

constexpr Duration first_pause = std::chrono::seconds{1};

} // namespace

Instant CutLines::patience_ends(Wakeup const& packet, Repeating const& repeating) const {
    Session const& session = records_.sessions[SessionId{packet.subject}];
    return repeating.since +
           (is_of_call(packet.kind) ? first_pause : patience_in_session_of(present_, session.client));
}

CutLines::Fate CutLines::fate_of(Wakeup const& packet) {
    SessionId const id{packet.subject};
    Session const& session = records_.sessions[id];
    if (present_.routed(session.client, session.server)) {
        repeating_.erase(id.index);
        return Fate::arrives;
    }
    Repeating& repeating = repeating_[id.index];
    if (repeating.pause == Duration{})
        repeating = {effects_.now(), first_pause};
    Duration const left = patience_ends(packet, repeating) - effects_.now();
    if (left <= Duration{}) {
        repeating_.erase(id.index);
        return Fate::is_given_up;
    }
    effects_.wake_after(std::min(repeating.pause, left), packet.kind, id);
    repeating.pause *= 2;
    return Fate::is_sent_again;
}

} // namespace mailflow
