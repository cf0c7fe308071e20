// The DNS as seen by those who ask: a question travels, is answered from the world's records, and travels
// back (RFC 1034 section 4.3). No caches here.
#pragma once

#include "engine/effects.hpp"

namespace mailflow {

class Resolver {
public:
    Resolver(World const& world, Trace& trace, Effects& effects)
        : world_(world)
        , trace_(trace)
        , effects_(effects) {}

    /// Sends the question; status and travel time of `lookup` are filled in here.
    LookupId ask(Lookup lookup);
    void question_arrives(LookupId id);

private:
    World const& world_;
    Trace& trace_;
    Effects& effects_;
};

} // namespace mailflow
