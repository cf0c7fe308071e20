// Dear ImGui on SFML: the context, the baked fonts as a texture, input in, triangles out. Knows nothing of
// mail.
#pragma once

#include "viz/fonts.hpp"
#include "viz/input.hpp"

#include <deque>
#include <memory>
#include <string>

namespace sf {
class RenderTarget;
}

namespace mailflow::viz {

/// One ImGui context. Only one lives at a time. It needs a display when it is made, for its texture.
class Ui {
public:
    /// `texts`: what people wrote, so that the fonts have its glyphs.
    Ui(FontFiles files, std::string texts);
    Ui(Ui const&) = delete;
    Ui& operator=(Ui const&) = delete;
    ~Ui();

    /// Takes the next input in. Presses are latched, so that a press and its release within one frame count.
    void on_event(InputEvent const& event);

    /// Begins a frame of this size that lasts `seconds`.
    void begin_frame(unsigned width, unsigned height, float seconds);
    /// Ends the frame; nothing is drawn yet.
    void end_frame();
    /// Draws the last frame.
    void render(sf::RenderTarget& target) const;

    [[nodiscard]] Fonts const& fonts() const { return fonts_; }
    [[nodiscard]] float scale() const { return scale_; }
    /// Whether events still wait to be shown to the frame.
    [[nodiscard]] bool has_pending() const { return !pending_.empty(); }

private:
    struct Texture;
    void bake(float scale);

    FontFiles files_;
    std::string texts_;
    Fonts fonts_;
    float scale_ = 0;
    std::unique_ptr<Texture> texture_;
    std::deque<InputEvent> pending_;
};

} // namespace mailflow::viz
