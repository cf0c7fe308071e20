// The program mailflow as a process: what it writes where, and how it ends.
#pragma once

#include "catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

/// A folder of its own for one test, gone afterwards.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "mailflow-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            std::abort();
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    [[nodiscard]] std::filesystem::path operator/(std::string const& name) const { return path_ / name; }
    [[nodiscard]] std::size_t count() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator{path_}, std::filesystem::directory_iterator{}));
    }

private:
    std::filesystem::path path_;
};

inline std::string content_of(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline void write(std::filesystem::path const& path, std::string const& text) {
    std::ofstream{path, std::ios::binary} << text;
}

struct Ended {
    int status = -1;
    std::string out;
    std::string err;
};

/// Runs the program with these arguments, as the shell reads them.
inline Ended mailflow_program(std::string const& arguments) {
    Folder const folder;
    std::string const command = "\"" MAILFLOW_PROGRAM "\" " + arguments;
    std::string const line = "{ " + command + "\n} >'" + (folder / "out").string() + "' 2>'" +
                             (folder / "err").string() + "' </dev/null";
    int const ended = std::system(line.c_str());
    CAPTURE(command);
    REQUIRE(WIFEXITED(ended));
    return {WEXITSTATUS(ended), content_of(folder / "out"), content_of(folder / "err")};
}

/// A path, not a word of a command: the checkout may lie in a folder with a blank in its name.
inline std::filesystem::path scenario_path(std::string const& name) {
    return MAILFLOW_SOURCE_DIR "/scenarios/" + name + ".json";
}

inline std::string shell_word(std::filesystem::path const& path) {
    return "'" + path.string() + "'";
}

/// The lesson that the product exists for, as a word of a command.
inline std::string const lesson = shell_word(scenario_path("02-relaying-denied"));

inline bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}
