#include "world/client_name.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace mailflow {

namespace {

constexpr std::string_view v4_zone = ".in-addr.arpa";
constexpr std::string_view v6_zone = ".ip6.arpa";

/// The labels in reverse order, put together again with something between them.
std::string turned_round(std::string_view labels, char between) {
    std::string turned;
    while (!labels.empty()) {
        std::size_t const dot = labels.rfind('.');
        std::string_view const last = dot == std::string_view::npos ? labels : labels.substr(dot + 1);
        if (!turned.empty())
            turned += between;
        turned += last;
        labels = dot == std::string_view::npos ? std::string_view{} : labels.substr(0, dot);
    }
    return turned;
}

std::optional<IpAddress> address_of_nibbles(std::string_view labels) {
    constexpr std::size_t nibbles = 32;
    if (labels.size() != 2 * nibbles - 1)
        return std::nullopt;
    std::string text;
    for (std::size_t i = 0; i < nibbles; ++i) {
        if (i > 0 && i % 4 == 0)
            text += ':';
        text += labels[2 * (nibbles - 1 - i)];
    }
    return parse_ip(text);
}

/// The entry that the DNS was given for the address; null when none.
DnsRecords const* entry_for(Present const& present, IpAddress const& client) {
    std::vector<ReverseEntry> const& entries = present.world().reverse_entries;
    auto const place = std::lower_bound(
        entries.begin(), entries.end(), client,
        [](ReverseEntry const& entry, IpAddress const& wanted) { return entry.address < wanted; });
    if (place == entries.end() || place->address != client)
        return nullptr;
    return &present.dns(place->name);
}

bool leads_to(Present const& present, DnsRecords const& records, IpAddress const& client) {
    return records.other_address == client ||
           (records.address.valid() && present.host(records.address).address == client);
}

} // namespace

std::optional<IpAddress> address_of_reverse_name(std::string_view name) {
    if (name.ends_with(v4_zone))
        return parse_ip(turned_round(name.substr(0, name.size() - v4_zone.size()), '.'));
    if (name.ends_with(v6_zone))
        return address_of_nibbles(name.substr(0, name.size() - v6_zone.size()));
    return std::nullopt;
}

ReverseName reverse_name_status(Present const& present, IpAddress const& client) {
    DnsRecords const* const entry = entry_for(present, client);
    if (entry == nullptr)
        return ReverseName::confirmed;
    if (entry->trouble != DnsTrouble::none)
        return ReverseName::unsure;
    if (!entry->exists || !entry->ptr.valid())
        return ReverseName::missing;
    DnsRecords const& forward = present.dns(entry->ptr);
    if (forward.trouble != DnsTrouble::none)
        return ReverseName::unsure;
    return leads_to(present, forward, client) ? ReverseName::confirmed : ReverseName::forged;
}

std::string reverse_name(Present const& present, IpAddress const& client) {
    World const& world = present.world();
    if (DnsRecords const* const entry = entry_for(present, client))
        return entry->exists && entry->ptr.valid() ? world.book.name(entry->ptr) : std::string{};
    for (Server const& server : world.servers)
        if (present.host(server.host).address == client)
            return world.book.name(server.name);
    std::string name = "client-" + to_text(client) + ".example";
    std::replace_if(
        name.begin(), name.end() - std::string_view{".example"}.size(),
        [](char c) { return c == '.' || c == ':'; }, '-');
    return name;
}

DomainStatus sender_domain_status(Present const& present, DomainId domain) {
    DnsRecords const& records = present.dns(domain);
    if (records.trouble != DnsTrouble::none)
        return DomainStatus::unsure;
    bool const can_be_found = records.null_mx || !records.mx.empty() || records.address.valid() ||
                              records.other_address.has_value();
    return records.exists && can_be_found ? DomainStatus::exists : DomainStatus::missing;
}

} // namespace mailflow
