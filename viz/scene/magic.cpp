// The picture that most people have of mail: you send, magic happens, it arrives. Or it does not.
#include "base/text.hpp"
#include "report/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/scene/scene.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace mailflow::viz {

namespace {

struct Stage {
    Rect sender;
    Rect cloud;
    Rect mailbox;
    float middle = 0;
};

Stage set_stage(Brush const& brush, Rect area) {
    float const middle = area.y + area.h * 0.46F;
    float const icon = brush.px(84);
    float const cloud = std::min(area.w * 0.36F, brush.px(340));
    Stage stage;
    stage.middle = middle;
    stage.sender = around({area.x + area.w * 0.13F, middle}, icon, icon);
    stage.cloud = around({area.centre().x, middle}, cloud, cloud * 0.62F);
    stage.mailbox = around({area.right() - area.w * 0.13F, middle}, icon * 1.1F, icon * 0.8F);
    return stage;
}

/// The moment at which nothing more happens to the message, as far as it has come by now.
std::optional<RecipientSettled> settled_by_now(Frame const& frame, RecipientId recipient) {
    for (SettledRecipient const& settled : frame.state.settled)
        if (settled.recipient == recipient)
            return std::get<RecipientSettled>(frame.trace.events[settled.event].happening);
    return std::nullopt;
}

/// Whether the recipient gets the message in the end.
bool arrives(Trace const& trace, RecipientId recipient) {
    return std::any_of(trace.events.begin(), trace.events.end(), [recipient](Event const& event) {
        auto const* settled = std::get_if<RecipientSettled>(&event.happening);
        return settled != nullptr && settled->recipient == recipient &&
               settled->outcome == Outcome::delivered;
    });
}

Instant settled_at(Trace const& trace, RecipientId recipient) {
    for (Event const& event : trace.events)
        if (auto const* settled = std::get_if<RecipientSettled>(&event.happening))
            if (settled->recipient == recipient)
                return event.at;
    return trace.ended_at;
}

/// The message that the picture tells of: the newest one that a person has sent by now, else the first of
/// all.
std::optional<MessageId> told_message(Frame const& frame) {
    std::optional<MessageId> told;
    for (std::size_t i = 0; i < frame.trace.events.size(); ++i) {
        auto const* const sent = std::get_if<MessageSubmitted>(&frame.trace.events[i].happening);
        if (sent != nullptr && (i < frame.state.applied || !told))
            told = sent->message;
    }
    return told;
}

bool is_sent(Frame const& frame, MessageId message) {
    for (std::size_t i = 0; i < frame.state.applied; ++i)
        if (auto const* sent = std::get_if<MessageSubmitted>(&frame.trace.events[i].happening))
            if (sent->message == message)
                return true;
    return false;
}

Instant sent_at(Frame const& frame, MessageId message) {
    for (Event const& event : frame.trace.events)
        if (auto const* sent = std::get_if<MessageSubmitted>(&event.happening))
            if (sent->message == message)
                return event.at;
    return {};
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

void draw_stage(Brush& brush, Frame const& frame, Stage const& stage, Message const& message,
                Intents& intents) {
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
        draw_person(brush, stage.sender);
    brush.drawn.shapes.insert_or_assign("magic:cloud", stage.cloud);
    float const w = frame.layout.area.w * 0.26F;
    Rect const name{stage.sender.centre().x - w / 2, stage.sender.bottom() + brush.px(8), w, brush.px(24)};
    brush.label(name, brush.fonts.head, brush.colours.ink, label_of(frame.world, message.origin));
    brush.label({name.x, name.bottom(), name.w, brush.px(22)}, brush.fonts.small, brush.colours.quiet,
                frame.world.book.text(message.reverse_path));
    if (press_area(brush.drawn, "machine:" + frame.world.hosts[message.origin].name, stage.sender).clicked)
        intents.push_back(Choose{message.origin});
}

} // namespace

void draw_magic(Brush& brush, Frame const& frame, ViewState const& view, Intents& intents) {
    std::optional<MessageId> const told = told_message(frame);
    if (!told)
        return;
    Message const& message = frame.trace.messages[*told];
    Stage const stage = set_stage(brush, frame.layout.area);
    draw_stage(brush, frame, stage, message, intents);

    RecipientId const first = message.first_recipient;
    std::optional<RecipientSettled> const settled = settled_by_now(frame, first);
    bool const arrived = settled && settled->outcome == Outcome::delivered;
    bool const failed = settled && !arrived;
    brush.label({stage.cloud.x, stage.cloud.y + stage.cloud.h * 0.40F, stage.cloud.w, brush.px(28)},
                brush.fonts.title, brush.colours.ink, "magic");

    draw_mailbox(brush, stage.mailbox, arrived ? brush.colours.accepted : brush.colours.road);
    float const w = frame.layout.area.w * 0.26F;
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
    if (is_sent(frame, *told)) {
        Instant const from = sent_at(frame, *told);
        double const whole = std::max(seconds(settled_at(frame.trace, first) - from), 1e-9);
        auto const part = static_cast<float>(std::clamp(seconds(view.now - from) / whole, 0.0, 1.0));
        // What never arrives does not come out of the cloud on the other side.
        float const end = arrives(frame.trace, first) ? goal.x : stage.cloud.centre().x;
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
        if (press_area(brush.drawn, "envelope:" + mail, icon).clicked)
            intents.push_back(Choose{*told});
    }
    if (failed) {
        Refusal const refusal{.by = settled->by,
                              .client = message.origin,
                              .session = settled->session,
                              .message = *told,
                              .recipient = frame.trace.recipients[first].address,
                              .saying = settled->saying,
                              .at = view.now};
        RefusalWords const words = words_of(frame, refusal);
        auto const [cw, ch] = callout_size(brush, words.title, words.code);
        Rect const box =
            kept_within({edge - cw / 2, stage.cloud.y - ch - brush.px(26), cw, ch}, frame.layout.area);
        draw_callout(brush, box, {envelope.x, stage.middle - brush.px(20)}, words.title, words.code);
        brush.drawn.shapes.insert_or_assign("callout:magic", box);
        if (press_area(brush.drawn, "callout:magic", box).clicked)
            intents.push_back(Choose{*told});
    }
}

} // namespace mailflow::viz
