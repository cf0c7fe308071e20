// How fast the window is: a frame with a crowd of envelopes against the same shapes as bare vertex arrays, a
// run opened, and moments of long runs sought. Prints one line for each and fails where a limit is passed.
#include "crowd.hpp"

#include "viz/app.hpp"
#include "viz/glue/triangles.hpp"

#include <SFML/Graphics/RenderTexture.hpp>
#include <SFML/System/Err.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

using namespace mailflow;
using namespace mailflow::viz;

constexpr double most_ratio = 2;
constexpr double frame_ms = 1000.0 / 60;
constexpr unsigned width = 1920;
constexpr unsigned height = 1080;

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

FontFiles installed_fonts() {
    auto fonts = find_fonts();
    if (auto const* trouble = std::get_if<std::string>(&fonts)) {
        fmt::print(stderr, "viz_bench: {}\n", *trouble);
        std::exit(3);
    }
    return std::get<FontFiles>(std::move(fonts));
}

/// A number that the whole picture went into, so that the card has drawn it by then.
unsigned finished(sf::RenderTexture& target) {
    target.display();
    return target.getTexture().copyToImage().getPixel(width / 2, height / 2).toInteger();
}

bool bench_frames(std::size_t envelopes, int frames) {
    Crowd crowd = crowd_in_flight(envelopes);
    Ui ui{installed_fonts(), texts_of(crowd.world)};
    App app{std::move(crowd.world), std::move(crowd.trace)};
    app.set_detail(Detail::servers);
    sf::RenderTexture target;
    if (!target.create(width, height))
        return false;
    std::vector<double> whole;
    std::vector<double> bare;
    unsigned seen = 0;
    std::size_t vertices = 0;
    for (int i = 0; i < frames + 3; ++i) {
        app.seek(crowd.at + i * Duration{std::chrono::milliseconds{16}});
        Clock::time_point const from = Clock::now();
        app.frame(ui, width, height, 1.0F / 60);
        target.clear();
        ui.render(target);
        seen ^= finished(target);
        double const whole_ms = ms_since(from);
        std::vector<Triangles> const runs = all_runs();
        Clock::time_point const again = Clock::now();
        target.clear();
        draw_bare(runs, target);
        seen ^= finished(target);
        if (i >= 3) { // the first ones bake fonts and warm up
            whole.push_back(whole_ms);
            bare.push_back(ms_since(again));
        }
        vertices = 0;
        for (Triangles const& run : runs)
            vertices += run.vertices.size();
    }
    double const ratio = median(whole) / median(bare);
    fmt::print(
        "frame       {} envelopes in flight, {}x{}, {} vertices: {:.1f} ms; the same shapes bare: {:.1f} "
        "ms; ratio {:.2f} (at most {})\n",
        envelopes, width, height, vertices, median(whole), median(bare), ratio, most_ratio);
    return ratio <= most_ratio && seen != 1;
}

bool bench_long_run(std::size_t events) {
    Crowd crowd = long_run(events);
    Clock::time_point const from = Clock::now();
    std::string const texts = texts_of(crowd.world);
    App app{std::move(crowd.world), std::move(crowd.trace)};
    Ui ui{installed_fonts(), texts};
    app.frame(ui, width, height, 1.0F / 60);
    double const opened = ms_since(from);
    std::vector<double> seeks;
    std::vector<double> sought_frames;
    ReplayState state;
    for (int i = 0; i < 40; ++i) {
        Instant const to = app.pace().at_axis((i * 37 % 40 + 0.5) / 40);
        Clock::time_point const began = Clock::now();
        state = app.shown().replay.at(to);
        seeks.push_back(ms_since(began));
        Clock::time_point const drawn = Clock::now();
        app.seek(to);
        app.frame(ui, width, height, 1.0F / 60);
        sought_frames.push_back(ms_since(drawn));
    }
    app.seek(crowd.at);
    app.carry_out(TogglePlay{});
    Clock::time_point const began = Clock::now();
    constexpr int played = 60;
    for (int i = 0; i < played; ++i)
        app.frame(ui, width, height, 1.0F / 60);
    double const worst = *std::max_element(seeks.begin(), seeks.end());
    fmt::print(
        "long run    {} events: opened in {:.0f} ms; any moment sought in {:.2f} ms (worst {:.2f}), with "
        "its frame laid out {:.1f} ms; playing {:.1f} ms a frame\n",
        app.trace().events.size(), opened, median(seeks), worst, median(sought_frames),
        ms_since(began) / played);
    return worst <= frame_ms || events > 100'000;
}

} // namespace

int main(int argc, char** argv) {
    sf::err().rdbuf(nullptr);
    bool const brief = argc > 1 && std::string_view{argv[1]} == "--brief";
    if (argc > (brief ? 2 : 1)) {
        fmt::print(stderr,
                   "usage: viz_bench [--brief]\n  --brief  a small crowd and a short run; no limits\n");
        return 2;
    }
    if (brief) {
        (void)bench_frames(100, 3);
        (void)bench_long_run(2'000);
        return 0;
    }
    bool const fast = bench_frames(2'000, 60);
    bool const sought = bench_long_run(100'000);
    (void)bench_long_run(1'000'000);
    return fast && sought ? 0 : 1;
}
