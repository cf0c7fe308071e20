#include "engine/populations.hpp"

#include <algorithm>
#include <optional>

namespace mailflow {

namespace {

/// The streams of chance from here on belong to populations; those before to spammers and machines.
constexpr std::uint64_t first_stream = 2ULL << 32U;

/// One row of a table of weights, or one that stands for an empty table.
template<class Row>
WeightedChoice choice_of(std::vector<Row> const& rows) {
    std::vector<std::uint32_t> weights;
    weights.reserve(rows.size());
    for (Row const& row : rows)
        weights.push_back(row.weight);
    return WeightedChoice{weights.empty() ? std::vector<std::uint32_t>{1} : weights};
}

/// The moment up to which they write as much as on average in so long a time: in busy hours it comes sooner.
/// Nothing when that is after the end.
std::optional<Instant> after_so_much(std::vector<std::uint32_t> const& hours, Instant from, Instant end,
                                     Duration writing) {
    if (hours.empty())
        return writing <= end - from ? std::optional{from + writing} : std::nullopt;
    constexpr Duration one_hour = std::chrono::hours{1};
    std::int64_t all = 0;
    for (std::uint32_t const weight : hours)
        all += weight;
    auto const count = static_cast<std::int64_t>(hours.size());
    Instant at = from;
    while (at <= end) {
        std::int64_t const hour = at.since_start / one_hour;
        Duration const left_of_hour = (hour + 1) * one_hour - at.since_start;
        std::int64_t const weight = hours[static_cast<std::size_t>(hour % count)] * count;
        Duration const written = left_of_hour * weight / all;
        if (written > writing) {
            Instant const then = at + writing * all / weight;
            return then <= end ? std::optional{then} : std::nullopt;
        }
        writing -= written;
        at = at + left_of_hour;
    }
    return std::nullopt;
}

} // namespace

Populations::Populations(Present const& present, std::uint64_t seed, Records& records, Effects& effects,
                         MailPrograms& programs)
    : present_(present)
    , records_(records)
    , effects_(effects)
    , programs_(programs) {
    World const& world = present.world();
    for (std::size_t i = 0; i < world.populations.size(); ++i) {
        Population const& one = world.populations[world.populations.id_at(i)];
        habits_.add({RandomStream{seed, first_stream + i}, choice_of(one.to), choice_of(one.sizes)});
    }
}

void Populations::begin() {
    for (std::size_t i = 0; i < habits_.size(); ++i)
        wait_for_next(habits_.id_at(i));
}

void Populations::wait_for_next(PopulationId id) {
    Population const& one = population(id);
    Habits& habits = habits_[id];
    if (one.most_mail && habits.written >= *one.most_mail)
        return;
    Instant const from = std::max(effects_.now(), one.start);
    if (auto const next = after_so_much(one.hours, from, one.end, exponential(habits.chance, one.interval)))
        effects_.wake_after(*next - effects_.now(), WakeKind::population_writes, id);
}

void Populations::mail_due(PopulationId id) {
    programs_.hand_in(write(id));
    wait_for_next(id);
}

MessageId Populations::write(PopulationId id) {
    Population const& one = population(id);
    Habits& habits = habits_[id];
    Destination const& to = one.to[habits.destinations.draw(habits.chance)];
    AddressId const from{one.first_person.index +
                         static_cast<std::uint32_t>(habits.chance.below(one.people))};
    AddressId const address{to.first.index + static_cast<std::uint32_t>(habits.chance.below(to.names))};
    std::uint32_t const size = habits.sizes.draw(habits.chance);
    constexpr std::uint64_t million = 1'000'000;
    bool const logs_in = habits.chance.below(million) < one.logged_in_millionths;
    MessageId const message =
        records_.messages.add({.kind = MessageKind::crowd,
                               .logs_in = logs_in,
                               .mail = {},
                               .reverse_path = from,
                               .first_recipient = {},
                               .recipient_count = 1,
                               .origin = one.host,
                               .size_bytes = one.sizes.empty() ? MailSize{}.bytes : one.sizes[size].bytes,
                               .about = {},
                               .population = id,
                               .number = ++habits.written});
    records_.messages[message].first_recipient = records_.recipients.add({message, address});
    return message;
}

} // namespace mailflow
