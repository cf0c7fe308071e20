// Draws the forms in which a scenario is changed, one row below the other: for every key what it is, what it
// says, and what is wrong with it. What may stand there comes from the format; a new key needs no line here.
#pragma once

#include "edit/format.hpp"
#include "viz/draw/fields.hpp"
#include "viz/view_state.hpp"
#include "viz/workbench/place_words.hpp"
#include "viz/workbench/workbench.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow::viz {

class FormPen {
public:
    FormPen(Brush brush, Rect column, Workbench const& work, ViewState const& view, Intents& intents)
        : brush_(std::move(brush))
        , column_(column)
        , work_(work)
        , view_(view)
        , intents_(intents)
        , y_(column.y) {}

    [[nodiscard]] float y() const { return y_; }
    void gap(float at_scale_1) { y_ += brush_.px(at_scale_1); }
    /// The column from here on, for what another draws there; and past so much of it.
    [[nodiscard]] Rect rest() const { return {column_.x, y_, column_.w, column_.h}; }
    void pass(float height) { y_ += height; }
    void heading(std::string_view words);
    void words(std::string_view text, Colour colour);
    /// What is wrong at the pointer or below it, in words; all of it for the empty pointer.
    void complaints(std::string const& pointer);

    /// One key of the object at `object`, which need not be there; "/outgoing/port" leads into it.
    void row(std::string const& object, std::string const& path);
    /// The same under another name.
    void row(std::string const& object, std::string const& path, std::string_view label,
             std::string_view description);
    /// All keys of the object.
    void rows(std::string const& object, ObjectForm const& form);
    /// The keys that stand in the object and mean nothing there.
    void strangers(std::string const& object, ObjectForm const& form);
    /// What is wrong with the value at the pointer itself, not with what is in it.
    void own_complaints(std::string const& pointer);

    /// A row of buttons, or words that can be pressed; broken where the column ends.
    void begin_chips();
    bool chip(std::string const& name, std::string_view words, ButtonLook look);
    /// The same, of which the chosen one is lit. Whether another one was pressed: what is so already stays.
    bool choice(std::string const& name, std::string_view words, bool chosen);
    void end_chips();

    /// A field of text over the whole width.
    Typed field(std::string const& name, std::string const& text, std::string_view hint = {});

    /// A button over the whole width; with words at its right end.
    bool wide_button(std::string const& name, std::string_view words, ButtonLook look);

    [[nodiscard]] Brush& brush() { return brush_; }
    [[nodiscard]] std::optional<Value> value_at(std::string const& pointer) const;

private:
    void control(std::string const& pointer, ValueForm const& way);
    void switch_ways(std::string const& pointer, std::vector<ValueForm> const& ways, ValueForm const& now);
    void boolean(std::string const& pointer);
    void words_of(std::string const& pointer, ValueForm const& way);
    void text(std::string const& pointer, ValueForm const& way);
    /// Below a field that is too short for its text: all of that.
    void whole_text(std::string const& pointer, std::string const& text);
    void texts(std::string const& pointer, ValueForm const& item);
    void numbers(std::string const& pointer);
    void entries(std::string const& pointer, ValueForm const& item);
    void things(std::string const& pointer, ValueForm const& way);
    void thing(std::string const& pointer);
    /// `entry`: what a new name of a map begins with; none: a list, which the text itself joins.
    void adding(std::string const& pointer, std::string_view hint, std::optional<std::string> const& entry);
    void complaint(Diagnostic const& diagnostic);
    /// Marks what stands between `top` and here where it is what was asked for: the value at the pointer, or
    /// one in it. `first`: the first of its widgets, in the order of Tab.
    void mark_asked(std::string const& pointer, float top, std::size_t first);
    [[nodiscard]] std::optional<FormPlace> place_of(std::string const& pointer) const;
    /// What holds where nothing is said, as people write it.
    [[nodiscard]] std::string default_of(std::string const& pointer) const;
    /// The same for a field that is empty: what the format gives, or else how its description says it.
    [[nodiscard]] std::string hint_of(std::string const& pointer) const;
    [[nodiscard]] std::vector<std::string> candidates(ValueForm const& way) const;
    void set(std::string const& pointer, std::string json, std::string strand = {});
    void remove(std::string const& pointer, std::string strand = {});
    [[nodiscard]] Rect line(float height) const { return {column_.x, y_, column_.w, height}; }

    Brush brush_;
    Rect column_;
    Workbench const& work_;
    ViewState const& view_;
    Intents& intents_;
    float y_ = 0;
    float chip_x_ = 0;
};

/// Whether a way says all with its own name in the choice between ways, so that nothing is left to be set.
[[nodiscard]] bool is_said_by_switch(std::vector<ValueForm> const& ways, ValueForm const& way);

/// The form of the object at the pointer, also where nothing stands there yet; null where there is no form.
[[nodiscard]] ObjectForm const* form_at(std::optional<Value> scenario, std::string const& pointer);

} // namespace mailflow::viz
