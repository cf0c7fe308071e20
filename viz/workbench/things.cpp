#include "viz/workbench/things.hpp"

#include "scenario/document.hpp"
#include "scenario/generate.hpp"

namespace mailflow::viz {

namespace {

struct ApplyWork {
    WorkView& view;

    void operator()(FoldMistakes const&) const { view.mistakes_folded = !view.mistakes_folded; }
    void operator()(ShowThing const& show) const {
        if (view.thing != show.pointer)
            view.before = view.thing;
        view.thing = show.pointer;
        view.asked = show.asked;
    }
    void operator()(ShowRuns const& show) const { view.runs = show.runs; }
    void operator()(NextRuns const&) const {
        switch (view.runs) {
        case Runs::both: view.runs = Runs::beside; break;
        case Runs::beside: view.runs = Runs::before; break;
        case Runs::before: view.runs = Runs::now; break;
        case Runs::now: view.runs = Runs::both; break;
        }
    }
    void operator()(ShowSheet const& show) const {
        view.sheet = show.sheet;
        if (show.sheet == Sheet::open)
            view.drafts.erase(library_search); // that of the last time
    }
    void operator()(ShowTab const& show) const { view.tab = show.tab; }
    void operator()(ShowFolder const& show) const { view.folder = show.path; }
    void operator()(ListChanged const& list) const { view.most_changed = list.most; }
    void operator()(KeepFailing const& keep) const { view.keeps_failing = keep.keeps; }
    void operator()(SetDraft const& draft) const {
        if (draft.text.empty())
            view.drafts.erase(draft.name);
        else
            view.drafts[draft.name] = draft.text;
    }
    template<class Other>
    void operator()(Other const&) const {} // about the scenario, not about the view
};

} // namespace

std::string pointer_of(World const& world, HostId host) {
    Host const& machine = world.hosts[host];
    char const* const section = machine.person.valid()       ? "people"
                                : machine.spammer.valid()    ? "spammers"
                                : machine.population.valid() ? "populations"
                                                             : "servers";
    return std::string{"/"} + section + "/" + escape_for_pointer(machine.name);
}

std::string thing_of(World const& world, HostId host) {
    SpammerId const spammer = world.hosts[host].spammer;
    if (spammer.valid() && world.spammers[spammer].is_drawn)
        for (std::size_t n = 0; n < world.populations.size(); ++n)
            if (std::string const& key = world.populations[world.populations.id_at(n)].key;
                spam_key(key) == world.spammers[spammer].key)
                return "/populations/" + escape_for_pointer(key);
    return pointer_of(world, host);
}

WorkView apply(WorkView view, WorkIntent const& intent) {
    std::visit(ApplyWork{view}, intent);
    return view;
}

} // namespace mailflow::viz
