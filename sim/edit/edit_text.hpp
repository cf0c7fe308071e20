// Changes to the text of a scenario, each at a JSON pointer (RFC 6901). What is not touched keeps its
// comments, its order and its layout; what is new is laid out as the rest. Whether the scenario still means
// something is for the loader to say.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mailflow {

/// Puts the JSON value there, over what is there or as a new member; objects on the way are made. "-" as a
/// token stands for the place behind the last item of a list, which is made, too.
struct SetValue {
    std::string pointer;
    std::string json;
};
struct RemoveValue {
    std::string pointer;
};
/// Gives the member another key, and everything that names it by the old one (a server, a network, a person).
struct RenameKey {
    std::string pointer;
    std::string key;
};
using Edit = std::variant<SetValue, RemoveValue, RenameKey>;

/// Why an edit cannot be made, in a sentence.
struct EditTrouble {
    std::string words;
};

/// The text after the edits, one after the other; or, when one of them cannot be made, why.
[[nodiscard]] std::variant<std::string, EditTrouble> edited(std::string_view text,
                                                            std::vector<Edit> const& edits);

} // namespace mailflow
