// A place of the scenario in the words of the forms, instead of its JSON pointer.
#pragma once

#include <string>
#include <string_view>

namespace mailflow::viz {

/// "relays_for" -> "Relays for".
[[nodiscard]] std::string say_key(std::string_view key);

/// "mail.isp.example, handles 1": the thing, and the labels on the way from it; of a list, which item. Empty
/// for the scenario as a whole.
[[nodiscard]] std::string place_words(std::string_view pointer);

} // namespace mailflow::viz
