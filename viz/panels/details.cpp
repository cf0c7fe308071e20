#include "report/words/line_meaning.hpp"
#include "report/words/words.hpp"
#include "viz/draw/fields.hpp"
#include "viz/draw/icons.hpp"
#include "viz/heading.hpp"
#include "viz/panels/facts.hpp"
#include "viz/panels/message.hpp"
#include "viz/panels/panels.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <vector>

namespace mailflow::viz {

namespace {

std::string parties(Frame const& frame, SessionId id) {
    Session const& session = frame.trace.sessions[id];
    return fmt::format("{} → {}, port {}", label_of(frame.world, session.client),
                       label_of(frame.world, session.server), session.port);
}

float draw_facts(Brush& brush, Point at, float width, Facts const& facts, bool show) {
    float y = at.y;
    auto const say = [&](Face font, Colour colour, std::string_view words) {
        y += show ? brush.paragraph({at.x, y}, width, font, colour, words)
                  : brush.paragraph_height(width, font, words);
    };
    say(brush.fonts.head, brush.colours.ink, facts.title);
    say(brush.fonts.small, brush.colours.quiet, facts.subtitle);
    y += brush.px(6);
    for (Fact const& fact : facts.facts) {
        y += brush.px(10);
        float const top = y;
        say(brush.fonts.small_bold, brush.colours.quiet, fact.name);
        say(brush.fonts.body, brush.colours.ink, fact.words);
        if (show)
            brush.drawn.shapes.insert_or_assign("fact:" + fact.name, Rect{at.x, top, width, y - top});
    }
    return y - at.y;
}

std::string_view kind_of(Subject const& subject) {
    return std::visit(
        Overloaded{[](std::monostate) { return ""; }, [](HostId) { return "Machine"; },
                   [](MessageId) { return "Message"; }, [](DecisionId) { return "Decision"; },
                   [](SessionId) { return "Conversation"; }, [](LookupId) { return "Question to the DNS"; },
                   [](DnsSubject) { return "Directory"; }, [](EventSubject) { return "Event"; }},
        subject);
}

class DetailsPanel {
public:
    DetailsPanel(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents)
        : brush_(brush)
        , rect_(rect.inset(brush.px(14)))
        , frame_(frame)
        , view_(view)
        , intents_(intents)
        , focus_(focus_of(frame, view)) {}

    /// What is shown, and a cross that goes back to what happens now.
    void head_line(std::string_view kind) {
        float const h = brush_.px(26);
        Rect const close{rect_.right() - h, rect_.y - brush_.px(4), h, h};
        brush_.text({rect_.x, close.y, rect_.w - h, h}, brush_.fonts.small_bold, brush_.colours.quiet, kind);
        Press const press = press_area(brush_.drawn, "close details", close);
        if (press.hovered)
            brush_.fill(close, brush_.colours.backdrop, brush_.px(6));
        draw_cross(brush_, close.centre(), brush_.px(5), brush_.colours.quiet, brush_.px(2.2F));
        if (press.clicked)
            intents_.push_back(Choose{});
        take(brush_.px(28));
    }

    /// Whether the ladder of a decision is what is shown.
    [[nodiscard]] bool tells_decision() const {
        if (!focus_.decision.valid())
            return false;
        return std::visit(
            Overloaded{[&](std::monostate) { return view_.detail != Detail::magic && !focus_.silent; },
                       [](DecisionId) { return true; }, [&](SessionId) { return was_refused(); },
                       [](EventSubject) { return true; }, [](auto) { return false; }},
            view_.subject);
    }

    /// The yellow box at the bottom; what is above gets the rest.
    void advice() {
        if (!focus_.advice || (view_.detail == Detail::magic && !is_settled()))
            return; // where all is magic, nobody knows of trouble before it is told
        float const height = advice_height(brush_, rect_.w, *focus_.advice);
        draw_advice(brush_, {rect_.x, rect_.bottom() - height, rect_.w, height}, *focus_.advice);
        rect_.h -= height + brush_.px(12);
    }

