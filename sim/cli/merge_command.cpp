// mailflow merge SHARD...
#include "base/standard_error.hpp"
#include "batch/merge.hpp"
#include "cli/batch_results.hpp"
#include "cli/interrupts.hpp"

#include <fmt/format.h>

namespace mailflow::cli {

Status merge_shards(MergeOptions const& options) {
    if (std::string const words = trouble_with(options.format, options.output); !words.empty()) {
        say_on_stderr("mailflow: {}\n", words);
        return Status::bad_usage;
    }
    for (std::string const& shard : options.shards)
        if (is_same_file(shard, options.output)) {
            say_on_stderr("mailflow: {} is one of the shards; name another file with -o\n", options.output);
            return Status::bad_usage;
        }
    end_at_interrupts();
    auto opened = batch::MergedRows::open(options.shards);
    if (auto const* trouble = std::get_if<batch::SpoolTrouble>(&opened)) {
        say_on_stderr("mailflow: {}\n", trouble->words);
        return status_of(*trouble);
    }
    listen_for_interrupts();
    Status const status = write_results(std::get<batch::MergedRows>(opened),
                                        format_for(options.format, options.output), options.output);
    if (status == Status::interrupted)
        say_on_stderr("mailflow: interrupted while the results were written\n");
    return status;
}

} // namespace mailflow::cli
