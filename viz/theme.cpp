#include "viz/theme.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

float scale_of(unsigned width, unsigned height) {
    float const ratio = std::min(static_cast<float>(width) / 1280.0F, static_cast<float>(height) / 720.0F);
    return std::clamp(std::pow(ratio, ratio < 1.0F ? 1.0F : 0.85F), 0.5F, 6.0F);
}

} // namespace mailflow::viz
