#include "fuzz/take.hpp"

#include <cstdint>

/// libFuzzer calls this.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    mailflow::fuzz::take_bounce({reinterpret_cast<char const*>(bytes), size});
    return 0;
}
