#include "policy/server_policy.hpp"

#include "policy/lists/lists.hpp"

#include <algorithm>
#include <span>

namespace mailflow {

namespace {

std::optional<std::uint32_t> place_of(std::span<DomainId const> sorted, DomainId domain) {
    auto const place = std::lower_bound(sorted.begin(), sorted.end(), domain);
    if (place == sorted.end() || *place != domain)
        return std::nullopt;
    return static_cast<std::uint32_t>(place - sorted.begin());
}

/// Compared letter by letter, as this is asked at every login.
bool name_before(std::string_view one, std::string_view other) {
    auto const small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::lexicographical_compare(one.begin(), one.end(), other.begin(), other.end(),
                                        [&](char a, char b) { return small(a) < small(b); });
}

} // namespace

std::optional<std::uint32_t> handled_at(ServerPolicy const& server, DomainId domain) {
    if (auto const place = place_of(server.handles, domain))
        return place;
    if (server.handles.empty() || domain != server.own_name)
        return std::nullopt;
    return static_cast<std::uint32_t>(server.handles.size());
}

std::optional<std::uint32_t> relayed_at(ServerPolicy const& server, AddressBook const& book,
                                        DomainId domain) {
    auto const place = place_of(server.relays_for, domain);
    DomainId const above = book.parent(domain);
    if (place || !above.valid() || !lists_of(server.software).relays_below)
        return place;
    return relayed_at(server, book, above);
}

bool has_mailbox(ServerPolicy const& server, AddressBook const& book, LocalPartId local_part) {
    return server.any_mailbox ||
           std::binary_search(server.mailboxes.begin(), server.mailboxes.end(), local_part) ||
           is_alias(server, local_part) || book.name(local_part) == "postmaster";
}

bool is_alias(ServerPolicy const& server, LocalPartId local_part) {
    return std::binary_search(server.alias_names.begin(), server.alias_names.end(), local_part);
}

bool is_dead_alias(ServerPolicy const& server, LocalPartId local_part) {
    return std::binary_search(server.dead_alias_names.begin(), server.dead_alias_names.end(), local_part);
}

bool stands_before(Account const& one, Account const& other) {
    return name_before(one.user, other.user);
}

std::optional<std::uint32_t> account_at(ServerPolicy const& server, std::string_view user) {
    auto const place = std::lower_bound(
        server.accounts.begin(), server.accounts.end(), user,
        [](Account const& account, std::string_view name) { return name_before(account.user, name); });
    if (place == server.accounts.end() || name_before(user, place->user))
        return std::nullopt;
    return static_cast<std::uint32_t>(place - server.accounts.begin());
}

} // namespace mailflow
