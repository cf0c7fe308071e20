// The question before a server decides: what will it answer? What it goes by stands below the answers to
// choose from; how it decided is shown only when one was chosen.
#include "report/words/words.hpp"
#include "viz/draw/fields.hpp"
#include "viz/draw/flow.hpp"
#include "viz/panels/facts.hpp"
#include "viz/panels/panels.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow::viz {

namespace {

struct Prediction {
    Foretold answer;
    char const* name;
    char const* words;
    char const* key;
};
constexpr std::array<Prediction, 3> predictions{
    {{Foretold::accept, "foretell:accept", "It accepts", "Y"},
     {Foretold::refuse, "foretell:refuse", "It refuses", "X"},
     {Foretold::later, "foretell:later", "Try again later", "Z"}}};

/// What the server knows of whoever asks, and what it goes by itself.
void tell_case(Flow& flow, Frame const& frame, RecipientQuestion const& question) {
    World const& world = frame.world;
    Session const& session = frame.trace.sessions[question.session];
    AddressId const sender = frame.trace.messages[session.message].reverse_path;
    Host const& client = frame.present.host(session.client);
    Conversation const* const talk = frame.state.conversation(question.session);
    flow.fact("Who asks", fmt::format("{}, {} ({})", label_of(world, session.client), to_text(client.address),
                                      frame.present.network(client.network).label));
    flow.fact("Logged in", talk != nullptr && talk->authenticated ? "yes" : "no");
    flow.fact("Sender", sender.valid() ? world.book.text(sender) : "<> (a bounce)");
    for (Fact const& fact : facts_about(frame, session.server).facts)
        if (fact.name != "So far" && !fact.name.starts_with("In its "))
            flow.fact(fact.name, fact.words);
}

} // namespace

void draw_predict(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    if (!view.predicting.is_asking() || *view.predicting.question >= frame.lists.questions().size())
        return;
    Brush& brush = panel.brush;
    RecipientQuestion const& question = frame.lists.questions()[*view.predicting.question];
    Session const& session = frame.trace.sessions[question.session];
    brush.fill(rect, brush.colours.surface, brush.px(9));
    brush.outline(rect, brush.colours.accent, brush.px(2.5F), brush.px(9));
    brush.drawn.shapes.insert_or_assign("prediction", rect);
    Rect const inside = rect.inset(brush.px(14));
    float y = inside.y;
    y += brush.paragraph({inside.x, y}, inside.w, brush.fonts.head, brush.colours.ink,
                         fmt::format("What will {} answer?", label_of(frame.world, session.server)), 3);
    y += brush.paragraph({inside.x, y + brush.px(4)}, inside.w, brush.fonts.mono, brush.colours.ink,
                         fmt::format("RCPT TO:<{}>", frame.world.book.text(question.recipient)), 2) +
         brush.px(12);
    float const height = brush.px(34);
    for (Prediction const& choice : predictions) {
        Rect const button{inside.x, y, inside.w, height};
        if (text_button(brush, choice.name, button, fmt::format("{}   ({})", choice.words, choice.key),
                        ButtonLook::plain))
            intents.push_back(Foretell{choice.answer});
        y += height + brush.px(7);
    }
    if (view.predicting.answered > 0)
        y += brush.paragraph(
                 {inside.x, y}, inside.w, brush.fonts.small, brush.colours.quiet,
                 fmt::format("{} of {} right so far", view.predicting.right, view.predicting.answered)) +
             brush.px(4);
    if (inside.bottom() - y < brush.px(40))
        return;
    FlowArea area{brush, "prediction case", {inside.x, y, inside.w, inside.bottom() - y}};
    Brush scrolled = area.brush();
    Flow flow{scrolled, area.origin(), area.width(), Pass::draw};
    tell_case(flow, frame, question);
    area.end_at(area.origin().y + flow.height());
}

} // namespace mailflow::viz
