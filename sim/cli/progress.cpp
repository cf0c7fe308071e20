#include "cli/progress.hpp"

#include "base/standard_error.hpp"
#include "base/time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace mailflow::cli {

namespace {

/// "12 s", "3 min 20 s", "5 h": as exactly as such a guess deserves.
std::string left_words(double seconds) {
    constexpr double most_seconds = 1e9;
    auto const whole = static_cast<std::int64_t>(std::min(seconds, most_seconds)) + 1;
    return whole < 60 ? fmt::format("{} s", whole) : say_duration(std::chrono::seconds{whole});
}

} // namespace

Progress::Progress(std::uint64_t before, std::uint64_t total, std::string_view what)
    : before_{before}
    , total_{total}
    , what_{what}
    , visible_{::isatty(STDERR_FILENO) == 1} {}

Progress::~Progress() {
    if (visible_)
        say_on_stderr("\r\x1b[K");
}

void Progress::show(std::uint64_t done) {
    std::chrono::duration<double> const passed = std::chrono::steady_clock::now() - began_;
    if (!visible_ || passed.count() <= 0)
        return;
    double const rate = static_cast<double>(done - before_) / passed.count();
    std::string line =
        fmt::format("\r\x1b[K{} of {} {}, {:.{}f} a second", done, total_, what_, rate, rate < 10 ? 1 : 0);
    if (rate > 0)
        line += fmt::format(", {} left", left_words(static_cast<double>(total_ - done) / rate));
    say_on_stderr("{}", line);
    std::fflush(stderr);
}

} // namespace mailflow::cli
