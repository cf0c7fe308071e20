// A text of which parts have been replaced, and which still knows what came from where.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// The text of a file, of which parts may have been replaced.
class PatchedText {
public:
    explicit PatchedText(std::string_view file) : file_{file} {}

    /// The whole; until the next replacement.
    [[nodiscard]] std::string_view text() const { return pieces_.empty() ? file_ : std::string_view{text_}; }

    /// Puts the text in the place of the bytes from `begin` to before `end`, on account of an override.
    void replace(std::size_t begin, std::size_t end, std::string_view text, std::uint32_t override_number);

    /// Where the byte comes from: a byte of the file, or an override.
    struct Origin {
        std::size_t offset = 0; // in the file
        std::optional<std::uint32_t> override_number{};
    };
    [[nodiscard]] Origin origin(std::size_t offset) const;
    [[nodiscard]] std::string_view file() const { return file_; }

private:
    /// From here to where the next one begins.
    struct Piece {
        std::size_t begin = 0; // in the text
        Origin origin{};       // of its first byte
    };

    std::string_view file_;
    std::string text_;
    std::vector<Piece> pieces_; // none: the file as it is
};

} // namespace mailflow
