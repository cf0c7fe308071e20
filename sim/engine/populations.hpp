// The populations of the world: who of them writes when, to whom, and how much. Each draws from a stream of
// its own; what is written goes the way of any person's mail (engine/mail_program.hpp).
#pragma once

#include "base/random.hpp"
#include "engine/mail_program.hpp"

namespace mailflow {

class Populations {
public:
    Populations(Present const& present, std::uint64_t seed, Records& records, Effects& effects,
                MailPrograms& programs);

    /// Everybody begins to live.
    void begin();
    /// Somebody of the population writes the message that is due, and the next one is waited for.
    void mail_due(PopulationId id);
    /// It is due soon (engine/prepare.hpp).
    void prepare(PopulationId id) const;
    void prepare_place(PopulationId id) const;
    void prepare_more(PopulationId id) const;
    void prepare_rest(PopulationId id) const;

private:
    /// What a population draws from.
    struct Habits {
        RandomStream chance;
        WeightedChoice destinations;
        WeightedChoice sizes;
        std::uint32_t written = 0; // messages so far
    };

    [[nodiscard]] Population const& population(PopulationId id) const {
        return present_.world().populations[id];
    }
    void wait_for_next(PopulationId id);
    [[nodiscard]] MessageId write(PopulationId id);

    Present const& present_;
    Records& records_;
    Effects& effects_;
    MailPrograms& programs_;
    Table<PopulationId, Habits> habits_;
};

} // namespace mailflow
