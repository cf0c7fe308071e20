// A run in one file: the text of the scenario, what was changed of it for this run, and all that happened.
// Whoever opens it sees what the one saw who ran it, without running anything. The form is versioned, and
// means the same on every machine.
#pragma once

#include "base/sink.hpp"
#include "scenario/load.hpp"
#include "trace/trace.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mailflow {

/// Where a world comes from: the text of its scenario, and what was put into it for this once.
struct WorldSource {
    std::string scenario;
    std::vector<Override> overrides{};
    std::optional<std::uint64_t> seed{};
    std::optional<Duration> until{};
};

/// The world of the source, or every complaint about it.
[[nodiscard]] std::variant<World, std::vector<Diagnostic>> load_world(WorldSource const& source);

/// Whether the bytes are those of a saved trace, of whatever version; or of one that has come to harm in its
/// first line, of which more than half is there.
[[nodiscard]] bool is_saved_trace(std::string_view bytes);

/// Writes the run of the source's world; false when the sink took no more. Some fourteen bytes an event.
[[nodiscard]] bool write_saved_trace(WorldSource const& source, World const& world, Trace const& trace,
                                     Sink const& sink);

/// The source alone, from the beginning of the bytes of a saved trace: without its checks, and long before
/// all of it is read. None where it does not begin like one of this version.
[[nodiscard]] std::optional<WorldSource> source_in(std::string_view bytes);

struct SavedTrace {
    WorldSource source;
    World world;
    Trace trace;
};

/// Reads it back; or says in one sentence why that cannot be: another version, damage, a lie. Whatever comes
/// back can be used without further checks.
[[nodiscard]] std::variant<SavedTrace, std::string> read_saved_trace(std::string_view bytes);

} // namespace mailflow
