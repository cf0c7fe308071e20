// From the words of a refusal back to what was meant: first the words of the six softwares themselves,
// exactly as their voices say them (mail/voice.hpp); then phrases that other servers are known to use; then
// the enhanced status code (RFC 3463), and at last the bare reply code (RFC 5321 section 4.2.3).
#pragma once

#include "bounce/cause.hpp"

#include "mail/reply.hpp"
#include "mail/voice.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace mailflow {

/// What the words were recognised by, the surest first.
enum class Evidence : std::uint8_t { own_words, phrase, status, code, nothing };

struct Recognition {
    std::vector<Cause> causes; // the likeliest first; several where a software says the same for them all
    Evidence evidence = Evidence::nothing;
    std::vector<Software> softwares; // own_words: those that say it so
    std::string_view speaker{};      // phrase, status, code: the service that alone says it so; mostly empty
    bool own_finding = false; // of the server that reports it: no other server took the call, or said it
};

/// `words` is what a server said or found out, in one line: "554 5.7.1 <a@b.example>: Relay access denied".
/// `status` is what the letter says besides, where the words have none.
[[nodiscard]] Recognition recognise(std::string_view words,
                                    std::optional<EnhancedCode> status = std::nullopt);

/// The first reply code in the text that stands as a word of its own; none: 0.
[[nodiscard]] int reply_code_in(std::string_view words);

/// The first enhanced status code in the text, "(#5.7.1)" too.
[[nodiscard]] std::optional<EnhancedCode> status_in(std::string_view words);

} // namespace mailflow
