// The letters that the simulated servers write, with what the trace knows of them: for tests that read them
// back.
#pragma once

#include "bounce/cause.hpp"

#include "report/letter.hpp"
#include "report/library.hpp"
#include "report/trace_index.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace mailflow {

struct Written {
    std::string text;  // the whole letter
    std::string human; // only the part for people
    std::string reporting_server;
    std::string recipient;     // as the message had it
    std::string led_to;        // where aliases led it
    std::string remote_server; // empty: the reporting server found out by itself
    std::string remote_address;
    std::vector<Cause> causes; // what kept it back, and that the time was over where it was
};

/// The letters about one recipient each, with what the trace knows of them.
inline std::vector<Written> letters_of(World const& world) {
    Trace const trace = run(world);
    TraceIndex const index = index_of(world, trace);
    std::vector<Written> letters;
    for (auto const& [bounce, settled] : index.returned) {
        if (settled.size() != 1 || settled.front().reason == Reason::scripted_answer)
            continue;
        RecipientSettled const& end = settled.front();
        bool const remote = end.session.valid() && !is_diagnosis(end.saying);
        Host const* const other = remote ? &world.hosts[trace.sessions[end.session].server] : nullptr;
        std::vector<Cause> causes{cause_of(end.saying)};
        if (end.reason == Reason::expired)
            causes.push_back(Cause::expired);
        Letter const letter = letter_of(world, trace, index, bounce);
        letters.push_back({to_text(letter), letter.human, world.hosts[trace.messages[bounce].origin].name,
                           world.book.text(trace.recipients[end.recipient].address),
                           world.book.text(index.settling[end.recipient.index].address),
                           other ? other->name : "", other ? to_text(other->address) : "", causes});
    }
    return letters;
}

/// All letters of the library, as if all servers ran this software.
inline std::vector<Written> letters_in(Software software) {
    std::vector<Written> all;
    for (auto const& file : library_files()) {
        World world = world_of(text_of(file));
        for (Server& server : world.servers)
            server.policy.software = software;
        std::vector<Written> const letters = letters_of(world);
        constexpr std::size_t enough = 5; // backscatter repeats itself
        all.insert(all.end(), letters.begin(),
                   letters.begin() + static_cast<std::ptrdiff_t>(std::min(enough, letters.size())));
    }
    return all;
}

} // namespace mailflow
