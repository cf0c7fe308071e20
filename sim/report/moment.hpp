// What stood in the world's files at some moment of a run, one thing at a time: where a whole Present would
// be too much to make for one look. Servers and DNS have the same in world/present.hpp.
#pragma once

#include "trace/trace.hpp"
#include "world/present.hpp"

namespace mailflow {

/// How many changes of the world were in force at the moment; those of that very moment are.
[[nodiscard]] std::uint32_t changes_by(World const& world, Instant at);

/// A person, a machine or a network after that many changes; in time by the number of changes.
[[nodiscard]] Person const& person_after(World const& world, PersonId id, std::uint32_t changes);
[[nodiscard]] Host const& host_after(World const& world, HostId id, std::uint32_t changes);
[[nodiscard]] Network const& network_after(World const& world, NetworkId id, std::uint32_t changes);

/// Whether the client of the session has another address by then than the one it spoke from.
[[nodiscard]] bool has_moved(World const& world, Session const& session, std::uint32_t changes);

/// The network in which the machine stands after that many changes.
[[nodiscard]] Network const& network_around(World const& world, HostId host, std::uint32_t changes);

} // namespace mailflow
