#include "saved/other_output.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow {

namespace {

struct OtherOutput {
    std::string_view beginning;
    std::string_view what;
    std::string_view instead;
};

constexpr std::string_view of_run = "what can be opened again is written by mailflow run --format trace";
constexpr std::string_view of_batch = "this is a table of runs, for other programs";

constexpr std::array outputs{
    OtherOutput{"{\"format\":\"mailflow-trace\"", "what mailflow run --format jsonl writes", of_run},
    OtherOutput{"{\n  \"scenario\":", "what mailflow run --format json writes", of_run},
    OtherOutput{"scenario,seed,message,from,to,", "what mailflow run --format csv writes", of_run},
    OtherOutput{"# mailflow batch ", "part of a batch", "mailflow merge takes it"},
    OtherOutput{"run,file,scenario,", "what mailflow batch --format csv writes", of_batch},
    OtherOutput{"[\n  { \"run\":", "what mailflow batch --format json writes", of_batch},
    OtherOutput{"<?xml", "what mailflow batch --format junit writes", of_batch},
    OtherOutput{"SQLite format 3", "what mailflow batch --format sqlite writes", of_batch}};

} // namespace

std::string other_output_words(std::string_view bytes) {
    for (OtherOutput const& output : outputs)
        if (bytes.starts_with(output.beginning))
            return fmt::format("this is {}, no scenario; {}", output.what, output.instead);
    return {};
}

} // namespace mailflow
