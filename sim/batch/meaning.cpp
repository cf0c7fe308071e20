#include "batch/meaning.hpp"

#include "base/numbers.hpp"
#include "base/size.hpp"
#include "base/time.hpp"
#include "scenario/complaints.hpp"
#include "scenario/places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace mailflow::batch {

namespace {

std::string meaning_of_number(std::string_view written) {
    auto const number = number_in<double>(written);
    if (!number || std::abs(*number) >= 1e15) // beyond it, two whole numbers may be one double
        return std::string{written};
    return fmt::format("{}", *number == 0 ? 0 : *number);
}

std::string meaning_of_text(std::string_view text) {
    if (auto const time = parse_duration(text))
        return fmt::format("{} ns", time->count());
    if (auto const size = parse_size(text))
        return fmt::format("{} bytes", *size);
    if (text.ends_with('%'))
        if (auto const percent = number_in<double>(text.substr(0, text.size() - 1)))
            return fmt::format("{} %", *percent == 0 ? 0 : *percent);
    return json_string(text);
}

std::string meaning_of(Value value) {
    std::vector<std::string> inside;
    switch (value.kind()) {
    case Kind::null:
    case Kind::boolean: return std::string{value.written()};
    case Kind::number: return meaning_of_number(value.written());
    case Kind::text: return meaning_of_text(value.text());
    case Kind::list:
        for (Value const item : value)
            inside.push_back(meaning_of(item));
        return fmt::format("[{}]", fmt::join(inside, ","));
    case Kind::object:
        for (Value const member : value)
            inside.push_back(fmt::format("{}:{}", json_string(member.key()), meaning_of(member)));
        std::sort(inside.begin(), inside.end());
        return fmt::format("{{{}}}", fmt::join(inside, ","));
    }
    return {};
}

} // namespace

std::string meaning_of(std::string_view value) {
    Complaints ignored;
    auto const document = parse_document(value, ignored);
    return document ? meaning_of(Value{*document, 0}) : meaning_of_text(value);
}

} // namespace mailflow::batch
