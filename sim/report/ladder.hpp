// A decision as a ladder: each rule that was asked, whether it matched, and the values that made it so.
#pragma once

#include "trace/trace.hpp"

#include <string>
#include <vector>

namespace mailflow {

struct Rung {
    Match match = Match::no;
    std::string sentence; // "the client is in a trusted network"
    std::string because;  // "198.51.100.7 is not in 192.0.2.0/24"
    std::string source;   // "RFC 2505 section 2.1"
};

struct Ladder {
    HostId server;
    std::string about;    // the recipient, or the sender where it is about that; "<>" for the null path
    std::string read_as;  // whom the server takes the recipient for, where that is somebody else; else empty
    std::string question; // "may the message pass?"
    Verdict verdict = Verdict::refuse;
    Saying saying = Saying::relay_denied; // what the server answers to a refusal
    std::vector<Rung> rungs;              // in the order asked; the last one matched and decided
};

/// "accepted", "refused", or "refused for now" where the client may come back (RFC 5321 section 4.2.1).
[[nodiscard]] std::string_view verdict_words(Ladder const& ladder);

[[nodiscard]] Ladder ladder_of(HostId server, Question const& question, Decision const& decision);

[[nodiscard]] Ladder ladder_of(World const& world, Trace const& trace, DecisionRecord const& record);

} // namespace mailflow
