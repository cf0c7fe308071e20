#include "saved/saved_trace.hpp"

#include "saved/consistency.hpp"
#include "saved/reader.hpp"
#include "saved/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <utility>

namespace mailflow {

namespace {

using saved::Bounds;
using saved::Consistency;
using saved::Reader;
using saved::Writer;

/// The first line names the version, for people who look into it, too.
constexpr std::string_view magic = "mailflow saved trace ";
/// Raised when rows, or the numbers of what they name (sayings, rules, outcomes), change.
constexpr unsigned version = 5;
constexpr std::size_t least_row = 2; // bytes that any row of a table takes
constexpr std::size_t checksum_size = sizeof(std::uint64_t);

/// Changes with everything that the ids of a trace may name. Two versions of the program that make different
/// worlds of one scenario must not read each other's numbers.
std::uint64_t fingerprint(World const& world) {
    Checksum sum;
    auto const add = [&sum](std::string_view text) {
        sum.add(text);
        sum.add("\n");
    };
    for (Host const& host : world.hosts)
        add(host.name + " " + to_text(host.address));
    for (std::uint32_t i = 0; i < world.book.domain_count(); ++i)
        add(world.book.name(DomainId{i}));
    for (std::uint32_t i = 0; i < world.book.mark().addresses; ++i)
        add(world.book.text(AddressId{i}));
    for (Server const& server : world.servers)
        for (Account const& account : server.policy.accounts)
            add(account.user);
    add(fmt::format("{} {} {} {} {} {}", world.people.size(), world.mail.size(), world.spammers.size(),
                    world.populations.size(), world.blocklists.size(), world.changes.size()));
    return sum.value();
}

/// Every table of the trace, in an order in which it can be read.
template<class AnyRecords, class Use>
void for_each_table(AnyRecords& records, Use use) {
    use(records.messages);
    use(records.recipients);
    use(records.sessions);
    use(records.entries);
    use(records.lookups);
    use(records.decisions);
    use(records.deferrals);
    use(records.checks);
    use(records.listings);
}

void write_source(Writer& writer, WorldSource const& source) {
    WorldSource copy = source; // the lists of fields serve both directions, so that they want to write
    writer(copy.scenario);
    writer.number(copy.overrides.size());
    for (Override& change : copy.overrides)
        writer(change.pointer, change.value);
    writer(copy.seed, copy.until);
}

WorldSource read_source(Reader& reader) {
    WorldSource source;
    reader(source.scenario);
    for (std::size_t left = reader.count(); left > 0 && !reader.failed(); --left) {
        Override change;
        reader(change.pointer, change.value);
        source.overrides.push_back(std::move(change));
    }
    reader(source.seed, source.until);
    return source;
}

template<std::size_t kind>
Happening read_one(Reader& reader) {
    std::variant_alternative_t<kind, Happening> happened{};
    reader(happened);
    return happened;
}

/// Reads an event of the kind that stands at that place of the variant.
template<std::size_t... kinds>
Happening read_happening(Reader& reader, std::size_t kind, std::index_sequence<kinds...>) {
    using Read = Happening (*)(Reader&);
    static constexpr std::array<Read, sizeof...(kinds)> readers{read_one<kinds>...};
    if (kind < readers.size())
        return readers[kind](reader);
    reader.fail();
    return {};
}

bool read_records(Reader& reader, Records& records) {
    // The sizes come first, so that a row may name rows of later tables.
    std::size_t rows = 0;
    for_each_table(records, [&](auto& table) {
        std::size_t const count = reader.count();
        rows += count;
        if (rows > reader.left() / least_row)
            reader.fail();
        for (std::size_t left = reader.failed() ? 0 : count; left > 0; --left)
            table.add({});
    });
    for_each_table(records, [&](auto& table) {
        for (auto& row : table)
            if (!reader.failed())
                reader(row);
    });
    return !reader.failed();
}

bool read_events(Reader& reader, World const& world, Trace& trace) {
    Consistency consistency{world, trace};
    if (!consistency.of_tables())
        return false;
    reader(trace.ended_at);
    std::size_t const count = reader.count();
    trace.events.reserve(count);
    Instant now;
    for (std::size_t i = 0; i < count; ++i) {
        Duration later{};
        reader(later);
        constexpr Duration most{std::int64_t{1} << 60U};
        if (later < Duration{} || later > most - now.since_start)
            return false;
        now = now + later;
        std::size_t const kind = reader.number();
        trace.events.push_back(
            {now, read_happening(reader, kind, std::make_index_sequence<std::variant_size_v<Happening>>{})});
        if (reader.failed() || !consistency.of_next(trace.events.back()))
            return false;
    }
    return reader.left() == 0 && !reader.failed() && now <= trace.ended_at;
}

std::uint64_t number_in(std::string_view bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = bytes.size(); i > 0; --i)
        number = number << 8U | static_cast<unsigned char>(bytes[i - 1]);
    return number;
}

/// What is wrong with the first line or the last bytes; empty when nothing is.
std::string envelope_trouble(std::string_view bytes) {
    constexpr std::string_view damaged = "it is damaged or cut off";
    std::string_view const line = bytes.substr(0, bytes.find('\n'));
    std::string_view const first = line.substr(std::min(line.size(), magic.size()));
    if (!line.starts_with(magic) || first.find_first_not_of("0123456789") != std::string_view::npos)
        return std::string{damaged};
    if (first != std::to_string(version))
        return fmt::format("it was saved in version {} of the form; this program reads version {}",
                           first.substr(0, 10), version);
    if (bytes.size() < magic.size() + first.size() + 1 + checksum_size)
        return "it is cut off";
    Checksum sum;
    sum.add(bytes.substr(0, bytes.size() - checksum_size));
    if (sum.value() != number_in(bytes.substr(bytes.size() - checksum_size)))
        return std::string{damaged};
    return {};
}

} // namespace

