#include "viz/scene/envelopes.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

double part_gone(Instant sent, Duration way, Instant now) {
    if (way <= Duration{})
        return 1.0;
    return std::clamp(seconds(now - sent) / seconds(way), 0.0, 1.0);
}

template<class Key>
void sort_unique(std::vector<Key>& keys) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

template<class Key>
bool holds(std::vector<Key> const& sorted, Key key) {
    return std::binary_search(sorted.begin(), sorted.end(), key);
}

class Finder {
public:
    Finder(Frame const& frame, Instant now, Filter const& filter)
        : frame_(frame)
        , now_(now)
        , filter_(filter)
        , keep_off_((envelope_width / 2 + 2) * frame.layout.unit * envelope_size(frame.layout)) {}

    EnvelopesNow find() {
        for (Conversation const& conversation : frame_.state.conversations) {
            talking_.push_back(conversation.session);
            if (conversation.stage != ConversationStage::closed)
                carried_.push_back(frame_.trace.sessions[conversation.session].entry);
            find_in(conversation);
        }
        sort_unique(talking_);
        sort_unique(carried_);
        for (Refusal const& refusal : frame_.state.refusals)
            find_stopped(refusal);
        for (EnvelopePlace const& place : found_.envelopes)
            in_sight_.push_back(place.message);
        sort_unique(in_sight_);
        find_queued();
        for (MessageOnTheWay const& message : frame_.state.messages)
            find_unsent(message.message);
        return std::move(found_);
    }

private:
    [[nodiscard]] bool shows(MessageId message, HostId at, HostId other = {}) const {
        return passes(filter_, frame_.trace, message, at, other);
    }

    void find_in(Conversation const& conversation) {
        Session const& session = frame_.trace.sessions[conversation.session];
        if (conversation.taken || !session.message.valid() ||
            !shows(session.message, session.client, session.server))
            return;
        Way const way = way_between(frame_.layout, session.client, session.server);
        if (way.road == nullptr)
            return;
        double const part =
            conversation.mail_sent ? part_gone(*conversation.mail_sent, session.one_way, now_) : 0.0;
        EnvelopePlace place{.message = session.message,
                            .centre = way.at(part, keep_off_),
                            .state = EnvelopeState::travelling,
                            .held_by = session.client,
                            .entry = session.entry,
                            .session = conversation.session};
        if (part >= 1.0)
            place.state = EnvelopeState::at_the_door;
        else if (part <= 0.0)
            place.state = EnvelopeState::waiting;
        if (conversation.refused)
            place.state = EnvelopeState::stopped;
        if (conversation.mail_sent)
            place.held_by = session.server;
        found_.envelopes.push_back(place);
        if (conversation.letter_sent)
            found_.letters.push_back(
                {session.message,
                 way.at(part_gone(*conversation.letter_sent, session.one_way, now_), keep_off_)});
    }

    /// A refusal without words over a connection: the envelope did not get away from its sender.
    void find_stopped(Refusal const& refusal) {
        if ((refusal.session.valid() && holds(talking_, refusal.session)) ||
            !shows(refusal.message, refusal.by, refusal.client))
            return;
        Spot const& spot = frame_.layout.spot(refusal.client);
        if (!spot.host.valid())
            return;
        Way const way = way_between(frame_.layout, refusal.client, refusal.by);
        Point centre = spot.door_right;
        if (way.road != nullptr)
            centre = way.at(0, keep_off_);
        else
            centre.x += keep_off_;
        found_.envelopes.push_back({refusal.message, centre, EnvelopeState::stopped, refusal.client});
    }

