// Mail addresses (RFC 5321 section 4.1.2) and the book in which a world numbers them. Decisions compare
// numbers: domains and local parts that differ only in the case of ASCII letters share one.
#pragma once

#include "base/id.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mailflow {

using DomainId = Id<struct DomainTag>;
using LocalPartId = Id<struct LocalPartTag>;
using AddressId = Id<struct AddressTag>;

/// local-part@domain as it was written.
struct Mailbox {
    std::string local_part;
    std::string domain;

    bool operator==(Mailbox const&) const = default;
};

/// Reads `Mailbox` of RFC 5321 section 4.1.2: dot-string or quoted-string, "@", domain. Empty when it is
/// none, or longer than section 4.5.3.1 allows (local part 64, domain 255, both together 254 octets).
[[nodiscard]] std::optional<Mailbox> parse_mailbox(std::string_view text);

/// Whether the text is a domain name: labels of letters, digits and hyphens (RFC 5321 section 4.1.2), each at
/// most 63 octets, 255 in all.
[[nodiscard]] bool is_domain_name(std::string_view text);

/// Numbers for domains, local parts and addresses. The same text always gets the same number.
class AddressBook {
public:
    struct Address {
        std::string text; // as it was written first
        LocalPartId local_part;
        DomainId domain;
    };

    DomainId add_domain(std::string_view name);
    LocalPartId add_local_part(std::string_view local_part);
    AddressId add_address(Mailbox const& mailbox);

    [[nodiscard]] std::optional<DomainId> find_domain(std::string_view name) const;
    [[nodiscard]] std::optional<LocalPartId> find_local_part(std::string_view local_part) const;

    [[nodiscard]] Address const& operator[](AddressId id) const { return addresses_[id]; }
    [[nodiscard]] std::string const& text(AddressId id) const { return addresses_[id].text; }
    [[nodiscard]] std::string const& name(DomainId id) const { return domains_[id].name; }
    [[nodiscard]] std::string const& name(LocalPartId id) const { return local_parts_[id]; }
    [[nodiscard]] std::size_t domain_count() const { return domains_.size(); }

    /// The domain one label up, if the book knows it; "a.b.example" -> "b.example".
    [[nodiscard]] DomainId parent(DomainId id) const { return domains_[id].parent; }

private:
    struct Domain {
        std::string name; // lower case
        DomainId parent;
    };

    Table<DomainId, Domain> domains_;
    Table<LocalPartId, std::string> local_parts_;
    Table<AddressId, Address> addresses_;
    std::unordered_map<std::string, DomainId> domain_numbers_;
    std::unordered_map<std::string, LocalPartId> local_part_numbers_;
    std::unordered_map<std::string, AddressId> address_numbers_;
};

} // namespace mailflow
