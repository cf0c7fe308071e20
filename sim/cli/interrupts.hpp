// SIGINT and SIGTERM: that somebody, or a batch system, wants the program to end.
#pragma once

#include <atomic>

namespace mailflow::cli {

/// From now on either of them ends the program at once, in words and with the status of an interruption: as
/// long as nothing has been done that could be kept.
void end_at_interrupts();

/// From now on the first of them asks for the end. One that comes more than a second later ends the program
/// as ever; those before it are taken for the same (`timeout` sends two).
void listen_for_interrupts();
/// Whether the end was asked for.
[[nodiscard]] std::atomic<bool> const& interrupted();

} // namespace mailflow::cli
