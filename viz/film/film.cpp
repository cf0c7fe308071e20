#include "viz/film/film.hpp"

#include "trace/events_by.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mailflow::viz {

namespace {

Instant moment_after(FilmPlan const& plan, Pace const& pace, std::uint64_t pictures) {
    return pace.advance(plan.from, static_cast<double>(pictures) / film_rate, plan.speed);
}

} // namespace

std::uint64_t picture_count(FilmPlan const& plan, Pace const& pace) {
    // The moments only grow, so the first picture at the end is found by halving.
    std::uint64_t before = 0;
    std::uint64_t reached = most_pictures + 1;
    while (before < reached) {
        std::uint64_t const middle = before + (reached - before) / 2;
        if (moment_after(plan, pace, middle) < plan.to)
            before = middle + 1;
        else
            reached = middle;
    }
    return reached + held_pictures;
}

Instant moment_of_picture(FilmPlan const& plan, Pace const& pace, std::uint64_t picture) {
    return std::min(moment_after(plan, pace, picture), plan.to);
}

std::variant<Film, std::string> Film::begin(FilmPlan const& plan, App const& app, PictureSize size,
                                            std::filesystem::path file) {
    std::uint64_t const count = picture_count(plan, app.pace());
    if (count > most_pictures)
        return fmt::format(
            "the film would be longer than {} minutes; choose a shorter stretch or a higher speed",
            most_pictures / film_rate / 60);
    auto easel = Easel::set_up(size);
    if (!easel)
        return fmt::format("the graphics here cannot paint {}x{}", size.width, size.height);
    auto encoder = Encoder::start(std::move(file), size);
    if (auto* const trouble = std::get_if<std::string>(&encoder))
        return std::move(*trouble);
    return Film{plan, app, count, size, *std::move(easel), std::get<Encoder>(std::move(encoder))};
}

std::optional<std::string> Film::step(App& app, Ui& ui) {
    if (app.run() != run_)
        return "The film was given up, for another run is shown now; nothing was kept of it.";
    ViewState view = view_;
    view.opened = opening_end(view);
    view.now = moment_of_picture(plan_, app.pace(), next_);
    // Lists and boxes settle in the frames after the one in which something happened.
    std::size_t const happened = events_by(app.trace(), view.now);
    bool const is_settled = std::exchange(happened_, happened) == happened;
    for (int frame = is_settled ? 1 : 3; frame > 0; --frame)
        app.draw_apart(ui, size_.width, size_.height, view);
    if (auto trouble = encoder_.add(easel_.paint(ui)))
        return trouble;
    ++next_;
    return done() ? encoder_.finish() : std::nullopt;
}

} // namespace mailflow::viz
