// The picture that most people have of mail: you send, magic happens, it arrives. Or it does not.
#include "base/text.hpp"
#include "report/words/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/scene/scene.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

MagicStage set_magic_stage(Brush const& brush, Rect area) {
    float const middle = area.y + area.h * 0.46F;
    float const icon = brush.px(84);
    float const cloud = std::min(area.w * 0.36F, brush.px(340));
    MagicStage stage;
    stage.middle = middle;
    stage.sender = around({area.x + area.w * 0.13F, middle}, icon, icon);
    stage.cloud = around({area.centre().x, middle}, cloud, cloud * 0.62F);
    stage.mailbox = around({area.right() - area.w * 0.13F, middle}, icon * 1.1F, icon * 0.8F);
    return stage;
}

namespace {

RecipientSettled const* settled_in_the_end(Frame const& frame, RecipientId recipient) {
    EventNumber const number = frame.lists.settling(recipient);
    return number == never ? nullptr : &std::get<RecipientSettled>(frame.trace.events[number].happening);
}

/// What became of it, as far as it has come by now.
RecipientSettled const* settled_by_now(Frame const& frame, RecipientId recipient) {
    bool const known = frame.lists.settling(recipient) < frame.state.applied;
    return known ? settled_in_the_end(frame, recipient) : nullptr;
}

/// Whether the recipient gets the message in the end.
bool arrives(Frame const& frame, RecipientId recipient) {
    RecipientSettled const* const settled = settled_in_the_end(frame, recipient);
    return settled != nullptr && settled->outcome == Outcome::delivered;
}

Instant settled_at(Frame const& frame, RecipientId recipient) {
    EventNumber const number = frame.lists.settling(recipient);
    return number == never ? frame.trace.ended_at : frame.trace.events[number].at;
}

void draw_sparkles(Brush& brush, Rect cloud) {
    struct Spark {
        float x, y, size;
    };
    for (Spark const& spark : {Spark{0.24F, 0.36F, 9}, Spark{0.74F, 0.28F, 12}, Spark{0.82F, 0.70F, 8}}) {
        Point const at{cloud.x + spark.x * cloud.w, cloud.y + spark.y * cloud.h};
        float const r = brush.px(spark.size);
        float const waist = r * 0.26F;
        brush.polygon({{at.x, at.y - r}, {at.x + waist, at.y}, {at.x, at.y + r}, {at.x - waist, at.y}},
                      brush.colours.bounce);
        brush.polygon({{at.x - r, at.y}, {at.x, at.y - waist}, {at.x + r, at.y}, {at.x, at.y + waist}},
                      brush.colours.bounce);
    }
}

void draw_stage(Brush& brush, Frame const& frame, MagicStage const& stage, Message const& message,
                Hits& hits) {
    float const y = stage.middle;
    brush.dashes({{stage.sender.right() + brush.px(16), y}, {stage.cloud.x - brush.px(4), y}},
                 brush.colours.road, brush.px(3), brush.px(2), brush.px(9));
    brush.dashes({{stage.cloud.right() + brush.px(4), y}, {stage.mailbox.x - brush.px(14), y}},
                 brush.colours.road, brush.px(3), brush.px(2), brush.px(9));
    draw_cloud(brush, stage.cloud, brush.colours.place, brush.colours.place_line);
    draw_sparkles(brush, stage.cloud);
    if (message.kind == MessageKind::spam)
        draw_spammer(brush, stage.sender);
    else
        draw_user(brush, frame, message.origin, stage.sender);
    brush.drawn.shapes.insert_or_assign("magic:cloud", stage.cloud);
    hits.add("magic:cloud", stage.cloud, OpenCloud{});
    float const w = frame.picture.w * 0.26F;
    Rect const name{stage.sender.centre().x - w / 2, stage.sender.bottom() + brush.px(8), w, brush.px(24)};
    brush.label(name, brush.fonts.head, brush.colours.ink, label_of(frame.world, message.origin));
    brush.label({name.x, name.bottom(), name.w, brush.px(22)}, brush.fonts.small, brush.colours.quiet,
                sender_text(frame.world, message));
    hits.add("machine:" + frame.world.hosts[message.origin].name, stage.sender, Choose{message.origin});
}

} // namespace

EventNumber told_submission(Frame const& frame, Filter const& filter) {
    auto const message_of = [&](EventNumber number) {
        return std::get<MessageSubmitted>(frame.trace.events[number].happening).message;
    };
    std::span<EventNumber const> const all = frame.lists.submissions();
    std::span<EventNumber const> const sent = happened(all, frame.state.applied);
    constexpr std::size_t most_looked_back = 2'000;
    for (std::size_t i = sent.size(); i-- > sent.size() - std::min(sent.size(), most_looked_back);)
        if (passes(filter, frame.trace, message_of(sent[i])))
            return sent[i];
    for (std::size_t i = 0; i < std::min(all.size(), most_looked_back); ++i)
        if (passes(filter, frame.trace, message_of(all[i])))
            return all[i];
    return never;
}

