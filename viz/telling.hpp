// Names of neighbours that are told apart by a part of them only: which one that is, and the names shortened
// so that it is still seen.
#pragma once

#include "viz/fonts.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow::viz {

/// The part of a name that must be seen: letters from `from` up to `to`.
struct TellingPart {
    std::size_t from = 0;
    std::size_t to = 0;
};

/// Of each of the names what tells it from the others. The domain that all end with (".example") tells
/// nothing; of the rest it is as much of the end as no other one ends with, numbers whole:
/// mx.shop01.example among others of its kind is "01".
[[nodiscard]] std::vector<TellingPart> telling_parts(std::vector<std::string> const& names);

/// The name as it fits into the width: first without what all have at their ends, then with the middle left
/// out ("mx.s…01"), in the end what tells it alone ("…01"). Whole where even that is too wide.
[[nodiscard]] std::string shortened(Face font, std::string_view name, TellingPart tells, float width);

/// Sentences with the names of machines shortened: in a narrow list long ones would leave no room for what is
/// told of them.
class BriefNames {
public:
    explicit BriefNames(std::vector<std::string> names);

    /// The sentence with every name of a machine that is wider than this shortened to it, so that what tells
    /// it from the others is still seen.
    [[nodiscard]] std::string in(std::string_view sentence, Face font, float widest) const;

private:
    struct Known {
        std::string name;
        TellingPart tells;
    };
    std::vector<Known> known_; // by name
};

} // namespace mailflow::viz
