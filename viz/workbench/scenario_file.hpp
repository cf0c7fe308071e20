// The file that a scenario came from, watched: whether somebody else has changed it since. Looks only when it
// is told to, and never changes the file but by `save`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace mailflow::viz {

class ScenarioFile {
public:
    ScenarioFile() = default; // no file yet
    /// The file with the text that was read from it.
    ScenarioFile(std::string path, std::string text);

    [[nodiscard]] std::string const& path() const { return path_; }
    /// What stood in the file when it was read or written last.
    [[nodiscard]] std::string const& text() const { return text_; }

    /// The new text, when another one stands there than before. A file that cannot be read, or is gone, is as
    /// it was: editors take one away for a moment when they save.
    [[nodiscard]] std::optional<std::string> look();
    /// Whether the file was missing in the last two looks: once it may be an editor that saves.
    [[nodiscard]] bool is_gone() const { return missed_ >= 2; }
    /// Writes it whole or not at all. Empty when it went well, else a sentence.
    [[nodiscard]] std::string save(std::string const& text);

private:
    struct Stamp {
        std::filesystem::file_time_type written{};
        std::uintmax_t bytes = 0;

        bool operator==(Stamp const&) const = default;
    };
    [[nodiscard]] std::optional<Stamp> stamp() const;

    std::string path_;
    std::string text_;
    std::optional<Stamp> seen_;
    int missed_ = 0; // looks in a row that found no file; at most 2
};

} // namespace mailflow::viz
