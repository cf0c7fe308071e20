// Holds every #include and every link to the one-way order of the layers, and tests that it can tell.
#include "catch.hpp"
#include "house/layers.hpp"

#include <algorithm>

using namespace mailflow::house;

namespace {

std::vector<std::string> complaints_about(std::string const& path, std::string const& text) {
    std::vector<std::string> whats;
    for (Complaint const& complaint : check_includes({path, text}))
        whats.push_back(complaint.what);
    return whats;
}

std::string text_of(std::string_view path) {
    for (SourceFile const& file : all_files())
        if (file.path == path)
            return file.text;
    return {};
}

/// What the layers and the program of sim/CMakeLists.txt link.
std::map<std::string, std::set<std::string>> links_of_the_project() {
    std::string const sim = text_of("sim/CMakeLists.txt");
    auto linked = linked_layers(sim);
    linked["cli"] = linked_targets(sim, "mailflow");
    return linked;
}

} // namespace

TEST_CASE("every include keeps to the order of the layers") {
    std::size_t seen = 0;
    for (char const* folder : {"sim/", "viz/"})
        for (SourceFile const& file : files_in(folder, {".hpp", ".cpp"})) {
            ++seen;
            for (Complaint const& complaint : check_includes(file))
                FAIL_CHECK(complaint);
        }
    CHECK(seen > 30);
}

TEST_CASE("every folder of sim is a layer that the build knows") {
    auto const linked = links_of_the_project();
    for (SourceFile const& file : files_in("sim/", {".hpp", ".cpp"})) {
        INFO(file.path);
        CHECK(linked.contains(layer_of(file.path)));
    }
    for (auto const& [layer, allowed] : layer_order()) {
        INFO(layer);
        CHECK((layer == "viz" || linked.contains(layer)));
    }
}

TEST_CASE("the targets link what their folders may include and no more") {
    auto const linked = links_of_the_project();
    CHECK(linked.size() + 1 == layer_order().size()); // all but viz/, which has a build file of its own
    for (Complaint const& complaint : check_links(linked))
        FAIL_CHECK(complaint);
}

TEST_CASE("the window links neither the engine nor the sessions") {
    std::string const cmake = text_of("viz/CMakeLists.txt");
    CHECK(cmake.find("mailflow_engine") == std::string::npos);
    CHECK(cmake.find("mailflow_smtp") == std::string::npos);
}

TEST_CASE("the order of the layers has no way back up") {
    for (auto const& [layer, allowed] : layer_order()) {
        CHECK_FALSE(allowed.contains(layer));
        for (std::string const& below : allowed) {
            INFO(layer << " over " << below);
            REQUIRE(layer_order().contains(below));
            CHECK_FALSE(layer_order().at(below).contains(layer));
        }
    }
}

TEST_CASE("an include against the order is found") {
    using Whats = std::vector<std::string>;
    CHECK(complaints_about("sim/mail/reply.cpp", "#include \"policy/rule.hpp\"\n") ==
          Whats{"mail/ may not include policy/ (policy/rule.hpp)"});
    CHECK(complaints_about("viz/app.cpp", "  #  include \"engine/loop.hpp\" // why\n") ==
          Whats{"viz/ may not include engine/ (engine/loop.hpp)"});
    CHECK(complaints_about("viz/panels/ladder.cpp", "#include \"smtp/client_session.hpp\"\n").size() == 1);
    CHECK(complaints_about("sim/cli/talk.cpp", "#include \"engine/loop.hpp\"\n").size() == 1);
    CHECK(complaints_about("sim/engine/loop.cpp", "#include \"run/run.hpp\"\n").size() == 1);
    CHECK(complaints_about("sim/scenario/load.cpp", "#include \"trace/trace.hpp\"\n").size() == 1);
    CHECK(complaints_about("sim/report/story/story.cpp", "#include \"run/run.hpp\"\n").size() == 1);
    CHECK(complaints_about("sim/run/run.hpp", "#include \"engine/loop.hpp\"\n").size() == 1);
    CHECK(complaints_about("sim/policy/rules/mailbox.cpp", "#include \"rules.hpp\"\n").size() == 1);
    CHECK(complaints_about("sim/policy/rule.hpp", "#include \"plugins/rule.hpp\"\n").size() == 1);
    CHECK(complaints_about("sim/plugins/rule.hpp", "").size() == 1);
}

TEST_CASE("an include with the order is left alone") {
    CHECK(complaints_about("sim/run/run.cpp", "#include \"engine/loop.hpp\"\n#include <vector>\n").empty());
    CHECK(complaints_about("sim/policy/rules/mailbox.cpp", "#include \"policy/rules/rules.hpp\"\n").empty());
    CHECK(complaints_about("viz/app.cpp", "#include \"run/run.hpp\"\n#include \"viz/app.hpp\"\n").empty());
    CHECK(complaints_about("sim/mail/reply.cpp", "// #include \"policy/rule.hpp\"\n").empty());
}

TEST_CASE("libraries are found where they do not belong") {
    CHECK(complaints_about("sim/world/world.cpp", "#include <nlohmann/json.hpp>\n").size() == 1);
    CHECK(complaints_about("sim/scenario/load.hpp", "#include <nlohmann/json.hpp>\n").size() == 1);
    CHECK(complaints_about("sim/scenario/load.cpp", "#include <nlohmann/json.hpp>\n").empty());
    CHECK(complaints_about("sim/report/story/story.cpp", "#include <SFML/Graphics.hpp>\n").size() == 1);
    CHECK(complaints_about("sim/report/story/story.cpp", "#include <imgui.h>\n").size() == 1);
    CHECK(complaints_about("viz/glue.cpp", "#include <SFML/Graphics.hpp>\n#include <imgui.h>\n").empty());
    CHECK(complaints_about("sim/report/story/story.cpp", "#include <CLI/CLI.hpp>\n").size() == 1);
    CHECK(complaints_about("sim/cli/main.cpp", "#include <CLI/CLI.hpp>\n").empty());
}

TEST_CASE("the links of a build file are read") {
    auto const linked =
        linked_layers("add_layer(base)\nadd_layer(engine BATCHED USES trace\n  smtp)  # why\n");
    CHECK(linked.at("base").empty());
    CHECK(linked.at("engine") == std::set<std::string>{"smtp", "trace"});
    CHECK(linked_targets(
              "target_link_libraries(mailflow PRIVATE mailflow_run\n mailflow_warnings CLI11::CLI11)\n"
              "target_link_libraries(other PRIVATE mailflow_base)\n",
              "mailflow") == std::set<std::string>{"run"});
}

TEST_CASE("links that disagree with the order are found") {
    auto linked = links_of_the_project();
    REQUIRE(check_links(linked).empty());
    auto const has = [](std::vector<Complaint> const& complaints, Complaint const& wanted) {
        return std::find(complaints.begin(), complaints.end(), wanted) != complaints.end();
    };
    linked["report"].insert("run");
    CHECK(has(check_links(linked), {"report", 0, "links run, which it may not include"}));
    linked["scenario"].clear();
    CHECK(has(check_links(linked), {"scenario", 0, "may include world, but does not link it"}));
    linked["plugins"] = {};
    CHECK(has(check_links(linked), {"plugins", 0, "has no place in the order of the layers"}));
}
