// The window on the screen and the picture in memory: the only places that know SFML's events and targets.
#pragma once

#include "viz/glue/ui.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mailflow::viz {

struct PictureSize {
    unsigned width = 1280;
    unsigned height = 720;

    bool operator==(PictureSize const&) const = default;
};

/// Pixels as they were drawn, four bytes each, red first.
struct Picture {
    PictureSize size;
    std::vector<std::uint8_t> rgba;

    bool operator==(Picture const&) const = default;
    /// 0xRRGGBB of one pixel, which lies within the picture.
    [[nodiscard]] std::uint32_t rgb_at(unsigned x, unsigned y) const;
};

/// Writes a PNG whole or not at all. Comes back with one sentence when it cannot.
[[nodiscard]] std::optional<std::string> write_png(Picture const& picture, std::filesystem::path const& file);

/// A real window. Needs a display.
class Window {
public:
    Window(std::string const& title, PictureSize size);
    ~Window();

    [[nodiscard]] PictureSize size() const;
    /// What the frame around the window and the list of windows call it.
    void set_title(std::string const& title);
    /// Fills the screen, or goes back to the size that it had before.
    void fill_screen(bool full);
    /// What the user did since the last time.
    [[nodiscard]] std::vector<InputEvent> poll();
    /// Draws the last frame of `ui` and shows it.
    void show(Ui const& ui);
    /// What the window showed last.
    [[nodiscard]] Picture capture() const;

private:
    struct Screen;
    void open(PictureSize size, bool full);
    std::string title_;
    PictureSize windowed_;
    bool full_ = false;
    std::unique_ptr<Screen> screen_;
};

/// A picture in memory to draw on, for one picture or a film of them. Needs a display.
class Easel {
public:
    /// Empty when the graphics card has no room for the size.
    [[nodiscard]] static std::optional<Easel> set_up(PictureSize size);

    Easel(Easel&&) noexcept;
    Easel& operator=(Easel&&) noexcept;
    ~Easel();

    /// The last frame of `ui`.
    [[nodiscard]] Picture paint(Ui const& ui);

private:
    struct Target;
    explicit Easel(std::unique_ptr<Target> target);
    std::unique_ptr<Target> target_;
};

/// Draws the last frame of `ui` into memory. Empty when the graphics card has no room for the size.
[[nodiscard]] std::optional<Picture> paint(Ui const& ui, PictureSize size);

} // namespace mailflow::viz
