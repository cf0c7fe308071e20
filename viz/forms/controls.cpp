// The controls of a form's rows, one for each shape that a value may have.
#include "edit/json_layout.hpp"
#include "scenario/document.hpp"
#include "scenario/places.hpp"
#include "viz/forms/form_pen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace mailflow::viz {

namespace {

constexpr float field_height = 34;
constexpr std::size_t most_candidates = 24;

/// What the way is called in a choice between ways.
std::string name_of(ValueForm const& way) {
    switch (way.shape) {
    case Shape::list: return "A list";
    case Shape::object: return say_key(way.object);
    case Shape::map: return "By name";
    case Shape::boolean:
    case Shape::number: return "A value";
    case Shape::text: break;
    }
    if (way.words == std::vector<std::string>{"*"})
        return "Every name";
    return way.words.empty() ? "A single one" : way.words.size() > 1 ? "A word" : way.words.front();
}

/// What stands there when the way has just been chosen.
std::string first_value(ValueForm const& way) {
    switch (way.shape) {
    case Shape::list: return "[]";
    case Shape::map:
    case Shape::object: return "{}";
    case Shape::boolean: return "true";
    case Shape::number: return "1";
    case Shape::text: break;
    }
    return json_string(way.words.empty() ? std::string{} : way.words.front());
}

bool is_number(std::string_view text) {
    return !text.empty() && number_length(text) == text.size() && text != "-";
}

} // namespace

bool is_said_by_switch(std::vector<ValueForm> const& ways, ValueForm const& way) {
    return ways.size() > 1 && way.shape == Shape::text && way.words.size() == 1;
}

void FormPen::switch_ways(std::string const& pointer, std::vector<ValueForm> const& ways,
                          ValueForm const& now) {
    // A single value and a list of one say the same; only what is written so already is shown so.
    std::vector<ValueForm const*> choices;
    for (ValueForm const& way : ways)
        if (&way == &now || way.shape != Shape::text || !way.words.empty() ||
            ways.front().shape != Shape::list)
            choices.push_back(&way);
    if (choices.size() < 2)
        return;
    auto const value = value_at(pointer);
    bool const is_known = value.has_value() || !default_of(pointer).empty();
    bool const is_right = !value || !is_said_by_switch(ways, now) || value->text() == now.words.front();
    begin_chips();
    for (ValueForm const* const way : choices)
        if (choice("way:" + pointer + ":" + name_of(*way), name_of(*way),
                   way == &now && is_known && is_right))
            set(pointer, first_value(*way));
    end_chips();
}

void FormPen::boolean(std::string const& pointer) {
    // Where neither the key nor a default says it, it is neither yes nor no.
    auto const value = value_at(pointer);
    std::string const now = value ? std::string{value->written()} : default_of(pointer);
    begin_chips();
    if (choice("set:" + pointer + "=false", "No", now == "false"))
        set(pointer, "false");
    if (choice("set:" + pointer + "=true", "Yes", now == "true"))
        set(pointer, "true");
    end_chips();
}

void FormPen::words_of(std::string const& pointer, ValueForm const& way) {
    auto const value = value_at(pointer);
    std::string const now = value ? std::string{value->text()} : default_of(pointer);
    begin_chips();
    for (std::string const& word : way.words)
        if (choice("set:" + pointer + "=" + word, word == "*" ? "every name" : word, word == now))
            set(pointer, json_string(word));
    end_chips();
}

void FormPen::text(std::string const& pointer, ValueForm const& way) {
    auto const value = value_at(pointer);
    std::string now;
    if (value)
        now = value->kind() == mailflow::Kind::text ? std::string{value->text()}
                                                    : std::string{value->written()};
    std::string const hint = hint_of(pointer);
    Typed const typed = text_field(brush_, "field:" + pointer, line(brush_.px(field_height)), now, hint);
    if (now.empty() && !hint.empty())
        brush_.drawn.shapes.insert_or_assign(fmt::format("hint:{}={}", pointer, hint),
                                             brush_.drawn.widgets.at("field:" + pointer));
    y_ += brush_.px(field_height + 6);
    whole_text(pointer, typed.text);
    if (typed.changed && typed.text.empty())
        remove(pointer, pointer);
    else if (typed.changed)
        set(pointer,
            way.shape == Shape::number && is_number(typed.text) ? typed.text : json_string(typed.text),
            pointer);
    std::vector<std::string> const others = candidates(way);
    begin_chips();
    for (std::string const& name : others)
        if (choice("set:" + pointer + "=" + name, name, name == now))
            set(pointer, json_string(name));
    end_chips();
}

