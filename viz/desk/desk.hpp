// What surrounds the window: the files that come of what it shows, pictures and films. Carries out the orders
// that an App leaves; decides nothing about what is shown.
#pragma once

#include "viz/film/film.hpp"
#include "viz/presenting.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace mailflow::viz {

class Desk {
public:
    /// Pictures and films are put into `folder` under names that begin like that of the scenario shown;
    /// `stem` is for what has no scenario's file, a saved trace.
    Desk(std::filesystem::path folder, std::string stem)
        : folder_(std::move(folder))
        , stem_(std::move(stem)) {}

    /// Carries out what the app has been asked for since the last time, and goes on with a film that is being
    /// made by one picture. What comes of it is told in the app's notice. Call it once a frame.
    void attend(App& app, Ui& ui, PictureSize size);

    [[nodiscard]] bool is_filming() const { return film_.has_value(); }

private:
    void carry_out(SavePicture order, App& app, Ui& ui, PictureSize size);
    void carry_out(MakeFilm order, App& app, Ui& ui, PictureSize size);
    void carry_out(GiveUpFilm order, App& app, Ui& ui, PictureSize size);
    void go_on_with_film(App& app, Ui& ui);
    [[nodiscard]] std::string stem_of(Workbench const& work) const;
    [[nodiscard]] std::filesystem::path free_name(Workbench const& work, std::string const& what,
                                                  std::string const& ending) const;

    std::filesystem::path folder_;
    std::string stem_;
    std::optional<Film> film_;
    std::filesystem::path film_file_;
};

} // namespace mailflow::viz
