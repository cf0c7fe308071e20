// Numbers of texts that somebody else keeps, found by the text: a hash table of eight bytes a slot, in one
// piece of memory, for there may be millions of them. Not a map: it has no order, and asks whoever keeps the
// texts which one a number stands for.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace mailflow {

class TextIndex {
public:
    /// The number of the text. `text_of` gives the text of a number that is in the table.
    template<class TextOf>
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text, TextOf const& text_of) const {
        if (slots_.empty())
            return std::nullopt;
        std::uint32_t const number = slots_[slot_of(text, hash_of(text), text_of)].number;
        return number == none ? std::nullopt : std::optional{number};
    }

    /// The number that the text has; it gets `fresh` when it has none yet.
    template<class TextOf>
    std::uint32_t find_or_add(std::string_view text, std::uint32_t fresh, TextOf const& text_of) {
        if ((size_ + 1) * 4 > slots_.size() * 3)
            grow();
        std::uint32_t const hash = hash_of(text);
        Slot& slot = slots_[slot_of(text, hash, text_of)];
        if (slot.number == none) {
            slot = {fresh, hash};
            ++size_;
        }
        return slot.number;
    }

    /// Forgets a text that is in the table.
    template<class TextOf>
    void erase(std::string_view text, TextOf const& text_of) {
        std::size_t const mask = slots_.size() - 1;
        std::size_t hole = slot_of(text, hash_of(text), text_of);
        for (std::size_t next = (hole + 1) & mask; slots_[next].number != none; next = (next + 1) & mask)
            if (((next - slots_[next].hash) & mask) >= ((next - hole) & mask)) {
                slots_[hole] = slots_[next];
                hole = next;
            }
        slots_[hole] = {};
        --size_;
    }

private:
    static constexpr std::uint32_t none = 0xffff'ffff;

    struct Slot {
        std::uint32_t number = none;
        std::uint32_t hash = 0; // so that few other texts need be looked at
    };

    static std::uint32_t hash_of(std::string_view text) {
        return static_cast<std::uint32_t>(std::hash<std::string_view>{}(text));
    }

    /// The slot that has the number of the text, or the empty one where it would be put.
    template<class TextOf>
    [[nodiscard]] std::size_t slot_of(std::string_view text, std::uint32_t hash,
                                      TextOf const& text_of) const {
        std::size_t const mask = slots_.size() - 1;
        std::size_t slot = hash & mask;
        while (slots_[slot].number != none &&
               (slots_[slot].hash != hash || std::string_view{text_of(slots_[slot].number)} != text))
            slot = (slot + 1) & mask;
        return slot;
    }

    void grow() {
        std::vector<Slot> const old = std::move(slots_);
        slots_.assign(std::max<std::size_t>(16, old.size() * 2), {});
        std::size_t const mask = slots_.size() - 1;
        for (Slot const& moved : old) {
            std::size_t slot = moved.hash & mask;
            while (moved.number != none && slots_[slot].number != none)
                slot = (slot + 1) & mask;
            if (moved.number != none)
                slots_[slot] = moved;
        }
    }

    std::vector<Slot> slots_; // as many as a power of two, or none
    std::size_t size_ = 0;
};

} // namespace mailflow
