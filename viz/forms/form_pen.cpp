#include "viz/forms/form_pen.hpp"

#include "base/text.hpp"
#include "scenario/places.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

namespace {

constexpr float chip_height = 30;
constexpr float chip_gap = 6;

/// Whether the one pointer leads to where the other does, or to something in that.
bool is_at_or_in(std::string_view pointer, std::string const& other) {
    return pointer == other || pointer.starts_with(other + "/");
}

/// The key that a misspelt one was meant to be; empty where none is near, or it stands there, too.
std::string meant_by(Value object, std::string_view misspelt, ObjectForm const& form) {
    std::vector<std::string> keys;
    for (KeyForm const& key : form.keys)
        if (std::none_of(object.begin(), object.end(), [&](Value one) { return one.key() == key.name; }))
            keys.emplace_back(key.name);
    return std::string{nearest(misspelt, keys)};
}

/// Whether the key says where the picture shows the thing, which a hand does better: it comes last.
bool is_of_picture(KeyForm const& key) {
    ValueForm const& way = key.ways.front();
    return key.name == "at" && way.shape == Shape::list;
}

} // namespace

ObjectForm const* form_at(std::optional<Value> scenario, std::string const& pointer) {
    auto const place = scenario ? place_at(*scenario, pointer) : std::nullopt;
    if (!place || place->ways.empty())
        return nullptr;
    ValueForm const& way = way_of(place->ways, find_value(*scenario, pointer));
    return way.shape == Shape::object ? object_form(way.object) : nullptr;
}

std::optional<Value> FormPen::value_at(std::string const& pointer) const {
    return work_.scenario().find(pointer);
}

std::optional<FormPlace> FormPen::place_of(std::string const& pointer) const {
    auto const root = work_.scenario().root();
    return root ? place_at(*root, pointer) : std::nullopt;
}

std::string FormPen::default_of(std::string const& pointer) const {
    auto const place = place_of(pointer);
    std::string const json = place && place->key != nullptr ? place->key->default_json : std::string{};
    return json.starts_with('"') ? json.substr(1, json.size() - 2) : json;
}

std::string FormPen::hint_of(std::string const& pointer) const {
    constexpr std::string_view says = "Default: ";
    if (std::string given = default_of(pointer); !given.empty())
        return given;
    auto const place = place_of(pointer);
    std::string const description = place && place->key != nullptr ? place->key->description : std::string{};
    std::size_t const at = description.find(says);
    if (at == std::string::npos)
        return {};
    std::string const words = description.substr(at + says.size());
    return words.substr(0, words.find_last_not_of('.') + 1);
}

void FormPen::set(std::string const& pointer, std::string json, std::string strand) {
    intents_.push_back(WorkIntent{MakeEdits{{SetValue{pointer, std::move(json)}}, std::move(strand)}});
}

void FormPen::remove(std::string const& pointer, std::string strand) {
    if (value_at(pointer))
        intents_.push_back(WorkIntent{MakeEdits{{RemoveValue{pointer}}, std::move(strand)}});
}

void FormPen::heading(std::string_view words) {
    float const height = brush_.px(28);
    brush_.text(line(height), brush_.fonts.head, brush_.colours.ink, words);
    y_ += height + brush_.px(4);
}

void FormPen::words(std::string_view text, Colour colour) {
    y_ += brush_.paragraph({column_.x, y_}, column_.w, brush_.fonts.small, colour, text, 8) + brush_.px(4);
}

void FormPen::complaint(Diagnostic const& diagnostic) {
    std::string const words =
        diagnostic.hint.empty() ? diagnostic.what : diagnostic.what + "; " + diagnostic.hint;
    brush_.drawn.shapes.insert_or_assign("wrong:" + diagnostic.pointer, line(brush_.px(20)));
    this->words("! " + words, brush_.colours.refused);
}

void FormPen::complaints(std::string const& pointer) {
    for (Diagnostic const& diagnostic : work_.diagnostics())
        if (pointer.empty() || is_at_or_in(diagnostic.pointer, pointer))
            complaint(diagnostic);
}

void FormPen::own_complaints(std::string const& pointer) {
    for (Diagnostic const& diagnostic : work_.diagnostics())
        if (diagnostic.pointer == pointer)
            complaint(diagnostic);
}

void FormPen::mark_asked(std::string const& pointer, float top, std::size_t first) {
    std::string const& asked = view_.work.asked;
    if (asked.empty() || !is_at_or_in(asked, pointer))
        return;
    // The widget of that very value, or else the first of the row.
    std::vector<std::string> const& order = brush_.drawn.order;
    auto const begin = order.begin() + static_cast<std::ptrdiff_t>(std::min(first, order.size()));
    auto const exact = std::find_if(begin, order.end(), [&](std::string const& name) {
        std::size_t const at = name.find(":" + asked);
        return at != std::string::npos &&
               (name.size() == at + 1 + asked.size() || name[at + 1 + asked.size()] == '=');
    });
    if (auto const widget = exact == order.end() ? begin : exact; widget != order.end())
        brush_.drawn.asked = *widget;
    bool const wrong = std::any_of(
        work_.diagnostics().begin(), work_.diagnostics().end(), [&](Diagnostic const& diagnostic) {
            return is_at_or_in(asked, diagnostic.pointer) || is_at_or_in(diagnostic.pointer, asked);
        });
    if (!wrong)
        return; // it was mended
    Rect const mark = Rect{column_.x, top, column_.w, y_ - top}.inset(-brush_.px(5));
    brush_.outline(mark, brush_.colours.refused, brush_.px(2), brush_.px(7));
    brush_.drawn.shapes.insert_or_assign("asked:" + asked, mark);
}

