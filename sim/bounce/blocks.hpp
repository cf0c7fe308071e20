// The part of a returned letter that is for people, read as people do: an address at the front of a line, and
// below it what became of it. Part of bounce/notice.cpp; nobody else needs it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// What Sendmail gives as the reason of whatever it finds wrong with its own settings.
inline constexpr std::string_view vague_reason = "system config error";

/// What stands below one address.
struct Block {
    std::string address{};
    std::string written_to{};    // "(expanded from ...)"
    std::string remote_server{}; // "host mx1.shop.example[203.0.113.33] said:"
    std::string remote_address{};
    std::string words{}; // the reply that is quoted, or else all that is said
};

/// Of what one text says about the address: whose words they are, and what these are.
[[nodiscard]] Block read_block(std::string address, std::string const& text);

[[nodiscard]] std::vector<Block> blocks_in(std::vector<std::string> const& lines);

/// The server that wrote the letter, as it introduces itself; empty where it does not.
[[nodiscard]] std::string writer_in(std::vector<std::string> const& lines);

/// Of a text that is no letter: the first line with a reply in it, or else the first with words that are
/// known.
[[nodiscard]] std::optional<Block> line_with_reply(std::vector<std::string> const& lines);

} // namespace mailflow
