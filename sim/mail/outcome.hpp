// What became of one recipient of one message, and why: the closed sets of the scenario format.
#pragma once

#include "mail/saying.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace mailflow {

enum class Outcome : std::uint8_t { delivered, refused, bounced, queued, discarded };

enum class Reason : std::uint8_t {
    none, // delivered, or still on its way without trouble
    relay_denied,
    auth_required,
    auth_failed,
    unknown_user,
    no_such_domain,
    null_mx,
    unreachable,
    mail_loop,
    dns_trouble,
    blocked_port,
    too_big,
    greylisted,
    expired,
    blocklisted,
    too_many_sessions,
    scripted_answer,     // the scenario prescribes what the server says
    too_many_recipients, // at once, or too many of them were refused
    bad_address,         // written in a way that the server does not take
};

inline constexpr std::array<std::string_view, 5> outcome_names{"delivered", "refused", "bounced", "queued",
                                                               "discarded"};
inline constexpr std::array<std::string_view, 19> reason_names{"",
                                                               "relay-denied",
                                                               "auth-required",
                                                               "auth-failed",
                                                               "unknown-user",
                                                               "no-such-domain",
                                                               "null-mx",
                                                               "unreachable",
                                                               "mail-loop",
                                                               "dns-trouble",
                                                               "blocked-port",
                                                               "too-big",
                                                               "greylisted",
                                                               "expired",
                                                               "blocklisted",
                                                               "too-many-sessions",
                                                               "scripted-answer",
                                                               "too-many-recipients",
                                                               "bad-address"};

[[nodiscard]] constexpr std::string_view name_of(Outcome outcome) {
    return outcome_names[static_cast<std::size_t>(outcome)];
}
[[nodiscard]] constexpr std::string_view name_of(Reason reason) {
    return reason_names[static_cast<std::size_t>(reason)];
}

/// Why a recipient was not served, when these words settled it; `none` for sayings that settle nothing.
[[nodiscard]] Reason reason_of(Saying saying);

} // namespace mailflow
