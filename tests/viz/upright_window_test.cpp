// Windows that are higher than wide, and the words of the header.
#include "stage.hpp"

#include "viz/screen.hpp"

using namespace mailflow;
using namespace mailflow::viz;

TEST_CASE("In a window that is higher than wide the panel lies below the picture") {
    for (PictureSize const size : {PictureSize{720, 1280}, PictureSize{600, 900}, PictureSize{1080, 1920}})
        for (ThemeName const theme : {ThemeName::light, ThemeName::projector}) {
            INFO(size.width << ' ' << theme_of(theme).words);
            Stage stage{"34-open-relay-abused", size};
            stage.app.carry_out(SetTheme{theme});
            stage.frames(3);
            Rect const picture = stage.app.layout().area;
            CHECK(picture.w > 0.9F * static_cast<float>(size.width));
            CHECK(picture.h > 0.25F * static_cast<float>(size.height));
            stage.seek(stage.app.pace().at_axis(0.6));
            for (std::size_t i = 0; i < stage.app.drawn().labels.size(); ++i) {
                Label const& label = stage.app.drawn().labels[i];
                INFO(label.text);
                CHECK_FALSE(label.cut);
                CHECK(label.rect.right() <= static_cast<float>(size.width));
            }
        }
    Screen const screen = plan_screen(720, 1280, 0.75F);
    CHECK(screen.panel.y >= screen.canvas.bottom());
    CHECK(screen.panel.bottom() < screen.transport.y);
    CHECK(screen.has_panel_beside);
    Screen const wide = plan_screen(1280, 720, 1);
    CHECK(wide.panel.x >= wide.canvas.right());
}

TEST_CASE("The header says a whole sentence of what a lesson is about") {
    int whole = 0;
    int all = 0;
    for (char const* lesson : {"02-relaying-denied", "15-mx-points-wrong", "25-early-internet",
                               "27-company-smarthost", "33-names-in-the-dns", "37-queue-of-spam",
                               "43-probing", "45-a-town-writes", "19-gave-up", "13-domain-not-set-up"})
        for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size}) {
            Stage stage{lesson, size};
            std::string said;
            for (auto const& [name, rect] : stage.app.drawn().shapes)
                if (name.starts_with("summary:"))
                    said = name.substr(8);
            INFO(lesson << ' ' << size.width << ": " << said);
            if (said.empty())
                continue;
            ++all;
            bool const is_whole = said.ends_with('.') || said.ends_with('?');
            whole += is_whole ? 1 : 0;
            CHECK((is_whole || (size.width == 800 && said.ends_with(" …"))));
        }
    CHECK(all > 22);
    CHECK(10 * whole > 9 * all);
}