void draw_magic(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits) {
    EventNumber const submission = told_submission(frame, view.filter);
    if (submission == never)
        return;
    MessageId const told = std::get<MessageSubmitted>(frame.trace.events[submission].happening).message;
    Message const& message = frame.trace.messages[told];
    MagicStage const stage = set_magic_stage(brush, frame.picture);
    draw_stage(brush, frame, stage, message, hits);

    RecipientId const first = message.first_recipient;
    RecipientSettled const* const settled = settled_by_now(frame, first);
    bool const arrived = settled != nullptr && settled->outcome == Outcome::delivered;
    bool const failed = settled != nullptr && !arrived;
    brush.label({stage.cloud.x, stage.cloud.y + stage.cloud.h * 0.40F, stage.cloud.w, brush.px(28)},
                brush.fonts.title, brush.colours.ink, "magic");

    draw_mailbox(brush, stage.mailbox, arrived ? brush.colours.accepted : brush.colours.road);
    float const w = frame.picture.w * 0.26F;
    Rect const name{stage.mailbox.centre().x - w / 2, stage.sender.bottom() + brush.px(8), w, brush.px(24)};
    std::string const& address = frame.world.book.text(frame.trace.recipients[first].address);
    brush.label(name, brush.fonts.head, brush.colours.ink, address.substr(0, address.find('@')));
    std::string note = address;
    if (message.recipient_count > 1)
        note += fmt::format(" and {} more", message.recipient_count - 1);
    brush.label({name.x, name.bottom(), name.w, brush.px(22)}, brush.fonts.small, brush.colours.quiet, note);

    Point envelope{stage.sender.right() + brush.px(34), stage.middle};
    Point const goal{stage.mailbox.x - brush.px(34), stage.middle};
    float const edge = stage.cloud.x - brush.px(26);
    if (submission < frame.state.applied) {
        Instant const from = frame.trace.events[submission].at;
        double const whole = std::max(seconds(settled_at(frame, first) - from), 1e-9);
        auto const part = static_cast<float>(std::clamp(seconds(view.now - from) / whole, 0.0, 1.0));
        // What never arrives does not come out of the cloud on the other side.
        float const end = arrives(frame, first) ? goal.x : stage.cloud.centre().x;
        envelope.x += (end - envelope.x) * part;
    }
    if (failed)
        envelope.x = edge;
    bool const hidden = stage.cloud.x + brush.px(10) < envelope.x && envelope.x < stage.cloud.right();
    std::string const mail = message_id(frame.world, message);
    if (arrived) {
        Point const badge{stage.mailbox.right(), stage.mailbox.y};
        brush.disc(badge, brush.px(15), brush.colours.accepted);
        draw_tick(brush, badge, brush.px(7), brush.colours.on_accent, brush.px(3.2F));
        brush.label({name.x, name.bottom() + brush.px(26), name.w, brush.px(24)}, brush.fonts.bold,
                    brush.colours.accepted, "it has arrived");
        brush.drawn.shapes.insert_or_assign("arrived:" + mail, stage.mailbox);
    } else if (!hidden) {
        Rect const icon = around(envelope, brush.px(52), brush.px(36));
        draw_envelope(brush, icon, failed ? brush.colours.refused : brush.colours.ink,
                      message.kind == MessageKind::spam ? EnvelopeKind::spam : EnvelopeKind::message);
        brush.drawn.shapes.insert_or_assign("envelope:" + mail, icon);
        hits.add("envelope:" + mail, icon, Choose{told});
    }
    if (failed) {
        Refusal const refusal{.by = settled->by,
                              .client = message.origin,
                              .session = settled->session,
                              .message = told,
                              .recipient = frame.trace.recipients[first].address,
                              .saying = settled->saying,
                              .at = view.now};
        RefusalWords const words = words_of(frame, refusal);
        Callout const callout = callout_of(brush, words);
        Rect const box = kept_within(
            {edge - callout.w / 2, stage.cloud.y - callout.h - brush.px(26), callout.w, callout.h},
            frame.picture);
        draw_callout(brush, {box.x, box.y}, {envelope.x, stage.middle - brush.px(20)}, callout);
        brush.drawn.shapes.insert_or_assign("callout:magic", box);
        hits.add("callout:magic", box, Choose{told});
    }
}

} // namespace mailflow::viz
