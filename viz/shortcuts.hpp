// Every key that means something, once: what it does and how the card of keys names it. The dispatch and the
// card both read this list.
#pragma once

#include "viz/input.hpp"
#include "viz/view_state.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace mailflow::viz {

struct Shortcut {
    Key key;
    Modifiers with;
    Intent intent;
    /// How the card names the key and what it does; empty: told by the line of another key.
    std::string_view keys;
    std::string_view words;
};

[[nodiscard]] std::span<Shortcut const> shortcuts();

/// Whether the key keeps its meaning while a field of text has the keyboard.
[[nodiscard]] bool works_while_typing(KeyPressed const& pressed);

/// Whether a key that asks for this works in that view: what lies over the window keeps the keyboard to
/// itself, so that nothing changes behind it or comes to lie over it.
[[nodiscard]] bool is_within_reach(Intent const& intent, ViewState const& view);

/// The key that a sign stands for which lies elsewhere on each keyboard; empty for all others.
[[nodiscard]] std::optional<KeyPressed> key_of_sign(TextTyped const& typed);

/// What the key asks for; null where it means nothing.
[[nodiscard]] Intent const* intent_of(KeyPressed const& pressed);

} // namespace mailflow::viz
