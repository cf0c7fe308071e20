// The part of the window's life that has to do with the scenario itself: changing it, opening another, never
// losing what was not saved.
#include "scenario/document.hpp"
#include "viz/app.hpp"
#include "viz/carrying.hpp"
#include "viz/forms/form_pen.hpp"
#include "viz/heading.hpp"
#include "viz/layout/elbow_room.hpp"
#include "viz/notice.hpp"
#include "viz/panels/work_panels.hpp"
#include "viz/shown_form.hpp"
#include "viz/wishes.hpp"
#include "viz/workbench/copying.hpp"
#include "viz/workbench/doubts.hpp"
#include "viz/workbench/kept_positions.hpp"
#include "viz/workbench/naming.hpp"
#include "viz/workbench/things.hpp"
#include "viz/workbench/workbench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mailflow::viz {

namespace {

/// What the keyboard is at when the sheet comes; empty: nothing.
std::string_view first_of_sheet(Sheet sheet) {
    switch (sheet) {
    case Sheet::save_as: return save_as_name;
    case Sheet::open: return library_search;
    case Sheet::question: return answer_save;
    case Sheet::none:
    case Sheet::doubt: break;
    }
    return {};
}

/// Whether a wish would leave the scenario behind.
bool leaves_scenario(Intent const& intent) {
    auto const* work = std::get_if<WorkIntent>(&intent);
    return work != nullptr &&
           (std::holds_alternative<OpenScenario>(*work) || std::holds_alternative<NewScenario>(*work));
}

/// Whether a wish would bring about another run, of which a film in the making is not.
bool changes_run(Intent const& intent) {
    auto const* work = std::get_if<WorkIntent>(&intent);
    return work != nullptr &&
           (std::holds_alternative<MakeEdits>(*work) || std::holds_alternative<Undo>(*work) ||
            std::holds_alternative<Redo>(*work) || std::holds_alternative<BackToSaved>(*work) ||
            std::holds_alternative<TakeFromDisk>(*work));
}

} // namespace

App::App(std::unique_ptr<Workbench> work) : now_(work->take_run()), shown_(now_), work_(std::move(work)) {
    begin();
}

App::~App() = default;

void App::set_config(std::filesystem::path directory) {
    work_->set_config(std::move(directory));
}

std::string App::open_file(std::string const& path) {
    std::string trouble = work_->open(path);
    follow_work();
    return trouble;
}

bool App::look_at_disk(float seconds) {
    bool const was_gone = work_->is_gone();
    std::string const thing = view_.work.thing;
    bool const stood = stands(*work_, thing);
    bool const changed = work_->look_at_disk(seconds);
    if (changed)
        follow_work();
    leave_what_is_gone(view_.work, *work_, thing, stood);
    if (!work_->is_gone())
        silence(view_.presenting, NoticeAbout::file);
    else if (!was_gone)
        carry_out(Tell{std::filesystem::path{work_->path()}.filename().string() +
                           " is no longer there; Save writes it again.",
                       NoticeAbout::file});
    return changed;
}

void App::follow_work() {
    if (auto run = work_->take_run())
        now_ = std::move(run);
    list_failing_checks();
    show_what_is_seen();
    view_.work.mistaken =
        !work_->diagnostics().empty() || work_->disk_differs() ||
        (!work_->trouble().empty() && view_.mode == Mode::watch && view_.work.sheet == Sheet::none);
}

void App::show_what_is_seen() {
    view_.work.comparing = view_.mode == Mode::what_if && work_->before() != nullptr;
    if (work_->before() == nullptr && view_.work.runs == Runs::before)
        view_.work.runs = Runs::both; // what the next change brings about is seen
    std::shared_ptr<Shown const> const& seen = view_.work.seen() == Runs::before ? work_->before() : now_;
    if (seen != shown_)
        show(seen);
}

