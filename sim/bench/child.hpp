// Measuring what only a whole process can tell: its memory at the most, and its time from start to end.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace mailflow::bench {

/// How much the memory of a process grows while it does that, at the most, in octets. It is done in a child
/// of this process, which ends with it.
[[nodiscard]] std::uint64_t most_memory_of(std::function<void()> const& work);

/// Processor time of this very program from its start to its end with those arguments, in seconds; it reads
/// `input` and writes to nowhere.
[[nodiscard]] double seconds_of_program(std::vector<std::string> const& arguments, std::string const& input);

} // namespace mailflow::bench
