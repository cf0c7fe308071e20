// What is shown: kinds of events, the traffic behind the story, one machine, one message. Each switch acts at
// once on the list, the timeline, the steps and the picture.
#include "report/words.hpp"
#include "viz/draw/fields.hpp"
#include "viz/panels/panels.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

namespace {

constexpr std::size_t in_a_page = 60; // messages to choose from; of more, first those around the moment

class FilterCard {
public:
    FilterCard(Brush brush, Rect column, Frame const& frame, ViewState const& view, Intents& intents)
        : brush_(std::move(brush))
        , column_(column)
        , frame_(frame)
        , view_(view)
        , filter_(view.filter)
        , intents_(intents)
        , x_(column.x)
        , y_(column.y) {}

    /// All switches, one below the other; where they end.
    float draw() {
        heading("Kinds");
        for (std::size_t i = 0; i < kind_count; ++i) {
            Filter changed = filter_;
            changed.kinds[i] = !changed.kinds[i];
            add("kind:" + std::to_string(i), words_of(static_cast<Kind>(i)), filter_.kinds[i],
                SetFilter{changed});
        }
        heading("Behind the story");
        Filter changed = filter_;
        changed.background = !changed.background;
        add("background", "Mail programs looking for mail", filter_.background, SetFilter{changed});
        changed = filter_;
        changed.spam = !changed.spam;
        add("spam", "Spam", filter_.spam, SetFilter{changed});
        heading("Only one person or server");
        for (std::size_t i = 0; i < frame_.world.hosts.size(); ++i) {
            HostId const host = frame_.world.hosts.id_at(i);
            changed = filter_;
            changed.machine = filter_.machine == host ? HostId{} : host;
            add("only:" + frame_.world.hosts[host].name, label_of(frame_.world, host),
                filter_.machine == host, SetFilter{changed});
        }
        messages();
        return y_ + brush_.px(32);
    }

private:
    void heading(std::string_view words) {
        if (x_ > column_.x)
            y_ += brush_.px(32);
        x_ = column_.x;
        y_ += brush_.px(8);
        brush_.text({x_, y_, column_.w, brush_.px(24)}, brush_.fonts.small_bold, brush_.colours.quiet, words);
        y_ += brush_.px(26);
    }

    void add(std::string const& name, std::string_view words, bool on, Intent const& wanted) {
        float const w = std::min(width_of(brush_.fonts.small_bold, words) + brush_.px(24), column_.w);
        if (x_ + w > column_.right() && x_ > column_.x) {
            x_ = column_.x;
            y_ += brush_.px(32);
        }
        if (chip(brush_, "filter:" + name, {x_, y_, w, brush_.px(26)}, words, on))
            intents_.push_back(wanted);
        x_ += w + brush_.px(8);
    }

    /// A page of the messages, and the ways to those before and after it.
    void messages() {
        std::span<EventNumber const> const all = frame_.lists.submissions();
        std::size_t const now = happened(all, frame_.state.applied).size();
        std::size_t const last = all.size() - std::min(all.size(), in_a_page);
        std::size_t const first =
            std::min(view_.messages_from.value_or(now - std::min(now, in_a_page / 2)), last);
        std::size_t const end = std::min(all.size(), first + in_a_page);
        std::string words = "Only one message and what comes of it";
        if (end - first < all.size())
            words += fmt::format(": {} to {} of {}", first + 1, end, all.size());
        heading(words);
        if (first > 0)
            add("earlier", fmt::format("‹ {} earlier", first), false,
                ShowMessages{first - std::min(first, in_a_page)});
        for (std::size_t i = first; i < end; ++i) {
            MessageId const id = std::get<MessageSubmitted>(frame_.trace.events[all[i]].happening).message;
            std::string const name = message_id(frame_.world, frame_.trace.messages[id]);
            Filter changed = filter_;
            changed.message = filter_.message == id ? MessageId{} : id;
            add("message:" + name, name, filter_.message == id, SetFilter{changed});
        }
        if (end < all.size())
            add("later", fmt::format("{} later ›", all.size() - end), false, ShowMessages{end});
    }

    Brush brush_;
    Rect column_;
    Frame const& frame_;
    ViewState const& view_;
    Filter const& filter_;
    Intents& intents_;
    float x_;
    float y_;
};

/// The line that stays while the switches scroll; its height.
float draw_title(Brush& brush, Rect inside, Intents& intents) {
    float const h = brush.px(28);
    float const w = std::min(brush.px(92), inside.w / 3);
    Rect const close{inside.right() - w, inside.y, w, h};
    Rect const all{close.x - w - brush.px(8), inside.y, w, h};
    brush.text({inside.x, inside.y, std::max(all.x - inside.x - brush.px(8), 1.0F), h}, brush.fonts.title,
               brush.colours.ink, "What is shown");
    if (text_button(brush, "filter all", all, "Show all", ButtonLook::plain))
        intents.push_back(SetFilter{});
    if (text_button(brush, "filter close", close, "Done", ButtonLook::chosen))
        intents.push_back(ShowCard{});
    return h + brush.px(6);
}

} // namespace

void draw_filter_card(Brush& brush, Rect window, Frame const& frame, ViewState const& view,
                      Intents& intents) {
    brush.fill(window, brush.colours.shade);
    Rect const card = around(window.centre(), std::min(brush.px(720), window.w - brush.px(24)),
                             std::min(brush.px(540), window.h - brush.px(24)));
    brush.fill(card, brush.colours.surface, brush.px(14));
    Rect inside = card.inset(brush.px(22));
    float const title = draw_title(brush, inside, intents);
    inside.y += title;
    inside.h -= title;
    {
        FlowArea area{brush, "filter switches", inside};
        Rect const column{area.origin().x, area.origin().y, area.width(), inside.h};
        area.end_at(FilterCard{area.brush(), column, frame, view, intents}.draw());
    }
    // Beside the card is outside; its own switches came first, so they have their presses already.
    Press const outside = press_area(brush.drawn, "filter outside", window, Reach::mouse);
    if (outside.clicked && !card.contains(outside.at))
        intents.push_back(ShowCard{});
}

} // namespace mailflow::viz
