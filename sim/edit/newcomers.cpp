#include "edit/newcomers.hpp"

#include "edit/format.hpp"
#include "edit/splice.hpp"
#include "scenario/places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mailflow {

namespace {

struct SectionWords {
    std::string_view section;
    std::string_view many;
    std::string_view one;
};

constexpr std::array section_table{SectionWords{"networks", "Places", "Place"},
                                   SectionWords{"servers", "Servers", "Server"},
                                   SectionWords{"people", "People", "Person"},
                                   SectionWords{"spammers", "Spammers", "Spammer"},
                                   SectionWords{"populations", "Populations", "Population"},
                                   SectionWords{"blocklists", "Blocklists", "Blocklist"},
                                   SectionWords{"dns", "DNS", "Domain"},
                                   SectionWords{"mail", "Mail", "Message"},
                                   SectionWords{"changes", "What changes meanwhile", "Change"},
                                   SectionWords{"expect", "What must come out", "Expectation"}};

SectionWords const* words_for(std::string_view section) {
    auto const found = std::find_if(section_table.begin(), section_table.end(),
                                    [&](SectionWords const& words) { return words.section == section; });
    return found == section_table.end() ? nullptr : &*found;
}

std::string or_else(std::vector<std::string> const& names, std::string_view fallback) {
    return names.empty() ? std::string{fallback} : names.front();
}

/// The name, or the name with the first number that makes it new: before its first dot, "mail2.isp.example".
std::string free_name(Value scenario, std::string_view section, std::string const& wanted) {
    auto const things = find_child(scenario, section);
    std::string name = wanted;
    std::size_t const dot = std::min(wanted.find('.'), wanted.size());
    for (std::size_t n = 2; things && find_child(*things, name); ++n)
        name = fmt::format("{}{}{}", wanted.substr(0, dot), n, wanted.substr(dot));
    return name;
}

/// The key of a new thing and what stands there.
struct Made {
    std::string key; // empty: an item of a list
    std::string json;
};

Made make(Value scenario, std::string_view section) {
    std::string const domain = or_else(domains_in(scenario), "isp.example");
    std::string const server = or_else(names_in(scenario, "servers"), "mail.isp.example");
    std::string const person = or_else(names_in(scenario, "people"), "maya");
    if (section == "networks")
        return {free_name(scenario, section, "place"), "{}"};
    if (section == "servers") {
        bool const first = names_in(scenario, "servers").empty();
        std::string const name =
            first ? "mail.isp.example" : free_name(scenario, section, "mail.new.example");
        std::string const handled = name.substr(name.find('.') + 1);
        std::vector<std::string> const known = domains_in(scenario);
        bool const taken = std::find(known.begin(), known.end(), handled) != known.end();
        return {name, taken ? "{}" : fmt::format(R"({{"handles":[{}]}})", json_string(handled))};
    }
    if (section == "people") {
        std::string const name = free_name(scenario, section, "maya");
        return {name, fmt::format(R"({{"address":"{}@{}"}})", name, domain)};
    }
    if (section == "spammers")
        return {free_name(scenario, section, "bulk"), // shown as "Spammer bulk"
                fmt::format(R"({{"to":["someone@{}"],"count":10}})", domain)};
    if (section == "populations") {
        // No number: those of the first one's people would be the second one's names.
        std::string name = "town";
        while (find_value(scenario, "/populations/" + name))
            name += "s";
        return {name, fmt::format(R"({{"server":{},"people":100,"at_most":100}})", json_string(server))};
    }
    if (section == "blocklists")
        return {free_name(scenario, section, "dnsbl.example"), "{}"};
    if (section == "dns")
        return {free_name(scenario, section, "new.example"), R"({"fails":"nxdomain"})"};
    if (section == "mail")
        return {{}, fmt::format(R"({{"from":{},"to":["someone@{}"]}})", json_string(person), domain)};
    if (section == "changes")
        return {{}, fmt::format(R"({{"at":"1h","server":{},"set":{{"up":false}}}})", json_string(server))};
    if (section == "expect")
        return {{},
                fmt::format(R"({{"mail":{},"outcome":"delivered"}})",
                            json_string(or_else(names_in(scenario, "mail"), "mail-1")))};
    return {{}, "{}"};
}

} // namespace

Newcomer newcomer(Value scenario, std::string_view section) {
    Made made = make(scenario, section);
    std::string const pointer = fmt::format("/{}", section);
    if (!made.key.empty()) {
        std::string const there = pointer + "/" + escape_for_pointer(made.key);
        return {{there, std::move(made.json)}, there};
    }
    auto const list = find_child(scenario, section);
    return {{pointer + "/-", std::move(made.json)},
            fmt::format("{}/{}", pointer, list ? count_children(*list) : 0)};
}

std::string section_words(std::string_view section) {
    SectionWords const* const words = words_for(section);
    return std::string{words == nullptr ? section : words->many};
}

std::string newcomer_words(std::string_view section) {
    SectionWords const* const words = words_for(section);
    return std::string{words == nullptr ? section : words->one};
}

std::string thing_words(std::vector<std::string> const& tokens) {
    if (tokens.size() < 2)
        return tokens.empty() ? std::string{} : section_words(tokens.front());
    auto const place = list_place(tokens.back());
    if (!place)
        return tokens.back();
    return fmt::format(
        "{} {}", tokens.size() == 2 ? newcomer_words(tokens.front()) : tokens[tokens.size() - 2], *place + 1);
}

} // namespace mailflow
