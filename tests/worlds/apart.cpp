#include "worlds/apart.hpp"

#include "worlds/random_world.hpp"
#include "worlds/shrink.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mailflow::worlds {

namespace {

/// From now on the process may take that much more processor time.
void allow_seconds(unsigned seconds) {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    auto const so_far = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
    rlimit const limit{so_far + seconds, RLIM_INFINITY};
    ::setrlimit(RLIMIT_CPU, &limit);
}

/// What the other process writes: lines, the last of which tells where it came to.
class Reports {
public:
    explicit Reports(int end) : end_{end} {}
    void line(std::string const& text) const {
        std::string const whole = text + "\n";
        for (std::size_t sent = 0; sent < whole.size();) {
            ssize_t const now = ::write(end_, whole.data() + sent, whole.size() - sent);
            if (now <= 0)
                ::_exit(EXIT_FAILURE);
            sent += static_cast<std::size_t>(now);
        }
    }

private:
    int end_;
};

struct Ended {
    std::vector<std::string> lines;
    int status = 0; // as waitpid gives it
};

Ended in_other_process(std::function<void(Reports)> const& work) {
    int ends[2];
    if (::pipe(ends) != 0)
        return {{}, -1};
    pid_t const child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        for (int const fatal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS})
            (void)::signal(fatal, SIG_DFL); // else the test program reports them for itself
        work(Reports{ends[1]});
        ::_exit(EXIT_SUCCESS);
    }
    ::close(ends[1]);
    std::string written;
    char buffer[4096];
    for (ssize_t count = 0; (count = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        written.append(buffer, static_cast<std::size_t>(count));
    ::close(ends[0]);
    Ended ended;
    ::waitpid(child, &ended.status, 0);
    for (std::size_t from = 0, to = 0; (to = written.find('\n', from)) != std::string::npos; from = to + 1)
        ended.lines.push_back(written.substr(from, to - from));
    return ended;
}

std::string on_one_line(std::string text) {
    for (char& c : text)
        c = c == '\n' ? ' ' : c;
    return text;
}

/// What was found: said by the other process, or by the way in which it ended.
std::optional<Violation> violation_of(Ended const& ended) {
    std::size_t const count = ended.lines.size();
    if (count >= 3 && ended.lines[count - 3] == "found")
        return Violation{ended.lines[count - 2], ended.lines[count - 1]};
    if (WIFSIGNALED(ended.status) && WTERMSIG(ended.status) == SIGXCPU)
        return Violation{"every run ends", fmt::format("not within {} s", most_seconds)};
    if (ended.status != 0)
        return Violation{"no run crashes", WIFSIGNALED(ended.status)
                                               ? fmt::format("signal {}", WTERMSIG(ended.status))
                                               : fmt::format("exit status {}", WEXITSTATUS(ended.status))};
    return std::nullopt;
}

/// Whether there was a finding, which has then been told.
bool tell_of(std::string const& scenario, Look const& look, Reports const& reports) {
    allow_seconds(most_seconds);
    std::optional<Violation> violation;
    try {
        violation = look(scenario);
    } catch (std::exception const& thrown) {
        violation = Violation{"nothing is thrown", thrown.what()};
    }
    if (!violation)
        return false;
    reports.line("found");
    reports.line(on_one_line(violation->property));
    reports.line(on_one_line(violation->trouble));
    return true;
}

} // namespace

std::optional<Violation> look_apart(std::string const& scenario, Look const& look) {
    return violation_of(
        in_other_process([&](Reports const& reports) { (void)tell_of(scenario, look, reports); }));
}

std::optional<Finding> look_at_worlds(std::uint64_t first, std::uint64_t count, Look const& look) {
    Ended const ended = in_other_process([&](Reports const& reports) {
        for (std::uint64_t seed = first; seed < first + count; ++seed) {
            reports.line(std::to_string(seed));
            if (tell_of(random_world(seed).dump(), look, reports))
                return;
        }
    });
    auto violation = violation_of(ended);
    if (!violation)
        return std::nullopt;
    std::size_t const told =
        ended.lines.size() >= 3 && ended.lines[ended.lines.size() - 3] == "found" ? 3 : 0;
    std::string const seed = ended.lines.size() > told ? ended.lines[ended.lines.size() - told - 1] : "0";
    return Finding{std::strtoull(seed.c_str(), nullptr, 10), *std::move(violation)};
}

std::string shrunk(Finding const& finding, Look const& look) {
    if (finding.violation.property == loader_takes_it) // the generator is at fault, and needs the whole
        return fmt::format("World {}: {}\n{}\n", finding.seed, finding.violation.trouble,
                           random_world(finding.seed).dump());
    Json const small = shrink(random_world(finding.seed), [&](Json const& candidate) {
        auto const violation = look_apart(candidate.dump(), look);
        return violation && violation->property == finding.violation.property;
    });
    auto const violation = look_apart(small.dump(), look);
    return fmt::format(
        "World {} breaks \"{}\": {}\nSmaller, to be saved and played with mailflow run: {}\n{}\n",
        finding.seed, finding.violation.property, finding.violation.trouble,
        violation ? violation->trouble : "", small.dump(2));
}

} // namespace mailflow::worlds
