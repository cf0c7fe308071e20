// What a moment of a run can be asked: see trace/replay.hpp.
#include "trace/replay.hpp"

#include <algorithm>

namespace mailflow {

Refusal merged(Refusal const& earlier, Refusal const& newer) {
    bool const stays = earlier.saying == Saying::relay_denied && newer.saying != Saying::relay_denied;
    Refusal mark = stays ? earlier : newer;
    Refusal const& other = stays ? newer : earlier;
    (other.saying == mark.saying ? mark.count : mark.others) += other.count;
    mark.others += other.others;
    return mark;
}

double Crossing::progress(Instant now) const {
    if (now >= arrives)
        return 1.0;
    if (now <= sent)
        return 0.0;
    return static_cast<double>((now - sent).count()) / static_cast<double>((arrives - sent).count());
}

Conversation const* ReplayState::conversation(SessionId session) const {
    return conversations.find(session);
}

Refusal const* ReplayState::refusal_on(SessionId session) const {
    for (Refusal const& refusal : refusals)
        if (refusal.session == session)
            return &refusal;
    return nullptr;
}

bool ReplayState::in_conversation(Trace const& trace, QueueEntryId entry) const {
    return std::any_of(conversations.begin(), conversations.end(), [&](Conversation const& conversation) {
        return conversation.stage != ConversationStage::closed &&
               trace.sessions[conversation.session].entry == entry;
    });
}

Present present_in(World const& world, ReplayState const& state) {
    Present present{world};
    while (present.changes_applied() < state.changes)
        present.apply_next();
    return present;
}

} // namespace mailflow
