// The DNS as seen by those who ask: a question travels, is answered from the world's records, and travels
// back (RFC 1034 section 4.3). Each machine keeps the answers that it got for as long as they may be kept.
#pragma once

#include "base/flat_map.hpp"
#include "engine/effects.hpp"

namespace mailflow {

class Resolver {
public:
    Resolver(Present const& present, Records& records, Effects& effects)
        : present_(present)
        , records_(records)
        , effects_(effects) {}

    /// Sends the question, or answers it from the asker's memory; what is not said in `lookup` is filled in
    /// here.
    LookupId ask(Lookup lookup);
    void question_arrives(LookupId id);
    /// The answer is with the asker and is remembered (also that there is no such name: RFC 2308).
    void answer_arrives(LookupId id);
    void times_out(LookupId id);
    /// Whoever asked has been told: nobody will ask for the look-up any more.
    void forget(LookupId id);

    /// The question or the answer arrives soon (engine/prepare.hpp).
    void prepare(LookupId id) const { prefetch_all(records_.lookups.place_of(id)); }
    void prepare_place(LookupId id) const;
    void prepare_more(LookupId id) const;
    void prepare_rest(LookupId id) const;
    /// The machine asks that about the name soon.
    void prepare(HostId asker, DomainId name, RecordType type) const {
        present_.prepare(name);
        remembered_.prepare(key_of({.asker = asker, .name = name, .type = type}));
    }

private:
    /// Who asked for what, in one number.
    [[nodiscard]] static std::uint64_t key_of(Lookup const& lookup);

    /// There is one for each name that each machine has asked for: two words with its key.
    struct Remembered {
        std::int64_t expires_ns : 61 = 0; // since the start
        std::uint64_t status : 3 = 0;
    };

    void remember(Lookup const& lookup);

    Present const& present_;
    Records& records_;
    Effects& effects_;
    FlatMap<Remembered> remembered_;
    FlatMap<std::uint32_t> changes_; // by the same key, in worlds that change: when the answer was given
    std::size_t tidy_at_ = 1024;     // answers, upon which those that have expired are thrown away
};

} // namespace mailflow
