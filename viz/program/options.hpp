// What mailflow-viz is asked for on its command line. Reads no file and opens no window.
#pragma once

#include "report/detail.hpp"
#include "viz/film/encoder.hpp"
#include "viz/glue/window.hpp"
#include "viz/shown/pace.hpp"
#include "viz/theme.hpp"

#include <optional>
#include <string>
#include <variant>

namespace mailflow::viz {

/// A moment as it is asked for; "end" has no time until the run is known.
struct AskedMoment {
    std::optional<Instant> at; // none: the end

    [[nodiscard]] Instant within(Instant end) const { return at ? std::min(*at, end) : end; }
};

/// What is left open here is taken from the settings, or from what suits the run.
struct Options {
    std::string file;       // empty: one is to be chosen in the window
    std::string screenshot; // empty: none is asked for
    AskedMoment at{Instant{}};
    std::string record; // empty: no film is asked for
    AskedMoment from{Instant{}};
    AskedMoment to;
    std::optional<Speed> speed;
    std::optional<PictureSize> size;
    Detail detail = Detail::protocol;
    std::optional<ThemeName> theme;
    std::optional<float> ui_scale;
};

/// The program ends at once with this status; what there was to say has been said.
struct Finished {
    int status = 0;
};

[[nodiscard]] std::variant<Options, Finished> parse_options(int argc, char** argv);

} // namespace mailflow::viz
