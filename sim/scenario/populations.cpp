// The populations of a world: who they are, how often they write, to whom.
#include "base/powers.hpp"
#include "scenario/assembly.hpp"
#include "scenario/generate.hpp"

#include <fmt/format.h>

#include <limits>
#include <utility>

namespace mailflow {

namespace {

constexpr std::uint64_t million = 1'000'000;
constexpr std::uint64_t all_weights = std::uint64_t{1} << 31U; // of a population's destinations together
constexpr std::string_view all_generated = "domains";

/// People who can be written to, one behind the other in the book.
struct Crowd {
    AddressId first;
    std::uint32_t people = 1;
    std::string domain;
};

/// The server of the population; the complaint about a wrong name is made elsewhere.
ServerDraft const* server_draft(Assembly const& assembly, PopulationDraft const& population) {
    auto const server = population.server ? assembly.servers.find(population.server->value) : std::nullopt;
    return server ? &assembly.draft.servers[*server] : nullptr;
}

std::vector<Crowd> generated_crowds(Assembly const& assembly) {
    std::vector<Crowd> crowds;
    if (!assembly.draft.domains.at)
        return crowds;
    std::vector<std::uint32_t> const sizes = domain_sizes(assembly.draft.domains);
    for (std::uint32_t n = 0; n < assembly.generated.size(); ++n)
        crowds.push_back({assembly.generated[n], sizes[n], domain_name(assembly.draft.domains, n + 1)});
    return crowds;
}

std::vector<Crowd> population_crowds(Assembly const& assembly) {
    std::vector<Crowd> crowds;
    for (std::size_t n = 0; n < assembly.crowds.size(); ++n)
        if (assembly.crowds[n].valid()) {
            PopulationDraft const& population = assembly.draft.populations[n];
            crowds.push_back(
                {assembly.crowds[n], population.people, server_draft(assembly, population)->handles.front()});
        }
    return crowds;
}

/// Those that an item of "to" means: "domains", a domain with people, or one address.
std::vector<Crowd> meant_by(Assembly& assembly, Name const& name) {
    std::vector<Crowd> const generated = generated_crowds(assembly);
    if (name.value == all_generated && !generated.empty())
        return generated;
    if (auto const mailbox = parse_mailbox(name.value))
        return {{assembly.world.book.add_address(*mailbox), 1, {}}};
    std::vector<Crowd> meant;
    for (auto const& crowds : {generated, population_crowds(assembly)})
        for (Crowd const& crowd : crowds)
            if (crowd.domain == name.value)
                meant.push_back(crowd);
    if (meant.empty())
        assembly.complaints.add(name.at, fmt::format("nobody knows who the people of \"{}\" are", name.value),
                                R"(write "domains", the domain of a population, or an address)");
    return meant;
}

std::vector<Crowd> readers_of(Assembly& assembly, PopulationDraft const& draft) {
    std::vector<Crowd> readers;
    for (Name const& name : draft.to)
        for (Crowd& crowd : meant_by(assembly, name))
            readers.push_back(std::move(crowd));
    if (!draft.to.empty())
        return readers;
    readers = generated_crowds(assembly);
    for (Crowd& crowd : population_crowds(assembly))
        readers.push_back(std::move(crowd));
    return readers;
}

/// The domain with the first two letters swapped that are not alike: "sohp.example".
std::string mistyped(std::string domain) {
    for (std::size_t i = 1; i + 1 < domain.size() && domain[i + 1] != '.'; ++i)
        if (domain[i] != domain[i + 1]) {
            std::swap(domain[i], domain[i + 1]);
            return domain;
        }
    return "x" + domain;
}

/// Where the mail goes: most of it to somebody, the shares of mistakes to nobody.
std::vector<Destination> destinations(Assembly& assembly, PopulationDraft const& draft,
                                      std::vector<Crowd> const& readers) {
    AddressBook& book = assembly.world.book;
    std::uint64_t people = 0;
    for (Crowd const& crowd : readers)
        people += crowd.people;
    std::vector<Destination> all;
    auto const add = [&](AddressId first, std::uint32_t names, std::uint64_t weight) {
        if (weight > 0)
            all.push_back({first, names, static_cast<std::uint32_t>(weight)});
    };
    for (Crowd const& crowd : readers) {
        std::uint64_t const weight = std::max<std::uint64_t>(all_weights * crowd.people / people, 1);
        std::uint64_t const lost = crowd.domain.empty() ? 0 : weight * draft.mistyped_millionths / million;
        std::uint64_t const unknown = crowd.domain.empty() ? 0 : weight * draft.unknown_millionths / million;
        add(crowd.first, crowd.people, weight - lost - unknown);
        if (lost > 0)
            add(book.add_address({"user1", mistyped(crowd.domain)}), 1, lost);
        if (unknown > 0)
            add(book.add_address({"no-such-name", crowd.domain}), 1, unknown);
    }
    return all;
}

/// Sixty-four sizes, equally frequent: the middles of sixty-four equal parts of the log-normal law.
std::vector<MailSize> mail_sizes(MailSizeDraft const& draft) {
    if (draft.spread == 1)
        return {{draft.median_bytes, 1}};
    constexpr std::int64_t thousandths = 1000;
    constexpr std::int64_t normal_thousandths[] = {
        20,  59,  98,  138, 177, 217, 257,  298,  339,  381,  424,  467,  511,  556,  602,  650,
        699, 750, 803, 858, 917, 978, 1043, 1113, 1189, 1273, 1366, 1473, 1601, 1762, 1987, 2418};
    std::vector<MailSize> sizes;
    auto const log = static_cast<std::int64_t>(binary_log(draft.spread));
    for (std::int64_t const z : normal_thousandths)
        for (std::int64_t const exponent : {-log * z / thousandths, log * z / thousandths})
            sizes.push_back(
                {std::max<std::uint64_t>(scaled_power_of_two(draft.median_bytes, exponent), 1), 1});
    return sizes;
}

/// The hours of a day from the moment on at which every run begins, by the dates in the letters
/// (mail/date.hpp).
std::vector<std::uint32_t> from_start(std::vector<std::uint32_t> hours) {
    constexpr std::ptrdiff_t nine_in_the_morning = 9;
    if (!hours.empty())
        std::rotate(hours.begin(), hours.begin() + nine_in_the_morning, hours.end());
    return hours;
}

/// A day has so long between one message of them all and the next.
Duration interval_of(PopulationDraft const& draft) {
    constexpr Duration day = std::chrono::hours{24};
    constexpr std::int64_t thousandths = 1000;
    return day * thousandths / (std::int64_t{draft.people} * draft.mail_per_day_thousandths);
}

/// Writes beside the population, to the same people, as much as makes its share, however long the run is.
void set_up_spam(PopulationDraft const& draft, Population const& population,
                 std::vector<Crowd> const& readers, Spammer& spammer) {
    constexpr std::int64_t most_spam = std::numeric_limits<std::uint32_t>::max();
    constexpr std::size_t most_targets = 1000;
    std::uint64_t const share = draft.spam_millionths;
    auto const between = static_cast<std::int64_t>(
        static_cast<std::uint64_t>(population.interval.count() / 1000) * (million - share) / share * 1000);
    spammer.interval = Duration{std::max<std::int64_t>(between, 100'000)};
    spammer.start = population.start;
    spammer.end = population.end;
    Duration const length = std::min(population.end.since_start, longest_time) - population.start.since_start;
    spammer.count =
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(length / spammer.interval, 1, most_spam));
    if (population.most_mail)
        spammer.most_drawn = (*population.most_mail * share + (million - share) / 2) / (million - share);
    spammer.guesses = spammer.is_drawn = true;
    spammer.to.clear();
    std::uint64_t people = 0;
    for (Crowd const& crowd : readers)
        people += crowd.people;
    std::size_t const targets = std::min<std::uint64_t>({people, most_targets, spammer.count});
    // Spread evenly over all the people, so that a domain gets as much as its size.
    std::uint64_t before = 0;
    for (Crowd const& crowd : readers) {
        for (std::uint64_t i = spammer.to.size(); i < targets && i * people / targets < before + crowd.people;
             ++i)
            spammer.to.push_back(
                {crowd.first.index + static_cast<std::uint32_t>(i * people / targets - before)});
        before += crowd.people;
    }
}

/// So many addresses one behind the other; none where one of them stood in the book already.
template<class NameOf>
AddressId add_block(AddressBook& book, std::string const& domain, std::uint32_t count, NameOf name_of) {
    auto const first = static_cast<std::uint32_t>(book.mark().addresses);
    for (std::uint32_t i = 0; i < count; ++i)
        if (book.add_address({name_of(i + 1), domain}).index != first + i)
            return {};
    return {first};
}

void number_population(Assembly& assembly, PopulationDraft const& draft) {
    AddressId& first = assembly.crowds.emplace_back();
    ServerDraft const* const server = server_draft(assembly, draft);
    if (!server) {
        if (draft.server)
            (void)look_up(assembly.servers, *draft.server, "server", assembly.complaints);
        return;
    }
    if (server->handles.empty()) {
        assembly.complaints.add(
            draft.server->at,
            fmt::format("{} handles no domain in which the people could have addresses", server->name),
            R"(give it a domain: "handles": ["isp.example"])");
        return;
    }
    first = add_block(assembly.world.book, server->handles.front(), draft.people,
                      [&](std::uint32_t n) { return person_name(draft, n); });
    if (!first.valid())
        assembly.complaints.add_at_key(
            draft.at, fmt::format("the people of \"{}\" would have the addresses of others", draft.key),
            "choose another key: the first one's address is the key and a 1");
}

/// The messages of both are called by the key and a number.
void expect_key_of_its_own(Assembly& assembly, PopulationDraft const& draft) {
    if (assembly.spammers.find(draft.key))
        assembly.complaints.add_at_key(draft.at, fmt::format("a spammer is called \"{}\", too", draft.key),
                                       "choose another key: the messages of both would have the same ids");
    for (SpammerDraft const& spammer : assembly.draft.spammers)
        if (draft.spam_millionths > 0 && spammer.key == spam_key(draft.key) &&
            spammer.at.offset() != draft.at.offset()) // its own stands where it stands
            assembly.complaints.add_at_key(
                draft.at,
                fmt::format("its spam comes from \"{0}\", and a spammer is called \"{0}\", too", spammer.key),
                "choose another key for one of the two");
}

} // namespace

void number_crowds(Assembly& assembly) {
    for (PopulationDraft const& draft : assembly.draft.populations)
        number_population(assembly, draft);
    for (PopulationDraft const& draft : assembly.draft.populations)
        expect_key_of_its_own(assembly, draft);
    DomainsDraft const& domains = assembly.draft.domains;
    if (!domains.at)
        return;
    std::vector<std::uint32_t> const sizes = domain_sizes(domains);
    for (std::uint32_t n = 1; n <= domains.count; ++n)
        assembly.generated.push_back(add_block(assembly.world.book, domain_name(domains, n), sizes[n - 1],
                                               [](std::uint32_t person) { return person_name(person); }));
    if (!assembly.generated.back().valid())
        assembly.complaints.add(*domains.at, "a population has addresses at a generated domain",
                                "give one of them another \"name\"");
}

void set_up_populations(Assembly& assembly) {
    World& world = assembly.world;
    std::size_t spammer = world.spammers.size();
    for (PopulationDraft const& draft : assembly.draft.populations)
        spammer -= draft.spam_millionths > 0 ? 1U : 0U;
    if (!assembly.complaints.empty())
        return;
    for (std::size_t n = 0; n < assembly.draft.populations.size(); ++n) {
        PopulationDraft const& draft = assembly.draft.populations[n];
        Population& population = world.populations[world.populations.id_at(n)];
        population.outgoing = ServerId{*assembly.servers.find(draft.server->value)};
        population.account = account_of(draft);
        population.logged_in_millionths =
            static_cast<std::uint32_t>(million - draft.without_login_millionths);
        population.first_person = assembly.crowds[n];
        population.people = draft.people;
        population.interval = interval_of(draft);
        population.hours = from_start(draft.hours);
        population.sizes = mail_sizes(draft.size);
        population.most_mail = draft.most_mail;
        population.end = Instant{Duration::max()};
        for (auto const& [time, moment] :
             {std::pair{&draft.start, &population.start}, {&draft.end, &population.end}})
            if (*time) {
                expect_within_run(assembly, **time, assembly.complaints);
                *moment = Instant{(*time)->value};
            }
        if (draft.end && population.end <= population.start)
            assembly.complaints.add(draft.end->at,
                                    fmt::format("\"end\" must come after \"start\" ({})",
                                                say_duration(population.start.since_start)),
                                    "else nobody writes anything");
        std::vector<Crowd> const readers = readers_of(assembly, draft);
        if (readers.empty())
            continue;
        population.to = destinations(assembly, draft, readers);
        if (draft.spam_millionths > 0)
            set_up_spam(draft, population, readers, world.spammers[world.spammers.id_at(spammer++)]);
    }
}

} // namespace mailflow
