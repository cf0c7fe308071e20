// Dear ImGui on SFML: its contexts, the baked fonts as textures, input in, triangles out. Knows nothing of
// mail.
#pragma once

#include "viz/draw/brush.hpp"
#include "viz/input.hpp"
#include "viz/theme.hpp"

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace sf {
class RenderTarget;
}

namespace mailflow::viz {

/// The window's ImGui context, and another for the frames of pictures and films: what is drawn there moves
/// nothing here, neither a list that is scrolled nor a button that the mouse is at. Only one Ui lives at a
/// time. It needs a display when it is made, for its textures.
class Ui {
public:
    /// `texts`: what people wrote, so that the fonts have its glyphs.
    Ui(FontFiles files, std::string texts);
    Ui(Ui const&) = delete;
    Ui& operator=(Ui const&) = delete;
    ~Ui();

    /// Takes the next input in. Presses are latched, so that a press and its release within one frame count.
    void on_event(InputEvent const& event);

    /// Begins a frame of this size that lasts `seconds` and looks so. A frame of a picture or a film leaves
    /// the input to the window's own frames, and all that they remember.
    enum class Input : std::uint8_t { taken, left };
    void begin_frame(unsigned width, unsigned height, float seconds, Looks const& looks = {},
                     Input input = Input::taken);
    /// Ends the frame; nothing is drawn yet.
    void end_frame();
    /// Draws the last frame.
    void render(sf::RenderTarget& target) const;

    /// Sees to it that from the next frame on the fonts have the letters of the text, as far as any installed
    /// one has them.
    void need_letters_of(std::string_view text);

    [[nodiscard]] Ink ink() const;
    /// Whether a field of text has the keyboard: keys mean letters then.
    [[nodiscard]] bool wants_text() const;
    /// Whether the field that has the keyboard remembers typing of its own that the key takes back, Ctrl+Z,
    /// or makes again, Ctrl+Y. One that the keyboard has just come to remembers none.
    [[nodiscard]] bool remembers_typing(KeyPressed const& key) const;
    /// The field that has the keyboard gives it back, and shows what becomes of its text.
    void leave_field();
    /// Of the last frame.
    [[nodiscard]] float scale() const;
    /// Whether the mouse button is down: what it went down on waits for its release.
    [[nodiscard]] bool is_pressed() const;
    /// Whether events still wait to be shown to the frame.
    [[nodiscard]] bool has_pending() const { return !pending_.empty(); }

private:
    struct Context;
    void bake(Context& context, float scale, TextSizes const& sizes);
    void take(InputEvent const& event);

    FontFiles files_;
    std::string texts_;
    std::set<char32_t> asked_; // letters beyond the usual ones that the fonts were asked for
    ThemeName theme_ = ThemeName::light;
    std::unique_ptr<Context> window_;
    std::unique_ptr<Context> apart_; // none before the first picture
    Context* last_;                  // of the two, the one of the last frame
    std::deque<InputEvent> pending_;
};

} // namespace mailflow::viz
