// Puts numbers, texts and records into bytes: whole numbers in groups of seven bits, the low ones first; ids
// as one more than their row, none as 0; texts and lists behind their length.
#pragma once

#include "base/checksum.hpp"
#include "base/inline_list.hpp"
#include "base/sink.hpp"
#include "saved/fields.hpp"

#include <string>

namespace mailflow::saved {

class Writer {
public:
    explicit Writer(Sink to) : to_(std::move(to)) {}

    template<class... Fields>
    void operator()(Fields&&... values) {
        (put(values), ...);
    }

    void raw(std::string_view bytes) {
        bytes_ += bytes;
        if (bytes_.size() >= io_chunk_bytes)
            flush();
    }
    void number(std::uint64_t value) {
        for (; value >= 0x80U; value >>= 7U)
            bytes_ += static_cast<char>(value | 0x80U);
        bytes_ += static_cast<char>(value);
        if (bytes_.size() >= io_chunk_bytes)
            flush();
    }

    /// Ends with the checksum of all that was written; false when the sink did not take everything.
    bool finish() {
        flush();
        std::uint64_t const sum = checksum_.value();
        for (unsigned i = 0; i < sizeof sum; ++i)
            bytes_ += static_cast<char>(sum >> (8U * i));
        return taken_ && to_(bytes_);
    }

private:
    void put(std::uint64_t value) { number(value); }
    void put(std::uint32_t value) { number(value); }
    void put(std::uint16_t value) { number(value); }
    void put(bool value) { number(value ? 1U : 0U); }
    /// The sign in the lowest bit.
    void put(Duration value) {
        auto const bits = static_cast<std::uint64_t>(value.count());
        number(bits << 1U ^ (value.count() < 0 ? ~std::uint64_t{0} : 0));
    }
    void put(Instant value) { put(value.since_start); }
    void put(IpAddress& value) {
        raw({reinterpret_cast<char const*>(value.octets.data()), value.octets.size()});
    }
    void put(std::string& value) {
        number(value.size());
        raw(value);
    }
    template<class Tag>
    void put(Id<Tag> id) {
        number(id.valid() ? id.index + std::uint64_t{1} : 0);
    }
    template<class RowId>
    void put(Required<RowId> field) {
        put(field.id);
    }
    template<class Value>
    void put(std::optional<Value>& value) {
        put(value.has_value());
        if (value)
            put(*value);
    }
    template<class Value>
    void put(std::vector<Value>& values) {
        number(values.size());
        for (Value& value : values)
            put(value);
    }
    template<class Value, std::uint32_t inline_count>
    void put(InlineList<Value, inline_count>& values) {
        number(values.size());
        for (Value& value : values)
            put(value);
    }
    template<class Value>
    requires std::is_enum_v<Value>
    void put(Value value) { number(static_cast<std::uint64_t>(value)); }
    template<class Record>
    requires std::is_class_v<Record>
    void put(Record& record) { fields(*this, record); }

    void flush() {
        checksum_.add(bytes_);
        taken_ = taken_ && to_(bytes_);
        bytes_.clear();
    }

    Sink to_;
    std::string bytes_;
    Checksum checksum_;
    bool taken_ = true;
};

} // namespace mailflow::saved
