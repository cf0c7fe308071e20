// How far something long has come, for people who watch a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace mailflow::cli {

/// One line on standard error that is written over and over; nothing where that is no terminal.
class Progress {
public:
    /// `before` of `total` were done when this began.
    Progress(std::uint64_t before, std::uint64_t total, std::string_view what);
    ~Progress();
    Progress(Progress const&) = delete;
    Progress& operator=(Progress const&) = delete;

    void show(std::uint64_t done);

private:
    std::uint64_t before_;
    std::uint64_t total_;
    std::string_view what_;
    bool visible_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

} // namespace mailflow::cli
