// Where a long text goes while it is being written: a file, a compressor, a string.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace mailflow {

/// Takes the next chunk; false when it can take no more, which ends the writing.
using Sink = std::function<bool(std::string_view chunk)>;

/// How much is read or written at a time: so much that the calls do not matter, and little enough for the
/// cache.
inline constexpr std::size_t io_chunk_bytes = std::size_t{1} << 16U;

} // namespace mailflow
