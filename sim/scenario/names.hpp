// The names of one kind that a scenario defines, to find what other places refer to and to guess what was
// meant.
#pragma once

#include "base/text_index.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

enum class NameCase : std::uint8_t {
    exact,
    ignored, // ASCII letters, as domain names compare
};

class Names {
public:
    explicit Names(NameCase name_case = NameCase::exact) : case_{name_case} {}

    /// Gives the name the next number; false when it is taken.
    bool add(std::string_view name);
    /// The same of a name that was complained about: nobody can be meant to write it elsewhere.
    bool add_refused(std::string_view name);
    /// Whether the name is rather one of those that were complained about, in better words.
    [[nodiscard]] bool mends_refused(std::string_view name) const;
    /// The number of the name.
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const;
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size()); }

    /// `did you mean "home"?`, or the names that there are when none is near and they are few.
    [[nodiscard]] std::string hint(std::string_view name) const;

private:
    bool number(std::string_view name);
    [[nodiscard]] std::string_view name(std::uint32_t number) const;

    NameCase case_;
    std::string names_;               // one behind the other: there may be millions of them
    std::vector<std::uint32_t> ends_; // by number: behind the name in `names_`
    TextIndex numbers_;
    std::vector<std::string> refused_;
    std::vector<std::string> candidates_; // the first ones: guessing among more would take too long
};

/// `did you mean "home"?` for a name near one of the candidates; else what there is to choose from, when that
/// is little; else empty.
[[nodiscard]] std::string hint_among(std::string_view name, std::vector<std::string> const& candidates,
                                     std::size_t most_listed = 8);

} // namespace mailflow
