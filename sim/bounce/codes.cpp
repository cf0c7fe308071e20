// Reply codes and enhanced status codes, found in free text.
#include "bounce/recognition.hpp"

#include <fmt/format.h>

#include <regex>
#include <string>
#include <string_view>

namespace mailflow {

namespace {

/// Before a code stands nothing, or what cannot be a part of a number, a name or an address.
constexpr std::string_view start_of_word = R"((?:^|[\s"'`(#:;>=]))";

std::regex at_start_of_word(std::string_view pattern) {
    return std::regex{fmt::format("{}{}", start_of_word, pattern)};
}

} // namespace

int reply_code_in(std::string_view words) {
    if (words.starts_with("HTTP/")) // what web mail answers: its 4xx does not mean "later"
        return 0;
    static std::regex const code = at_start_of_word(R"(([45][0-5]\d)(?=[\s\-"'),]|$))");
    std::match_results<std::string_view::const_iterator> found;
    return std::regex_search(words.begin(), words.end(), found, code) ? std::stoi(found[1].str()) : 0;
}

std::optional<EnhancedCode> status_in(std::string_view words) {
    static std::regex const status =
        at_start_of_word(R"(([245])\.(\d{1,3})\.(\d{1,3})(?=[\s"'):;,.\]]|$)(?!\.\d))");
    std::match_results<std::string_view::const_iterator> found;
    if (!std::regex_search(words.begin(), words.end(), found, status))
        return std::nullopt;
    return EnhancedCode{static_cast<std::uint8_t>(std::stoi(found[1].str())),
                        static_cast<std::uint16_t>(std::stoi(found[2].str())),
                        static_cast<std::uint16_t>(std::stoi(found[3].str()))};
}

} // namespace mailflow
