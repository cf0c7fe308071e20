#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"

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

constexpr std::array<Key<DnsDraft>, 4> keys{{
    {"mx", into<&DnsDraft::mx, located<list_of<read_mx>>>},
    {"null_mx", into<&DnsDraft::null_mx, located<read_bool>>},
    {"fails", into<&DnsDraft::fails, located<read_failure>>},
    {"ttl", into<&DnsDraft::ttl, read_duration>},
}};

} // namespace

Form<MxDraft> const mx_form{"mx", mx_keys, {}};
Form<DnsDraft> const dns_form{"dns", keys, {}};

// A domain either has hosts that take its mail, or says that none does, or does not answer.
void complain_about_contradictions(DnsDraft const& entry, Complaints& complaints) {
    if (entry.mx && entry.null_mx)
        complaints.add(entry.null_mx->at, "\"null_mx\" contradicts \"mx\"", "remove one of the two");
    if (entry.fails && (entry.mx || entry.null_mx))
        complaints.add(entry.fails->at,
                       fmt::format("\"fails\" contradicts \"{}\"", entry.mx ? "mx" : "null_mx"),
                       "remove one of the two");
}

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
                                  "it reads like shop.example");
        else if (!seen.add(entry.name))
            complaints.add_at_key(member,
                                  fmt::format("\"{}\" names a domain that stands here already", entry.name),
                                  "upper and lower case are the same in domain names");
        read_object(member, dns_form, entry, complaints);
        complain_about_contradictions(entry, complaints);
        scenario.dns.push_back(std::move(entry));
    }
}

DnsRecords default_records(Assembly const& assembly, DomainId domain) {
    World const& world = assembly.world;
    DnsRecords records;
    for (ServerId const server : handlers_of(assembly, domain))
        records.mx.push_back({world.servers[server].name, usual_preference});
    if (auto const server = assembly.servers.find(world.book.name(domain)))
        records.address = world.servers[ServerId{*server}].host;
    records.exists = !records.mx.empty() || records.address.valid();
    return records;
}

DnsRecords to_records(Assembly& assembly, DnsDraft const& draft) {
    AddressBook& book = assembly.world.book;
    if (!draft.is_entry)
        return default_records(assembly, book.add_domain(draft.name));
    DnsRecords records;
    if (!draft.fails || draft.fails->value != DnsFailure::no_such_domain) {
        records = default_records(assembly, book.add_domain(draft.name));
        records.exists = true;
        records.null_mx = draft.null_mx && draft.null_mx->value;
        if (draft.mx || records.null_mx)
            records.mx.clear();
    }
    if (draft.mx && records.exists)
        for (MxDraft const& mx : draft.mx->value)
            records.mx.push_back({book.add_domain(*mx.host), mx.preference});
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

void set_up_dns(Assembly& assembly) {
    World& world = assembly.world;
    std::vector<DnsRecords> records;
    for (std::uint32_t domain = 0; domain < world.book.domain_count(); ++domain)
        records.push_back(default_records(assembly, DomainId{domain}));
    for (DnsDraft const& entry : assembly.draft.dns) {
        DomainId const domain = world.book.add_domain(entry.name);
        DnsRecords row = to_records(assembly, entry);
        records.resize(std::max(records.size(), world.book.domain_count()));
        records[domain.index] = std::move(row);
    }
    for (DnsRecords& row : records)
        world.dns.add(std::move(row));
}

} // namespace mailflow