void App::go_on_working(Ui& ui) {
    if (work_->is_running())
        follow_work();
    if (lettered_ != work_->edition()) {
        lettered_ = work_->edition();
        ui.need_letters_of(work_->is_open() ? work_->scenario().text() : texts_of(world()));
    }
    bool const has_let_go = std::holds_alternative<std::monostate>(view_.in_hand) && !ui.is_pressed();
    if (!view_.positions.empty() && has_let_go) {
        if (settle_positions() && work_->is_open())
            keep_positions();
    }
    show_what_is_seen();
    if (std::exchange(seen_sheet_, view_.work.sheet) != view_.work.sheet) {
        // Whoever wants to save, or looks for a scenario, can type at once; and Enter loses nothing.
        std::string_view const first = first_of_sheet(view_.work.sheet);
        if (!first.empty())
            focus_ = first;
        focus_moved_ = !first.empty();
        view_.work.drafts.erase(save_as_title); // that of another copy
        view_.work.keeps_failing = false;
        list_failing_checks();
    }
    if (seeks_field_ && !drawing_.drawn.asked.empty()) {
        focus_ = drawing_.drawn.asked;
        focus_moved_ = true;
        seeks_field_ = false;
    }
    if (view_.work.sheet == Sheet::open)
        gallery_moves_ = work_->read_gallery();
}

bool App::settle_positions() {
    if (!drawing_.planned || drawing_.planned->positions != positions_in(world(), view_.positions))
        return false; // the plan is still that of the frame before
    CanvasLayout const& plan = drawing_.plan;
    Present const present = present_in(world(), drawing_.state);
    Positions const fresh = without(view_.positions, settled_);
    for (auto const& [machine, centre] : fresh.machines)
        if (plan.spot(machine).host.valid())
            view_.positions.machines[machine] = free_centre(plan, machine, present.host(machine).network);
    for (Place const& place : plan.places)
        if (fresh.places.contains(place.network))
            view_.positions.places[place.network] = free_centre(plan, place.network);
    view_.positions.held = {};
    settled_ = view_.positions;
    return true;
}

void App::keep_positions() {
    Positions const fresh = without(view_.positions, kept_);
    if (fresh.empty())
        return;
    kept_ = view_.positions;
    MakeEdits const edits{edits_that_keep(fresh, work_->scenario(), world()), {}};
    if (edits.edits.empty())
        return; // for as long as the window is open
    work_->make(edits);
    follow_work();
}

void App::carry_positions(World const& to) {
    if (&to != &now_->world) { // the run before the changes stands as the one now does
        view_.positions = carried_over(positions_in(world(), view_.positions), world(), to);
        kept_ = settled_ = view_.positions;
        return;
    }
    if (view_.positions.empty()) {
        kept_ = {};
        settled_ = {};
        return;
    }
    // What the new run has from its scenario needs no hand any more.
    Positions const kept = carried_over(kept_, world(), to);
    Positions const told = positions_in(to, {});
    Positions const written = without(kept, without(kept, told));
    view_.positions = without(carried_over(view_.positions, world(), to), written);
    kept_ = without(kept, told);
    settled_ = view_.positions;
}

void App::carry_filter(Shown const& to, bool is_another) {
    if (!is_another) {
        view_.filter = carried_over(view_.filter, *shown_, to);
        return;
    }
    view_.filter.machine = {};
    view_.filter.message = {};
}

std::string App::title() const {
    Heading const heading = heading_of(world(), trace(), shown_->lists, view_);
    std::string const title = heading.title.empty() ? "A world without a title" : heading.title;
    if (heading.title != world().title) // the name of the file tells as much as that of the world
        return fmt::format("{}{} - mailflow", work_->differs_from_file() ? "• " : "", title);
    if (!work_->is_open())
        return fmt::format("{} - mailflow", title);
    auto const file_of = [](std::string const& path) {
        return path.empty() ? "not saved under any name yet"
                            : std::filesystem::path{path}.filename().string();
    };
    char const* const unsaved = work_->differs_from_file() ? "• " : "";
    if (work_->shows_another())
        return fmt::format("{} ({}); {}{} has mistakes - mailflow", title, file_of(work_->shown_path()),
                           unsaved, file_of(work_->path()));
    return fmt::format("{}{} ({}) - mailflow", unsaved, title, file_of(work_->path()));
}

