// Rows in the order of a key, to be found by it. They lie in blocks of a few hundred: one that comes or goes
// moves the rows of its block alone, however many there are. Not a map: rows come mostly at the end, a copy
// costs little more than a vector's, and iterating goes along memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

namespace mailflow {

/// `key_of` is the member of a row by which it is found; no two rows have the same.
template<class Row, auto key_of>
class OrderedRows {
    using Block = std::vector<Row>;
    using Blocks = std::vector<Block>;

public:
    using value_type = Row;
    using Key = std::remove_cvref_t<std::invoke_result_t<decltype(key_of), Row const&>>;

    class const_iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = Row;
        using difference_type = std::ptrdiff_t;
        using pointer = Row const*;
        using reference = Row const&;

        const_iterator() = default;
        const_iterator(Block const* block, std::size_t row) : block_(block), row_(row) {}

        reference operator*() const { return (*block_)[row_]; }
        pointer operator->() const { return &(*block_)[row_]; }
        const_iterator& operator++() {
            if (++row_ == block_->size()) {
                ++block_;
                row_ = 0;
            }
            return *this;
        }
        const_iterator operator++(int) {
            const_iterator const before = *this;
            ++*this;
            return before;
        }
        bool operator==(const_iterator const&) const = default;

    private:
        Block const* block_ = nullptr;
        std::size_t row_ = 0;
    };

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    /// The row with the least key; there must be one.
    [[nodiscard]] Row const& front() const { return blocks_.front().front(); }
    [[nodiscard]] const_iterator begin() const { return {blocks_.data(), 0}; }
    [[nodiscard]] const_iterator end() const { return {blocks_.data() + blocks_.size(), 0}; }

    /// The row with that key, or nullptr.
    [[nodiscard]] Row const* find(Key const& key) const {
        auto const block = block_for(key);
        if (block == blocks_.end())
            return nullptr;
        auto const row = row_for(*block, key);
        return row != block->end() && std::invoke(key_of, *row) == key ? &*row : nullptr;
    }
    /// To be changed, all but its key.
    [[nodiscard]] Row* find(Key const& key) { return const_cast<Row*>(std::as_const(*this).find(key)); }

    /// Takes the place of the row with that key, if there is one.
    void insert(Row row) {
        Key const key = std::invoke(key_of, row);
        if (Row* const there = find(key)) {
            *there = std::move(row);
            return;
        }
        auto block = blocks_.begin() + (block_for(key) - blocks_.cbegin());
        bool const is_last = block == blocks_.end();
        if (is_last && !blocks_.empty() && blocks_.back().size() < most_in_block)
            --block;
        else if (is_last)
            block = blocks_.insert(block, Block{});
        block->insert(row_for(*block, key), std::move(row));
        ++size_;
        if (block->size() > most_in_block) { // only where one came between others
            auto const middle = std::next(block->begin(), most_in_block / 2);
            Block behind(std::make_move_iterator(middle), std::make_move_iterator(block->end()));
            block->erase(middle, block->end());
            blocks_.insert(std::next(block), std::move(behind));
        }
    }

    void erase(Key const& key) {
        auto const block = blocks_.begin() + (block_for(key) - blocks_.cbegin());
        if (block == blocks_.end())
            return;
        auto const row = row_for(*block, key);
        if (row == block->end() || std::invoke(key_of, *row) != key)
            return;
        block->erase(row);
        --size_;
        if (block->empty())
            blocks_.erase(block);
    }

    template<class Predicate>
    void erase_if(Predicate const& is_over) {
        size_ = 0;
        for (Block& block : blocks_) {
            std::erase_if(block, is_over);
            size_ += block.size();
        }
        std::erase_if(blocks_, [](Block const& block) { return block.empty(); });
    }

private:
    static constexpr std::size_t most_in_block = 256;

    /// The first block that ends at or behind the key; no block is empty.
    [[nodiscard]] typename Blocks::const_iterator block_for(Key const& key) const {
        return std::partition_point(blocks_.begin(), blocks_.end(), [&](Block const& block) {
            return std::invoke(key_of, block.back()) < key;
        });
    }
    [[nodiscard]] static typename Block::const_iterator row_for(Block const& block, Key const& key) {
        return std::partition_point(block.begin(), block.end(),
                                    [&](Row const& row) { return std::invoke(key_of, row) < key; });
    }

    Blocks blocks_;
    std::size_t size_ = 0;
};

} // namespace mailflow
