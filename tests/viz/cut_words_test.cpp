// Words that are short enough to be said whole are, in the projector's letters, too.
#include "stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;

TEST_CASE("No place's title, no mailbox and no number is cut in the projector's letters") {
    struct Seen {
        char const* lesson;
        PictureSize size;
        char const* words;
    };
    for (Seen const& seen : {Seen{"16-old-answer", {800, 600}, "The old server's place"},
                             Seen{"27-company-smarthost", {1920, 1080}, "Partner partner.example"},
                             Seen{"27-company-smarthost", {800, 600}, "Partner partner.example"}}) {
        INFO(seen.lesson << ' ' << seen.size.width);
        Stage stage{seen.lesson, seen.size};
        stage.app.carry_out(SetTheme{ThemeName::projector});
        stage.seek(stage.app.pace().end());
        auto const& labels = stage.app.drawn().labels;
        CHECK(std::any_of(labels.begin(), labels.end(),
                          [&](Label const& label) { return label.text == seen.words; }));
        for (Label const& label : labels)
            if (label.text == seen.words || label.text.starts_with("mailbox") || label.text == "empty")
                CHECK_FALSE(label.cut);
    }
    Stage stage{"45-a-town-writes", {800, 600}};
    stage.seek(stage.app.pace().end());
    for (Label const& label : stage.app.drawn().labels)
        if (!label.text.empty() && label.text.find_first_not_of("0123456789") == std::string::npos) {
            INFO(label.text);
            CHECK_FALSE(label.cut);
        }
}
