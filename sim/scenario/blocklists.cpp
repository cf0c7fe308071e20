// The blocklists that the file describes, and those that its servers only name.
#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow {

namespace {

std::optional<std::uint32_t> read_after(Value at, Complaints& complaints) {
    constexpr std::uint64_t most = 1'000'000;
    auto const after = read_whole_number(at, 1, most, complaints);
    return after ? std::optional{static_cast<std::uint32_t>(*after)} : std::nullopt;
}

constexpr std::array<Key<BlocklistDraft>, 3> blocklist_keys{{
    {"lists", into<&BlocklistDraft::lists, list_of<located<read_line>>>},
    {"after", into<&BlocklistDraft::after, read_after>},
    {"for", into<&BlocklistDraft::lasts, read_positive_duration>},
}};

/// What is listed from the start: a server, a network, or addresses.
std::optional<IpRange> range_of(Assembly const& assembly, Name const& listed) {
    constexpr int all_bits = 128;
    World const& world = assembly.world;
    if (auto const server = assembly.servers.find(listed.value))
        return IpRange{world.hosts[world.servers[ServerId{*server}].host].address, all_bits};
    if (auto const network = assembly.networks.find(listed.value))
        return world.networks[NetworkId{*network}].range;
    if (auto const range = parse_range(listed.value))
        return range;
    if (parse_ip(listed.value.substr(0, listed.value.find('/')))) {
        auto trouble = trouble_with_range(listed.value);
        assembly.complaints.add(listed.at, std::move(trouble.what), std::move(trouble.hint));
    } else {
        std::string const hint = assembly.servers.hint(listed.value);
        assembly.complaints.add(
            listed.at,
            fmt::format("\"{}\" is neither a server, a network nor an address range", listed.value),
            hint.empty() ? assembly.networks.hint(listed.value) : hint);
    }
    return std::nullopt;
}

class Numbering {
public:
    explicit Numbering(World& world) : world_{world} {}

    Blocklist& list(std::string const& name) {
        DomainId const zone = world_.book.add_domain(name);
        for (Blocklist& list : world_.blocklists)
            if (list.zone == zone)
                return list;
        Blocklist list;
        list.zone = zone;
        return world_.blocklists[world_.blocklists.add(std::move(list))];
    }

private:
    World& world_;
};

} // namespace

Form<BlocklistDraft> const blocklist_form{"blocklist", blocklist_keys, {}};

void read_blocklists(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return;
    Names seen{NameCase::ignored};
    for (Value const member : at) {
        BlocklistDraft list;
        list.at = member;
        list.name = member.key();
        if (expect_domain_in_key(member, complaints) && !seen.add(member.key()))
            complaints.add_at_key(member, fmt::format("\"{}\" is the name of another blocklist", list.name),
                                  "upper and lower case are the same in domain names");
        read_object(member, blocklist_form, list, complaints);
        scenario.blocklists.push_back(std::move(list));
    }
}

void set_up_blocklists(Assembly& assembly) {
    Numbering numbering{assembly.world};
    for (BlocklistDraft const& draft : assembly.draft.blocklists) {
        Blocklist& list = numbering.list(draft.name);
        list.after = draft.after.value_or(list.after);
        list.lasts = draft.lasts.value_or(list.lasts);
        for (Name const& listed : draft.lists)
            if (auto const range = range_of(assembly, listed))
                list.always.push_back(*range);
    }
    Names asked{NameCase::ignored};
    auto const ask = [&](ServerDraft const& server) {
        for (std::string const& name : server.blocklists) {
            numbering.list(name);
            asked.add(name);
        }
    };
    for (ServerDraft const& server : assembly.draft.servers)
        ask(server);
    for (ChangeStep const& step : assembly.steps)
        if (auto const* server = std::get_if<ServerDraft>(&step.after))
            ask(*server);
    for (BlocklistDraft const& draft : assembly.draft.blocklists)
        if (!asked.find(draft.name))
            assembly.complaints.warn_at_key(
                draft.at, fmt::format("no server asks the blocklist {}", draft.name),
                fmt::format("a server that is to refuse whom it lists needs \"blocklists\": [\"{}\"]",
                            draft.name));
}

} // namespace mailflow
