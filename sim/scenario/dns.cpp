#include "base/text.hpp"
#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"
#include "scenario/name_hints.hpp"
#include "world/client_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mailflow {

namespace {

/// In the order of DnsFailure.
constexpr std::array<std::string_view, 3> failures{"nxdomain", "servfail", "timeout"};
constexpr std::uint16_t usual_preference = 10;

std::optional<std::string> read_mx_host(Value at, Complaints& complaints) {
    if (at.kind() == Kind::text && at.text() == ".") {
        complaints.add(at, "\".\" is no host name",
                       "for a domain that takes no mail write \"null_mx\": true");
        return std::nullopt;
    }
    return read_domain_name(at, complaints);
}

std::optional<std::uint16_t> read_preference(Value at, Complaints& complaints) {
    auto const preference = read_whole_number(at, 0, 65535, complaints);
    return preference ? std::optional{static_cast<std::uint16_t>(*preference)} : std::nullopt;
}

constexpr std::array<Key<MxDraft>, 2> mx_keys{{
    {"host", into<&MxDraft::host, read_mx_host>, R"("mx1.shop.example")"},
    {"preference", into<&MxDraft::preference, read_preference>},
}};

std::optional<MxDraft> read_mx(Value at, Complaints& complaints) {
    MxDraft mx;
    read_object(at, mx_form, mx, complaints);
    return mx.host ? std::optional{std::move(mx)} : std::nullopt;
}

std::optional<DnsFailure> read_failure(Value at, Complaints& complaints) {
    auto const place = read_word(at, failures, {}, complaints);
    return place ? std::optional{static_cast<DnsFailure>(*place)} : std::nullopt;
}

std::optional<IpAddress> read_address(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::text, complaints))
        return std::nullopt;
    auto const address = parse_ip(at.text());
    if (!address)
        complaints.add(at, fmt::format("\"{}\" is no address", at.text()), "it reads like 192.0.2.7");
    else if (std::string_view const why = why_no_machine(*address); !why.empty())
        complaints.warn(at, fmt::format("no machine can have the address {}: it {}", at.text(), why),
                        "for a name without a machine leave the address out");
    return address;
}

constexpr std::array<Key<DnsDraft>, 6> dns_keys{{
    {"mx", into<&DnsDraft::mx, located<list_of<read_mx>>>},
    {"null_mx", into<&DnsDraft::null_mx, located<read_bool>>},
    {"fails", into<&DnsDraft::fails, located<read_failure>>},
    {"address", into<&DnsDraft::address, read_address>},
    {"ptr", into<&DnsDraft::ptr, located<read_domain_name>>},
    {"ttl", into<&DnsDraft::ttl, read_duration>},
}};

} // namespace

Form<MxDraft> const mx_form{"mx", mx_keys, {}};
Form<DnsDraft> const dns_form{"dns", dns_keys, {}};

// A domain either has hosts that take its mail, or says that none does, or does not answer.
void complain_about_contradictions(DnsDraft const& entry, Complaints& complaints) {
    if (entry.mx && entry.null_mx)
        complaints.add(entry.null_mx->at, "\"null_mx\" contradicts \"mx\"", "remove one of the two");
    if (entry.fails && (entry.mx || entry.null_mx))
        complaints.add(entry.fails->at,
                       fmt::format("\"fails\" contradicts \"{}\"", entry.mx ? "mx" : "null_mx"),
                       "remove one of the two");
}

namespace {

void complain_about_strange_ptr(DnsDraft const& entry, Complaints& complaints) {
    if (entry.ptr && !address_of_reverse_name(lower_case(entry.name)))
        complaints.add(entry.ptr->at, "\"ptr\" stands under the name of an address only",
                       "the name of 203.0.113.25 is 25.113.0.203.in-addr.arpa");
}

/// The machine with that address; none when there is none.
HostId machine_at(World const& world, IpAddress const& address) {
    for (std::size_t i = 0; i < world.hosts.size(); ++i)
        if (world.hosts[world.hosts.id_at(i)].address == address)
            return world.hosts.id_at(i);
    return {};
}

void add_address(World const& world, IpAddress const& address, DnsRecords& records) {
    records.address = machine_at(world, address);
    if (!records.address.valid())
        records.other_address = address;
}

} // namespace

void read_dns(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return;
    Names seen{NameCase::ignored};
    for (Value const member : at) {
        DnsDraft entry;
        entry.at = member;
        entry.name = member.key();
        if (!is_domain_name(entry.name))
            complaints.add_at_key(member, fmt::format("\"{}\" is no domain name", entry.name),
                                  hint_for_domain(entry.name));
        else if (!seen.add(entry.name))
            complaints.add_at_key(member,
                                  fmt::format("\"{}\" names a domain that stands here already", entry.name),
                                  "upper and lower case are the same in domain names");
        read_object(member, dns_form, entry, complaints);
        complain_about_contradictions(entry, complaints);
        complain_about_strange_ptr(entry, complaints);
        scenario.dns.push_back(std::move(entry));
    }
}

