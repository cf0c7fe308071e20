#include "batch/scenes.hpp"

#include "base/csv.hpp"
#include "base/standard_error.hpp"
#include "base/text.hpp"

#include <new>

namespace mailflow::batch {

namespace {

Scene read_scene(Plan const& plan, Place const& place) {
    Scene scene{place.file, place.variation, load_variation(plan, place), {}};
    auto const* const world = std::get_if<World>(&scene.loaded);
    scene.row_beginning = csv_field(printable(plan.files[place.file].name)) + "," +
                          (world != nullptr ? csv_field(printable(world->title)) : std::string{}) + ",";
    for (std::optional<std::string> const& value : values_of(plan, place.variation))
        scene.row_beginning += csv_field(value.value_or("")) + ",";
    return scene;
}

Loaded about_whole_file(std::string what) {
    return std::vector{Diagnostic{
        .line = 0, .column = 0, .pointer = {}, .what = std::move(what), .hint = {}, .override_pointer = {}}};
}

} // namespace

Loaded load_variation(Plan const& plan, Place const& place) {
    if (std::string const& trouble = plan.files[place.file].trouble; !trouble.empty())
        return about_whole_file(trouble);
    try {
        Loaded loaded = load_scenario(plan.files[place.file].text, overrides_of(plan, place.variation));
        if (auto* world = std::get_if<World>(&loaded); world != nullptr && plan.until)
            world->until = *plan.until;
        return loaded;
    } catch (std::bad_alloc const&) {
        return about_whole_file(std::string{no_memory_words});
    }
}

std::shared_ptr<Scene const> Scenes::take(Place const& place) {
    std::shared_ptr<Slot> const slot = slot_of({place.file, place.variation});
    std::call_once(slot->is_read, [&] { slot->scene = read_scene(plan_, place); });
    return {slot, &slot->scene};
}

std::shared_ptr<Scenes::Slot> Scenes::slot_of(Key const& key) {
    std::scoped_lock const lock{mutex_};
    std::erase_if(slots_, [](auto const& entry) { return entry.second.expired(); });
    std::weak_ptr<Slot>& known = slots_[key];
    std::shared_ptr<Slot> slot = known.lock();
    if (!slot)
        known = slot = std::make_shared<Slot>();
    return slot;
}

} // namespace mailflow::batch