    /// One that was chosen is asked about, and has all its reasons, even if they are to be scrolled.
    void decision() {
        bool const chosen = std::holds_alternative<DecisionId>(view_.subject);
        draw_decision(brush_, rect_, frame_, focus_, chosen ? Rungs::with_reasons : Rungs::as_names,
                      intents_);
    }

    void whole_session() {
        SessionId const session = focus_.session;
        float const h = brush_.paragraph({rect_.x, rect_.y}, rect_.w, brush_.fonts.head, brush_.colours.ink,
                                         parties(frame_, session), 3);
        take(h + brush_.px(8));
        if (said_in(frame_, session).empty()) {
            Conversation const* const now = frame_.state.conversation(session);
            note("", now == nullptr ? "Nothing was said: the connection came to nothing."
                     : now->stage == ConversationStage::calling
                         ? "Nothing has been said yet: first the connection has to stand."
                         : "Nothing has been said yet: the connection stands, and the server speaks first.");
            return;
        }
        float const width = rect_.w - brush_.px(12);
        float const height = dialogue_height(brush_, width, frame_, session);
        ScrollArea const scroll{brush_, "dialogue", rect_, height, static_cast<int>(frame_.state.applied),
                                height};
        Brush inner = brush_.on(scroll.list());
        draw_whole_dialogue(inner, {scroll.origin().x, scroll.origin().y, width, height}, frame_, focus_,
                            intents_);
    }

    /// A conversation that was asked for: the whole of it, or the ladder first where something was refused.
    void conversation() {
        if (tells_decision())
            decision();
        else
            whole_session();
    }

    /// One thing that happened, in words; below it what it belongs to.
    void event(EventNumber number) {
        Event const& event = frame_.trace.events[number];
        note(say_clock(event.at), sentence(frame_.world, frame_.trace, event));
        if (std::string_view const meaning = meaning_of_line(event); !meaning.empty()) {
            float const top = rect_.y;
            note("", meaning);
            brush_.drawn.shapes.insert_or_assign("meaning", Rect{rect_.x, top, rect_.w, rect_.y - top});
        }
        if (focus_.decision.valid())
            decision();
        else if (focus_.session.valid())
            whole_session();
    }

    void facts(Facts const& facts) {
        float const width = rect_.w - brush_.px(12);
        float const height = draw_facts(brush_, {}, width, facts, false);
        ScrollArea const scroll{brush_, "facts", rect_, height, 0, 0};
        Brush inner = brush_.on(scroll.list());
        draw_facts(inner, scroll.origin(), width, facts, true);
    }

    void message(MessageId id) {
        // Each message begins at its top.
        FlowArea area{brush_, fmt::format("message {}", id.index).c_str(), rect_};
        Brush inner = area.brush();
        Flow drawn{inner, area.origin(), area.width(), Pass::draw};
        tell_message(drawn, frame_, view_, id, intents_);
        auto const answer = brush_.drawn.shapes.find("bounce answer");
        if (view_.lit && answer != brush_.drawn.shapes.end())
            area.reveal(fmt::format("line {} {}", view_.lit->group, view_.lit->field), answer->second);
        area.end_at(area.origin().y + drawn.height());
    }