void FormPen::begin_chips() {
    chip_x_ = column_.x;
}

bool FormPen::chip(std::string const& name, std::string_view words, ButtonLook look) {
    float const height = brush_.px(chip_height);
    float const width = std::min(width_of(brush_.fonts.bold, words) + brush_.px(22), column_.w);
    if (chip_x_ > column_.x && chip_x_ + width > column_.right()) {
        chip_x_ = column_.x;
        y_ += height + brush_.px(chip_gap);
    }
    bool const pressed = text_button(brush_, name, {chip_x_, y_, width, height}, words, look);
    chip_x_ += width + brush_.px(chip_gap);
    return pressed;
}

bool FormPen::choice(std::string const& name, std::string_view words, bool chosen) {
    return chip(name, words, chosen ? ButtonLook::chosen : ButtonLook::plain) && !chosen;
}

void FormPen::end_chips() {
    if (chip_x_ > column_.x)
        y_ += brush_.px(chip_height + chip_gap);
    chip_x_ = column_.x;
}

Typed FormPen::field(std::string const& name, std::string const& text, std::string_view hint) {
    float const height = brush_.px(34);
    Typed typed = text_field(brush_, name, line(height), text, hint);
    y_ += height + brush_.px(chip_gap);
    return typed;
}

bool FormPen::wide_button(std::string const& name, std::string_view words, ButtonLook look) {
    float const height = brush_.px(34);
    bool const pressed = text_button(brush_, name, line(height), words, look);
    y_ += height + brush_.px(chip_gap);
    return pressed;
}

void FormPen::row(std::string const& object, std::string const& path) {
    auto const place = place_of(object + path);
    if (place && place->key != nullptr)
        row(object, path, say_key(place->key->name), place->key->description);
}

void FormPen::row(std::string const& object, std::string const& path, std::string_view label,
                  std::string_view description) {
    std::string const pointer = object + path;
    auto const place = place_of(pointer);
    if (!place || place->ways.empty())
        return;
    auto const value = value_at(pointer);
    ValueForm const* const by_default = value ? nullptr : way_of_default(*place);
    ValueForm const& way = by_default != nullptr ? *by_default : way_of(place->ways, value);
    float const top = y_;
    float const height = brush_.px(26);
    bool const required = place->key != nullptr && place->key->required;
    Rect head = line(height);
    if (value && !required) {
        float const width = brush_.px(66);
        Rect const button{column_.right() - width, y_, width, height};
        if (text_button(brush_, "remove:" + pointer, button, "Clear", ButtonLook::plain))
            remove(pointer);
        head.w -= width + brush_.px(6);
    }
    brush_.text(head, brush_.fonts.bold, brush_.colours.ink, label);
    y_ += height + brush_.px(4);
    if (!description.empty())
        words(description, brush_.colours.quiet);
    bool const has_field = (way.shape == Shape::text && way.words.empty()) || way.shape == Shape::number;
    if (std::string const hint = hint_of(pointer);
        description.empty() && !value && !has_field && default_of(pointer).empty() && !hint.empty()) {
        brush_.drawn.shapes.insert_or_assign("default:" + pointer, line(brush_.px(20)));
        words("Default: " + hint, brush_.colours.quiet);
    }
    std::size_t const first = brush_.drawn.order.size();
    switch_ways(pointer, place->ways, way);
    if (!is_said_by_switch(place->ways, way))
        control(pointer, way);
    complaints(pointer);
    mark_asked(pointer, top, first);
    gap(12);
}

void FormPen::strangers(std::string const& object, ObjectForm const& form) {
    auto const value = value_at(object);
    if (!value || value->kind() != mailflow::Kind::object)
        return;
    for (Value const one : *value) {
        if (form.key(one.key()) != nullptr)
            continue;
        std::string const pointer = object + "/" + escape_for_pointer(one.key());
        float const top = y_;
        std::size_t const first = brush_.drawn.order.size();
        own_complaints(pointer);
        begin_chips();
        if (std::string const meant = meant_by(*value, one.key(), form); !meant.empty())
            if (chip("rename:" + pointer, "Rename it to " + meant, ButtonLook::chosen))
                intents_.push_back(WorkIntent{MakeEdits{{RenameKey{pointer, meant}}, {}}});
        if (chip("remove:" + pointer, "Remove " + std::string{one.key()}, ButtonLook::plain))
            remove(pointer);
        end_chips();
        mark_asked(pointer, top, first);
        gap(12);
    }
}

void FormPen::rows(std::string const& object, ObjectForm const& form) {
    for (bool const of_picture : {false, true})
        for (KeyForm const& key : form.keys)
            if (is_of_picture(key) == of_picture)
                row(object, "/" + escape_for_pointer(key.name));
}

void FormPen::control(std::string const& pointer, ValueForm const& way) {
    switch (way.shape) {
    case Shape::boolean: boolean(pointer); return;
    case Shape::text:
        if (way.words.empty())
            text(pointer, way);
        else
            words_of(pointer, way);
        return;
    case Shape::number: text(pointer, way); return;
    case Shape::object: thing(pointer); return;
    case Shape::list:
    case Shape::map: break;
    }
    if (way.inner.empty()) {
        words("First say what it is that changes.", brush_.colours.quiet);
        return;
    }
    ValueForm const& item = way.inner.front();
    if (item.shape == Shape::object)
        things(pointer, way);
    else if (way.shape == Shape::list && item.shape == Shape::number)
        numbers(pointer);
    else if (way.shape == Shape::list)
        texts(pointer, item);
    else
        entries(pointer, item);
}

} // namespace mailflow::viz
