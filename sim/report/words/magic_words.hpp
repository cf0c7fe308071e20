// How a run sounds to somebody who sees no servers: a message sets out, magic happens, it arrives or does
// not.
#pragma once

#include "report/detail.hpp"
#include "trace/trace.hpp"

#include <string>
#include <string_view>

namespace mailflow {

/// The reason in words that need no servers: "asked to come back later".
[[nodiscard]] std::string_view magic_reason(Reason reason);
/// The same of what settled a recipient.
[[nodiscard]] std::string_view magic_reason(RecipientSettled const& settled);

/// "It is not sent: Maya's mail program shows an error for leo@shop.example (relaying denied)".
[[nodiscard]] std::string magic_refusal(World const& world, Trace const& trace, RecipientId recipient,
                                        std::string_view why);
/// "It did not reach leo@shop.example (the mailbox is full). A bounce is on its way back".
[[nodiscard]] std::string magic_return(World const& world, Trace const& trace, RecipientId recipient,
                                       std::string_view why);
/// "It is lost: it did not reach leo@shop.example (the mailbox is full), and nobody is told".
[[nodiscard]] std::string magic_loss(World const& world, Trace const& trace, RecipientId recipient,
                                     std::string_view why);
/// "It arrives: the message lies in the mailbox of leo@shop.example", or "It arrives after 3 h: ...";
/// where an alias led it to another mailbox than the one that was written to, it names both.
[[nodiscard]] std::string magic_arrival(World const& world, Trace const& trace, RecipientId recipient,
                                        AddressId mailbox, std::string_view after = {});

/// The event in one sentence as that detail tells it, without the time and the full stop:
/// report/words/words.hpp has that of the others; the words of the magic name no server.
[[nodiscard]] std::string sentence(World const& world, Trace const& trace, Event const& event, Detail detail);

} // namespace mailflow