void App::take_typed_name() {
    std::string const thing = view_.work.thing;
    if (view_.mode == Mode::build && work_->is_open())
        for (WorkIntent const& intent :
             take_name(work_->scenario(), thing, view_.work.draft(draft_of_name(thing))))
            carry_out(intent);
}

void App::follow_names(MakeEdits const& made) {
    std::string const at = focus_.empty() ? drawing_.drawn.focus : focus_; // or what was clicked into
    for (Edit const& edit : made.edits) {
        auto const* const rename = std::get_if<RenameKey>(&edit);
        if (rename == nullptr || stands(*work_, rename->pointer))
            continue; // it could not be done
        std::string const& old = rename->pointer;
        std::size_t const from = at.find(":" + old);
        std::size_t const end = from == std::string::npos ? from : from + 1 + old.size();
        if (end > at.size() || (end < at.size() && at[end] != '/' && at[end] != '='))
            continue; // the keyboard is elsewhere
        std::string const renamed = old.substr(0, old.rfind('/') + 1) + escape_for_pointer(rename->key);
        focus_ = at.substr(0, from + 1) + renamed + at.substr(end);
        focus_moved_ = true;
    }
}

bool App::goes_on() const {
    return (view_.work.sheet == Sheet::open && gallery_moves_) || work_->is_running();
}

void App::set_patience(std::optional<std::chrono::milliseconds> patience) {
    work_->set_patience(patience);
}

bool App::move_focus(KeyPressed const& key, bool typing) {
    std::vector<std::string> const& order = drawing_.drawn.order;
    if (key.key == Key::tab && !key.with.control && !order.empty()) {
        // From where the keyboard has come to, or else from the field that was clicked into.
        std::string const& from = focus_.empty() ? drawing_.drawn.focus : focus_;
        auto const now = std::find(order.begin(), order.end(), from);
        auto const count = static_cast<std::ptrdiff_t>(order.size());
        std::ptrdiff_t const at = now == order.end() ? (key.with.shift ? 0 : -1) : now - order.begin();
        std::ptrdiff_t const next = (at + (key.with.shift ? -1 : 1) + count) % count;
        focus_ = order[static_cast<std::size_t>(next)];
        focus_moved_ = true;
        return true;
    }
    bool const here = std::find(order.begin(), order.end(), focus_) != order.end();
    bool const presses = key.key == Key::enter || key.key == Key::space;
    if (!presses || key.with != Modifiers{} || typing || !here)
        return false;
    focus_pressed_ = true;
    return true;
}

bool App::ask_before(Intent const& intent) {
    bool const leaves = std::holds_alternative<Leave>(intent) || leaves_scenario(intent);
    bool const covered = view_.card != Card::none || view_.work.sheet != Sheet::none || view_.presenting.text;
    bool const goes_back = std::holds_alternative<GoBack>(intent) && !covered;
    if (view_.presenting.film_done && (leaves || goes_back || changes_run(intent))) {
        waiting_ = intent;
        return asks_first(doubt_about_film(), view_.work);
    }
    if (!work_->is_changed() || !leaves)
        return false;
    waiting_ = intent; // while the question is there it is about what was wanted last
    view_.work.sheet = Sheet::question;
    return true;
}

void App::answer(Answer given) {
    view_.work.sheet = Sheet::none;
    if (given == Answer::cancel) {
        waiting_.reset();
        return;
    }
    if (given == Answer::give_up_film) {
        view_.presenting.film_done.reset(); // the desk says the rest
        orders_.push_back(GiveUpFilm{});
        auto const intent = std::exchange(waiting_, std::nullopt);
        if (intent && !std::holds_alternative<GoBack>(*intent))
            carry_out(*intent);
        return;
    }
    if (given == Answer::save) {
        if (work_->path().empty()) {
            view_.work.sheet = Sheet::save_as; // goes on when that is done
            work_->list_files(view_.work);
            return;
        }
        if (asks_first(doubt_about_saving(*work_, work_->path()), view_.work) || !work_->save())
            return;
    }
    if (auto const intent = std::exchange(waiting_, std::nullopt)) {
        view_ = apply(view_, *intent, *shown_, drawing_.rows);
        work_on(*intent);
    }
}

