// The messages that wait in queues for their next try: a stack of envelopes beside the server, and when the
// next try is.
#include "viz/scene/waiting.hpp"

#include "base/text.hpp"
#include "viz/draw/icons.hpp"
#include "viz/scene/scene.hpp"
#include "viz/scene/signs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace mailflow::viz {

namespace {

/// Near the server, below its texts or above its picture, where it covers nothing; none where it would.
std::optional<Rect> place_words(Brush const& brush, Frame const& frame, Spot const& spot,
                                std::vector<std::string> const& lines) {
    float w = 0;
    for (std::string const& words : lines)
        w = std::max(w, width_of(brush.fonts.small_bold, words) + brush.px(22));
    float const h = brush.px(20) * static_cast<float>(lines.size()) + brush.px(8);
    float const x = spot.icon.centre().x - w / 2;
    float const above = spot.icon.y - brush.px(16) - h;
    float const below = (spot.mailbox ? spot.mailbox->bottom() : spot.note.bottom()) + brush.px(8);
    std::vector<Rect> places;
    for (float const y : {above, below, above + brush.px(9), above - h, below + h})
        for (float const aside : {0.0F, -0.25F, 0.25F, -0.5F, 0.5F, -0.8F, 0.8F})
            places.push_back({x + aside * w, y, w, h});
    for (float const down : {0.0F, 1.2F, -1.2F, 2.4F})
        for (float const left : {spot.cell.right() + brush.px(12), spot.cell.x - brush.px(12) - w})
            places.push_back({left, spot.icon.centre().y - h / 2 + down * h, w, h});
    std::vector<Rect> obstacles = obstacles_of(frame.layout);
    obstacles.push_back(frame.layout.dns);
    Rect const place = free_place(brush.drawn, frame.picture, places, obstacles);
    return is_free(brush.drawn, place, obstacles) ? std::optional{place} : std::nullopt;
}

/// How many, and how long still: in words below the note. In a row the number stands at its end, and where
/// the words of a refusal need the room, the stack and its ring have to do.
void draw_small_queue(Brush& brush, Frame const& frame, Spot const& spot, Queue const& queue, Instant now) {
    std::vector<Refusal> const& refusals = frame.state.refusals;
    bool const refuses = std::any_of(refusals.begin(), refusals.end(),
                                     [&](Refusal const& refusal) { return refusal.by == spot.host; });
    if (spot.standing == Standing::line || refuses)
        return;
    Rect const line{spot.note.x, spot.note.bottom(), spot.note.w, spot.note.h};
    Face const font = brush.fonts.small_bold;
    std::string words = next_try_words(queue.next_try, now);
    for (std::string_view const first : {"next try ", "in "})
        if (words.starts_with(first) && width_of(font, fmt::format("{}: {}", queue.count, words)) > line.w)
            words.erase(0, first.size());
    brush.label(line, font, brush.colours.deferred, fmt::format("{}: {}", queue.count, words), Align::left);
}

void draw_queue(Brush& brush, Frame const& frame, Queue const& queue, Instant now) {
    Spot const& spot = frame.layout.spot(queue.server);
    std::string const& name = frame.world.hosts[queue.server].name;
    Rect const front = stack_of(frame.layout, spot);
    draw_stack(brush, front, queue.count);
    brush.drawn.shapes.insert_or_assign("queue:" + name, front);
    Point const clock{front.right(), front.bottom()};
    float const left = queue.next_try <= now || queue.wait <= Duration{}
                           ? 0.0F
                           : static_cast<float>(seconds(queue.next_try - now) / seconds(queue.wait));
    draw_countdown(brush, clock, brush.px(spot.standing == Standing::line ? 6.0F : 9.0F), left,
                   brush.colours.deferred);
    brush.drawn.shapes.insert_or_assign("countdown:" + name, around(clock, brush.px(18), brush.px(18)));
    if (spot.standing != Standing::upright) {
        draw_small_queue(brush, frame, spot, queue, now);
        return;
    }
    std::vector<std::string> lines{count_of(queue.count, "message waits", "messages wait"),
                                   next_try_words(queue.next_try, now)};
    std::optional<Rect> box = place_words(brush, frame, spot, lines);
    if (!box) { // in one line, or the stack and its ring have to do
        lines = {fmt::format("{}: {}", queue.count, lines[1])};
        box = place_words(brush, frame, spot, lines);
    }
    if (!box)
        return;
    brush.fill(*box, brush.colours.surface, brush.px(8));
    brush.outline(*box, brush.colours.deferred, brush.px(1.8F), brush.px(8));
    Rect line{box->x, box->y + brush.px(4), box->w, brush.px(20)};
    for (std::string const& words : lines) {
        brush.text(line, &words == &lines.front() ? brush.fonts.small_bold : brush.fonts.small,
                   brush.colours.ink, words, Align::centre);
        line.y = line.bottom();
    }
    brush.drawn.labels.push_back({lines.size() > 1 ? lines[0] + ", " + lines[1] : lines[0], *box});
    brush.drawn.shapes.insert_or_assign("waits:" + name, *box);
}

} // namespace

std::vector<Queue> queues_at(Frame const& frame) {
    std::vector<Queue> queues;
    std::vector<QueueEntryId> talked_of;
    for (Conversation const& conversation : frame.state.conversations)
        if (conversation.stage != ConversationStage::closed)
            talked_of.push_back(frame.trace.sessions[conversation.session].entry);
    std::sort(talked_of.begin(), talked_of.end());
    for (QueuedMessage const& queued : frame.state.queued) {
        if (!queued.deferral.valid() || std::binary_search(talked_of.begin(), talked_of.end(), queued.entry))
            continue;
        HostId const server = frame.trace.entries[queued.entry].server;
        Instant const next = frame.trace.deferrals[queued.deferral].next_try;
        auto found = std::find_if(queues.begin(), queues.end(),
                                  [server](Queue const& queue) { return queue.server == server; });
        if (found == queues.end())
            found = queues.insert(found, {server, 0, next, {}});
        ++found->count;
        if (next > found->next_try && found->count > 1)
            continue;
        found->next_try = next;
        if (EventNumber const since = frame.lists.deferring(queued.deferral); since != never)
            found->wait = next - frame.trace.events[since].at;
    }
    return queues;
}

std::string next_try_words(Instant next_try, Instant now) {
    if (next_try <= now)
        return "tries again now";
    Duration const left = next_try - now;
    if (left <= std::chrono::seconds{60})
        return fmt::format("next try in {} s", std::chrono::ceil<std::chrono::seconds>(left).count());
    return "next try in " + say_duration(std::chrono::ceil<std::chrono::minutes>(left));
}

void draw_queues(Brush& brush, Frame const& frame, ViewState const& view, Hits& hits) {
    if (!view.filter.kinds[static_cast<std::size_t>(Kind::queue)])
        return;
    for (Queue const& queue : queues_at(frame)) {
        if (!frame.layout.spot(queue.server).host.valid())
            continue;
        draw_queue(brush, frame, queue, view.now);
        hits.add("queue:" + frame.world.hosts[queue.server].name,
                 stack_of(frame.layout, frame.layout.spot(queue.server)), Choose{queue.server});
    }
}

} // namespace mailflow::viz
