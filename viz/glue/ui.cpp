#include "viz/glue/ui.hpp"

#include "viz/glue/keys.hpp"
#include "viz/glue/triangles.hpp"

#include <SFML/Graphics/RenderTarget.hpp>
#include <SFML/Graphics/Texture.hpp>
#include <SFML/Graphics/View.hpp>
#include <SFML/Window/Clipboard.hpp>
#include <imgui.h>
#include <imgui_internal.h> // for reading UTF-8

#include <algorithm>
#include <cassert>
#include <cfloat>
#include <cmath>
#include <utility>
#include <vector>

namespace mailflow::viz {

namespace {

/// What is copied in the window can be pasted elsewhere, and the other way round.
void share_clipboard(ImGuiIO& io) {
    io.SetClipboardTextFn = [](void*, char const* text) {
        std::string_view const words{text};
        sf::Clipboard::setString(sf::String::fromUtf8(words.begin(), words.end()));
    };
    io.GetClipboardTextFn = [](void*) -> char const* {
        static std::string pasted; // ImGui reads it before it asks again
        auto const utf8 = sf::Clipboard::getString().toUtf8();
        pasted.assign(utf8.begin(), utf8.end());
        return pasted.c_str();
    };
}

} // namespace

struct Ui::Texture {
    sf::Texture glyphs;
};

namespace {

constexpr unsigned last_usual_letter = 0xFF; // of what every font is baked with

} // namespace

Ui::Ui(FontFiles files, std::string texts)
    : files_(std::move(files))
    , texts_(std::move(texts))
    , texture_(std::make_unique<Texture>()) {
    assert(ImGui::GetCurrentContext() == nullptr);
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset; // a crowd has more vertices than 16 bits count
    io.LogFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset; // more than 65,536 corners in one list
    io.MousePos = {-FLT_MAX, -FLT_MAX};
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowBorderSize = 0;
    style.WindowPadding = {0, 0};
    style.ScrollbarSize = 8;
    style.ScrollbarRounding = 4;
    name_keys();
    share_clipboard(io);
}

Ui::~Ui() {
    ImGui::DestroyContext();
}

void Ui::bake(float scale, TextSizes const& sizes) {
    scale_ = scale;
    sizes_ = sizes;
    ImGuiIO& io = ImGui::GetIO();
    fonts_ = bake_fonts(*io.Fonts, files_, sizes, scale, texts_);
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    texture_->glyphs.create(static_cast<unsigned>(width), static_cast<unsigned>(height));
    texture_->glyphs.update(pixels);
    texture_->glyphs.setSmooth(true);
    io.Fonts->SetTexID(&texture_->glyphs);
    ImGui::GetStyle().ScrollbarSize = std::floor(8 * scale);
}

void Ui::need_letters_of(std::string_view text) {
    bool grown = false;
    for (std::size_t at = 0; at < text.size();) {
        unsigned letter = 0;
        char const* const from = text.data() + at;
        at += static_cast<std::size_t>(
            std::max(1, ImTextCharFromUtf8(&letter, from, text.data() + text.size())));
        if (letter > last_usual_letter)
            grown |= asked_.insert(letter).second;
    }
    if (!grown)
        return;
    texts_ += text;
    scale_ = 0; // baked anew
}

void Ui::on_event(InputEvent const& event) {
    pending_.push_back(event);
}

void Ui::take(InputEvent const& event) {
    ImGuiIO& io = ImGui::GetIO();
    if (auto const* moved = std::get_if<MouseMoved>(&event)) {
        io.MousePos = {moved->to.x, moved->to.y};
    } else if (auto const* pressed = std::get_if<MousePressed>(&event)) {
        io.MousePos = {pressed->at.x, pressed->at.y};
        io.MouseDown[0] = true;
    } else if (auto const* released = std::get_if<MouseReleased>(&event)) {
        io.MousePos = {released->at.x, released->at.y};
        io.MouseDown[0] = false;
    } else if (auto const* scrolled = std::get_if<MouseScrolled>(&event)) {
        io.MouseWheel += scrolled->notches;
    } else if (auto const* typed = std::get_if<TextTyped>(&event)) {
        if (typed->character >= 32 && typed->character != 127)
            io.AddInputCharacter(typed->character);
    } else if (auto const* key = std::get_if<KeyPressed>(&event)) {
        press_key(*key);
    }
}

void Ui::begin_frame(unsigned width, unsigned height, float seconds, Looks const& looks, Input input) {
    Theme const& theme = theme_of(looks.theme);
    theme_ = looks.theme;
    if (float const scale = scale_of(width, height, looks); scale != scale_ || theme.sizes != sizes_)
        bake(scale, theme.sizes);
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    io.DeltaTime = seconds > 0 ? seconds : 1.0F / 60.0F;
    io.MouseWheel = 0;
    release_keys();
    ImVec2 const mouse = io.MousePos;
    if (input == Input::left)
        io.MousePos = {-FLT_MAX, -FLT_MAX};
    // A press and a release are shown to two frames: ImGui looks only at the state at a frame's beginning.
    for (bool changed = input == Input::left; !pending_.empty() && !changed; pending_.pop_front()) {
        InputEvent const& event = pending_.front();
        changed = std::holds_alternative<MousePressed>(event) ||
                  std::holds_alternative<MouseReleased>(event) || std::holds_alternative<KeyPressed>(event);
        take(event);
    }
    ImGui::NewFrame();
    if (input == Input::left)
        io.MousePos = mouse;
}

bool Ui::is_pressed() const {
    return ImGui::GetIO().MouseDown[0];
}

bool Ui::wants_text() const {
    return ImGui::GetIO().WantTextInput;
}

void Ui::end_frame() {
    ImGui::Render();
}

void Ui::render(sf::RenderTarget& target) const {
    sf::View const before = target.getView();
    for_each_run([&target](Triangles const& run) {
        target.setView(run.clip);
        target.draw(run.vertices.data(), run.vertices.size(), sf::Triangles, run.states);
    });
    target.setView(before);
}

} // namespace mailflow::viz
