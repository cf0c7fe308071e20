#include "viz/workbench/gallery.hpp"

#include "base/files.hpp"
#include "edit/edited_scenario.hpp"
#include "run/run.hpp"
#include "scenario/document.hpp"
#include "scenario/load.hpp"
#include "viz/shown/search.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

/// The first refusal, or else the middle of what can be watched.
Instant telling_moment(Shown const& shown) {
    for (Event const& event : shown.trace.events)
        if (auto const* settled = std::get_if<RecipientSettled>(&event.happening);
            settled != nullptr && settled->outcome != Outcome::delivered)
            return event.at;
    return shown.pace.at_axis(0.45);
}

/// What is searched, as it stands in the file: without checking or playing it.
void read_words(GalleryEntry& entry) {
    auto text = read_file(entry.path, largest_text_bytes);
    if (!std::holds_alternative<std::string>(text))
        return;
    EditedScenario const scenario{std::get<std::string>(std::move(text))};
    if (auto const title = scenario.find("/title"); title && !title->text().empty())
        entry.title = title->text();
    if (auto const summary = scenario.find("/summary"))
        entry.summary = summary->text();
}

void read(GalleryEntry& entry) {
    auto const text = read_file(entry.path, largest_text_bytes);
    if (auto const* trouble = std::get_if<FileTrouble>(&text)) {
        entry.summary = trouble->words;
        return;
    }
    auto loaded = load_scenario(std::get<std::string>(text));
    if (auto const* wrong = std::get_if<std::vector<Diagnostic>>(&loaded)) {
        entry.summary = to_line(wrong->front(), "line");
        return;
    }
    World& world = std::get<World>(loaded);
    entry.title = world.title;
    entry.summary = world.summary;
    Trace trace = run(world);
    entry.shown = std::make_shared<Shown const>(std::move(world), std::move(trace));
    entry.moment = telling_moment(*entry.shown);
    ReplayState const state = entry.shown->replay.at(entry.moment);
    Rect const area{16, 16, gallery_width - 32, gallery_height - 32};
    entry.layout = plan_canvas(present_in(entry.shown->world, state), entry.shown->trace, area, 1);
}

} // namespace

bool is_found(GalleryEntry const& entry, std::string_view search) {
    std::string const name = std::filesystem::path{entry.path}.stem().string();
    return has_words(name + "\n" + entry.title + "\n" + entry.summary, search);
}

void Gallery::look(std::vector<std::filesystem::path> const& files) {
    if (files.size() == entries_.size() &&
        std::equal(files.begin(), files.end(), entries_.begin(),
                   [](auto const& file, GalleryEntry const& entry) { return file.string() == entry.path; }))
        return;
    entries_.clear();
    read_ = 0;
    for (std::filesystem::path const& file : files) {
        GalleryEntry entry;
        entry.path = file.string();
        entry.title = file.stem().string();
        read_words(entry);
        entries_.push_back(std::move(entry));
    }
}

bool Gallery::read_next() {
    if (is_read())
        return false;
    read(entries_[read_++]);
    return true;
}

} // namespace mailflow::viz
