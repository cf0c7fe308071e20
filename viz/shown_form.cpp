#include "viz/shown_form.hpp"

#include "edit/format.hpp"
#include "viz/forms/form_pen.hpp"
#include "viz/workbench/workbench.hpp"

namespace mailflow::viz {

bool stands(Workbench const& work, std::string const& thing) {
    return work.is_open() && work.scenario().find(thing).has_value();
}

void leave_what_is_gone(WorkView& view, Workbench const& work, std::string const& thing, bool stood) {
    // A text that is no JSON at the moment has nothing in it; it comes back when it is mended.
    auto const root = work.is_open() ? work.scenario().root() : std::nullopt;
    if (!stood || view.thing != thing || !root || stands(work, thing))
        return;
    // The value of a key has a form wherever its object stands; an entry of a list or a map is there, or not.
    std::string gone = thing;
    for (std::string above = gone; !above.empty(); above.erase(above.rfind('/')))
        if (auto const place = place_at(*root, above); place && place->key == nullptr && !stands(work, above))
            gone = above;
    if (auto const place = place_at(*root, gone); place && place->key != nullptr)
        return;
    view.thing = gone.substr(0, gone.rfind('/'));
    while (!view.thing.empty() && form_at(root, view.thing) == nullptr)
        view.thing.erase(view.thing.rfind('/'));
    if (view.thing.empty() && stands(work, view.before))
        view.thing = view.before;
    view.left = {thing, view.thing};
}

void come_back(WorkView& view, Workbench const& work) {
    if (view.left.thing.empty() || view.thing != view.left.to || !stands(work, view.left.thing))
        return;
    view.thing = view.left.thing;
    view.left = {};
}

} // namespace mailflow::viz
