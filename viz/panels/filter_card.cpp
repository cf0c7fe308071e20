// What is shown: kinds of events, the traffic behind the story, one machine, one message. Each switch acts at
// once on the list, the timeline, the steps and the picture.
#include "report/words/words.hpp"
#include "viz/draw/fields.hpp"
#include "viz/draw/icons.hpp"
#include "viz/panels/panels.hpp"
#include "viz/shown/told_message.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

namespace {

constexpr std::size_t most_at_a_glance = 8; // messages among which nobody has to search
constexpr std::size_t in_a_page = 60;       // messages to choose from; of more, first those around the moment

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
        return y_ + (x_ > column_.x ? brush_.px(32) : 0.0F);
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

    [[nodiscard]] ToldMessage told(std::size_t number) const {
        return tell_briefly(frame_.world, frame_.trace, frame_.lists, frame_.lists.submissions()[number],
                            frame_.state.applied);
    }

    /// The field to search in, a page of the messages, and the ways to those before and after it.
    void messages() {
        bool const searches = !view_.messages_with.empty();
        std::span<EventNumber const> const all = frame_.lists.submissions();
        std::size_t const count = searches ? frame_.messages_found.size() : all.size();
        std::size_t now = happened(all, frame_.state.applied).size();
        if (searches)
            now = static_cast<std::size_t>(
                std::lower_bound(frame_.messages_found.begin(), frame_.messages_found.end(), now) -
                frame_.messages_found.begin());
        std::size_t const last = count - std::min(count, in_a_page);
        std::size_t const first =
            std::min(view_.messages_from.value_or(now - std::min(now, in_a_page / 2)), last);
        std::size_t const end = std::min(count, first + in_a_page);
        std::string words = "Only one message and what comes of it";
        if (end - first < count)
            words += fmt::format(": {} to {} of {}", first + 1, end, count);
        else if (searches)
            words += fmt::format(": {} of {}", count, all.size());
        heading(words);
        if (all.size() > most_at_a_glance)
            search();
        if (first > 0)
            add("earlier", fmt::format("‹ {} earlier", first), false,
                ShowMessages{first - std::min(first, in_a_page)});
        if (x_ > column_.x)
            y_ += brush_.px(32);
        x_ = column_.x;
        for (std::size_t i = first; i < end; ++i)
            row(searches ? frame_.messages_found[i] : i);
        if (count == 0 && searches) {
            Rect const none{column_.x, y_, column_.w, brush_.px(24)};
            brush_.text(none, brush_.fonts.small, brush_.colours.quiet, "No message has all these words.");
            brush_.drawn.shapes.insert_or_assign("no message found", none);
            y_ += brush_.px(28);
        }
        if (end < count)
            add("later", fmt::format("{} later ›", count - end), false, ShowMessages{end});
    }

    void search() {
        float const h = brush_.px(32);
        Typed const typed = text_field(brush_, "search messages", {column_.x, y_, column_.w, h},
                                       view_.messages_with, "Search: a name, an address, what became of it");
        if (typed.changed)
            intents_.push_back(SearchMessages{typed.text});
        y_ += h + brush_.px(8);
    }

    /// What it is called, from whom to whom, and what has become of it; in two lines where it is narrow.
    void row(std::size_t number) {
        MessageId const id =
            std::get<MessageSubmitted>(frame_.trace.events[frame_.lists.submissions()[number]].happening)
                .message;
        ToldMessage const message = told(number);
        bool const on = filter_.message == id;
        bool const narrow = column_.w < brush_.px(600);
        float const line = brush_.px(22);
        float const pad = brush_.px(10);
        Rect const place{column_.x, y_, column_.w, (narrow ? 2 : 1) * line + brush_.px(6)};
        Press const press = press_area(brush_.drawn, "filter:message:" + message.name, place);
        brush_.fill(place,
                    on              ? brush_.colours.accent_fill
                    : press.hovered ? brush_.colours.backdrop
                                    : brush_.colours.surface,
                    brush_.px(7));
        brush_.outline(place, on ? brush_.colours.accent : brush_.colours.line, brush_.px(on ? 1.8F : 1.2F),
                       brush_.px(7));
        Rect inner{place.x + pad, place.y + brush_.px(3), place.w - 2 * pad, line};
        draw_mark(brush_, {inner.x + brush_.px(6), inner.centre().y}, brush_.px(5.5F), message.mark);
        inner.x += brush_.px(22);
        inner.w -= brush_.px(22);
        float const named = inner.w * (narrow ? 0.45F : 0.17F);
        float const fated =
            std::min(width_of(brush_.fonts.small, message.fate) + 1, inner.w * (narrow ? 0.55F : 0.4F));
        Colour const ink = on ? brush_.colours.accent : brush_.colours.ink;
        brush_.text({inner.x, inner.y, named - pad, line}, brush_.fonts.small_bold, ink, message.name);
        brush_.text({inner.right() - fated, inner.y, fated, line}, brush_.fonts.small, ink, message.fate,
                    Align::right);
        Rect const way = narrow ? Rect{inner.x, inner.bottom(), inner.w, line}
                                : Rect{inner.x + named, inner.y, inner.w - named - fated - pad, line};
        brush_.text(way, brush_.fonts.small, brush_.colours.quiet, message.way);
        brush_.drawn.shapes.insert_or_assign(
            fmt::format("told:{}: {}: {}", message.name, message.way, message.fate), place);
        if (press.clicked) {
            Filter changed = filter_;
            changed.message = on ? MessageId{} : id;
            intents_.push_back(SetFilter{changed});
        }
        y_ += place.h + brush_.px(6);
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
