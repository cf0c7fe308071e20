// What a server remembers of the commands before, beside how far the session has come: each of these is a
// rule of one software, and means nothing to the others.
#pragma once

#include "smtp/parameters.hpp"
#include "smtp/server_session.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace mailflow {

struct Recollection {
    /// Forgotten with the transaction.
    struct OfTransaction {
        std::optional<std::string> refusal{}; // of the last recipient that was refused, as it was told
        bool refusals_differ = false;         // from each other
        std::uint64_t declared_size = 0;      // of its MAIL, or of one that was refused
        bool chunks_are_spoilt = false;       // one was refused, and the last has not come yet
        NotifyWords notified{};               // with recipients, refused or not
    };

    bool has_heard_command = false;
    bool follows_recipient = false;     // the last command was RCPT, and MAIL was not missing for no reason
    bool follows_refused_mail = false;  // it was MAIL and refused, or RCPT after that
    bool has_asked_for_content = false; // DATA or BDAT, in order or not
    OfTransaction transaction{};
};

/// Whether the client, which may pipeline after EHLO, need not have known that the command would be out of
/// order: it may have been sent before the answer to the last one came.
[[nodiscard]] bool excuses(Recollection const& memory, Greeted greeted, Command const& command);

/// Keeps what was said, and how it was answered.
void remember(Recollection& memory, Command const& command, Saying answer);

/// Keeps the words in which a recipient was refused.
void remember_refusal(Recollection& memory, std::string words);

} // namespace mailflow
