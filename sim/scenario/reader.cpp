#include "scenario/reader.hpp"

#include "base/size.hpp"
#include "base/text.hpp"
#include "scenario/long_time.hpp"
#include "scenario/measure_hints.hpp"
#include "scenario/name_hints.hpp"
#include "scenario/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mailflow {

namespace {

std::string_view name_of(Kind kind) {
    switch (kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "true or false";
    case Kind::number: return "a number";
    case Kind::text: return "a text";
    case Kind::list: return "a list";
    case Kind::object: return "an object";
    }
    return "";
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

enum class LineBreaks : std::uint8_t { refused, allowed };

/// Whether the text would do something to a terminal besides showing itself (the C0 and C1 controls).
bool has_control_characters(std::string_view text, LineBreaks line_breaks) {
    for (std::size_t i = printable_prefix(text); i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        bool const is_break = text[i] == '\n' || text[i] == '\t' || text[i] == '\r';
        if ((byte < 0x20 && !(is_break && line_breaks == LineBreaks::allowed)) || byte == 0x7f)
            return true;
        if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0)
            return true;
    }
    return false;
}

/// What is wrong with a text that is to stand in one line; empty when nothing is.
std::string trouble_with_line(std::string_view text) {
    if (text.empty())
        return "must not be empty";
    if (has_control_characters(text, LineBreaks::refused))
        return "must be one line without control characters";
    if (text.size() > longest_line && characters_in(text) > longest_line)
        return fmt::format("is longer than {} characters", longest_line);
    return {};
}

} // namespace

std::string subject_of(Value at) {
    if (at.is_whole_text())
        return "the scenario";
    return at.has_key() ? fmt::format("\"{}\"", at.key())
                        : fmt::format("an item of \"{}\"", at.parent().key());
}

std::string not_built_yet(std::string_view word) {
    return fmt::format(
        "\"{}\" belongs to the scenario format, but this version of mailflow does not play it yet", word);
}

bool expect_kind(Value at, Kind kind, Complaints& complaints) {
    if (at.kind() == kind)
        return true;
    if (complaints.full())
        complaints.add(at, {});
    else
        complaints.add(
            at, fmt::format("{} must be {}, not {}", subject_of(at), name_of(kind), name_of(at.kind())));
    return false;
}

std::optional<bool> read_bool(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::boolean, complaints))
        return std::nullopt;
    return at.boolean();
}

std::optional<std::string> read_line(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::text, complaints))
        return std::nullopt;
    std::string_view const text = at.text();
    std::string const trouble = trouble_with_line(text);
    if (trouble.empty())
        return std::string{text};
    complaints.add(at, fmt::format("{} {}", subject_of(at), trouble));
    return std::nullopt;
}

std::optional<std::string> read_prose(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::text, complaints))
        return std::nullopt;
    if (has_control_characters(at.text(), LineBreaks::allowed))
        complaints.add(at, fmt::format("{} must not hold control characters", subject_of(at)));
    else if (characters_in(at.text()) > longest_prose)
        complaints.add(at, fmt::format("{} is longer than {} characters", subject_of(at), longest_prose));
    else
        return std::string{at.text()};
    return std::nullopt;
}

std::optional<std::uint64_t> read_whole_number(Value at, std::uint64_t least, std::uint64_t most,
                                               Complaints& complaints) {
    if (!expect_kind(at, Kind::number, complaints))
        return std::nullopt;
    auto const number = at.whole_number();
    if (number && *number >= least && *number <= most)
        return number;
    complaints.add(at, fmt::format("{} must be a whole number from {} to {}", subject_of(at), least, most));
    return std::nullopt;
}

std::optional<PictureSpot> read_picture_spot(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::list, complaints))
        return std::nullopt;
    std::vector<std::uint16_t> numbers;
    for (Value const item : at) {
        auto const number = read_whole_number(item, 0, picture_thousandths, complaints);
        if (!number)
            return std::nullopt;
        numbers.push_back(static_cast<std::uint16_t>(*number));
    }
    if (numbers.size() == 2)
        return PictureSpot{numbers[0], numbers[1]};
    complaints.add(
        at,
        fmt::format("{} must be two numbers: thousandths of the picture's width, from the left, and "
                    "of its height, from the top",
                    subject_of(at)),
        "the middle is [500, 500]");
    return std::nullopt;
}

