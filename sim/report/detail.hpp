// How far the magic is opened up.
#pragma once

#include <cstdint>

namespace mailflow {

enum class Detail : std::uint8_t { magic, servers, protocol };

} // namespace mailflow
