#include "smtp/parameters.hpp"

#include "base/text.hpp"
#include "smtp/path.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace mailflow {

namespace {

/// RFC 3461 section 4 writes capitals; nobody minds others.
bool is_hexadecimal(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/// RFC 3461 section 4.
bool is_xtext(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] < '!' || text[i] > '~' || text[i] == '=')
            return false;
        if (text[i] != '+')
            continue;
        if (i + 2 >= text.size() || !is_hexadecimal(text[i + 1]) || !is_hexadecimal(text[i + 2]))
            return false;
        i += 2;
    }
    return true;
}

/// What can be decoded all the same.
bool is_loose_xtext(std::string_view text) {
    std::string fitted = upper_case(text);
    std::replace(fitted.begin(), fitted.end(), '=', '-');
    return is_xtext(fitted);
}

bool is_one_of(std::string_view word, std::span<std::string_view const> words) {
    std::string const upper = upper_case(word);
    return std::find(words.begin(), words.end(), upper) != words.end();
}

/// The first word of a list with commas that does not fit in; none when all do. NEVER fits in alone.
std::optional<std::string_view> misfit(std::string_view list, std::span<std::string_view const> fitting) {
    std::string_view rest = list;
    for (;;) {
        std::string_view const word = rest.substr(0, rest.find(','));
        bool const is_never = upper_case(word) == "NEVER";
        if (is_never ? word.size() != list.size() : !is_one_of(word, fitting))
            return word;
        if (word.size() == rest.size())
            return std::nullopt;
        rest.remove_prefix(word.size() + 1);
    }
}

constexpr std::array<std::string_view, 3> events{"SUCCESS", "FAILURE", "DELAY"};

/// What was said so far: a bit for each keyword that is known.
struct Seen {
    std::uint32_t keywords = 0;
};

/// Whether NEVER stands beside an event, in this list or in those before.
bool never_with_others(std::string_view list, NotifyWords& seen) {
    for (std::string_view rest = list;;) {
        std::string_view const word = rest.substr(0, rest.find(','));
        seen.never = seen.never || upper_case(word) == "NEVER";
        seen.events = seen.events || is_one_of(word, events);
        if (word.size() == rest.size())
            return seen.never && seen.events;
        rest.remove_prefix(word.size() + 1);
    }
}

/// Whether a list of events names NEVER only, or no NEVER, and at least something.
bool is_loose_notify(std::string_view list) {
    static constexpr std::array<std::string_view, 1> never{"NEVER"};
    bool has_never = false;
    bool has_event = false;
    while (!list.empty()) {
        std::string_view const word = list.substr(0, list.find(','));
        bool const is_never = is_one_of(word, never);
        if (!word.empty() && !is_never && !is_one_of(word, events))
            return false;
        has_never = has_never || is_never;
        has_event = has_event || (!word.empty() && !is_never);
        list.remove_prefix(std::min(word.size() + 1, list.size()));
    }
    return has_never != has_event;
}

