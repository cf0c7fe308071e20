#include "base/text.hpp"
#include "report/words/magic_words.hpp"
#include "report/words/spoken_time.hpp"
#include "report/words/words.hpp"
#include "viz/panels/panels.hpp"
#include "viz/reply_words.hpp"
#include "viz/scene/waiting.hpp"
#include "viz/shown/filter.hpp"
#include "viz/shown/next.hpp"
#include "viz/shown/saying_no.hpp"
#include "viz/workbench/workbench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace mailflow::viz {

namespace {

constexpr std::size_t most_lines = 5;

/// What there is to say while nothing is on its way.
std::string words_meanwhile(Frame const& frame, ViewState const& view) {
    if (view.detail == Detail::magic)
        return frame.state.messages.empty() ? "Nothing is on its way." : "The message is still on its way.";
    for (Conversation const& conversation : frame.state.conversations)
        if (conversation.stage == ConversationStage::calling) {
            Session const& session = frame.trace.sessions[conversation.session];
            return fmt::format("{} waits for an answer from {}.", label_of(frame.world, session.client),
                               label_of(frame.world, session.server));
        }
    std::vector<Queue> const queues = queues_at(frame);
    if (queues.empty())
        return frame.state.lookups.empty() ? "Nothing is on its way." : "The DNS gives no answer.";
    return fmt::format("{} at {}: {}.", count_of(queues[0].count, "message waits", "messages wait"),
                       label_of(frame.world, queues[0].server), next_try_words(queues[0].next_try, view.now));
}

std::string words_now(Frame const& frame, ViewState const& view) {
    if (frame.world.hosts.empty())
        return view.mode != Mode::build
                   ? "Nobody is here yet. Build, above, adds places, servers, people and mail."
               : frame.work.diagnostics().empty()
                   ? "Nobody is here yet. The buttons of the list add places, servers, people and mail."
                   : "What was added is seen as soon as its mistakes are mended.";
    if (frame.trace.events.empty())
        return "Nothing happens here: nobody has mail to send.";
    if (Stretch const* idle = frame.pace.idle_at(view.now))
        return say_roughly(idle->to - idle->from) + " pass. " + words_meanwhile(frame, view);
    std::optional<std::size_t> const row = current_row(frame.trace, frame.rows, frame.state.applied);
    if (!row && frame.rows.all().empty())
        return "Nothing of what is shown happens here.";
    if (!row && frame.state.applied > 0 && !view.filter.shows_all())
        return "Nothing of what is shown has happened yet.";
    if (!row)
        return "Press the space bar: the story begins.";
    Event const& event = frame.trace.events[frame.rows.all()[*row].event];
    std::string words = sentence(frame.world, frame.trace, event, frame.rows.detail());
    // A note is in its author's words; other sentences, and some notes, begin with the name of a host.
    auto const* const changed = std::get_if<WorldChanged>(&event.happening);
    bool const is_note = changed != nullptr && !frame.world.changes[changed->change].note.empty();
    bool const is_named = words.substr(0, words.find(' ')).find('.') != std::string::npos;
    if (is_note && !is_named && words.front() >= 'a' && words.front() <= 'z')
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
    return words;
}

bool fits(Face font, std::string_view words, float width, std::size_t lines) {
    return wrapped(font, words, width, lines + 1).size() <= lines;
}

/// The largest of the faces in which the words are whole.
Face face_of_caption(Brush const& brush, std::string_view words, float width, std::size_t lines) {
    for (Face const face : {brush.fonts.head, brush.fonts.bold})
        if (fits(face, words, width, lines))
            return face;
    return brush.fonts.small_bold;
}

/// A reply without the enhanced code and the address that it is about, which the panel has: "554 Relay access
/// denied".
std::string without_address(std::string_view words) {
    std::size_t const said = said_of_address(words);
    if (said == std::string_view::npos)
        return std::string{words};
    std::string_view before = words.substr(0, words.find('<')); // "mail.isp.example: 554 5.7.1 "
    std::string_view const last = before.substr(before.substr(0, before.size() - 1).rfind(' ') + 1);
    if (last.size() < before.size() && last.find('.') != std::string_view::npos)
        before.remove_suffix(last.size());
    return std::string{before}.append(words.substr(said));
}

} // namespace

void draw_caption(Brush& brush, Rect canvas, Frame const& frame, ViewState const& view) {
    float const pad = brush.px(18);
    bool const is_bare = frame.world.hosts.empty(); // no picture that the words would take room from
    std::size_t const lines = is_bare ? most_lines : is_low(canvas, brush.px(1)) ? 1 : 2;
    auto const count = static_cast<std::size_t>(std::count_if(
        frame.state.messages.begin(), frame.state.messages.end(),
        [&](MessageOnTheWay const& moving) { return passes(view.filter, frame.trace, moving.message); }));
    std::string on_the_way =
        count == 0 ? "nothing on the way" : count_of(count, "message", "messages") + " on the way";
    std::string words = words_now(frame, view);
    float const beside = brush.px(22) + 2 * pad + brush.px(14); // of the room for the words
    Face const head = brush.fonts.head;
    if (!fits(head, words, canvas.w - beside - width_of(brush.fonts.small, on_the_way), lines)) {
        on_the_way = std::to_string(count);
        if (!fits(head, words, canvas.w - beside - width_of(brush.fonts.small, on_the_way), lines))
            words = without_address(words);
    }
    float const status = width_of(brush.fonts.small, on_the_way) + brush.px(22);
    Rect const right{canvas.right() - pad - status, canvas.y + brush.px(8), status, brush.px(24)};
    brush.text({right.x, right.y, right.w - brush.px(20), right.h}, brush.fonts.small, brush.colours.quiet,
               on_the_way, Align::right);
    brush.drawn.shapes.insert_or_assign("on the way: " + on_the_way, right);
    Point const dot{right.right() - brush.px(6), right.centre().y};
    if (count > 0)
        brush.disc(dot, brush.px(6), brush.colours.accepted);
    else
        brush.ring(dot, brush.px(5), brush.colours.road, brush.px(2));
    float const width = right.x - canvas.x - pad - brush.px(14);
    float const top = canvas.y + brush.px(8);
    Face const face = face_of_caption(brush, words, width, lines);
    float const used = brush.paragraph({canvas.x + pad, top}, width, face, brush.colours.ink, words, lines);
    brush.drawn.shapes.insert_or_assign(fits(face, words, width, lines) ? "caption whole" : "caption cut",
                                        Rect{canvas.x + pad, top, width, used});
    // There is no end of what does not begin.
    if (frame.trace.events.empty() || lines == 1)
        return;
    std::string const next =
        next_words(frame.world, frame.trace, frame.lists, frame.rows, view.filter, frame.state.applied);
    Rect const line{canvas.x + pad, top + used + brush.px(1), canvas.w - 2 * pad, brush.px(20)};
    brush.text(line, brush.fonts.small, brush.colours.quiet, "Next: " + next);
    brush.drawn.shapes.insert_or_assign("next", line);
}

} // namespace mailflow::viz
