#include "cli/interrupts.hpp"

#include "cli/commands.hpp"

#include <array>
#include <csignal>
#include <ctime>
#include <string_view>
#include <unistd.h>

namespace mailflow::cli {

namespace {

constexpr std::array signals{SIGINT, SIGTERM};

std::atomic<bool> end_wanted{false};
std::atomic<std::time_t> wanted_at{0}; // in seconds of a clock that nobody sets
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<std::time_t>::is_always_lock_free,
              "a signal sets them");

std::time_t now() {
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

void end_now(int) {
    constexpr std::string_view words = "mailflow: interrupted; nothing was written\n";
    (void)!::write(STDERR_FILENO, words.data(), words.size()); // the one thing that is left to do
    ::_exit(static_cast<int>(Status::interrupted));
}

void want_end(int signal) {
    constexpr std::time_t same_seconds = 1;
    if (!end_wanted) {
        wanted_at = now();
        end_wanted = true;
    } else if (now() - wanted_at > same_seconds) {
        ::signal(signal, SIG_DFL); // NOLINT(bugprone-signal-handler): POSIX has it on its list
        ::raise(signal);
    }
}

void handle_with(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    for (int const signal : signals)
        ::sigaction(signal, &action, nullptr);
}

} // namespace

void end_at_interrupts() {
    handle_with(end_now);
}

void listen_for_interrupts() {
    handle_with(want_end);
}

std::atomic<bool> const& interrupted() {
    return end_wanted;
}

} // namespace mailflow::cli