namespace {

/// What DNS says of a domain for which the file has no entry.
DnsRecords default_records(Assembly const& assembly, DomainId domain, std::vector<ServerId> const& handlers) {
    World const& world = assembly.world;
    DnsRecords records;
    for (ServerId const server : handlers)
        records.mx.push_back({world.servers[server].name, usual_preference});
    if (auto const server = assembly.servers.find(world.book.name(domain)))
        records.address = world.servers[ServerId{*server}].host;
    records.exists = !records.mx.empty() || records.address.valid();
    if (auto const number = parse_ip(world.book.name(domain)); number && !records.exists)
        add_address(world, *number, records); // it is no domain for all that
    return records;
}

} // namespace

DnsRecords to_records(Assembly& assembly, DnsDraft const& draft, std::vector<ServerId> const& handlers) {
    AddressBook& book = assembly.world.book;
    if (!draft.is_entry)
        return default_records(assembly, book.add_domain(draft.name), handlers);
    DnsRecords records;
    if (!draft.fails || draft.fails->value != DnsFailure::no_such_domain) {
        records = default_records(assembly, book.add_domain(draft.name), handlers);
        records.exists = true;
        records.null_mx = draft.null_mx && draft.null_mx->value;
        if (draft.mx || records.null_mx)
            records.mx.clear();
    }
    if (draft.mx && records.exists)
        for (MxDraft const& mx : draft.mx->value)
            records.mx.push_back({book.add_domain(*mx.host), mx.preference});
    if (draft.address && records.exists)
        add_address(assembly.world, *draft.address, records);
    if (draft.ptr && records.exists)
        records.ptr = book.add_domain(draft.ptr->value);
    std::stable_sort(records.mx.begin(), records.mx.end(),
                     [](MxRecord const& a, MxRecord const& b) { return a.preference < b.preference; });
    if (draft.fails && draft.fails->value == DnsFailure::server_failure)
        records.trouble = DnsTrouble::server_failure;
    if (draft.fails && draft.fails->value == DnsFailure::no_answer)
        records.trouble = DnsTrouble::no_answer;
    if (draft.ttl)
        records.ttl = *draft.ttl;
    return records;
}

void complete_dns(Assembly& assembly) {
    World& world = assembly.world;
    while (world.dns.size() < world.book.domain_count())
        world.dns.add(default_records(assembly, world.dns.id_at(world.dns.size()), {}));
}

namespace {

bool is_changed(ScenarioDraft const& draft, std::string const& server, std::string const& domain) {
    auto const names = [](std::optional<Name> const& named, std::string const& name) {
        return named && lower_case(named->value) == lower_case(name);
    };
    return std::any_of(draft.changes.begin(), draft.changes.end(), [&](ChangeDraft const& change) {
        return names(change.server, server) || names(change.dns, domain);
    });
}

/// Of a domain that has moved to another server, unless that is what a change mends or brings about.
void warn_of_forgotten_domain(Assembly& assembly, DnsDraft const& entry, DomainId domain,
                              DnsRecords const& records) {
    World const& world = assembly.world;
    std::vector<ServerId> const& handlers = handlers_of(assembly, domain);
    auto const is_exchanger = [&](ServerId server) {
        return std::any_of(records.mx.begin(), records.mx.end(),
                           [&](MxRecord const& mx) { return mx.host == world.servers[server].name; });
    };
    auto const named = std::find_if(handlers.begin(), handlers.end(), is_exchanger);
    if (!entry.mx || named == handlers.end())
        return;
    for (ServerId const server : handlers) {
        std::string const& name = world.hosts[world.servers[server].host].name;
        if (is_exchanger(server) || !world.servers[server].policy.any_mailbox ||
            is_changed(assembly.draft, name, entry.name))
            continue;
        assembly.complaints.warn(
            entry.mx->at,
            fmt::format("{0} handles {1} too, but no MX record names it: it keeps what its own people write "
                        "to {1}, and {2} never sees that",
                        name, entry.name, world.hosts[world.servers[*named].host].name),
            fmt::format("take {} out of the \"handles\" of {}", entry.name, name));
    }
}

} // namespace

void set_up_dns(Assembly& assembly) {
    World& world = assembly.world;
    std::vector<DnsRecords> records;
    for (std::uint32_t n = 0; n < world.book.domain_count(); ++n)
        records.push_back(default_records(assembly, DomainId{n}, handlers_of(assembly, DomainId{n})));
    for (DnsDraft const& entry : assembly.draft.dns) {
        DomainId const domain = world.book.add_domain(entry.name);
        DnsRecords row = to_records(assembly, entry, handlers_of(assembly, domain));
        warn_of_forgotten_domain(assembly, entry, domain, row);
        while (records.size() < world.book.domain_count()) // an exchanger that has not been named before
            records.push_back(
                default_records(assembly, DomainId{static_cast<std::uint32_t>(records.size())}, {}));
        records[domain.index] = std::move(row);
    }
    for (DnsRecords& row : records)
        world.dns.add(std::move(row));
    complete_dns(assembly);
}

} // namespace mailflow
