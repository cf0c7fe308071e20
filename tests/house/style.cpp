#include "house/style.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <regex>

namespace mailflow::house {

namespace {

std::size_t columns_of(std::string_view line) {
    return static_cast<std::size_t>(std::count_if(
        line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

/// A complaint for each line about which `judge` has something to say.
std::vector<Complaint> check_lines(SourceFile const& file,
                                   std::function<std::string(std::string_view)> const& judge) {
    std::vector<Complaint> complaints;
    std::size_t number = 0;
    for (std::string_view const line : lines_of(file.text)) {
        ++number;
        if (std::string what = judge(line); !what.empty())
            complaints.push_back({file.path, number, std::move(what)});
    }
    return complaints;
}

std::string judge_opening(std::string_view path, std::vector<std::string_view> const& lines) {
    if (lines.empty())
        return "is empty";
    if (path.ends_with(".cpp"))
        return lines[0].starts_with("// ") || lines[0].starts_with("#include ")
                   ? ""
                   : "opens with neither a comment nor its includes";
    if (!lines[0].starts_with("// "))
        return "does not open with a comment that says what it is";
    auto const first_code = std::find_if(lines.begin(), lines.end(), [](std::string_view line) {
        return !line.empty() && !line.starts_with("//");
    });
    return first_code != lines.end() && *first_code == "#pragma once"
               ? ""
               : "has no #pragma once after its comment";
}

bool ends_in(std::string_view name, std::string_view suffix) {
    return name == suffix || (name.ends_with(suffix) && name[name.size() - suffix.size() - 1] == '.');
}

bool is_reserved_domain(std::string_view name) {
    constexpr std::array reserved{"example",     "test",        "invalid",    "localhost",
                                  "example.org", "example.com", "example.net"};
    return std::any_of(reserved.begin(), reserved.end(),
                       [&](char const* suffix) { return ends_in(name, suffix); });
}

bool is_public_domain(std::string_view name) {
    constexpr std::array tops{"com", "org", "net", "edu", "gov", "mil", "info", "io", "de", "fr", "uk", "eu"};
    return !is_reserved_domain(name) && name.find('.') != std::string_view::npos &&
           std::any_of(tops.begin(), tops.end(), [&](char const* top) { return ends_in(name, top); });
}

/// Or of a group of machines, or of none at all (RFC 6890): nobody owns those either.
bool is_documentation_v4(std::string const& address) {
    constexpr std::array ranges{"192.0.2.", "198.51.100.", "203.0.113.", "127.", "224.0.0.", "255.255.255."};
    return address == "0.0.0.0" || std::any_of(ranges.begin(), ranges.end(),
                                               [&](char const* range) { return address.starts_with(range); });
}

std::string judge_domains(std::string const& literal) {
    static std::regex const name{R"((@?)([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}))"};
    for (std::sregex_iterator at{literal.begin(), literal.end(), name}, end; at != end; ++at) {
        std::string domain = (*at)[2].str();
        std::transform(domain.begin(), domain.end(), domain.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        bool const in_address = (*at)[1].length() > 0;
        if (is_public_domain(domain) || (in_address && !is_reserved_domain(domain)))
            return domain + " may belong to somebody: use a name below .example";
    }
    return {};
}

std::string judge_addresses(std::string const& literal) {
    // Numbers that go on with a dot are a name, such as "103.113.0.203.dnsbl.example" (RFC 5782).
    static std::regex const v4{R"((sections? )?\b(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\b)"
                               R"((?:(\.in-addr\.arpa)|(?!\.[A-Za-z0-9])))"};
    for (std::sregex_iterator at{literal.begin(), literal.end(), v4}, end; at != end; ++at) {
        auto const octet = [&](std::size_t place) { return (*at)[place].str(); };
        bool const reversed = (*at)[6].matched;
        std::string const address = reversed ? octet(5) + "." + octet(4) + "." + octet(3) + "." + octet(2)
                                             : octet(2) + "." + octet(3) + "." + octet(4) + "." + octet(5);
        if (!(*at)[1].matched && !is_documentation_v4(address))
            return address + " is outside the ranges for documentation (RFC 5737)";
    }
    static std::regex const v6{R"(\b[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{0,4}){2,7})"};
    for (std::sregex_iterator at{literal.begin(), literal.end(), v6}, end; at != end; ++at) {
        std::string const text = at->str();
        bool const is_address =
            text.find("::") != std::string::npos || std::count(text.begin(), text.end(), ':') == 7;
        if (is_address && !text.starts_with("2001:db8:") && !text.starts_with("3fff:") &&
            !text.starts_with("ff02:"))
            return text + " is outside the ranges for documentation (RFC 3849)";
    }
    return {};
}

} // namespace

std::vector<Complaint> check_whitespace(SourceFile const& file) {
    std::vector<Complaint> complaints = check_lines(file, [](std::string_view line) -> std::string {
        if (line.find('\t') != std::string_view::npos)
            return "tab";
        if (line.ends_with(' ') || line.ends_with('\r'))
            return "space at the end of the line";
        if (columns_of(line) > longest_line)
            return std::to_string(columns_of(line)) + " columns";
        return {};
    });
    if (!file.text.ends_with('\n'))
        complaints.push_back({file.path, 0, "does not end with a newline"});
    if (file.text.ends_with("\n\n"))
        complaints.push_back({file.path, 0, "ends with an empty line"});
    return complaints;
}

std::vector<Complaint> check_shape(SourceFile const& file) {
    static std::regex const vague{R"(.*\b(?:class|struct)\s+\w*(?:Manager|Helper|Handler|Util|Utils)\b.*)"};
    std::vector<Complaint> complaints = check_lines(file, [](std::string_view line) -> std::string {
        return std::regex_match(line.begin(), line.end(), vague) ? "a name that says nothing" : "";
    });
    auto const lines = lines_of(file.text);
    if (std::string what = judge_opening(file.path, lines); !what.empty())
        complaints.push_back({file.path, 1, std::move(what)});
    if (lines.size() > longest_file)
        complaints.push_back({file.path, 0, std::to_string(lines.size()) + " lines: is it one subject?"});
    return complaints;
}

std::vector<Complaint> check_machine_paths(SourceFile const& file) {
    static std::regex const path{R"((?:^|[^\w.~)}])/(?:work|home|farm|root|Users)(?:/|\b))"};
    return check_lines(file, [](std::string_view line) -> std::string {
        std::match_results<std::string_view::const_iterator> found;
        return std::regex_search(line.begin(), line.end(), found, path)
                   ? "a path of one machine: " + found.str()
                   : "";
    });
}

std::vector<Complaint> check_repeatable(SourceFile const& file) {
    static std::regex const outside{R"(.*\b(?:system_clock|steady_clock|high_resolution_clock|)"
                                    R"(random_device|mt19937\w*|\w+_distribution)\b.*)"};
    return check_lines(file, [](std::string_view line) -> std::string {
        return std::regex_match(line.begin(), line.end(), outside) ? "a clock or chance from outside the run"
                                                                   : "";
    });
}

std::vector<Complaint> check_test_names(SourceFile const& file) {
    static std::regex const misread{
        R"(^(?:TEST_CASE|SCENARIO|TEST_CASE_METHOD)\("(?:[-~*\[].*|[^"]*[;\[\]\\].*))"};
    return check_lines(file, [](std::string_view line) -> std::string {
        return std::regex_match(line.begin(), line.end(), misread)
                   ? "a test name that is an option or a pattern"
                   : "";
    });
}

std::vector<Complaint> check_colours(SourceFile const& file) {
    static std::regex const colour{R"(.*(?:rgb\(0x|IM_COL32\(|\b0x[Ff][Ff][0-9A-Fa-f]{6}\b).*)"};
    if (file.path == "viz/theme.cpp")
        return {};
    return check_lines(file, [](std::string_view line) -> std::string {
        return std::regex_match(line.begin(), line.end(), colour) ? "a colour outside the themes" : "";
    });
}

std::vector<Complaint> check_reserved_names(SourceFile const& file) {
    return check_lines(file, [](std::string_view line) -> std::string {
        for (std::string const& literal : literals_in(line)) {
            if (std::string what = judge_domains(literal); !what.empty())
                return what;
            if (std::string what = judge_addresses(literal); !what.empty())
                return what;
        }
        return {};
    });
}

} // namespace mailflow::house