    /// What was said of the decision beforehand, and whether it was so.
    void foretold() {
        std::string const words = say_outcome(frame_.trace, frame_.lists, view_.predicting);
        if (words.empty())
            return;
        bool const right = *view_.predicting.said ==
                           truth_of(frame_.trace, frame_.lists.questions()[*view_.predicting.question]);
        float const pad = brush_.px(34);
        float const score = brush_.px(20);
        float const h = brush_.paragraph_height(rect_.w - pad - brush_.px(8), brush_.fonts.bold, words, 3) +
                        score + brush_.px(14);
        Rect const box{rect_.x, rect_.y, rect_.w, h};
        Colour const colour = right ? brush_.colours.accepted : brush_.colours.refused;
        brush_.fill(box, right ? brush_.colours.accepted_fill : brush_.colours.refused_fill, brush_.px(8));
        brush_.outline(box, colour, brush_.px(2), brush_.px(8));
        Point const sign{box.x + brush_.px(18), box.y + brush_.px(18)};
        if (right)
            draw_tick(brush_, sign, brush_.px(7), colour, brush_.px(3));
        else
            draw_cross(brush_, sign, brush_.px(6), colour, brush_.px(3));
        float const used = brush_.paragraph({box.x + pad, box.y + brush_.px(6)}, box.w - pad - brush_.px(8),
                                            brush_.fonts.bold, brush_.colours.ink, words, 3);
        brush_.text({box.x + pad, box.y + brush_.px(6) + used, box.w - pad, score}, brush_.fonts.small,
                    brush_.colours.quiet,
                    fmt::format("{} of {} right", view_.predicting.right, view_.predicting.answered));
        brush_.drawn.shapes.insert_or_assign(right ? "foretold:right" : "foretold:wrong", box);
        take(h + brush_.px(10));
    }

    /// In the place of what nobody can know yet: that it lies ahead, and the way there.
    void not_yet(EventNumber begins) {
        note("Not yet", "At this moment it has not come about, and nobody knows of it.");
        brush_.drawn.shapes.insert_or_assign("not yet", rect_);
        std::string_view const words = "Go to its beginning";
        float const w = width_of(brush_.fonts.bold, words) + brush_.px(24);
        if (text_button(brush_, "to its beginning", {rect_.x, rect_.y, w, brush_.px(30)}, words,
                        ButtonLook::plain))
            intents_.push_back(Seek{frame_.trace.events[begins].at});
    }

    /// What can be done with the subject, as buttons in a row.
    void actions() {
        struct Action {
            char const* name;
            char const* words;
            Intent intent;
            bool on;
        };
        std::vector<Action> offered;
        if (auto const* machine = std::get_if<HostId>(&view_.subject)) {
            Filter only = view_.filter;
            only.machine = only.machine == *machine ? HostId{} : *machine;
            offered.push_back({"run until", "Run until it acts", RunUntil{*machine}, false});
            offered.push_back({"only this", "Only this", SetFilter{only}, view_.filter.machine == *machine});
        } else if (auto const* message = std::get_if<MessageId>(&view_.subject)) {
            bool const on = view_.filter.message == root_of(frame_.trace, *message);
            offered.push_back(
                {"follow", on ? "Following: let go" : "Follow this message", Follow{*message}, on});
        }
        if (offered.empty())
            return;
        float x = rect_.x;
        for (Action const& action : offered) {
            float const w = width_of(brush_.fonts.bold, action.words) + brush_.px(24);
            if (text_button(brush_, action.name, {x, rect_.y, w, brush_.px(28)}, action.words,
                            action.on ? ButtonLook::chosen : ButtonLook::plain))
                intents_.push_back(action.intent);
            x += w + brush_.px(8);
        }
        take(brush_.px(38));
    }

    void note(std::string_view title, std::string_view words) {
        if (!title.empty()) {
            float const used = brush_.paragraph({rect_.x, rect_.y}, rect_.w, brush_.fonts.head,
                                                brush_.colours.ink, title, 2);
            brush_.drawn.shapes.insert_or_assign("note:" + std::string{title},
                                                 Rect{rect_.x, rect_.y, rect_.w, used});
            take(used + brush_.px(6));
        }
        float const h =
            brush_.paragraph({rect_.x, rect_.y}, rect_.w, brush_.fonts.body, brush_.colours.quiet, words);
        take(h + brush_.px(14));
    }