/// What is wrong with a size.
Flaw flaw_of_number(std::string_view text, std::uint64_t& number) {
    if (text.size() > 1 && text.front() == '-' &&
        text.find_first_not_of("0123456789", 1) == std::string_view::npos)
        return Flaw::negative_size;
    auto const [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (trouble == std::errc::result_out_of_range ||
        (trouble == std::errc{} && number > static_cast<std::uint64_t>(INT64_MAX)))
        return Flaw::huge_size;
    return trouble == std::errc{} && end == text.data() + text.size() ? Flaw::none : Flaw::bad_size;
}

/// As strtol(3) reads it.
std::string_view leading_number(std::string_view text) {
    std::size_t const sign = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
    std::string_view const digits =
        text.substr(0, std::min(text.find_first_not_of("0123456789", sign), text.size()));
    return digits.substr(digits.starts_with('+') ? 1 : 0);
}

constexpr std::size_t most_of_short_text = 100;
constexpr std::string_view mail_type = "rfc822;"; // RFC 3461 section 4.2

/// The part of the value that does not fit its form; none when all does.
std::optional<std::string_view> unfit(ParameterValue form, std::string_view value) {
    static constexpr std::array<std::string_view, 2> bodies{"7BIT", "8BITMIME"};
    static constexpr std::array<std::string_view, 2> rets{"FULL", "HDRS"};
    std::size_t const semicolon = value.find(';');
    bool fits = true;
    switch (form) {
    case ParameterValue::nothing: fits = false; break;
    case ParameterValue::some_text: fits = !value.empty(); break;
    case ParameterValue::body: fits = is_one_of(value, bodies); break;
    case ParameterValue::ret: fits = is_one_of(value, rets); break;
    case ParameterValue::xtext: fits = is_xtext(value); break;
    case ParameterValue::loose_xtext: fits = !value.empty() && is_loose_xtext(value); break;
    case ParameterValue::notify: return misfit(value, events);
    case ParameterValue::short_text: fits = value.size() <= most_of_short_text; break;
    case ParameterValue::original_address: {
        bool const tagged = lower_case(value.substr(0, mail_type.size())) == mail_type;
        fits = is_address_for_opensmtpd(value.substr(tagged ? mail_type.size() : 0));
        break;
    }
    case ParameterValue::loose_notify: fits = is_loose_notify(value); break;
    case ParameterValue::original_recipient:
        fits = semicolon != std::string_view::npos && semicolon > 0 && is_xtext(value.substr(semicolon + 1));
        break;
    case ParameterValue::loose_recipient:
        fits = semicolon != std::string_view::npos && semicolon > 0 &&
               is_loose_xtext(value.substr(semicolon + 1));
        break;
    case ParameterValue::by: fits = semicolon != std::string_view::npos; break;
    case ParameterValue::anything:
    case ParameterValue::text:
    case ParameterValue::never_or_others:
    case ParameterValue::number:
    case ParameterValue::leading_number: break;
    }
    return fits ? std::nullopt : std::optional{value};
}

/// What is wrong with one parameter, and in which part of it.
void read_one(std::string_view parameter, std::span<ParameterForm const> known, Seen& seen,
              Parameters& read) {
    std::size_t const equals = std::min(parameter.find('='), parameter.size());
    std::string const keyword = upper_case(parameter.substr(0, equals));
    auto const form = std::find_if(known.begin(), known.end(),
                                   [&](ParameterForm const& each) { return each.keyword == keyword; });
    read.offending = parameter;
    if (form == known.end()) {
        read.flaw = Flaw::unknown_parameter;
        return;
    }
    bool const is_bare = equals == parameter.size();
    std::uint32_t const bit = 1U << static_cast<std::uint32_t>(form - known.begin());
    read.keyword = form->keyword;
    read.value = is_bare ? std::string_view{} : parameter.substr(equals + 1);
    if (is_bare && form->value != ParameterValue::anything && form->value != ParameterValue::nothing)
        read.flaw = form->bare;
    else if (form->only_once && (seen.keywords & bit) != 0)
        read.flaw = Flaw::repeated_parameter;
    else if (form->value == ParameterValue::number) {
        read.flaw = flaw_of_number(read.value, read.size_bytes);
        read.tells_size = true;
    } else if (form->value == ParameterValue::leading_number) {
        std::string_view const number = leading_number(read.value);
        read.flaw = flaw_of_number(number.size() > (number.starts_with('-') ? 1U : 0U) ? number : "0",
                                   read.size_bytes);
        read.tells_size = true;
    } else if (form->value == ParameterValue::never_or_others) {
        if (never_with_others(read.value, read.notify))
            read.flaw = form->otherwise;
    } else if (!is_bare)
        if (auto const misfit = unfit(form->value, read.value)) {
            read.flaw = form->otherwise;
            read.value = *misfit;
        }
    seen.keywords |= bit;
}

/// What stands at the front, as far as it is letters, digits and hyphens, and a value behind an equals
/// sign.
std::string_view keyword_and_value(std::string_view text) {
    auto const is_of_keyword = [](char c) {
        return c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    auto const* const end = std::find_if_not(text.begin(), text.end(), is_of_keyword);
    if (end == text.end() || *end != '=')
        return text.substr(0, static_cast<std::size_t>(end - text.begin()));
    auto const* const end_of_value = std::find_if(end + 1, text.end(), [](char c) {
        return c == ' ' || c == '=' || (c >= 0 && c < ' ') || c == '\x7f';
    });
    return text.substr(0, static_cast<std::size_t>(end_of_value - text.begin()));
}

} // namespace

Parameters read_parameters(std::string_view text, std::span<ParameterForm const> known,
                           ParameterBounds bounds, NotifyWords const& notified) {
    bool const by_keyword = bounds == ParameterBounds::keyword_and_value;
    Parameters read{.notify = notified};
    Seen seen;
    while (read.flaw == Flaw::none) {
        text.remove_prefix(std::min(text.find_first_not_of(by_keyword ? " \t" : " "), text.size()));
        if (text.empty())
            break;
        std::string_view const parameter =
            by_keyword ? keyword_and_value(text) : text.substr(0, text.find(' '));
        text.remove_prefix(parameter.size());
        if (by_keyword && !text.empty())
            text.remove_prefix(1); // whatever it is
        read_one(parameter, known, seen, read);
    }
    return read;
}

} // namespace mailflow
