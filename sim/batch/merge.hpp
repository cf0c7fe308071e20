// The shards of a batch put together again: their rows in the order of the whole.
#pragma once

#include "batch/spool.hpp"

#include <functional>
#include <queue>

namespace mailflow::batch {

class MergedRows final : public Rows {
public:
    /// The outputs of all shards of one batch, in any order, files or pipes; or why they are not that.
    [[nodiscard]] static std::variant<MergedRows, SpoolTrouble> open(std::vector<std::string> const& paths);

    [[nodiscard]] std::vector<Column> const& columns() const override {
        return shards_.front().rows.columns();
    }
    [[nodiscard]] std::string_view next() override;
    void rewind() override;
    [[nodiscard]] std::uint64_t whole_count() const override { return shards_.front().rows.head()->runs; }
    [[nodiscard]] std::string const& trouble() const override { return trouble_; }

private:
    struct ShardRows {
        std::string path;
        SpoolRows rows;
        std::string_view front{}; // its next row
        std::uint64_t taken = 0;  // rows, the front one not counted
    };
    using Turn = std::pair<std::uint64_t, std::size_t>; // a run and the shard that has it in front

    void advance(std::size_t shard);

    std::vector<ShardRows> shards_;
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns_;
    std::optional<std::size_t> last_; // whose row was taken last
    std::uint64_t run_ = 0;           // of that row
    std::string trouble_;
};

} // namespace mailflow::batch