    void find_queued() {
        for (QueuedMessage const& waiting : frame_.state.queued) {
            QueueEntry const& entry = frame_.trace.entries[waiting.entry];
            queued_.push_back(entry.message);
            Spot const& spot = frame_.layout.spot(entry.server);
            if (holds(carried_, waiting.entry) || !spot.host.valid() || !shows(entry.message, entry.server))
                continue;
            found_.envelopes.push_back({.message = entry.message,
                                        .centre = stack_of(frame_.layout, spot).centre(),
                                        .state = EnvelopeState::waiting,
                                        .held_by = entry.server,
                                        .entry = waiting.entry,
                                        .put_off = waiting.deferral.valid()});
        }
        sort_unique(queued_);
    }

    /// The server that takes what the machine sends; none for a spammer who knows no such server.
    [[nodiscard]] ServerId outgoing_of(Host const& machine) const {
        if (machine.population.valid())
            return frame_.world.populations[machine.population].outgoing;
        return machine.person.valid() ? frame_.world.people[machine.person].outgoing
                                      : frame_.world.spammers[machine.spammer].server;
    }

    /// What nobody has taken yet: it lies where it was written.
    void find_unsent(MessageId message) {
        HostId const origin = frame_.trace.messages[message].origin;
        if (holds(queued_, message) || holds(in_sight_, message) || !shows(message, origin))
            return;
        Spot const& spot = frame_.layout.spot(origin);
        if (!spot.host.valid())
            return;
        if (is_server(frame_.world, origin)) {
            found_.envelopes.push_back(
                {message, stack_of(frame_.layout, spot).centre(), EnvelopeState::waiting, origin});
            return;
        }
        Point centre = spot.door_right;
        if (ServerId const outgoing = outgoing_of(frame_.world.hosts[origin]); outgoing.valid()) {
            Way const way = way_between(frame_.layout, origin, frame_.world.servers[outgoing].host);
            if (way.road != nullptr)
                centre = way.at(0, keep_off_);
        }
        found_.envelopes.push_back({message, centre, EnvelopeState::waiting, origin});
    }

    Frame const& frame_;
    Instant now_;
    Filter const& filter_;
    float keep_off_;
    EnvelopesNow found_;
    // Sorted, so that a crowd costs no more than its number.
    std::vector<SessionId> talking_;
    std::vector<QueueEntryId> carried_;
    std::vector<MessageId> in_sight_;
    std::vector<MessageId> queued_;
};

} // namespace

Point Way::at(double part, float keep_off) const {
    double const length = std::max(static_cast<double>(road->length), 1e-6);
    double const from = std::min(static_cast<double>(keep_off), length / 2) / length;
    return at(from + (1 - 2 * from) * part);
}

Way way_between(CanvasLayout const& layout, HostId client, HostId server) {
    Road const* const road = layout.road(client, server);
    return {road, road != nullptr && road->from != client};
}

Way way_of(Frame const& frame, SessionId id) {
    Session const& session = frame.trace.sessions[id];
    return way_between(frame.layout, session.client, session.server);
}

float envelope_size(CanvasLayout const& layout) {
    if (layout.crowded() && layout.standing == Standing::line)
        return 0.52F;
    if (layout.crowded() || layout.standing == Standing::line)
        return 0.6F;
    return layout.standing == Standing::beside ? 0.76F : 1.0F;
}

Rect stack_of(CanvasLayout const& layout, Spot const& spot) {
    float const size = layout.unit * envelope_size(layout);
    float const w = envelope_width * size;
    float const h = envelope_height * size;
    if (spot.standing == Standing::line) // behind the end of the row
        return kept_within(around({spot.cell.right() + w * 0.5F, spot.cell.centre().y}, w * 0.9F, h * 0.9F),
                           layout.area.inset(-12 * layout.unit));
    float const over = spot.standing == Standing::beside ? 15 * layout.unit : 0; // the note is beside it
    return around({spot.icon.right() - over, spot.icon.bottom() - spot.icon.h * 0.2F}, w, h);
}

EnvelopesNow envelopes_at(Frame const& frame, Instant now, Filter const& filter) {
    return Finder{frame, now, filter}.find();
}

} // namespace mailflow::viz
