// How the runs of a plan are cut for threads, shards and machines. Each piece lies within one variation of
// one file, so that whoever plays it reads that scenario once.
#pragma once

#include "batch/plan.hpp"

#include <variant>

namespace mailflow::batch {

/// One part of so many, from 1.
struct Shard {
    std::uint32_t number = 1;
    std::uint32_t of = 1;

    bool operator==(Shard const&) const = default;
};

/// Reads "3/16"; or says what is wrong with it.
[[nodiscard]] std::variant<Shard, std::string> parse_shard(std::string_view text);

/// Runs one behind the other.
struct Piece {
    std::uint64_t first = 0; // run, from 0
    std::uint64_t count = 0;
};

/// The pieces of one shard, in the order of their runs. The shards of a batch take turns in its pieces, so
/// that a parameter which makes runs longer makes all of them longer.
class Pieces {
public:
    Pieces(Plan const& plan, Shard shard);

    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] Piece at(std::uint64_t place) const;
    /// All runs of the shard.
    [[nodiscard]] std::uint64_t run_count() const;

private:
    [[nodiscard]] Piece of_batch(std::uint64_t place) const;

    Shard shard_;
    std::uint64_t seeds_;    // of a variation
    std::uint64_t longest_;  // piece
    std::uint64_t per_cell_; // pieces of a variation
    std::uint64_t size_;
};

} // namespace mailflow::batch
