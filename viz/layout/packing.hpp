// How the places of a world are shared out to columns: as few as hold them, with the machines drawn as large
// as there is room for. Numbers only; where the columns stand is layout.hpp's.
#pragma once

#include "viz/layout/columns.hpp"
#include "viz/layout/layout.hpp"

namespace mailflow::viz {

/// One place in a column; a large one takes several columns for itself.
struct Parcel {
    NetworkId network;
    std::vector<HostId> machines;
    std::size_t columns_wide = 1;
};

struct PackedColumn {
    std::vector<Parcel> parcels; // from top to bottom; none: the place to the left is so wide
    bool above_dns = false;
};

/// What a place says at its top: its name and whether it is trusted; the same, but nothing where its only
/// machine has the same name; where there is little room its name alone, and that only where not just one
/// machine stands in it.
enum class Titles : std::uint8_t { full, telling, low };

/// Whether machines are called by their whole names, or by as little of them as tells them apart.
enum class Names : std::uint8_t { whole, brief };

struct Packing {
    Standing standing = Standing::upright;
    Titles titles = Titles::full;
    Names names = Names::whole;
    float shrink = 1; // of the window's scale
    std::vector<PackedColumn> columns;
};

/// Of spacing at scale 1 in this standing: a machine's height, and its least width.
[[nodiscard]] float cell_height(Standing standing, bool mailbox);

/// Of a place in which nobody ever stands.
[[nodiscard]] float empty_height(Titles titles);

/// The room at the top of a place in which so many machines stand at some moment.
[[nodiscard]] float title_height(Titles titles, World const& world, NetworkId network, std::size_t machines);

/// What each machine is called where there is little room: of a host name the first label, or the first two
/// where several begin alike. By HostId.
[[nodiscard]] std::vector<std::string> short_names(World const& world);
/// The same where not even those have room: of two labels the second alone, where that tells it from all
/// others.
[[nodiscard]] std::vector<std::string> shortest_names(World const& world);

/// `width` and `height` of the area in spacing at scale 1; `scale` of the window, in which no text may get
/// too small to be read. With the columns of `like`, where there is one and they have room at any size that
/// can be read.
[[nodiscard]] Packing pack(World const& world, Trace const& trace, float width, float height, float scale,
                           std::vector<PackedColumn> const* like = nullptr);

/// Spacing at scale 1.
namespace spacing {
inline constexpr float between_boxes = 20;
inline constexpr float label_height = 34;   // the network's name at the top of its box
inline constexpr float trusted_height = 18; // the word below it
inline constexpr float low_label = 25;      // the name where there is little room
inline constexpr float no_label = 5;        // above a machine that needs no title over it
inline constexpr float widest_column = 270;
inline constexpr float width_of_letter = 7.4F; // of a machine's name, about, where it is a little smaller
[[nodiscard]] float cloud_height(Standing standing);
[[nodiscard]] float least_gutter(Standing standing);
} // namespace spacing

} // namespace mailflow::viz
