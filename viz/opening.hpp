// How far the magic cloud is open: a number from 0, the closed cloud, to 1, the picture of the chosen level,
// with stops in between at which a teacher may wait. What it looks like is scene/opening.cpp's.
#pragma once

#include <array>
#include <cstddef>

namespace mailflow::viz {

namespace opening {

inline constexpr float closed = 0;
inline constexpr float machines_stand = 0.5F; // the cloud has gone; the machines that took part are seen
inline constexpr float dns_stands = 0.75F;    // and whom they ask
inline constexpr float whole = 1;             // and what they say and carry
inline constexpr std::array<float, 4> stops{closed, machines_stand, dns_stands, whole};

inline constexpr float takes_s = 2.4F; // from closed to whole
inline constexpr float closing_takes_s = 0.8F;

} // namespace opening

} // namespace mailflow::viz
