// Takes records out of bytes that anybody may have made (saved/writer.hpp says how they lie there): no number
// that names a row or an enumerator comes out that does not exist, no list is longer than its bytes.
#pragma once

#include "saved/bounds.hpp"
#include "saved/fields.hpp"

#include "base/inline_list.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>

namespace mailflow::saved {

class Reader {
public:
    /// The rows of the bounds are counted when an id is read.
    Reader(std::string_view bytes, Bounds bounds) : rest_(bytes), bounds_{bounds} {}

    template<class... Fields>
    void operator()(Fields&&... values) {
        (get(values), ...);
    }

    /// Nothing that was read since is of any use.
    void fail() {
        failed_ = true;
        rest_ = {};
    }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] std::size_t left() const { return rest_.size(); }

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            auto const byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80U)
                return value;
        }
        fail();
        return 0;
    }
    /// Of things that take at least one byte each.
    std::size_t count() {
        std::uint64_t const value = number();
        if (value > rest_.size())
            fail();
        return failed_ ? 0 : static_cast<std::size_t>(value);
    }

private:
    void get(std::uint64_t& value) { value = number(); }
    void get(std::uint32_t& value) { value = whole<std::uint32_t>(); }
    void get(std::uint16_t& value) { value = whole<std::uint16_t>(); }
    void get(bool& value) { value = number() != 0; }
    void get(Duration& value) {
        std::uint64_t const bits = number();
        value = Duration{static_cast<std::int64_t>(bits >> 1U ^ (~(bits & 1U) + 1U))};
    }
    void get(Instant& value) { get(value.since_start); }
    void get(IpAddress& value) {
        std::string_view const bytes = take(value.octets.size());
        std::copy(bytes.begin(), bytes.end(), value.octets.begin());
    }
    void get(std::string& value) { value = take(count()); }
    template<class Tag>
    void get(Id<Tag>& id) {
        std::uint64_t const value = number();
        if (value > bounds_(id))
            fail();
        id = value == 0 || failed_ ? Id<Tag>{} : Id<Tag>{static_cast<std::uint32_t>(value - 1)};
    }
    template<class RowId>
    void get(Required<RowId> field) {
        get(field.id);
        if (!field.id.valid())
            fail();
    }
    template<class Value>
    void get(std::optional<Value>& value) {
        value.reset();
        if (number() != 0)
            get(value.emplace());
    }
    template<class Value>
    void get(std::vector<Value>& values) {
        values.clear();
        for (std::size_t left = count(); left > 0 && !failed_; --left)
            get(values.emplace_back());
    }
    template<class Value, std::uint32_t inline_count>
    void get(InlineList<Value, inline_count>& values) {
        values.clear();
        for (std::size_t left = count(); left > 0 && !failed_; --left) {
            Value value{};
            get(value);
            values.push_back(value);
        }
    }
    template<class Value>
    requires std::is_enum_v<Value>
    void get(Value& value) {
        std::uint64_t const read = number();
        if (read > static_cast<std::uint64_t>(last_of<Value>))
            fail();
        value = failed_ ? Value{} : static_cast<Value>(read);
    }
    template<class Record>
    requires std::is_class_v<Record>
    void get(Record& record) { fields(*this, record); }

    template<class Value>
    Value whole() {
        std::uint64_t const value = number();
        if (value > std::numeric_limits<Value>::max())
            fail();
        return failed_ ? Value{} : static_cast<Value>(value);
    }
    std::string_view take(std::size_t size) {
        if (size > rest_.size())
            fail();
        std::string_view const taken = rest_.substr(0, failed_ ? 0 : size);
        rest_.remove_prefix(taken.size());
        return taken;
    }

    std::string_view rest_;
    Bounds bounds_;
    bool failed_ = false;
};

} // namespace mailflow::saved
