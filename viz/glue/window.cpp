#include "viz/glue/window.hpp"

#include "viz/theme.hpp"

#include <SFML/Graphics/Image.hpp>
#include <SFML/Graphics/RenderTexture.hpp>
#include <SFML/Graphics/RenderWindow.hpp>
#include <SFML/Graphics/Texture.hpp>
#include <SFML/Window/Event.hpp>
#include <fmt/format.h>

#include <unistd.h>

namespace mailflow::viz {

namespace {

std::optional<Key> key_of(sf::Keyboard::Key key) {
    auto const counted = [key](sf::Keyboard::Key first, Key ours) {
        return static_cast<Key>(static_cast<int>(ours) + (key - first));
    };
    if (key >= sf::Keyboard::A && key <= sf::Keyboard::Z)
        return counted(sf::Keyboard::A, Key::a);
    if (key >= sf::Keyboard::Num0 && key <= sf::Keyboard::Num9)
        return counted(sf::Keyboard::Num0, Key::zero);
    if (key >= sf::Keyboard::Numpad0 && key <= sf::Keyboard::Numpad9)
        return counted(sf::Keyboard::Numpad0, Key::zero);
    if (key >= sf::Keyboard::F1 && key <= sf::Keyboard::F12)
        return counted(sf::Keyboard::F1, Key::f1);
    switch (key) {
    case sf::Keyboard::Space: return Key::space;
    case sf::Keyboard::Period: return Key::period;
    case sf::Keyboard::Comma: return Key::comma;
    case sf::Keyboard::Hyphen:
    case sf::Keyboard::Subtract: return Key::minus;
    case sf::Keyboard::Equal:
    case sf::Keyboard::Add: return Key::plus;
    case sf::Keyboard::Slash: return Key::slash;
    case sf::Keyboard::Left: return Key::left;
    case sf::Keyboard::Right: return Key::right;
    case sf::Keyboard::Up: return Key::up;
    case sf::Keyboard::Down: return Key::down;
    case sf::Keyboard::PageUp: return Key::page_up;
    case sf::Keyboard::PageDown: return Key::page_down;
    case sf::Keyboard::Home: return Key::home;
    case sf::Keyboard::End: return Key::end;
    case sf::Keyboard::Escape: return Key::escape;
    case sf::Keyboard::Enter: return Key::enter;
    case sf::Keyboard::Tab: return Key::tab;
    case sf::Keyboard::Backspace: return Key::backspace;
    case sf::Keyboard::Delete: return Key::del;
    default: return std::nullopt;
    }
}

/// Which is known by what it types (viz/shortcuts.hpp): + and - lie elsewhere on each keyboard.
bool is_sign(Key key) {
    return key == Key::plus || key == Key::minus;
}

Point point(int x, int y) {
    return {static_cast<float>(x), static_cast<float>(y)};
}

std::optional<InputEvent> translate(sf::Event const& event) {
    switch (event.type) {
    case sf::Event::Closed: return CloseAsked{};
    case sf::Event::Resized: return Resized{event.size.width, event.size.height};
    case sf::Event::MouseMoved: return MouseMoved{point(event.mouseMove.x, event.mouseMove.y)};
    case sf::Event::MouseWheelScrolled: return MouseScrolled{event.mouseWheelScroll.delta};
    case sf::Event::MouseButtonPressed:
        if (event.mouseButton.button == sf::Mouse::Left)
            return MousePressed{point(event.mouseButton.x, event.mouseButton.y)};
        return std::nullopt;
    case sf::Event::MouseButtonReleased:
        if (event.mouseButton.button == sf::Mouse::Left)
            return MouseReleased{point(event.mouseButton.x, event.mouseButton.y)};
        return std::nullopt;
    case sf::Event::KeyPressed:
        if (auto const key = key_of(event.key.code); key && (event.key.control || !is_sign(*key)))
            return KeyPressed{*key, {event.key.shift, event.key.control}};
        return std::nullopt;
    case sf::Event::TextEntered: return TextTyped{event.text.unicode};
    default: return std::nullopt;
    }
}

sf::Color sfml_colour(Colour packed) {
    return {static_cast<sf::Uint8>(packed), static_cast<sf::Uint8>(packed >> 8U),
            static_cast<sf::Uint8>(packed >> 16U)};
}

Picture picture_of(sf::Image const& image) {
    std::size_t const bytes = std::size_t{4} * image.getSize().x * image.getSize().y;
    Picture picture{{image.getSize().x, image.getSize().y},
                    {image.getPixelsPtr(), image.getPixelsPtr() + bytes}};
    // A window's own opacity is whatever the display left there.
    for (std::size_t alpha = 3; alpha < bytes; alpha += 4)
        picture.rgba[alpha] = 255;
    return picture;
}

} // namespace

std::uint32_t Picture::rgb_at(unsigned x, unsigned y) const {
    std::size_t const at = 4 * (std::size_t{y} * size.width + x);
    return static_cast<std::uint32_t>(rgba[at]) << 16U | static_cast<std::uint32_t>(rgba[at + 1]) << 8U |
           rgba[at + 2];
}

std::optional<std::string> write_png(Picture const& picture, std::filesystem::path const& file) {
    std::error_code error;
    if (std::filesystem::exists(file, error) && !std::filesystem::is_regular_file(file, error))
        return fmt::format("cannot write {}: it is not a regular file", file.string());
    sf::Image image;
    image.create(picture.size.width, picture.size.height, picture.rgba.data());
    // Beside the target, so that the rename at the end is one step within one file system.
    std::filesystem::path const part = file.string() + fmt::format(".{}.part.png", ::getpid());
    bool const saved = image.saveToFile(part.string());
    if (saved)
        std::filesystem::rename(part, file, error);
    if (saved && !error)
        return std::nullopt;
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    return fmt::format("cannot write {}", file.string());
}

struct Window::Screen {
    sf::RenderWindow window;
    /// Of the last key that went down: it types nothing then. What it types comes right after it, and by the
    /// time that it is read the keyboard itself may have been let go.
    bool with_control = false;
};

Window::Window(std::string const& title, PictureSize size)
    : title_(title)
    , windowed_(size)
    , screen_(std::make_unique<Screen>()) {
    open(size, false);
}

void Window::set_title(std::string const& title) {
    if (title == title_)
        return;
    title_ = title;
    screen_->window.setTitle(sf::String::fromUtf8(title_.begin(), title_.end()));
}

void Window::fill_screen(bool full) {
    if (full == full_)
        return;
    if (full)
        windowed_ = size();
    full_ = full;
    open(windowed_, full);
}

void Window::open(PictureSize size, bool full) {
    sf::VideoMode const mode =
        full ? sf::VideoMode::getDesktopMode() : sf::VideoMode{size.width, size.height};
    screen_->window.create(mode, sf::String::fromUtf8(title_.begin(), title_.end()),
                           full ? sf::Style::Fullscreen : sf::Style::Default);
    screen_->window.setPosition({0, 0}); // SFML 2.5.1 misplaces windows
    screen_->window.setVerticalSyncEnabled(true);
}

Window::~Window() = default;

PictureSize Window::size() const {
    return {screen_->window.getSize().x, screen_->window.getSize().y};
}

std::vector<InputEvent> Window::poll() {
    std::vector<InputEvent> events;
    for (sf::Event event; screen_->window.pollEvent(event);) {
        if (event.type == sf::Event::KeyPressed)
            screen_->with_control = event.key.control;
        else if (event.type == sf::Event::TextEntered && screen_->with_control)
            continue;
        if (auto const translated = translate(event))
            events.push_back(*translated);
    }
    return events;
}

void Window::show(Ui const& ui) {
    screen_->window.clear(sfml_colour(ui.ink().colours.backdrop));
    ui.render(screen_->window);
    screen_->window.display();
}

Picture Window::capture() const {
    sf::Texture copy;
    copy.create(screen_->window.getSize().x, screen_->window.getSize().y);
    copy.update(screen_->window);
    return picture_of(copy.copyToImage());
}

struct Easel::Target {
    sf::RenderTexture texture;
};

Easel::Easel(std::unique_ptr<Target> target) : target_(std::move(target)) {}
Easel::Easel(Easel&&) noexcept = default;
Easel& Easel::operator=(Easel&&) noexcept = default;
Easel::~Easel() = default;

std::optional<Easel> Easel::set_up(PictureSize size) {
    auto target = std::make_unique<Target>();
    unsigned const most = sf::Texture::getMaximumSize();
    if (size.width > most || size.height > most || !target->texture.create(size.width, size.height))
        return std::nullopt;
    return Easel{std::move(target)};
}

Picture Easel::paint(Ui const& ui) {
    target_->texture.clear(sfml_colour(ui.ink().colours.backdrop));
    ui.render(target_->texture);
    target_->texture.display();
    return picture_of(target_->texture.getTexture().copyToImage());
}

std::optional<Picture> paint(Ui const& ui, PictureSize size) {
    auto easel = Easel::set_up(size);
    return easel ? std::optional{easel->paint(ui)} : std::nullopt;
}

} // namespace mailflow::viz
