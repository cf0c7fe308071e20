// The README is true: what it shows as a transcript is what the program says.
#include "cli/process.hpp"

#include <vector>

namespace {

struct Transcript {
    std::string arguments; // of the program
    std::string shown;
};

/// The fenced blocks that follow a line "<!-- transcript: mailflow ARGUMENTS -->".
std::vector<Transcript> transcripts_of(std::string const& readme) {
    std::string const mark = "<!-- transcript: mailflow ";
    std::string const fence = "```text\n";
    std::vector<Transcript> found;
    for (std::size_t at = readme.find(mark); at != std::string::npos; at = readme.find(mark, at + 1)) {
        std::size_t const arguments = at + mark.size();
        std::size_t const begin = readme.find(fence, at) + fence.size();
        std::size_t const end = readme.find("```", begin);
        found.push_back({readme.substr(arguments, readme.find(" -->", at) - arguments),
                         readme.substr(begin, end - begin)});
    }
    return found;
}

} // namespace

TEST_CASE("the transcripts in the README are the program's own words") {
    std::filesystem::path const source{MAILFLOW_SOURCE_DIR};
    std::vector<Transcript> const transcripts = transcripts_of(content_of(source / "README.md"));
    REQUIRE(transcripts.size() == 4);
    std::filesystem::path const before = std::filesystem::current_path();
    std::filesystem::current_path(source); // the README speaks as from the top of the checkout
    for (Transcript const& transcript : transcripts) {
        CAPTURE(transcript.arguments);
        Ended const ended = mailflow_program(transcript.arguments);
        CHECK(ended.out + ended.err == transcript.shown);
    }
    std::filesystem::current_path(before);
}
