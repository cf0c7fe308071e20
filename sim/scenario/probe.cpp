// How a spammer looks for an open relay: the servers, the tricks, and how each of them is written for each
// server.
#include "scenario/probe.hpp"

#include "scenario/forms.hpp"
#include "smtp/habits.hpp"
#include "smtp/path.hpp"

#include <fmt/format.h>

#include <array>
#include <tuple>

namespace mailflow {

namespace {

constexpr std::size_t most_servers = 20;
constexpr std::size_t most_targets = 50;
constexpr std::size_t most_domains_woven = 4; // of one server, that are woven into addresses
constexpr Duration usual_probe_interval = std::chrono::seconds{10};
constexpr Duration usual_wait = std::chrono::minutes{10};

/// Not the one that smtp/line.hpp calls so.
std::optional<std::string> read_name(Value at, Complaints& complaints) {
    return read_line(at, complaints);
}

std::optional<Trick> read_trick(Value at, Complaints& complaints) {
    auto const place = read_word(at, trick_names, {}, complaints);
    return place ? std::optional{static_cast<Trick>(*place)} : std::nullopt;
}

std::optional<std::vector<Trick>> read_tricks(Value at, Complaints& complaints) {
    auto tricks = list_of<read_trick>(at, complaints);
    if (tricks && at.begin() == at.end()) {
        complaints.add(at, "\"tricks\" must name a trick", "leave it out to have all of them tried");
        return std::nullopt;
    }
    if (tricks)
        sort_and_deduplicate(*tricks);
    return tricks;
}

void read_servers_to_try(Value at, ProbeDraft& probe, Complaints& complaints) {
    if (at.kind() == Kind::list && at.begin() == at.end())
        complaints.add(at, "\"servers\" must name a server that is tried");
    else if (auto servers = list_of<located<read_name>>(at, complaints))
        probe.servers = std::move(*servers);
    if (probe.servers.size() > most_servers)
        complaints.add(at, fmt::format("one spammer tries at most {} servers", most_servers));
}

constexpr std::array<Key<ProbeDraft>, 5> probe_keys{{
    {"servers", read_servers_to_try, R"(["mail.school.example"])"},
    {"to", into<&ProbeDraft::drop, located<read_mailbox>>, R"("drop@throwaway.example")"},
    {"tricks", into<&ProbeDraft::tricks, read_tricks>},
    {"rate", into<&ProbeDraft::interval, read_rate>},
    {"wait", into<&ProbeDraft::wait, read_positive_duration>},
}};

/// The domains whose mail the DNS brings to the server: a prober finds them there.
std::vector<DomainId> domains_led_to(World const& world, Server const& server) {
    std::vector<DomainId> domains;
    for (std::size_t i = 0; i < world.dns.size() && domains.size() < most_domains_woven; ++i) {
        DomainId const domain = world.dns.id_at(i);
        auto const& exchangers = world.dns[domain].mx;
        if (domain != server.name &&
            std::any_of(exchangers.begin(), exchangers.end(),
                        [&](MxRecord const& record) { return record.host == server.name; }))
            domains.push_back(domain);
    }
    return domains;
}

Mailbox mailbox_of(World const& world, AddressId id) {
    std::string const& text = world.book.text(id);
    std::size_t const at = last_at(text);
    return {text.substr(0, at), text.substr(at + 1)};
}

/// Writes the addresses for one server, and notes what it makes of them.
class Weaver {
public:
    Weaver(World& world, ServerId server) : world_{world}, server_{server} {}

    ProbeTry weave(Trick trick, DomainId domain, Spammer const& spammer, AddressId drop) {
        Server const& server = world_.servers[server_];
        std::string const domain_name = domain.valid() ? world_.book.name(domain) : std::string{};
        TrickTarget const target{world_.hosts[server.host].name, world_.hosts[server.host].address,
                                 domain_name};
        ProbeTry made{
            server_, trick, {}, note(weave_recipient(trick, mailbox_of(world_, drop), target), false), {}};
        if (auto const sender = weave_sender(trick, mailbox_of(world_, spammer.from), target))
            made.from = note(*sender, true);
        for (AddressId const to : spammer.to)
            made.targets.push_back(note(weave_recipient(trick, mailbox_of(world_, to), target), false));
        return made;
    }

private:
    AddressId note(WovenPath const& woven, bool is_sender) {
        auto const mailbox = parse_mailbox(woven.text);
        AddressId const written =
            mailbox ? world_.book.add_address(*mailbox) : world_.book.add_typed(woven.text, woven.reading);
        Server const& server = world_.servers[server_];
        std::string const argument = fmt::format("{}<{}>", is_sender ? "FROM:" : "TO:", woven.text);
        PathArgument const typed = take_apart(argument, is_sender ? "FROM:" : "TO:");
        PathReading reading = habits_of(server.policy.software)
                                  .read_path(typed, {world_.hosts[server.host].name,
                                                     world_.hosts[server.host].address, is_sender});
        TypedPath path{.server = server_,
                       .written = written,
                       .is_sender = is_sender,
                       .heard = {},
                       .flaw = reading.flaw,
                       .given = std::string{typed.path},
                       .shown = std::move(reading.shown),
                       .argument = std::move(reading.argument),
                       .before = std::move(reading.before)};
        if (reading.mailbox)
            path.heard = world_.book.add_address(*reading.mailbox);
        if (reading.flaw == Flaw::none)
            path.before = path.given;
        world_.typed_paths.push_back(std::move(path));
        return written;
    }

