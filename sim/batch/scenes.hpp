// The scenarios that are being played: each variation of a file is read once, whoever plays it, as its runs
// differ in their seeds alone.
#pragma once

#include "batch/plan.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

namespace mailflow::batch {

/// A world, or every complaint about the scenario.
using Loaded = std::variant<World, std::vector<Diagnostic>>;

/// Reads one variation of one file; a file that could not be read is a complaint.
[[nodiscard]] Loaded load_variation(Plan const& plan, Place const& place);

/// One variation of one file, as it was read.
struct Scene {
    std::size_t file = 0;
    std::uint64_t variation = 0;
    Loaded loaded;
    std::string row_beginning; // behind the number of the run and before the seed
};

/// For all threads of a batch: what one of them holds, the others get without reading it again.
class Scenes {
public:
    /// Borrows the plan.
    explicit Scenes(Plan const& plan) : plan_(plan) {}

    /// The scene of a run. Whoever asks for it first reads it, the others wait; it goes with the last who
    /// holds it.
    [[nodiscard]] std::shared_ptr<Scene const> take(Place const& place);

private:
    struct Slot {
        std::once_flag is_read;
        Scene scene;
    };
    using Key = std::pair<std::size_t, std::uint64_t>; // file and variation

    [[nodiscard]] std::shared_ptr<Slot> slot_of(Key const& key);

    Plan const& plan_;
    std::mutex mutex_;
    std::map<Key, std::weak_ptr<Slot>> slots_; // of what somebody holds
};

} // namespace mailflow::batch
