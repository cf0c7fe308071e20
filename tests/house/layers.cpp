#include "house/layers.hpp"

#include <regex>

namespace mailflow::house {

namespace {

struct ForeignLibrary {
    std::string prefix; // of the path in an #include
    std::set<std::string> layers;
    bool in_headers; // whether headers may show it to others
};

std::vector<ForeignLibrary> const& foreign_libraries() {
    static std::vector<ForeignLibrary> const libraries{
        {"SFML/", {"viz"}, true},
        {"imgui", {"viz"}, true},
        {"nlohmann/", {"scenario", "report", "bench"}, false},
        {"sqlite3.h", {"batch"}, false},
        {"mpi.h", {"batch"}, false},
        {"CLI/", {"cli", "viz"}, true},
        {"X11/", {"viz"}, false},
        {"GL/", {"viz"}, false},
        {"catch2/", {}, false},
        {"valijson/", {}, false},
    };
    return libraries;
}

std::string check_own(std::string const& layer, std::string const& included, bool is_header) {
    std::size_t const slash = included.find('/');
    if (slash == std::string::npos)
        return "\"" + included + "\" names no folder: includes are written from sim/";
    std::string const used = included.substr(0, slash);
    if (!layer_order().contains(used))
        return "\"" + included + "\" lies in no layer";
    if (layer == "run" && is_header && used == "engine")
        return "the header of run/ shows engine/, which it is there to hide";
    if (used != layer && !layer_order().at(layer).contains(used))
        return layer + "/ may not include " + used + "/ (" + included + ")";
    return {};
}

std::string check_foreign(std::string const& layer, std::string const& included, bool is_header) {
    for (ForeignLibrary const& library : foreign_libraries()) {
        if (!included.starts_with(library.prefix))
            continue;
        if (!library.layers.contains(layer))
            return layer + "/ may not include <" + included + ">";
        if (is_header && !library.in_headers)
            return "<" + included + "> belongs into a .cpp";
    }
    return {};
}

std::set<std::string> words_of(std::string const& text) {
    std::set<std::string> words;
    std::regex const word{R"([^\s]+)"};
    for (std::sregex_iterator at{text.begin(), text.end(), word}, end; at != end; ++at)
        words.insert(at->str());
    return words;
}

void add_below(std::map<std::string, std::set<std::string>> const& linked, std::string const& layer,
               std::set<std::string>& reached) {
    auto const uses = linked.find(layer);
    if (!reached.insert(layer).second || uses == linked.end())
        return;
    for (std::string const& used : uses->second)
        add_below(linked, used, reached);
}

} // namespace

std::map<std::string, std::set<std::string>> const& layer_order() {
    static std::map<std::string, std::set<std::string>> const order{
        {"base", {}},
        {"mail", {"base"}},
        {"bounce", {"base", "mail"}},
        {"policy", {"base", "mail"}},
        {"smtp", {"base", "mail", "policy"}},
        {"access", {"base", "mail", "policy"}},
        {"world", {"base", "mail", "policy"}},
        {"trace", {"base", "mail", "policy", "world"}},
        {"engine", {"base", "mail", "policy", "world", "trace", "smtp", "access"}},
        {"run", {"base", "mail", "policy", "smtp", "world", "trace", "engine", "report"}},
        {"scenario", {"base", "mail", "policy", "smtp", "world"}},
        {"edit", {"base", "mail", "policy", "smtp", "world", "scenario"}},
        {"report", {"base", "mail", "policy", "world", "trace"}},
        {"batch", {"base", "mail", "policy", "world", "trace", "run", "scenario", "report"}},
        {"saved", {"base", "mail", "policy", "world", "trace", "run", "scenario"}},
        {"bench", {"base", "mail", "policy", "world", "trace", "run", "scenario", "report", "batch"}},
        {"cli",
         {"base", "mail", "bounce", "policy", "world", "trace", "run", "batch", "bench", "scenario", "report",
          "saved"}},
        {"viz",
         {"base", "mail", "bounce", "policy", "world", "trace", "run", "scenario", "edit", "report",
          "saved"}},
    };
    return order;
}

std::string layer_of(std::string_view path) {
    if (path.starts_with("sim/"))
        path.remove_prefix(4);
    return std::string{path.substr(0, path.find('/'))};
}

std::vector<Complaint> check_includes(SourceFile const& file) {
    static std::regex const include{R"(^\s*#\s*include\s*(["<])([^">]+)[">].*)"};
    std::string const layer = layer_of(file.path);
    if (!layer_order().contains(layer))
        return {{file.path, 0, "the folder " + layer + " has no place in the order of the layers"}};
    bool const is_header = file.path.ends_with(".hpp");
    std::vector<Complaint> complaints;
    std::size_t number = 0;
    for (std::string_view const line : lines_of(file.text)) {
        ++number;
        std::match_results<std::string_view::const_iterator> found;
        if (!std::regex_match(line.begin(), line.end(), found, include))
            continue;
        std::string const included = found[2].str();
        std::string const what = found[1].str() == "\"" ? check_own(layer, included, is_header)
                                                        : check_foreign(layer, included, is_header);
        if (!what.empty())
            complaints.push_back({file.path, number, what});
    }
    return complaints;
}

std::map<std::string, std::set<std::string>> linked_layers(std::string const& cmake) {
    static std::regex const call{R"(\badd_layer\((\w+)(?:\s+BATCHED)?(?:\s+USES\s+([^)]*))?\))"};
    std::map<std::string, std::set<std::string>> linked;
    for (std::sregex_iterator at{cmake.begin(), cmake.end(), call}, end; at != end; ++at)
        linked[(*at)[1].str()] = words_of((*at)[2].str());
    return linked;
}

std::set<std::string> linked_targets(std::string const& cmake, std::string const& target) {
    static std::regex const call{R"(\btarget_link_libraries\(\s*([\w-]+)\s+([^)]*)\))"};
    std::set<std::string> layers;
    for (std::sregex_iterator at{cmake.begin(), cmake.end(), call}, end; at != end; ++at) {
        if ((*at)[1].str() != target)
            continue;
        for (std::string const& word : words_of((*at)[2].str()))
            if (word.starts_with("mailflow_") && layer_order().contains(word.substr(9)))
                layers.insert(word.substr(9));
    }
    return layers;
}

std::vector<Complaint> check_links(std::map<std::string, std::set<std::string>> const& linked) {
    std::vector<Complaint> complaints;
    for (auto const& [layer, uses] : linked) {
        if (!layer_order().contains(layer)) {
            complaints.push_back({layer, 0, "has no place in the order of the layers"});
            continue;
        }
        std::set<std::string> const& allowed = layer_order().at(layer);
        for (std::string const& used : uses)
            if (!allowed.contains(used))
                complaints.push_back({layer, 0, "links " + used + ", which it may not include"});
        std::set<std::string> reached;
        add_below(linked, layer, reached);
        for (std::string const& used : allowed)
            if (!reached.contains(used))
                complaints.push_back({layer, 0, "may include " + used + ", but does not link it"});
    }
    return complaints;
}

} // namespace mailflow::house
