#include "house/includes.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <map>
#include <set>
#include <sstream>

namespace mailflow::house {

namespace {

/// The names that each header brings, of those that have few enough to be sure.
std::map<std::string, std::string> const& names_of_headers() {
    static std::map<std::string, std::string> const names{
        {"algorithm",
         "all_of any_of none_of for_each find find_if find_if_not find_end find_first_of adjacent_find count "
         "count_if mismatch equal is_permutation search copy copy_if copy_n copy_backward move_backward "
         "swap_ranges iter_swap transform replace replace_if fill fill_n generate generate_n remove "
         "remove_if remove_copy_if unique unique_copy reverse rotate shuffle sample partition "
         "stable_partition partition_copy partition_point sort stable_sort partial_sort is_sorted "
         "is_sorted_until nth_element lower_bound upper_bound equal_range binary_search merge inplace_merge "
         "includes set_union set_intersection set_difference set_symmetric_difference push_heap pop_heap "
         "make_heap sort_heap is_heap min max minmax min_element max_element clamp "
         "lexicographical_compare next_permutation prev_permutation ranges"},
        {"array", "array to_array"},
        {"atomic", "atomic atomic_flag atomic_ref memory_order atomic_thread_fence"},
        {"bitset", "bitset"},
        {"cctype",
         "isalnum isalpha isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper isxdigit "
         "tolower toupper"},
        {"charconv", "from_chars to_chars chars_format from_chars_result to_chars_result"},
        {"chrono", "chrono ms s ns us min h"},
        {"condition_variable", "condition_variable condition_variable_any cv_status"},
        {"cstdint",
         "int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t intmax_t "
         "uintmax_t INT8_MAX INT16_MAX INT32_MAX INT64_MAX UINT8_MAX UINT16_MAX UINT32_MAX UINT64_MAX "
         "SIZE_MAX int_fast8_t uint_fast8_t int_fast32_t uint_fast32_t uint_fast64_t"},
        {"deque", "deque"},
        {"filesystem", "filesystem"},
        {"fstream", "ifstream ofstream fstream filebuf"},
        {"functional",
         "function hash reference_wrapper ref cref invoke bind bind_front not_fn mem_fn identity plus minus "
         "multiplies divides less greater less_equal greater_equal equal_to not_equal_to logical_not "
         "bit_and bit_or bit_xor bad_function_call"},
        {"limits", "numeric_limits"},
        {"list", "list"},
        {"map", "map multimap"},
        {"mutex",
         "mutex recursive_mutex timed_mutex lock_guard unique_lock scoped_lock once_flag call_once lock"},
        {"optional", "optional nullopt nullopt_t make_optional bad_optional_access"},
        {"queue", "queue priority_queue"},
        {"regex", "regex smatch cmatch match_results sub_match regex_match regex_search regex_replace "
                  "sregex_iterator cregex_iterator regex_iterator sregex_token_iterator"},
        {"set", "set multiset"},
        {"span", "span as_bytes as_writable_bytes dynamic_extent"},
        {"sstream", "stringstream ostringstream istringstream stringbuf"},
        {"string_view", "string_view u8string_view basic_string_view wstring_view"},
        {"thread", "thread jthread this_thread"},
        {"tuple",
         "tuple tie make_tuple apply tuple_cat forward_as_tuple tuple_size tuple_size_v tuple_element "
         "tuple_element_t ignore get"},
        {"unordered_map", "unordered_map unordered_multimap"},
        {"unordered_set", "unordered_set unordered_multiset"},
        {"variant", "variant visit get get_if holds_alternative monostate variant_size variant_size_v "
                    "variant_alternative_t bad_variant_access"},
        {"vector", "vector"},
    };
    return names;
}

bool is_of_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// The words of a line of code, without its strings and its comment.
void add_words(std::string_view line, std::set<std::string, std::less<>>& words) {
    for (std::size_t at = 0; at < line.size();) {
        if (line.substr(at).starts_with("//"))
            return;
        if (line[at] == '"') {
            ++at;
            while (at < line.size() && line[at] != '"')
                at += line[at] == '\\' ? 2 : 1;
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < line.size() && is_of_word(line[end]))
            ++end;
        if (end > at)
            words.emplace(line.substr(at, end - at));
        at = std::max(end, at + 1);
    }
}

/// The header that a line includes; empty: none.
std::string_view header_in(std::string_view line) {
    constexpr std::string_view include = "#include <";
    std::size_t const end = line.find('>');
    return line.starts_with(include) && end != std::string_view::npos
               ? line.substr(include.size(), end - include.size())
               : std::string_view{};
}

} // namespace

std::vector<Complaint> check_includes_used(SourceFile const& file) {
    std::set<std::string, std::less<>> words;
    for (std::string_view const line : lines_of(file.text))
        if (!line.starts_with("#include"))
            add_words(line, words);
    std::vector<Complaint> complaints;
    std::size_t number = 0;
    for (std::string_view const line : lines_of(file.text)) {
        ++number;
        auto const known = names_of_headers().find(std::string{header_in(line)});
        if (known == names_of_headers().end())
            continue;
        std::istringstream names{known->second};
        bool used = false;
        for (std::string name; names >> name;)
            used = used || words.contains(name);
        if (!used)
            complaints.push_back({file.path, number, "includes <" + known->first + "> and uses none of it"});
    }
    return complaints;
}

} // namespace mailflow::house
