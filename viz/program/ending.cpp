#include "viz/program/ending.hpp"

#include <csignal>
#include <initializer_list>

namespace mailflow::viz {

namespace {

volatile std::sig_atomic_t told = 0;

} // namespace

void listen_for_ending() {
    struct sigaction action {};
    action.sa_handler = [](int) { told = 1; };
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    for (int const signal : {SIGINT, SIGTERM, SIGHUP})
        (void)::sigaction(signal, &action, nullptr);
}

bool told_to_end() {
    return told != 0;
}

} // namespace mailflow::viz
