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
#include <optional>
#include <utility>

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

/// Whether the key comes once more, as the letter that it types.
bool is_typed(InputEvent const& event) {
    auto const* pressed = std::get_if<KeyPressed>(&event);
    if (pressed == nullptr || pressed->with.control)
        return false;
    bool const is_sign = pressed->key <= Key::slash; // the space among them
    bool const is_letter = pressed->key >= Key::zero && pressed->key <= Key::z;
    return is_sign || is_letter;
}

constexpr unsigned last_usual_letter = 0xFF; // of what every font is baked with

} // namespace

/// A context of Dear ImGui with fonts of its own, current from its making on.
struct Ui::Context {
    Context();
    Context(Context const&) = delete;
    Context& operator=(Context const&) = delete;
    ~Context() { ImGui::DestroyContext(context); }

    void make_current() const { ImGui::SetCurrentContext(context); }

    ImGuiContext* context;
    ImGuiIO* io;
    Fonts fonts;
    float scale = 0; // 0: not baked yet
    TextSizes sizes;
    sf::Texture glyphs;
    std::optional<Key> held; // the key that went down in the last frame
};

Ui::Context::Context() : context(ImGui::CreateContext()) {
    make_current();
    io = &ImGui::GetIO();
    io->IniFilename = nullptr;
    io->LogFilename = nullptr;
    io->BackendFlags |=
        ImGuiBackendFlags_RendererHasVtxOffset; // a crowd has more vertices than 16 bits count
    io->MousePos = {-FLT_MAX, -FLT_MAX};
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowBorderSize = 0;
    style.WindowPadding = {0, 0};
    style.ScrollbarSize = 8;
    style.ScrollbarRounding = 4;
    name_keys();
    share_clipboard(*io);
}

Ui::Ui(FontFiles files, std::string texts) : files_(std::move(files)), texts_(std::move(texts)) {
    assert(ImGui::GetCurrentContext() == nullptr);
    window_ = std::make_unique<Context>();
    last_ = window_.get();
}

Ui::~Ui() = default;

void Ui::bake(Context& context, float scale, TextSizes const& sizes) {
    context.scale = scale;
    context.sizes = sizes;
    ImFontAtlas& atlas = *context.io->Fonts;
    context.fonts = bake_fonts(atlas, files_, sizes, scale, texts_);
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    atlas.GetTexDataAsRGBA32(&pixels, &width, &height);
    context.glyphs.create(static_cast<unsigned>(width), static_cast<unsigned>(height));
    context.glyphs.update(pixels);
    context.glyphs.setSmooth(true);
    atlas.SetTexID(&context.glyphs);
    ImGui::GetStyle().ScrollbarSize = std::floor(8 * scale);
}

Ink Ui::ink() const {
    return {last_->fonts, theme_of(theme_).colours, last_->scale};
}

float Ui::scale() const {
    return last_->scale;
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
    for (Context* const context : {window_.get(), apart_.get()})
        if (context != nullptr)
            context->scale = 0; // baked anew
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
    if (input == Input::left && !apart_)
        apart_ = std::make_unique<Context>();
    last_ = input == Input::left ? apart_.get() : window_.get();
    last_->make_current();
    if (float const scale = scale_of(width, height, looks);
        scale != last_->scale || theme.sizes != last_->sizes)
        bake(*last_, scale, theme.sizes);
    ImGuiIO& io = *last_->io;
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    io.DeltaTime = seconds > 0 ? seconds : 1.0F / 60.0F;
    io.MouseWheel = 0;
    release_keys();
    // A press and a release are shown to two frames: ImGui looks only at the state at a frame's beginning.
    // But a frame takes all letters that came with it, up to the next key that does something else.
    std::optional<Key> const held_before = std::exchange(last_->held, std::nullopt);
    for (bool changed = input == Input::left; !pending_.empty() && !changed; pending_.pop_front()) {
        InputEvent const& event = pending_.front();
        if (is_typed(event))
            continue;
        auto const* key = std::get_if<KeyPressed>(&event);
        if (key != nullptr && held_before == key->key)
            break; // it has to be seen to come up before it goes down again
        if (key != nullptr)
            last_->held = key->key;
        changed = std::holds_alternative<MousePressed>(event) ||
                  std::holds_alternative<MouseReleased>(event) || std::holds_alternative<KeyPressed>(event);
        take(event);
    }
    ImGui::NewFrame();
}

bool Ui::is_pressed() const {
    return window_->io->MouseDown[0];
}

bool Ui::wants_text() const {
    return window_->io->WantTextInput;
}

bool Ui::remembers_typing(KeyPressed const& key) const {
    ImGuiInputTextState const& field = window_->context->InputTextState;
    if (field.ID == 0 || field.ID != window_->context->ActiveId)
        return false;
    bool const takes_back = key.key == Key::z && !key.with.shift;
    return (takes_back ? field.GetUndoAvailCount() : field.GetRedoAvailCount()) > 0;
}

void Ui::leave_field() {
    window_->make_current();
    ImGui::ClearActiveID();
    window_->io->WantTextInput = false;
}

void Ui::end_frame() {
    ImGui::Render();
}

void Ui::render(sf::RenderTarget& target) const {
    last_->make_current();
    sf::View const before = target.getView();
    for_each_run([&target](Triangles const& run) {
        target.setView(run.clip);
        target.draw(run.vertices.data(), run.vertices.size(), sf::Triangles, run.states);
    });
    target.setView(before);
}

} // namespace mailflow::viz
