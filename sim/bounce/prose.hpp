// What the part for people says of the message as a whole, beside what it says of each address. Part of
// bounce/notice.cpp and bounce/blocks.cpp; nobody else needs it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// Where the part for people ends, and the one for programs or the message itself begins.
[[nodiscard]] bool ends_text(std::string const& line);

/// Whether the line, though it may stand below an address, is about the message: "No action is required on
/// your part."
[[nodiscard]] bool is_about_message(std::string const& line);

/// Whether a server's letter is in it, known by its sentences even where they name no server.
[[nodiscard]] bool is_letter_text(std::vector<std::string> const& lines);

/// "delivered", "relayed" or "expanded" (RFC 3464 section 2.3.3), where the text says that the message came
/// through, and nothing of a failure; or else empty.
[[nodiscard]] std::string_view success_in(std::vector<std::string> const& lines);

/// Whether it says that the message only waits.
[[nodiscard]] bool is_warning_text(std::vector<std::string> const& lines);

} // namespace mailflow
