#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mailflow {

namespace {

constexpr std::array<std::string_view, 1> failures{"nxdomain"};
constexpr std::array<std::string_view, 2> failures_not_built{"servfail", "timeout"};
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

void read_fails(Value at, DnsDraft& entry, Complaints& complaints) {
    if (read_word(at, failures, failures_not_built, complaints))
        entry.fails = at;
}

constexpr std::array<Key<DnsDraft>, 3> keys{{
    {"mx", into<&DnsDraft::mx, located<list_of<read_mx>>>},
    {"null_mx", into<&DnsDraft::null_mx, located<read_bool>>},
    {"fails", read_fails},
}};
constexpr std::array<std::string_view, 1> not_built{"ttl"};

/// A domain either has hosts that take its mail, or says that none does, or does not answer.
void complain_about_contradictions(DnsDraft const& entry, Complaints& complaints) {
    if (entry.mx && entry.null_mx)
        complaints.add(entry.null_mx->at, "\"null_mx\" contradicts \"mx\"", "remove one of the two");
    if (entry.fails && (entry.mx || entry.null_mx))
        complaints.add(*entry.fails, fmt::format("\"fails\" contradicts \"{}\"", entry.mx ? "mx" : "null_mx"),
                       "remove one of the two");
}

void replace_records(DnsRecords& records, DnsDraft const& entry, AddressBook& book) {
    if (entry.fails) {
        records = {};
        return;
    }
    records.exists = true;
    records.null_mx = entry.null_mx && entry.null_mx->value;
    records.mx.clear();
    if (entry.mx)
        for (MxDraft const& mx : entry.mx->value)
            records.mx.push_back({book.add_domain(*mx.host), mx.preference});
    std::stable_sort(records.mx.begin(), records.mx.end(),
                     [](MxRecord const& a, MxRecord const& b) { return a.preference < b.preference; });
}

} // namespace

Form<MxDraft> const mx_form{"mx", mx_keys, {}};
Form<DnsDraft> const dns_form{"dns", keys, not_built};

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

void set_up_dns(Assembly& assembly) {
    World& world = assembly.world;
    std::vector<DnsRecords> records(world.book.domain_count());
    for (std::size_t domain = 0; domain < assembly.handlers.size(); ++domain)
        for (ServerId const server : assembly.handlers[domain]) {
            records[domain].exists = true;
            records[domain].mx.push_back({world.servers[server].name, usual_preference});
        }
    for (Server const& server : world.servers) {
        records[server.name.index].exists = true;
        records[server.name.index].address = server.host;
    }
    for (DnsDraft const& entry : assembly.draft.dns) {
        DomainId const domain = world.book.add_domain(entry.name);
        records.resize(std::max(records.size(), world.book.domain_count()));
        replace_records(records[domain.index], entry, world.book);
    }
    for (DnsRecords& row : records)
        world.dns.add(std::move(row));
}

} // namespace mailflow
