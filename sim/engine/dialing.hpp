// The first packet of a connection: recorded, and on its way to the server's machine, unless the networks in
// between let it go nowhere.
#pragma once

#include "engine/effects.hpp"
#include "engine/sending.hpp"
#include "world/present.hpp"

#include <optional>
#include <variant>

namespace mailflow {

/// How long the machine waits for somebody to answer its call: a server as its software does.
[[nodiscard]] Duration patience_of(Present const& present, HostId caller);

/// How long it waits for a reply in an SMTP session that stands.
[[nodiscard]] Duration patience_in_session_of(Present const& present, HostId caller,
                                              ClientSession::Awaits awaits);
/// The same of a person's program that looks for mail.
inline constexpr Duration patience_of_program = std::chrono::seconds{30};

/// Sends the first packet of a session that the trace has just got. Comes back with the trouble where nobody
/// will ever answer.
[[nodiscard]] std::optional<Saying> dial(Present const& present, Records const& records, Effects& effects,
                                         SessionId id);

/// The machine of a server to which the address record leads, or what comes of a call there where it leads to
/// none.
[[nodiscard]] std::variant<HostId, Saying> server_at(Present const& present, DnsRecords const& records);

/// Whether a server of that behaviour takes the host that the answer leads to for one that does not exist.
[[nodiscard]] bool is_ignored(SendingBehaviour const& behaviour, World const& world, Lookup const& lookup);

/// Whether the answer leads to an address that is no machine's: its asker calls there, and nobody answers.
[[nodiscard]] bool leads_into_the_void(Present const& present, Lookup const& lookup);

/// What is wrong where the DNS gives a person's program no address of the server in its settings.
[[nodiscard]] Saying trouble_with_own_server(DnsStatus status);

} // namespace mailflow