std::optional<Port> read_port(Value at, Complaints& complaints) {
    auto const port = read_whole_number(at, 1, 65535, complaints);
    return port ? std::optional{static_cast<Port>(*port)} : std::nullopt;
}

std::optional<Duration> read_duration(Value at, Complaints& complaints) {
    bool const is_too_long = at.kind() == Kind::text && is_too_long_time(at.text());
    auto const duration = at.kind() == Kind::text ? parse_duration(at.text()) : std::nullopt;
    if (duration && !is_too_long)
        return duration;
    if (is_too_long) {
        complaints.add(
            at, fmt::format("{} must be at most \"{}\"", subject_of(at), write_duration(longest_time)));
    } else {
        complaints.add(
            at,
            fmt::format(R"({} must be a time such as "250ms", "90s", "5m", "2h" or "5d")", subject_of(at)),
            hint_for_duration(at));
    }
    return std::nullopt;
}

std::optional<Duration> read_positive_duration(Value at, Complaints& complaints) {
    auto const duration = read_duration(at, complaints);
    if (duration != Duration{0})
        return duration;
    complaints.add(at, fmt::format("{} must be more than 0s", subject_of(at)));
    return std::nullopt;
}

std::optional<std::uint64_t> read_size(Value at, Complaints& complaints) {
    auto const size = at.kind() == Kind::text ? parse_size(at.text()) : std::nullopt;
    if (size && *size > 0)
        return size;
    complaints.add(at,
                   fmt::format(R"({} must be a size such as "500B", "4kB" or "10MB", from 1B to {})",
                               subject_of(at), write_size(largest_size_bytes)),
                   hint_for_size(at));
    return std::nullopt;
}

std::optional<std::string> read_domain_name(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::text, complaints))
        return std::nullopt;
    if (is_domain_name(at.text()))
        return std::string{at.text()};
    complaints.add(at, fmt::format("\"{}\" is no domain name", at.text()), hint_for_domain(at.text()));
    return std::nullopt;
}

std::optional<Mailbox> read_mailbox(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::text, complaints))
        return std::nullopt;
    auto mailbox = parse_mailbox(at.text());
    if (!mailbox)
        complaints.add(at, fmt::format("\"{}\" is no mail address", at.text()), hint_for_address(at.text()));
    return mailbox;
}

RangeTrouble trouble_with_range(std::string_view text) {
    RangeTrouble trouble{fmt::format("\"{}\" is no address range", text), "it reads like 192.0.2.0/24"};
    auto const address = parse_ip(text.substr(0, text.find('/')));
    if (!address)
        return trouble;
    // Host bits that are set: shorten them away, a bit at a time, until the range is one.
    IpAddress network = *address;
    for (int bit = 127; bit >= 0; --bit) {
        network.octets[static_cast<std::size_t>(bit / 8)] &=
            static_cast<std::uint8_t>(~(1U << (7 - bit % 8)));
        std::string const candidate = fmt::format("{}{}", to_text(network), text.substr(text.find('/')));
        if (network.is_v4() == address->is_v4() && parse_range(candidate)) {
            trouble.what = fmt::format("\"{}\" has bits set behind its prefix", text);
            trouble.hint = fmt::format("did you mean \"{}\"?", candidate);
            break;
        }
    }
    return trouble;
}

std::optional<IpRange> read_range(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::text, complaints))
        return std::nullopt;
    auto const range = parse_range(at.text());
    if (!range) {
        auto trouble = trouble_with_range(at.text());
        complaints.add(at, std::move(trouble.what), std::move(trouble.hint));
    }
    return range;
}