void FormPen::whole_text(std::string const& pointer, std::string const& text) {
    if (width_of(brush_.fonts.body, text) <= column_.w - brush_.px(16))
        return;
    float const top = y_;
    y_ += brush_.paragraph({column_.x, y_}, column_.w, brush_.fonts.small, brush_.colours.ink, text);
    brush_.drawn.shapes.insert_or_assign("whole:" + pointer, Rect{column_.x, top, column_.w, y_ - top});
    gap(6);
}

void FormPen::adding(std::string const& pointer, std::string_view hint,
                     std::optional<std::string> const& entry) {
    float const button = brush_.px(70);
    Rect field = line(brush_.px(field_height));
    field.w -= button + brush_.px(6);
    std::string const name = "new:" + pointer;
    Typed const typed = text_field(brush_, name, field, view_.work.draft(name), hint);
    if (typed.changed)
        intents_.push_back(WorkIntent{SetDraft{name, typed.text}});
    Rect const place{field.right() + brush_.px(6), y_, button, field.h};
    bool const pressed = text_button(brush_, "add:" + pointer, place, "Add", ButtonLook::plain);
    y_ += brush_.px(field_height + 6);
    if ((!pressed && !typed.entered) || typed.text.empty())
        return;
    auto const value = value_at(pointer);
    if (entry && value && find_child(*value, typed.text))
        return; // it is there already
    set(pointer + "/" + (entry ? escape_for_pointer(typed.text) : "-"),
        entry.value_or(json_string(typed.text)));
    intents_.push_back(WorkIntent{SetDraft{name, {}}});
    empty_field(name);
}

void FormPen::texts(std::string const& pointer, ValueForm const& item) {
    std::set<std::string> there;
    auto const value = value_at(pointer);
    begin_chips();
    if (value && value->kind() == mailflow::Kind::list) {
        std::size_t n = 0;
        for (Value const one : *value) {
            std::string const said =
                one.kind() == mailflow::Kind::text ? std::string{one.text()} : std::string{one.written()};
            there.insert(said);
            std::string const here = fmt::format("{}/{}", pointer, n++);
            if (chip("remove:" + here, said + "  ✕", ButtonLook::chosen))
                remove(here);
        }
    } else if (value && value->kind() == mailflow::Kind::text) {
        there.emplace(value->text());
        if (chip("remove:" + pointer + "/0", std::string{value->text()} + "  ✕", ButtonLook::chosen))
            remove(pointer);
    }
    std::string const written =
        value && value->kind() == mailflow::Kind::text ? std::string{value->written()} : std::string{};
    for (std::string const& name : candidates(item))
        if (!there.contains(name) && chip("add:" + pointer + "=" + name, "+ " + name, ButtonLook::plain)) {
            if (written.empty())
                set(pointer + "/-", json_string(name));
            else // the only one so far becomes a list
                set(pointer, "[" + written + ", " + json_string(name) + "]");
        }
    end_chips();
    adding(pointer, item.kind.empty() || item.kind == "line" ? "another one" : item.kind, std::nullopt);
}

void FormPen::numbers(std::string const& pointer) {
    auto const value = value_at(pointer);
    std::string now;
    if (value && value->kind() == mailflow::Kind::list)
        for (Value const one : *value)
            now += (now.empty() ? "" : ", ") + std::string{one.written()};
    else if (value)
        now = value->text();
    Typed const typed = text_field(brush_, "field:" + pointer, line(brush_.px(field_height)), now,
                                   "numbers, with commas between them");
    y_ += brush_.px(field_height + 6);
    if (!typed.changed)
        return;
    std::string items;
    bool all_numbers = true;
    for (std::size_t at = 0; at <= typed.text.size();) {
        std::size_t const end = std::min(typed.text.find(',', at), typed.text.size());
        std::string one = typed.text.substr(at, end - at);
        std::erase(one, ' ');
        all_numbers = all_numbers && is_number(one);
        items += (items.empty() ? "" : ", ") + one;
        at = end + 1;
    }
    // What is not yet a list of numbers stands there as it was typed, and is said to be none.
    if (typed.text.empty())
        remove(pointer, pointer);
    else
        set(pointer, all_numbers ? "[" + items + "]" : json_string(typed.text), pointer);
}

