// Every line that anybody says has words for those who hear it for the first time.
#include "library.hpp"

#include "report/words/line_meaning.hpp"

using namespace mailflow;

namespace {

Trace trace_of(char const* lesson) {
    return run(world_of(text_of(std::filesystem::path{MAILFLOW_SOURCE_DIR} / "scenarios" / lesson)));
}

bool is_line(Event const& event) {
    return std::holds_alternative<CommandSent>(event.happening) ||
           std::holds_alternative<ReplySent>(event.happening) ||
           std::holds_alternative<AccessCommandSent>(event.happening) ||
           std::holds_alternative<AccessReplySent>(event.happening);
}

} // namespace

TEST_CASE("Each line of a dialogue has a meaning, and nothing else has") {
    for (char const* const lesson : {"02-relaying-denied.json", "03-authenticated.json",
                                     "07-two-devices.json", "21-greylisting.json", "32-web-mail.json"}) {
        INFO(lesson);
        for (Event const& event : trace_of(lesson).events)
            CHECK(meaning_of_line(event).empty() != is_line(event));
    }
}

TEST_CASE("The reply to the content tells who is responsible from then on") {
    bool queued = false;
    for (Event const& event : trace_of("03-authenticated.json").events)
        if (auto const* const sent = std::get_if<ReplySent>(&event.happening);
            sent != nullptr && sent->entry.valid()) {
            queued = true;
            CHECK(meaning_of_line(event).find("responsible") != std::string_view::npos);
        }
    CHECK(queued);
}
