// Where a long text goes while it is being written: a file, a compressor, a string.
#pragma once

#include <functional>
#include <string_view>

namespace mailflow {

/// Takes the next chunk; false when it can take no more, which ends the writing.
using Sink = std::function<bool(std::string_view chunk)>;

} // namespace mailflow
