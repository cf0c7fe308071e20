// The words of a voice as a table, and how a reply is made of a row. What needs more than one row (the
// capabilities) is a function of the voice.
#pragma once

#include "mail/voice.hpp"

#include <span>

namespace mailflow {

/// One reply. Rows that ask for a flaw or a command stand before those that do not.
struct Words {
    Saying saying;
    int code;
    std::string_view status; // the enhanced code, "5.7.1"; empty: none
    // The lines, parted by "\n". In braces: addr me id client_name client_ip blocklist helo line command
    // given argument before parameter limit length size exim_date exchange_date refusal.
    std::string_view text;
    Flaw flaw = Flaw::none;     // only for this one; none: for all
    std::string_view command{}; // only for this one, or for this parameter of one; empty: for all
};

/// The reply after the first row that fits; in plain words where none does.
[[nodiscard]] Reply put_into_words(std::span<Words const> table, Saying saying, SayingContext const& context);

/// A reply to EHLO: the host's name (with what follows it), and a line for each extension.
[[nodiscard]] Reply list_capabilities(std::vector<std::string> lines);

} // namespace mailflow