/// Of several, such as a population and the spammer beside it, the one that the thing is about.
Subject App::machine_of(std::string const& thing) const {
    Subject machine;
    for (std::size_t i = 0; i < world().hosts.size() && !thing.empty(); ++i) {
        HostId const host = world().hosts.id_at(i);
        if (pointer_of(world(), host) == thing)
            return host;
        if (thing_of(world(), host) == thing)
            machine = host;
    }
    return machine;
}

void App::list_failing_checks() {
    if (view_.work.sheet == Sheet::save_as && !work_->shows_another())
        view_.work.failing = failing_checks(*now_);
}

/// What there is to say of them when the scenario was saved; mostly nothing.
std::string App::words_on_checks(WorkIntent const& saving) const {
    if (std::holds_alternative<SaveFileAs>(saving)) // as the sheet said
        return say_failing(view_.work.failing.size(), now_->world.expectations.size(),
                           view_.work.keeps_failing ? Checks::kept : Checks::left_out);
    if (work_->is_running())
        return {}; // nobody knows yet
    return say_failing(failing_checks(*now_).size(), now_->world.expectations.size(), Checks::kept);
}

void App::work_on(Intent const& intent) {
    auto const* work = std::get_if<WorkIntent>(&intent);
    if (work == nullptr)
        return;
    std::string const thing = view_.work.thing;
    bool const stood = stands(*work_, thing);
    if (auto const* answered = std::get_if<AnswerQuestion>(work))
        answer(answered->answer);
    else
        viz::carry_out(*work, *work_, view_);
    leave_what_is_gone(view_.work, *work_, thing, stood);
    if (std::holds_alternative<Undo>(*work) || std::holds_alternative<Redo>(*work))
        come_back(view_.work, *work_);
    if (auto const* made = std::get_if<MakeEdits>(work))
        follow_names(*made);
    if (std::holds_alternative<ShowTab>(*work) && drawing_.drawn.focus != library_search) {
        focus_ = library_search;
        focus_moved_ = true;
    }
    if (auto const* show = std::get_if<ShowThing>(work)) {
        seeks_field_ = !show->asked.empty();
        if (seeks_field_ && !drawing_.screen.has_panel_beside)
            view_.work.mistakes_folded = true; // the list would lie over the field that it leads to
        view_.subject = machine_of(show->pointer);
        drawing_.drawn.asked.clear(); // that of another form
    }
    bool const saves_as =
        std::holds_alternative<SaveFileAs>(*work) || std::holds_alternative<SaveSurely>(*work);
    bool const saves = std::holds_alternative<SaveFile>(*work) || saves_as;
    if (saves && work_->is_open() && work_->trouble().empty() && view_.work.sheet == Sheet::none) {
        std::filesystem::path const file{work_->path()};
        std::size_t const wrong = work_->diagnostics().size();
        Tell const saved{fmt::format("Saved as {}{}{}{}{}", file.filename().string(),
                                     file.has_parent_path() ? " in " : "", file.parent_path().string(),
                                     wrong == 0   ? ""
                                     : wrong == 1 ? ", with a mistake in it"
                                                  : fmt::format(", with {} mistakes in it", wrong),
                                     wrong == 0 ? words_on_checks(*work) : "")};
        view_ = apply(view_, saved, *shown_, drawing_.rows); // what waits for the saving still waits
    }
    if (saves_as && waiting_ && !work_->is_changed())
        answer(Answer::discard); // nothing is lost any more
    follow_work();
}

} // namespace mailflow::viz
