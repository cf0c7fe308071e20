// The keys that Dear ImGui's fields of text know, in its old way and its new one (from 1.87 on).
#pragma once

#include "viz/input.hpp"

namespace mailflow::viz {

/// Once, after the context is made.
void name_keys();

/// A key counts as held for one frame: its repetitions come as presses of their own.
void press_key(KeyPressed const& pressed);
void release_keys();

} // namespace mailflow::viz
