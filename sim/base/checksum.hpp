// A sum over bytes that damage changes: FNV-1a, eight bytes at a time. No protection against intent: what is
// read is checked as if it came from anybody.
#pragma once

#include <cstdint>
#include <string_view>

namespace mailflow {

class Checksum {
public:
    /// The same bytes give the same sum, in whatever pieces they come.
    void add(std::string_view bytes) {
        for (char const c : bytes) {
            word_ |= std::uint64_t{static_cast<unsigned char>(c)} << (8U * held_);
            if (++held_ == sizeof word_)
                mix();
        }
    }

    [[nodiscard]] std::uint64_t value() const {
        Checksum last = *this;
        last.word_ ^= std::uint64_t{held_ + 1U} << 56U;
        last.mix();
        return last.sum_ ^ last.sum_ >> 29U;
    }

private:
    void mix() {
        sum_ = (sum_ ^ word_) * 0x100000001b3U;
        sum_ ^= sum_ >> 32U;
        word_ = 0;
        held_ = 0;
    }

    std::uint64_t sum_ = 0xcbf29ce484222325U;
    std::uint64_t word_ = 0;
    unsigned held_ = 0;
};

} // namespace mailflow
