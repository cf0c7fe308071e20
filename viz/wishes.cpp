#include "viz/wishes.hpp"

#include "viz/view_state.hpp"
#include "viz/workbench/doubts.hpp"
#include "viz/workbench/workbench.hpp"

#include <utility>

namespace mailflow::viz {

namespace {

struct Carrier {
    Workbench& work;
    ViewState& view;

    void operator()(MakeEdits const& edits) const { work.make(edits); }
    void operator()(Undo const&) const { work.undo(); }
    void operator()(Redo const&) const { work.redo(); }
    void operator()(BackToSaved const&) const { work.back_to_saved(); }
    void operator()(SaveFile const&) const {
        if (!work.is_open() || !work.path().empty()) {
            if (!asks_first(doubt_about_saving(work, work.path()), view.work))
                (void)work.save();
            return;
        }
        view.work.sheet = Sheet::save_as;
        work.list_files(view.work);
    }
    void operator()(SaveFileAs const& save) const {
        if (asks_first(doubt_about_saving(work, save.path), view.work))
            return;
        if (!save.edits.empty())
            work.make({save.edits, {}});
        if (work.save_as(save.path))
            view.work.sheet = Sheet::none;
    }
    void operator()(SaveSurely const& save) const {
        view.work.sheet = Sheet::none;
        (void)work.save_as(save.path);
    }
    void operator()(RemoveThing const& thing) const {
        if (!asks_first(doubt_about_removing(work, thing.pointer), view.work))
            (*this)(RemoveSurely{thing.pointer});
    }
    void operator()(RemoveSurely const& thing) const {
        view.work.sheet = Sheet::none;
        work.make({{RemoveValue{thing.pointer}}, {}});
        view.work.thing.clear();
        view.work.left = {thing.pointer, {}};
    }
    void operator()(OpenScenario const& open) const {
        if (!work.open(open.path).empty())
            return;
        view.work.sheet = Sheet::none;
        view.work.thing.clear();
        view.work.before.clear();
        view.work.left = {};
        view.work.folder.clear(); // the next search begins beside this file
        view.work.drafts.clear();
        view.playing = false;
        if (!work.diagnostics().empty())
            return; // the world that was there is still shown, at its moment
        view.positions = {};
        view.now = {};
        view.timeline = {};
    }
    void operator()(NewScenario const&) const {
        work.start_new();
        view.work = {};
        view.positions = {};
        view.now = {};
        view.timeline = {};
        view.playing = false;
        view.mode = Mode::build;
        view.list_out = true; // where it has no place beside the rest: all begins with its buttons
    }
    void operator()(TakeFromDisk const&) const { work.take_from_disk(); }
    void operator()(KeepMine const&) const { work.keep_mine(); }
    void operator()(ShowSheet const&) const { work.list_files(view.work); }
    void operator()(ShowFolder const&) const { work.list_files(view.work); }
    template<class Other>
    void operator()(Other const&) const {} // about the view
};

} // namespace

bool asks_first(std::optional<Doubt> doubt, WorkView& view) {
    if (!doubt)
        return false;
    view.doubt = std::move(*doubt);
    view.sheet = Sheet::doubt;
    return true;
}

void carry_out(WorkIntent const& wish, Workbench& work, ViewState& view) {
    std::visit(Carrier{work, view}, wish);
}

} // namespace mailflow::viz
