// The DNS as seen by those who ask: a question travels, is answered from the world's records, and travels
// back (RFC 1034 section 4.3). Each machine keeps the answers that it got for as long as they may be kept.
#pragma once

#include "engine/effects.hpp"

#include <map>
#include <vector>

namespace mailflow {

class Resolver {
public:
    Resolver(Present const& present, Trace& trace, Effects& effects)
        : present_(present)
        , trace_(trace)
        , effects_(effects) {}

    /// Sends the question, or answers it from the asker's memory; what is not said in `lookup` is filled in
    /// here.
    LookupId ask(Lookup lookup);
    void question_arrives(LookupId id);
    /// The answer is with the asker and is remembered (also that there is no such name: RFC 2308).
    void answer_arrives(LookupId id);
    void times_out(LookupId id);

private:
    struct Remembered {
        Instant expires;
        LookupId answer;
    };
    struct Key {
        HostId asker;
        DomainId name;
        RecordType type;

        auto operator<=>(Key const&) const = default;
    };

    Present const& present_;
    Trace& trace_;
    Effects& effects_;
    std::map<Key, Remembered> remembered_;
};

} // namespace mailflow