    /// Whatever happens now.
    void follow() {
        if (view_.detail == Detail::magic) {
            notes("You send. Magic. It arrives?",
                  "Who carries the message, and who may stop it? Choose Servers, above, to open the magic "
                  "up.");
            return;
        }
        if (focus_.silent) {
            note("What was said", "Nothing has been said yet.");
            brush_.drawn.shapes.insert_or_assign("nothing said", rect_);
        } else if (tells_decision())
            decision();
        else if (focus_.settling != never && !focus_.session.valid())
            event(focus_.settling);
        else if (focus_.session.valid() && view_.detail == Detail::protocol)
            whole_session();
        else
            introduction();
    }

private:
    [[nodiscard]] bool was_refused() const {
        return frame_.trace.decisions[focus_.decision].decision.verdict == Verdict::refuse;
    }

    /// Whether it has turned out what becomes of the message, of one of its recipients at least.
    [[nodiscard]] bool is_settled() const {
        if (!focus_.message.valid())
            return true;
        Message const& message = frame_.trace.messages[focus_.message];
        for (std::uint32_t i = 0; i < message.recipient_count; ++i)
            if (frame_.lists.settling(RecipientId{message.first_recipient.index + i}) < frame_.state.applied)
                return true; // `never` is behind everything
        return false;
    }

    void introduction() {
        notes("Who decides?", "When a server decides whether a message may pass, its rules stand here, with "
                              "the values that made each match or not.");
    }

    /// What the run is about, and one thing more; to be scrolled where there is too little room.
    void notes(char const* more, char const* more_words) {
        Heading const heading = heading_of(frame_.world, frame_.trace, frame_.lists, view_);
        FlowArea area{brush_, "notes", rect_};
        Brush inner = area.brush();
        Flow flow{inner, area.origin(), area.width(), Pass::draw};
        for (auto const& [title, words] : {heading, Heading{more, more_words}}) {
            flow.say(inner.fonts.head, inner.colours.ink, title);
            flow.gap(6);
            flow.say(inner.fonts.body, inner.colours.quiet, words);
            flow.gap(14);
        }
        area.end_at(area.origin().y + flow.height());
        brush_.drawn.shapes.insert_or_assign("notes", rect_);
    }

    void take(float height) {
        rect_.y += height;
        rect_.h -= height;
    }

    Brush& brush_;
    Rect rect_;
    Frame const& frame_;
    ViewState const& view_;
    Intents& intents_;
    Focus const focus_;
};

/// A panel lower than this, at scale 1, scrolls as a whole and has this height within.
constexpr float least_height = 150;
constexpr float scrolled_height = 420;

void draw_all(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    DetailsPanel details{brush, rect, frame, view, intents};
    if (std::string_view const kind = kind_of(view.subject); !kind.empty())
        details.head_line(kind);
    if (auto const begins = still_to_come(frame, view.subject)) {
        details.not_yet(*begins);
        return;
    }
    details.foretold();
    details.actions();
    if (!details.tells_decision())
        details.advice();
    std::visit(Overloaded{[&](std::monostate) { details.follow(); }, [&](DecisionId) { details.decision(); },
                          [&](SessionId) { details.conversation(); },
                          [&](EventSubject subject) { details.event(subject.event); },
                          [&](MessageId message) { details.message(message); },
                          [&](auto subject) { details.facts(facts_about(frame, subject)); }},
               view.subject);
}

} // namespace

void draw_details(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& brush = panel.brush;
    brush.fill(rect, brush.colours.surface, brush.px(9));
    brush.outline(rect, brush.colours.line, brush.px(1.2F), brush.px(9));
    brush.drawn.shapes.insert_or_assign("details", rect);
    if (rect.h >= brush.px(least_height)) {
        draw_all(brush, rect, frame, view, intents);
        return;
    }
    FlowArea area{brush, "low details", rect.inset(brush.px(3))};
    Brush inner = area.brush();
    float const height = brush.px(scrolled_height);
    draw_all(inner, {area.origin().x, area.origin().y, area.width(), height}, frame, view, intents);
    area.end_at(area.origin().y + height);
}

} // namespace mailflow::viz
