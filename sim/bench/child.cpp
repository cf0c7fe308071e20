#include "bench/child.hpp"

#include "base/files.hpp"

#include <cstdlib>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // POSIX: no header declares it

namespace mailflow::bench {

namespace {

/// Of a benchmark that cannot be carried out there is nothing to tell.
void expect(bool went_well) {
    if (!went_well)
        std::abort();
}

/// Waits for the child; comes back with what it has used.
rusage used_by(pid_t child) {
    rusage used{};
    int status = 0;
    expect(::wait4(child, &status, 0, &used) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return used;
}

std::uint64_t resident_bytes(int who) {
    rusage used{};
    expect(::getrusage(who, &used) == 0);
    return static_cast<std::uint64_t>(used.ru_maxrss) * 1024;
}

double seconds_in(timeval const& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

} // namespace

std::uint64_t most_memory_of(std::function<void()> const& work) {
    int ends[2];
    expect(::pipe(ends) == 0);
#ifdef __GLIBC__
    ::malloc_trim(0); // else what was freed here would be used there, and not count
#endif
    pid_t const child = ::fork();
    expect(child >= 0);
    if (child == 0) {
        std::uint64_t const before = resident_bytes(RUSAGE_SELF);
        work();
        std::uint64_t const grown = resident_bytes(RUSAGE_SELF) - before;
        ::_exit(::write(ends[1], &grown, sizeof grown) == sizeof grown ? 0 : 1);
    }
    Descriptor const reading{ends[0]};
    Descriptor const writing{ends[1]};
    std::uint64_t grown = 0;
    expect(::read(reading.number(), &grown, sizeof grown) == sizeof grown);
    (void)used_by(child);
    return grown;
}

double seconds_of_program(std::vector<std::string> const& arguments, std::string const& input) {
    auto made = temporary_file(TemporaryName::none);
    expect(std::holds_alternative<TemporaryFile>(made));
    Descriptor const& file = std::get<TemporaryFile>(made).file;
    expect(write_all(file.number(), input) && ::lseek(file.number(), 0, SEEK_SET) == 0);
    std::string program = "mailflow";
    std::vector<std::string> owned = arguments;
    std::vector<char*> words{program.data()};
    for (std::string& word : owned)
        words.push_back(word.data());
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    expect(::posix_spawn_file_actions_init(&actions) == 0);
    expect(::posix_spawn_file_actions_adddup2(&actions, file.number(), STDIN_FILENO) == 0);
    expect(::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0);
    pid_t child = 0;
    expect(::posix_spawn(&child, "/proc/self/exe", &actions, nullptr, words.data(), environ) == 0);
    ::posix_spawn_file_actions_destroy(&actions);
    rusage const used = used_by(child);
    return seconds_in(used.ru_utime) + seconds_in(used.ru_stime);
}

} // namespace mailflow::bench
