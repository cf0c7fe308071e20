// What went wrong in the runs of a batch, for people: each kind once, whatever the numbers in its words are.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace mailflow::batch {

class Troubles {
public:
    /// More kinds than this nobody reads; the others are only counted.
    static constexpr std::size_t most_kinds = 10;

    /// The trouble of that run.
    void note(std::string_view words, std::string_view run);

    /// A line for each kind, in the order in which they came; empty when there was none.
    [[nodiscard]] std::string text() const;

private:
    struct Kind {
        std::size_t place = 0; // among the kinds
        std::uint64_t count = 0;
        std::string words; // of the first run
        std::string first_run;
        bool differs = false; // the numbers do, from run to run
    };

    std::map<std::string, Kind, std::less<>> kinds_; // by their words without numbers
    std::uint64_t others_ = 0;
};

/// The words with "#" for each number and each time; not for digits in names, addresses and places of files.
[[nodiscard]] std::string without_numbers(std::string_view words);

} // namespace mailflow::batch
