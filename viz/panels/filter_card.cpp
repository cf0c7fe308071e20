// What is shown: kinds of events, the traffic behind the story, one machine, one message. Each switch acts at
// once on the list, the timeline, the steps and the picture.
#include "report/words.hpp"
#include "viz/panels/panels.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

constexpr std::size_t most_messages = 60; // to choose from; of more, those around the present moment

class FilterCard {
public:
    FilterCard(Brush& brush, Rect card, Frame const& frame, ViewState const& view, Intents& intents)
        : brush_(brush)
        , card_(card.inset(brush.px(24)))
        , frame_(frame)
        , filter_(view.filter)
        , intents_(intents)
        , x_(card_.x)
        , y_(card_.y) {}

    void draw() {
        title();
        heading("Kinds");
        for (std::size_t i = 0; i < kind_count; ++i) {
            Filter changed = filter_;
            changed.kinds[i] = !changed.kinds[i];
            add("kind:" + std::to_string(i), words_of(static_cast<Kind>(i)), filter_.kinds[i], changed);
        }
        heading("Behind the story");
        Filter changed = filter_;
        changed.background = !changed.background;
        add("background", "Mail programs looking for mail", filter_.background, changed);
        changed = filter_;
        changed.spam = !changed.spam;
        add("spam", "Spam", filter_.spam, changed);
        heading("Only one person or server");
        for (std::size_t i = 0; i < frame_.world.hosts.size(); ++i) {
            HostId const host = frame_.world.hosts.id_at(i);
            changed = filter_;
            changed.machine = filter_.machine == host ? HostId{} : host;
            add("only:" + frame_.world.hosts[host].name, label_of(frame_.world, host),
                filter_.machine == host, changed);
        }
        heading("Only one message and what comes of it");
        messages();
    }

private:
    void title() {
        float const h = brush_.px(28);
        float const w = brush_.px(92);
        Rect const close{card_.right() - w, y_, w, h};
        Rect const all{close.x - w - brush_.px(8), y_, w, h};
        brush_.text({x_, y_, all.x - x_ - brush_.px(8), h}, brush_.fonts.title, brush_.colours.ink,
                    "What is shown");
        if (text_button(brush_, "filter all", all, "Show all", ButtonLook::plain))
            intents_.push_back(SetFilter{});
        if (text_button(brush_, "filter close", close, "Done", ButtonLook::chosen))
            intents_.push_back(ShowCard{});
        y_ += h;
    }

    void heading(std::string_view words) {
        if (x_ > card_.x)
            y_ += brush_.px(32);
        x_ = card_.x;
        y_ += brush_.px(12);
        if (y_ + brush_.px(24) < card_.bottom())
            brush_.text({x_, y_, card_.w, brush_.px(24)}, brush_.fonts.small_bold, brush_.colours.quiet,
                        words);
        y_ += brush_.px(26);
    }

    void add(std::string const& name, std::string_view words, bool on, Filter const& wanted) {
        float const w = std::min(width_of(brush_.fonts.small_bold, words) + brush_.px(24), card_.w);
        if (x_ + w > card_.right() && x_ > card_.x) {
            x_ = card_.x;
            y_ += brush_.px(32);
        }
        float const h = brush_.px(26);
        if (y_ + h > card_.bottom())
            return;
        if (chip(brush_, "filter:" + name, {x_, y_, w, h}, words, on))
            intents_.push_back(SetFilter{wanted});
        x_ += w + brush_.px(8);
    }

    void messages() {
        std::span<EventNumber const> const all = frame_.lists.submissions();
        std::size_t const now = happened(all, frame_.state.applied).size();
        std::size_t const first = now > most_messages / 2 ? now - most_messages / 2 : 0;
        for (std::size_t i = first; i < std::min(all.size(), first + most_messages); ++i) {
            MessageId const id = std::get<MessageSubmitted>(frame_.trace.events[all[i]].happening).message;
            std::string const name = message_id(frame_.world, frame_.trace.messages[id]);
            Filter changed = filter_;
            changed.message = filter_.message == id ? MessageId{} : id;
            add("message:" + name, name, filter_.message == id, changed);
        }
    }

    Brush& brush_;
    Rect card_;
    Frame const& frame_;
    Filter const& filter_;
    Intents& intents_;
    float x_;
    float y_;
};

} // namespace

void draw_filter_card(Brush& brush, Rect window, Frame const& frame, ViewState const& view,
                      Intents& intents) {
    brush.fill(window, brush.colours.shade);
    Rect const card = around(window.centre(), std::min(brush.px(720), window.w - brush.px(24)),
                             std::min(brush.px(520), window.h - brush.px(24)));
    brush.fill(card, brush.colours.surface, brush.px(14));
    FilterCard{brush, card, frame, view, intents}.draw();
    // Beside the card is outside; its own switches came first, so they have their presses already.
    Press const outside = press_area(brush.drawn, "filter outside", window);
    if (outside.clicked && !card.contains(outside.at))
        intents.push_back(ShowCard{});
}

} // namespace mailflow::viz
