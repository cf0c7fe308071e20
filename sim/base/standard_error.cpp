#include "base/standard_error.hpp"

#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace mailflow {

void keep_standard_error() {
    if (fcntl(STDERR_FILENO, F_GETFD) != -1)
        return;
    int const nowhere = open("/dev/null", O_WRONLY);
    if (nowhere == -1 || nowhere == STDERR_FILENO)
        return;
    dup2(nowhere, STDERR_FILENO);
    close(nowhere);
}

void write_on_stderr(std::string_view words) {
    (void)std::fwrite(words.data(), 1, words.size(), stderr);
}

} // namespace mailflow
