// The library of scenarios as a gallery: title, summary, and a telling moment of each run, worked out one
// after the other so that no frame has to wait for all.
#pragma once

#include "viz/layout/layout.hpp"
#include "viz/shown/shown.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow::viz {

/// How large the pictures are drawn, before they are made small.
inline constexpr float gallery_width = 760;
inline constexpr float gallery_height = 430;

struct GalleryEntry {
    std::string path;
    std::string title;                  // the file's name where it has none, or cannot be read
    std::string summary;                // or what is wrong with it
    std::shared_ptr<Shown const> shown; // null until it has been played, or where it cannot be
    Instant moment;                     // the telling one
    CanvasLayout layout;
};

/// Whether all words of the search stand in its file's name, its title or its summary; small and capital
/// letters (of ASCII) are the same.
[[nodiscard]] bool is_found(GalleryEntry const& entry, std::string_view search);

class Gallery {
public:
    /// Looks what there is, and what it is called; plays nothing yet.
    void look(std::vector<std::filesystem::path> const& files);
    /// Plays the next one, for its picture. Whether there was one.
    bool read_next();

    [[nodiscard]] std::vector<GalleryEntry> const& entries() const { return entries_; }
    /// Whether all pictures are there.
    [[nodiscard]] bool is_read() const { return read_ == entries_.size(); }

private:
    std::vector<GalleryEntry> entries_;
    std::size_t read_ = 0;
};

} // namespace mailflow::viz
