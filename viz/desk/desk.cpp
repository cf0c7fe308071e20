#include "viz/desk/desk.hpp"

#include "viz/workbench/workbench.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

namespace {

namespace fs = std::filesystem;

/// So many names are tried before the last one is written over.
constexpr int most_names = 999;

std::string whole_name(fs::path const& file) {
    std::error_code error;
    fs::path const whole = fs::absolute(file, error);
    return (error ? file : whole).lexically_normal().string();
}

/// As a part of a file's name, to the millisecond: "500ms", "6m05s567ms".
std::string name_of(Instant at) {
    auto const whole_ms = std::chrono::round<std::chrono::milliseconds>(at.since_start).count();
    auto const ms = whole_ms % 1000;
    auto const s = whole_ms / 1000 % 60;
    auto const min = whole_ms / 60'000 % 60;
    auto const hours = whole_ms / 3'600'000;
    std::string name;
    if (hours > 0)
        name += fmt::format("{}h", hours);
    if (hours > 0 || min > 0)
        name += hours > 0 ? fmt::format("{:02}m", min) : fmt::format("{}m", min);
    if (whole_ms >= 1000)
        name += whole_ms >= 60'000 ? fmt::format("{:02}s", s) : fmt::format("{}s", s);
    if (ms > 0 || whole_ms == 0)
        name += fmt::format("{}ms", ms);
    return name;
}

} // namespace

std::string Desk::stem_of(Workbench const& work) const {
    if (!work.shown_path().empty())
        return fs::path{work.shown_path()}.stem().string();
    return work.is_open() ? "new-world" : stem_;
}

fs::path Desk::free_name(Workbench const& work, std::string const& what, std::string const& ending) const {
    std::string const stem = stem_of(work);
    fs::path name = folder_ / (stem + "-" + what + ending);
    std::error_code error;
    for (int number = 2; fs::exists(name, error) && number <= most_names; ++number)
        name = folder_ / fmt::format("{}-{}-{}{}", stem, what, number, ending);
    return name;
}

void Desk::attend(App& app, Ui& ui, PictureSize size) {
    for (Order const& order : app.take_orders())
        std::visit([&](auto const& one) { carry_out(one, app, ui, size); }, order);
    // Whoever is at the window comes first: what they did is shown before the next picture of a film is made.
    if (film_ && !ui.has_pending())
        go_on_with_film(app, ui);
}

void Desk::carry_out(SavePicture, App& app, Ui& ui, PictureSize size) {
    fs::path const file = free_name(app.work(), name_of(app.view().now), ".png");
    // Scrolled lists settle in the frame after the one that moved them.
    for (int frame = 0; frame < 3; ++frame)
        app.draw_apart(ui, size.width, size.height, app.view());
    std::optional<Picture> const picture = paint(ui, size);
    auto const trouble =
        picture ? write_png(*picture, file) : std::optional<std::string>{"the graphics here cannot paint it"};
    app.carry_out(Tell{trouble.value_or("Saved " + whole_name(file))});
}

void Desk::carry_out(MakeFilm order, App& app, Ui&, PictureSize size) {
    if (film_)
        return app.carry_out(Tell{"A film is being made; the next one can begin after it."});
    Presenting const& wish = app.view().presenting;
    Instant const end = app.pace().end();
    FilmPlan const plan{std::min(wish.film_from.value_or(Instant{}), end),
                        std::min(wish.film_to.value_or(end), end), speeds[app.view().speed]};
    if (plan.from >= plan.to)
        return app.carry_out(Tell{"The film would be empty: choose a beginning before its end."});
    film_file_ = free_name(app.work(), "film", order.format == FilmFormat::mp4 ? ".mp4" : ".gif");
    auto begun = Film::begin(plan, app, size, film_file_);
    if (auto const* trouble = std::get_if<std::string>(&begun))
        return app.carry_out(Tell{*trouble});
    film_ = std::get<Film>(std::move(begun));
    app.carry_out(FilmAt{0.0});
}

void Desk::carry_out(GiveUpFilm, App& app, Ui&, PictureSize) {
    if (!film_)
        return;
    film_.reset();
    app.carry_out(FilmAt{});
    app.carry_out(Tell{"The film was given up; nothing was kept of it."});
}

void Desk::go_on_with_film(App& app, Ui& ui) {
    auto const trouble = film_->step(app, ui);
    if (!trouble && !film_->done())
        return app.carry_out(FilmAt{film_->progress()});
    film_.reset();
    app.carry_out(FilmAt{});
    app.carry_out(Tell{trouble.value_or("Saved " + whole_name(film_file_))});
}

} // namespace mailflow::viz