bool expect_name_in_key(Value at, std::string_view what, Complaints& complaints) {
    if (trouble_with_line(at.key()).empty())
        return true;
    complaints.add_at_key(
        at, fmt::format("the name of {} must be one line of 1 to {} characters, without control "
                        "characters",
                        what, longest_line));
    return false;
}

bool expect_local_part_in_key(Value at, Complaints& complaints) {
    if (parse_mailbox(fmt::format("{}@example", at.key())))
        return true;
    auto const address = parse_mailbox(at.key());
    complaints.add_at_key(at, fmt::format("\"{}\" is no local part of an address", at.key()),
                          address ? fmt::format("write what stands before the @: \"{}\"", address->local_part)
                                  : hint_for_address(at.key(), "maya"));
    return false;
}

bool expect_domain_in_key(Value at, Complaints& complaints) {
    if (is_domain_name(at.key()))
        return true;
    complaints.add_at_key(at, fmt::format("\"{}\" is no domain name", at.key()), hint_for_domain(at.key()));
    return false;
}

std::optional<std::size_t> read_word(Value at, std::span<std::string_view const> words,
                                     std::span<std::string_view const> not_built, Complaints& complaints) {
    if (!expect_kind(at, Kind::text, complaints))
        return std::nullopt;
    auto const word = std::find(words.begin(), words.end(), at.text());
    if (word != words.end())
        return static_cast<std::size_t>(word - words.begin());
    std::vector<std::string> const known(words.begin(), words.end());
    if (std::find(not_built.begin(), not_built.end(), at.text()) != not_built.end()) {
        complaints.add(at, not_built_yet(at.text()), hint_among("", known, known.size()));
        return std::nullopt;
    }
    complaints.add(at, fmt::format("\"{}\" is none of the words for {}", at.text(), subject_of(at)),
                   hint_among(at.text(), known, known.size()));
    return std::nullopt;
}

namespace {

/// The key that another word stands for, where it is one of the candidates; empty: none.
std::string_view key_meant_by(std::string_view word, std::vector<std::string> const& candidates) {
    struct Synonym {
        std::string_view word;
        std::string_view key;
    };
    constexpr std::array synonyms{Synonym{"persons", "people"}, Synonym{"users", "people"},
                                  Synonym{"hosts", "servers"},  Synonym{"messages", "mail"},
                                  Synonym{"email", "mail"},     Synonym{"emails", "mail"}};
    for (Synonym const& synonym : synonyms)
        if (synonym.word == word &&
            std::find(candidates.begin(), candidates.end(), synonym.key) != candidates.end())
            return synonym.key;
    return {};
}

} // namespace

void complain_about_unknown_key(Value member, std::vector<std::string> const& known,
                                std::span<std::string_view const> not_built, Complaints& complaints) {
    bool const is_not_built = std::find(not_built.begin(), not_built.end(), member.key()) != not_built.end();
    if (is_not_built && member.kind() == Kind::object && member.begin() == member.end())
        return; // it asks for nothing
    if (complaints.full())
        return complaints.add(member, {});
    if (is_not_built)
        return complaints.add_at_key(member, not_built_yet(member.key()), "remove it");
    std::vector<std::string> candidates = known;
    std::erase(candidates, "$schema");
    std::string const listed = join_words(candidates);
    candidates.insert(candidates.end(), not_built.begin(), not_built.end());
    std::string_view const synonymous = key_meant_by(member.key(), candidates);
    std::string_view const meant = synonymous.empty() ? nearest(member.key(), candidates) : synonymous;
    complaints.add_at_key(member, fmt::format("unknown key \"{}\"", member.key()),
                          meant.empty() ? fmt::format("the keys here are {}", listed)
                                        : fmt::format("did you mean \"{}\"?", meant));
}

void complain_about_missing_key(Value object, std::string_view key, std::string_view example,
                                Complaints& complaints) {
    complaints.add(object, fmt::format("\"{}\" is missing", key),
                   fmt::format("write \"{}\": {}", key, example));
}

} // namespace mailflow
