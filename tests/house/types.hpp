// The one-definition rule as far as a reader of texts can keep it ([basic.def.odr]): a linker takes either of
// two types of one name, and says nothing.
#pragma once

#include "house/source_tree.hpp"

namespace mailflow::house {

/// A struct, class, union or enumeration that is defined where other files of the program can mean it: in
/// namespaces that all have names, and in no type and no function.
struct TypeDefinition {
    std::string name; // with its namespaces: "mailflow::viz::Frame"
    std::string path;
    std::size_t line = 0; // from 1

    bool operator==(TypeDefinition const&) const = default;
};

/// Those of one file, in its order. Specialisations of a template are no types of a new name.
[[nodiscard]] std::vector<TypeDefinition> types_in(SourceFile const& file);

/// Types of one name: a complaint for each but the first.
[[nodiscard]] std::vector<Complaint> check_types(std::vector<SourceFile> const& files);

} // namespace mailflow::house