std::variant<World, std::vector<Diagnostic>> load_world(WorldSource const& source) {
    auto loaded = load_scenario(source.scenario, source.overrides);
    if (auto* world = std::get_if<World>(&loaded)) {
        world->seed = source.seed.value_or(world->seed);
        world->until = source.until.value_or(world->until);
    }
    return loaded;
}

bool is_saved_trace(std::string_view bytes) {
    std::string_view const beginning = bytes.substr(0, magic.size());
    return beginning.size() == magic.size() &&
           std::inner_product(beginning.begin(), beginning.end(), magic.begin(), std::size_t{0},
                              std::plus<>{}, std::equal_to<>{}) > magic.size() / 2;
}

bool write_saved_trace(WorldSource const& source, World const& world, Trace const& trace, Sink const& sink) {
    Writer writer{sink};
    writer.raw(fmt::format("{}{}\n", magic, version));
    write_source(writer, source);
    writer.number(fingerprint(world));
    for_each_table(trace, [&](auto const& table) { writer.number(table.size()); });
    for_each_table(trace, [&](auto const& table) {
        for (auto row : table) // a copy: the list of its fields serves both directions
            writer(row);
    });
    writer(trace.ended_at);
    writer.number(trace.events.size());
    Instant before;
    for (Event event : trace.events) {
        writer(event.at - before);
        writer.number(event.happening.index());
        std::visit([&](auto& happened) { writer(happened); }, event.happening);
        before = event.at;
    }
    return writer.finish();
}

std::optional<WorldSource> source_in(std::string_view bytes) {
    std::size_t const line = bytes.find('\n');
    if (line == std::string_view::npos || bytes.substr(0, line) != fmt::format("{}{}", magic, version))
        return std::nullopt;
    World const no_world;
    Trace const no_trace;
    Reader reader{bytes.substr(line + 1), Bounds{no_world, no_trace}};
    WorldSource source = read_source(reader);
    return reader.failed() ? std::nullopt : std::optional{std::move(source)};
}

std::variant<SavedTrace, std::string> read_saved_trace(std::string_view bytes) {
    if (std::string trouble = envelope_trouble(bytes); !trouble.empty())
        return trouble;
    std::size_t const begin = bytes.find('\n') + 1;
    SavedTrace saved;
    // Bounds follow the world and the tables as they are filled.
    Reader reader{bytes.substr(begin, bytes.size() - begin - checksum_size),
                  Bounds{saved.world, saved.trace}};
    saved.source = read_source(reader);
    std::uint64_t const expected = reader.number();
    if (reader.failed())
        return "what it holds is no run";
    auto loaded = load_world(saved.source);
    if (auto const* complaints = std::get_if<std::vector<Diagnostic>>(&loaded))
        return "this program does not read the scenario in it: " + to_line(complaints->front(), "scenario");
    saved.world = std::get<World>(std::move(loaded));
    if (fingerprint(saved.world) != expected)
        return "this version of the program makes another world of the scenario in it; run the scenario "
               "again";
    if (!read_records(reader, saved.trace) || !read_events(reader, saved.world, saved.trace))
        return "what it holds is no run of its scenario";
    return saved;
}

} // namespace mailflow
