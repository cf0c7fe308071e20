// Being told from outside to end, by Ctrl+C in the terminal or by the system: noticed at once, and carried
// out between two frames, so that nothing half-made stays behind.
#pragma once

namespace mailflow::viz {

/// From now on the first SIGINT, SIGTERM or SIGHUP is only noticed. A second one ends the program at once.
void listen_for_ending();

/// Whether one has come.
[[nodiscard]] bool told_to_end();

} // namespace mailflow::viz
