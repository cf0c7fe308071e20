#include "batch/pieces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace mailflow::batch {

namespace {

/// Of a piece. What is played out of turn waits in memory, and is lost when the batch is interrupted.
constexpr std::uint64_t most_runs_of_piece = 64;
/// So that no shard has much more to do than another one, and no thread much more to do at the end.
constexpr std::uint64_t pieces_of_shard = 512;

} // namespace

std::variant<Shard, std::string> parse_shard(std::string_view text) {
    Shard shard{0, 0};
    char const* const end = text.data() + text.size();
    auto const number = std::from_chars(text.data(), end, shard.number);
    bool const slash = number.ptr != end && *number.ptr == '/';
    auto const of = slash ? std::from_chars(number.ptr + 1, end, shard.of) : number;
    if (number.ec != std::errc{} || of.ec != std::errc{} || !slash || of.ptr != end)
        return fmt::format("{} is no shard; write for example 3/16", text);
    if (shard.of < 1)
        return fmt::format("{} is no shard; there is one part at least: 1/1", text);
    if (shard.number < 1 || shard.number > shard.of)
        return fmt::format("{} is no shard; they are numbered 1/{} to {}/{}", text, shard.of, shard.of,
                           shard.of);
    return shard;
}

Pieces::Pieces(Plan const& plan, Shard shard)
    : shard_{shard}
    , seeds_{seeds_each(plan)}
    , longest_{std::clamp<std::uint64_t>(runs(plan) / (pieces_of_shard * shard.of), 1, most_runs_of_piece)}
    , per_cell_{(seeds_ + longest_ - 1) / longest_} {
    std::uint64_t const all = plan.files.size() * variations(plan) * per_cell_;
    size_ = (all + shard.of - shard.number) / shard.of;
}

Piece Pieces::of_batch(std::uint64_t place) const {
    std::uint64_t const offset = place % per_cell_ * longest_;
    return {.first = place / per_cell_ * seeds_ + offset, .count = std::min(longest_, seeds_ - offset)};
}

Piece Pieces::at(std::uint64_t place) const {
    return of_batch(place * shard_.of + shard_.number - 1);
}

std::uint64_t Pieces::run_count() const {
    std::uint64_t count = 0;
    for (std::uint64_t place = 0; place < size_; ++place)
        count += at(place).count;
    return count;
}

} // namespace mailflow::batch