    World& world_;
    ServerId server_;
};

bool is_tried(ProbeDraft const& draft, Trick trick) {
    return !draft.tricks ||
           std::find(draft.tricks->begin(), draft.tricks->end(), trick) != draft.tricks->end();
}

void add_tries(Assembly& assembly, ProbeDraft const& draft, ServerId server, Spammer& spammer) {
    World& world = assembly.world;
    Probe& probe = *spammer.probe;
    Weaver weaver{world, server};
    std::vector<DomainId> const domains = domains_led_to(world, world.servers[server]);
    for (std::size_t t = 0; t < trick_names.size(); ++t) {
        auto const trick = static_cast<Trick>(t);
        if (!is_tried(draft, trick))
            continue;
        if (!needs_domain(trick))
            probe.tries.push_back(weaver.weave(trick, {}, spammer, probe.drop));
        else
            for (DomainId const domain : domains)
                probe.tries.push_back(weaver.weave(trick, domain, spammer, probe.drop));
    }
}

/// The spammer has to be able to look into the drop box.
ServerId server_of_drop_box(Assembly& assembly, Located<Mailbox> const& drop) {
    World& world = assembly.world;
    AddressId const address = world.book.add_address(drop.value);
    for (ServerId const id : handlers_of(assembly, world.book[address].domain))
        if (has_mailbox(world.servers[id].policy, world.book, world.book[address].local_part))
            return id;
    assembly.complaints.add(
        drop.at,
        fmt::format("no server has a mailbox {}: the spammer could not see what comes through",
                    drop.at.text()),
        "write the address of a mailbox of the scenario, such as the spammer's own");
    return {};
}

} // namespace

Form<ProbeDraft> const probe_form{"probe", probe_keys, {}};

std::optional<ProbeDraft> read_probe(Value at, Complaints& complaints) {
    ProbeDraft probe;
    probe.at = at;
    read_object(at, probe_form, probe, complaints);
    return probe.drop ? std::optional{std::move(probe)} : std::nullopt;
}

void set_up_probe(Assembly& assembly, ProbeDraft const& draft, Spammer& spammer) {
    World& world = assembly.world;
    if (spammer.guesses)
        assembly.complaints.add(draft.at,
                                "who probes servers writes to addresses, not to names that are guessed",
                                R"(write "to": ["leo@shop.example"], or a second spammer for the guesses)");
    if (spammer.to.size() > most_targets)
        assembly.complaints.add(
            draft.at, fmt::format("who probes servers writes to at most {} addresses", most_targets));
    spammer.way = SpamWay::probe;
    Probe& probe = spammer.probe.emplace();
    probe.interval = draft.interval.value_or(usual_probe_interval);
    probe.wait = draft.wait.value_or(usual_wait);
    probe.drop_server = server_of_drop_box(assembly, *draft.drop);
    probe.drop = world.book.add_address(draft.drop->value);
    std::vector<ServerId> tried;
    for (Name const& name : draft.servers) {
        auto const number = look_up(assembly.servers, name, "server", assembly.complaints);
        if (!number)
            continue;
        if (std::find(tried.begin(), tried.end(), ServerId{*number}) != tried.end())
            assembly.complaints.add(name.at, fmt::format("\"{}\" is tried already", name.value), "remove it");
        else if (!assembly.complaints.full())
            add_tries(assembly, draft, tried.emplace_back(ServerId{*number}), spammer);
    }
}

void sort_typed_paths(World& world) {
    auto const key = [](TypedPath const& path) {
        return std::tuple{path.server, path.is_sender, path.written};
    };
    auto& paths = world.typed_paths;
    std::stable_sort(paths.begin(), paths.end(),
                     [&](TypedPath const& a, TypedPath const& b) { return key(a) < key(b); });
    paths.erase(std::unique(paths.begin(), paths.end(),
                            [&](TypedPath const& a, TypedPath const& b) { return key(a) == key(b); }),
                paths.end());
}

} // namespace mailflow
