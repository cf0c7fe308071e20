#include "viz/scene/envelopes.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

/// The path without so much of its ends that an envelope would cover the machines there.
Point on_road(std::vector<Point> const& path, double part, float keep_off) {
    float const length = length_of(path);
    float const margin = std::min(keep_off, length / 2);
    double const from = margin / length;
    return along(path, from + (1 - 2 * from) * part);
}

double part_gone(Instant sent, Duration way, Instant now) {
    if (way <= Duration{})
        return 1.0;
    return std::clamp(seconds(now - sent) / seconds(way), 0.0, 1.0);
}

/// The envelope that waits inside a server: at the lower right of its picture.
Point in_queue(Spot const& spot) {
    return {spot.icon.right(), spot.icon.bottom() - spot.icon.h * 0.2F};
}

class Finder {
public:
    Finder(Frame const& frame, Instant now, float scale) : frame_(frame), now_(now), scale_(scale) {}

    EnvelopesNow find() {
        for (Conversation const& conversation : frame_.state.conversations)
            find_in(conversation);
        for (Refusal const& refusal : frame_.state.refusals)
            find_stopped(refusal);
        for (MessageOnTheWay const& message : frame_.state.messages)
            find_waiting(message.message);
        return std::move(found_);
    }

private:
    void find_in(Conversation const& conversation) {
        Session const& session = frame_.trace.sessions[conversation.session];
        if (conversation.taken || !session.message.valid())
            return;
        std::vector<Point> const road = road_of(frame_, conversation.session);
        if (road.size() < 2)
            return;
        float const margin = (envelope_width / 2 + 2) * scale_;
        double const part =
            conversation.mail_sent ? part_gone(*conversation.mail_sent, session.one_way, now_) : 0.0;
        EnvelopePlace place{.message = session.message,
                            .centre = on_road(road, part, margin),
                            .state = EnvelopeState::travelling,
                            .held_by = session.client};
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
                 on_road(road, part_gone(*conversation.letter_sent, session.one_way, now_), margin)});
    }

    /// A refusal without words over a connection: the envelope did not get away from its sender.
    void find_stopped(Refusal const& refusal) {
        if (refusal.session.valid() && frame_.state.conversation(refusal.session) != nullptr)
            return;
        Point centre = frame_.layout.spot(refusal.client).door_right;
        if (Road const* road = frame_.layout.road(refusal.client, refusal.by)) {
            std::vector<Point> path = road->path;
            if (road->from != refusal.client)
                std::reverse(path.begin(), path.end());
            centre = on_road(path, 0, envelope_width / 2 * scale_);
        } else {
            centre.x += envelope_width / 2 * scale_;
        }
        found_.envelopes.push_back({refusal.message, centre, EnvelopeState::stopped, refusal.client});
    }

    /// The server that takes what the machine sends; none for a spammer who knows no such server.
    [[nodiscard]] ServerId outgoing_of(Host const& machine) const {
        if (machine.population.valid())
            return frame_.world.populations[machine.population].outgoing;
        return machine.person.valid() ? frame_.world.people[machine.person].outgoing
                                      : frame_.world.spammers[machine.spammer].server;
    }

    void find_waiting(MessageId message) {
        auto const in_sight = [message](EnvelopePlace const& place) { return place.message == message; };
        bool queued = false;
        for (QueuedMessage const& waiting : frame_.state.queued) {
            QueueEntryId const id = waiting.entry;
            QueueEntry const& entry = frame_.trace.entries[id];
            if (entry.message != message)
                continue;
            queued = true;
            bool const going_on = std::any_of(
                frame_.state.conversations.begin(), frame_.state.conversations.end(),
                [&](Conversation const& c) { return frame_.trace.sessions[c.session].entry == id; });
            if (!going_on)
                found_.envelopes.push_back({message, in_queue(frame_.layout.spot(entry.server)),
                                            EnvelopeState::waiting, entry.server});
        }
        if (queued || std::any_of(found_.envelopes.begin(), found_.envelopes.end(), in_sight))
            return;
        HostId const origin = frame_.trace.messages[message].origin;
        Spot const& spot = frame_.layout.spot(origin);
        if (is_server(frame_.world, origin)) {
            found_.envelopes.push_back({message, in_queue(spot), EnvelopeState::waiting, origin});
            return;
        }
        Point centre = spot.door_right;
        if (ServerId const outgoing = outgoing_of(frame_.world.hosts[origin]); outgoing.valid()) {
            HostId const server = frame_.world.servers[outgoing].host;
            if (Road const* road = frame_.layout.road(origin, server)) {
                std::vector<Point> path = road->path;
                if (road->from != origin)
                    std::reverse(path.begin(), path.end());
                centre = on_road(path, 0, (envelope_width / 2 + 2) * scale_);
            }
        }
        found_.envelopes.push_back({message, centre, EnvelopeState::waiting, origin});
    }

    Frame const& frame_;
    Instant now_;
    float scale_;
    EnvelopesNow found_;
};

} // namespace

std::vector<Point> road_of(Frame const& frame, SessionId id) {
    Session const& session = frame.trace.sessions[id];
    Road const* const road = frame.layout.road(session.client, session.server);
    if (road == nullptr)
        return {};
    std::vector<Point> path = road->path;
    if (road->from != session.client)
        std::reverse(path.begin(), path.end());
    return path;
}

EnvelopesNow envelopes_at(Frame const& frame, Instant now, float scale) {
    return Finder{frame, now, scale}.find();
}

} // namespace mailflow::viz