void FormPen::entries(std::string const& pointer, ValueForm const& item) {
    if (auto const value = value_at(pointer); value && value->kind() == mailflow::Kind::object)
        for (Value const entry : *value) {
            std::string const here = pointer + "/" + escape_for_pointer(entry.key());
            float const cross = brush_.px(34);
            float const key = column_.w * 0.38F;
            brush_.text({column_.x, y_, key - brush_.px(6), brush_.px(field_height)}, brush_.fonts.body,
                        brush_.colours.ink, entry.key());
            Rect const field{column_.x + key, y_, column_.w - key - cross - brush_.px(6),
                             brush_.px(field_height)};
            Typed const typed =
                text_field(brush_, "field:" + here, field, std::string{entry.text()}, item.kind);
            if (typed.changed)
                set(here, json_string(typed.text), here);
            if (text_button(brush_, "remove:" + here, {column_.right() - cross, y_, cross, field.h}, "✕",
                            ButtonLook::plain))
                remove(here);
            y_ += brush_.px(field_height + 6);
        }
    adding(pointer, "a new name", json_string(""));
}

void FormPen::things(std::string const& pointer, ValueForm const& way) {
    auto const value = value_at(pointer);
    float const cross = brush_.px(34);
    std::size_t n = 0;
    if (value && (value->kind() == mailflow::Kind::list || value->kind() == mailflow::Kind::object))
        for (Value const one : *value) {
            std::string const here = one.has_key() ? pointer + "/" + escape_for_pointer(one.key())
                                                   : fmt::format("{}/{}", pointer, n);
            ++n;
            Rect const rect{column_.x, y_, column_.w - cross - brush_.px(6), brush_.px(field_height)};
            std::string const said = one.has_key() ? std::string{one.key()} : on_one_line(one);
            if (text_button(brush_, "open:" + here, rect, said, ButtonLook::plain))
                intents_.push_back(WorkIntent{ShowThing{here}});
            if (text_button(brush_, "remove:" + here, {column_.right() - cross, y_, cross, rect.h}, "✕",
                            ButtonLook::plain))
                remove(here);
            y_ += brush_.px(field_height + 6);
        }
    if (way.shape == Shape::map) {
        adding(pointer, "a new name", "{}");
        return;
    }
    begin_chips();
    if (chip("add:" + pointer, "+ Add", ButtonLook::plain)) {
        intents_.push_back(WorkIntent{MakeEdits{{SetValue{pointer + "/-", "{}"}}, {}}});
        intents_.push_back(WorkIntent{ShowThing{fmt::format("{}/{}", pointer, n)}});
    }
    end_chips();
}

void FormPen::thing(std::string const& pointer) {
    auto const value = value_at(pointer);
    std::string const said = value ? on_one_line(*value) : std::string{"as usual"};
    Rect const rect = line(brush_.px(field_height));
    if (text_button(brush_, "open:" + pointer, rect, said + "  ›", ButtonLook::plain))
        intents_.push_back(WorkIntent{ShowThing{pointer}});
    y_ += brush_.px(field_height + 6);
}

std::vector<std::string> FormPen::candidates(ValueForm const& way) const {
    std::vector<std::string> names;
    auto const root = work_.scenario().root();
    if (!root)
        return names;
    if (way.kind == "domain" && way.names.empty())
        names = domains_in(*root);
    for (std::string const& section : way.names)
        for (std::string& name : names_in(*root, section))
            names.push_back(std::move(name));
    if (names.size() > most_candidates)
        names.resize(most_candidates);
    return names;
}

} // namespace mailflow::viz
