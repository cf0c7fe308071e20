// The window's own file browser: the folders, and the scenarios and saved traces in them.
#include "viz/forms/form_pen.hpp"
#include "viz/panels/work_panels.hpp"

#include <filesystem>

namespace mailflow::viz {

void draw_folder(Brush& outer, Rect rect, Workbench const& work, ViewState const& view, Intents& intents,
                 FolderUse use) {
    Folder const& folder = work.folder();
    FlowArea area{outer, ("folder " + folder.path).c_str(), rect};
    FormPen pen{area.brush(), {area.origin().x, area.origin().y, area.width(), 0}, work, view, intents};
    pen.words(folder.path, outer.colours.quiet);
    if (!folder.trouble.empty())
        pen.words(folder.trouble, outer.colours.refused);
    std::filesystem::path const here{folder.path};
    if (!folder.above.empty() && pen.wide_button("folder:..", "↑  the folder above", ButtonLook::plain))
        intents.push_back(WorkIntent{ShowFolder{folder.above}});
    for (std::string const& name : folder.folders)
        if (pen.wide_button("folder:" + name, name + "/", ButtonLook::plain))
            intents.push_back(WorkIntent{ShowFolder{(here / name).string()}});
    for (std::string const& name : folder.files) {
        if (use == FolderUse::choose_folder)
            pen.words(name, outer.colours.quiet);
        else if (pen.wide_button("file:" + name, name, ButtonLook::plain))
            intents.push_back(WorkIntent{OpenScenario{(here / name).string()}});
    }
    if (use == FolderUse::open_file && folder.files.empty())
        pen.words("No scenario (.json) lies here, and no saved trace.", outer.colours.quiet);
    area.end_at(pen.y());
}

} // namespace mailflow::viz
