// Readers for the values that occur all over a scenario, and the tables of keys from which objects are read.
// A reader gives the value, or complains and gives nothing. What a key means stands with the object that has
// it.
#pragma once

#include "base/time.hpp"
#include "mail/address.hpp"
#include "mail/command.hpp"
#include "mail/ip.hpp"
#include "scenario/complaints.hpp"
#include "world/world.hpp"

#include <bitset>
#include <cassert>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// What was read, and where.
template<class T>
struct Located {
    T value{};
    Value at;
};

/// The longest time that can be written. A run without "until" ends after base/time.hpp's longest_run.
inline constexpr Duration longest_time = std::chrono::hours{24 * 366};

/// The longest text that stands in one line: a name, a label, a subject.
inline constexpr std::size_t longest_line = 1000;
inline constexpr std::size_t longest_prose = 10'000;

// -- words of complaints
/// `"size"` for the member of an object, `an item of "to"` for an item of a list.
[[nodiscard]] std::string subject_of(Value at);
/// `"x" belongs to the scenario format, but this version of mailflow does not play it yet`.
[[nodiscard]] std::string not_built_yet(std::string_view word);
/// Complains unless the value is of the kind.
bool expect_kind(Value at, Kind kind, Complaints& complaints);

// -- readers
[[nodiscard]] std::optional<bool> read_bool(Value at, Complaints& complaints);
/// A text that is not empty, on one line, without control characters.
[[nodiscard]] std::optional<std::string> read_line(Value at, Complaints& complaints);
/// A text of any number of lines, perhaps empty.
[[nodiscard]] std::optional<std::string> read_prose(Value at, Complaints& complaints);
[[nodiscard]] std::optional<std::uint64_t> read_whole_number(Value at, std::uint64_t least,
                                                             std::uint64_t most, Complaints& complaints);
/// `[across, down]` in thousandths of the picture.
[[nodiscard]] std::optional<PictureSpot> read_picture_spot(Value at, Complaints& complaints);
[[nodiscard]] std::optional<Port> read_port(Value at, Complaints& complaints);
/// From 0s to the longest time.
[[nodiscard]] std::optional<Duration> read_duration(Value at, Complaints& complaints);
/// The same, without 0s.
[[nodiscard]] std::optional<Duration> read_positive_duration(Value at, Complaints& complaints);
[[nodiscard]] std::optional<std::uint64_t> read_size(Value at, Complaints& complaints);
[[nodiscard]] std::optional<std::string> read_domain_name(Value at, Complaints& complaints);
[[nodiscard]] std::optional<Mailbox> read_mailbox(Value at, Complaints& complaints);
[[nodiscard]] std::optional<IpRange> read_range(Value at, Complaints& complaints);
/// Checks a key that names something; `what` says what ("a network").
bool expect_name_in_key(Value at, std::string_view what, Complaints& complaints);
/// Checks a key that is the local part of an address (RFC 5321 section 4.1.2).
bool expect_local_part_in_key(Value at, Complaints& complaints);
/// Checks a key that is a domain name.
bool expect_domain_in_key(Value at, Complaints& complaints);

/// What is wrong with a text that was meant as an address range; hint included where there is one.
struct RangeTrouble {
    std::string what;
    std::string hint;
};
[[nodiscard]] RangeTrouble trouble_with_range(std::string_view text);

/// One of a closed set of words: its place in `words`. Words in `not_built` are refused as such.
[[nodiscard]] std::optional<std::size_t> read_word(Value at, std::span<std::string_view const> words,
                                                   std::span<std::string_view const> not_built,
                                                   Complaints& complaints);

/// The same reader, keeping the place.
template<auto read>
auto located(Value at, Complaints& complaints) {
    auto value = read(at, complaints);
    using Read = Located<typename decltype(value)::value_type>;
    return value ? std::optional<Read>{Read{std::move(*value), at}} : std::nullopt;
}

/// A list whose items `read` reads; items that it complains about are left out.
template<auto read>
auto list_of(Value at, Complaints& complaints) {
    std::vector<typename decltype(read(at, complaints))::value_type> items;
    if (!expect_kind(at, Kind::list, complaints))
        return std::optional<decltype(items)>{};
    for (Value const item : at)
        if (auto value = read(item, complaints))
            items.push_back(std::move(*value));
    return std::optional{std::move(items)};
}

// -- objects
/// One key of an object: how its value gets into the draft of the object.
template<class Draft>
struct Key {
    std::string_view name;
    void (*read)(Value at, Draft& draft, Complaints& complaints);
    std::string_view example{}; // of the value, for keys that every such object must have; else empty
    std::string (*example_in)(Value object) = nullptr; // where it depends on the object's other keys
};

/// The one place where the keys of an object stand.
template<class Draft>
struct Form {
    std::string_view object; // its name in the schema
    std::span<Key<Draft> const> keys;
    // Keys of the format that this version does not play; an empty object in one of them asks for nothing.
    std::span<std::string_view const> not_built;
};

/// For tables of keys: reads with `read` into the member.
template<auto member, auto read, class Draft>
void into(Value at, Draft& draft, Complaints& complaints) {
    if (auto value = read(at, complaints))
        draft.*member = std::move(*value);
}

void complain_about_unknown_key(Value member, std::vector<std::string> const& known,
                                std::span<std::string_view const> not_built, Complaints& complaints);
void complain_about_missing_key(Value object, std::string_view key, std::string_view example,
                                Complaints& complaints);

/// Reads one member of an object by the form's keys; gives the number of its key, if the form has it.
/// `guess`: of the key that it may well be.
template<class Draft>
std::optional<std::size_t> read_member(Value member, Form<Draft> const& form, Draft& draft,
                                       Complaints& complaints, std::size_t guess = 0) {
    std::size_t const count = form.keys.size();
    for (std::size_t n = 0; n < count; ++n) {
        std::size_t const k = guess + n < count ? guess + n : guess + n - count;
        if (!member.is_named(form.keys[k].name))
            continue;
        form.keys[k].read(member, draft, complaints);
        return k;
    }
    std::vector<std::string> known;
    for (std::size_t k = 0; k < form.keys.size() && !complaints.full(); ++k)
        known.emplace_back(form.keys[k].name);
    complain_about_unknown_key(member, known, form.not_built, complaints);
    return std::nullopt;
}

/// No object of the format has more.
inline constexpr std::size_t most_keys = 64;

/// Reads the members of an object by the form's keys; nothing is read when it is no object.
template<class Draft>
void read_object(Value object, Form<Draft> const& form, Draft& draft, Complaints& complaints) {
    if (!expect_kind(object, Kind::object, complaints))
        return;
    assert(form.keys.size() <= most_keys);
    std::bitset<most_keys> seen;
    std::size_t guess = 0; // members stand mostly in the order of the form
    for (Value const member : object)
        if (auto const k = read_member(member, form, draft, complaints, guess)) {
            seen[*k] = true;
            guess = *k + 1 < form.keys.size() ? *k + 1 : 0;
        }
    for (std::size_t k = 0; k < form.keys.size(); ++k)
        if (Key<Draft> const& key = form.keys[k]; !seen[k] && !key.example.empty())
            complain_about_missing_key(
                object, key.name,
                key.example_in != nullptr ? key.example_in(object) : std::string{key.example}, complaints);
}

} // namespace mailflow
