#include "viz/draw/fields.hpp"
#include "viz/panels/panels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace mailflow::viz {

namespace {

// At scale 1.
constexpr float present_width = 560;
constexpr float present_head = 66;
constexpr float present_sides = 28;
constexpr float row_step = 46;
constexpr int rows_in_all = 8;
constexpr float foot = 58; // where the files go

/// The rows of the card, from the top: a word at the left, what can be pressed at the right.
class Rows {
public:
    Rows(Brush& brush, Point from) : brush_(brush), left_(from.x), y_(from.y) {}

    /// Begins a row; the next buttons stand in it, from the left.
    void begin(std::string_view words) {
        brush_.text({left_, y_, brush_.px(120), brush_.px(34)}, brush_.fonts.bold, brush_.colours.ink, words);
        x_ = left_ + brush_.px(124);
    }
    bool button(char const* name, std::string_view words, float width, bool chosen) {
        Rect const rect{x_, y_, brush_.px(width), brush_.px(34)};
        x_ += brush_.px(width + 8);
        return text_button(brush_, name, rect, words, chosen ? ButtonLook::chosen : ButtonLook::plain);
    }
    void words(std::string_view text, float width) {
        brush_.text({x_, y_, brush_.px(width), brush_.px(34)}, brush_.fonts.body, brush_.colours.ink, text,
                    Align::centre);
        x_ += brush_.px(width + 8);
    }
    void end() { y_ += brush_.px(row_step); }

private:
    Brush& brush_;
    float left_;
    float y_;
    float x_ = 0;
};

void looks_rows(Rows& rows, ViewState const& view, Intents& intents) {
    rows.begin("Colours");
    for (ThemeName const name : {ThemeName::light, ThemeName::dark, ThemeName::projector}) {
        std::string const widget = fmt::format("theme:{}", theme_of(name).words);
        if (rows.button(widget.c_str(), theme_of(name).words, 118, view.looks.theme == name))
            intents.push_back(SetTheme{name});
    }
    rows.end();
    rows.begin("Size");
    if (rows.button("smaller", "–", 55, false))
        intents.push_back(SetUiScale{view.looks.ui_scale - ui_scale_step});
    rows.words(fmt::format("{:.0f} %", view.looks.ui_scale * 100), 118);
    if (rows.button("larger", "+", 55, false))
        intents.push_back(SetUiScale{view.looks.ui_scale + ui_scale_step});
    rows.end();
}

void showing_rows(Rows& rows, ViewState const& view, Intents& intents) {
    rows.begin("Show");
    if (rows.button("picture alone", "Picture alone", 181, view.presenting.canvas_alone))
        intents.push_back(ToggleCanvasAlone{});
    if (rows.button("full screen", "Full screen", 181, view.presenting.full_screen))
        intents.push_back(ToggleFullScreen{});
    rows.end();
    rows.begin("In words");
    if (rows.button("text", "This moment as text", 370, view.presenting.text))
        intents.push_back(ToggleText{});
    rows.end();
}

void files_rows(Rows& rows, ViewState const& view, Intents& intents) {
    rows.begin("Save");
    if (rows.button("save picture", "This moment as a picture (PNG)", 370, false))
        intents.push_back(Order{SavePicture{}});
    rows.end();
    Presenting const& film = view.presenting;
    rows.begin("Film from");
    if (rows.button("film from start", "the start", 118, !film.film_from))
        intents.push_back(SetFilmFrom{});
    if (rows.button("film from here", film.film_from ? say_clock(*film.film_from) : "this moment", 244,
                    film.film_from.has_value()))
        intents.push_back(SetFilmFrom{view.now});
    rows.end();
    rows.begin("to");
    if (rows.button("film to end", "the end", 118, !film.film_to))
        intents.push_back(SetFilmTo{});
    if (rows.button("film to here", film.film_to ? say_clock(*film.film_to) : "this moment", 244,
                    film.film_to.has_value()))
        intents.push_back(SetFilmTo{view.now});
    rows.end();
    rows.begin("as");
    if (rows.button("film mp4", "Film (MP4)", 181, false))
        intents.push_back(Order{MakeFilm{FilmFormat::mp4}});
    if (rows.button("film gif", "Animation (GIF)", 181, false))
        intents.push_back(Order{MakeFilm{FilmFormat::gif}});
    rows.end();
}

/// All rows, and below them where the files go.
void draw_rows(Brush& brush, Point from, ViewState const& view, Intents& intents) {
    Rows rows{brush, from};
    looks_rows(rows, view, intents);
    showing_rows(rows, view, intents);
    files_rows(rows, view, intents);
    std::error_code error;
    std::string const folder = std::filesystem::current_path(error).string();
    brush.paragraph({from.x, from.y + brush.px(row_step * rows_in_all)},
                    brush.px(present_width - 2 * present_sides), brush.fonts.small, brush.colours.quiet,
                    fmt::format("Pictures and films, as large as the window, go into {}",
                                error ? "the current folder" : folder),
                    2);
}

} // namespace

void draw_present_card(Brush& window_brush, Rect window, ViewState const& view, Intents& intents) {
    float const margin = window_brush.px(4);
    float const room = window.w - 2 * margin;
    Brush brush = window_brush.sized(std::min(room / window_brush.px(present_width), 1.0F));
    float const length = brush.px(row_step * rows_in_all + foot);
    Rect const card = around(window.centre(), brush.px(present_width),
                             std::min(brush.px(present_head) + length, window.h - 2 * margin));
    brush.fill(window, brush.colours.shade);
    brush.fill(card, brush.colours.surface, brush.px(14));
    float const left = card.x + brush.px(present_sides);
    brush.text({left, card.y + brush.px(18), card.w - brush.px(110), brush.px(34)}, brush.fonts.title,
               brush.colours.ink, "Present");
    Rect const close{card.right() - brush.px(present_sides + 34), card.y + brush.px(18), brush.px(34),
                     brush.px(34)};
    if (text_button(brush, "close present", close, "×", ButtonLook::plain))
        intents.push_back(ShowCard{Card::present});
    Rect const inside{left, card.y + brush.px(present_head), card.right() - left,
                      card.h - brush.px(present_head)};
    if (length > inside.h + 1) {
        FlowArea area{brush, "present list", inside};
        Brush scrolled = area.brush();
        draw_rows(scrolled, area.origin(), view, intents);
        area.end_at(area.origin().y + length);
    } else {
        draw_rows(brush, {inside.x, inside.y}, view, intents);
    }
    // What lies on the card was first to be asked; a press beside it takes it away.
    (void)press_area(brush.drawn, "present card", card, Reach::mouse);
    if (press_area(brush.drawn, "present shade", window, Reach::mouse).clicked)
        intents.push_back(ShowCard{Card::present});
}

} // namespace mailflow::viz
