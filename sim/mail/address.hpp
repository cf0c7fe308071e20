// Mail addresses (RFC 5321 section 4.1.2) and the book in which a world numbers them. Decisions compare
// numbers: domains and local parts that differ only in the case of ASCII letters share one.
#pragma once

#include "base/id.hpp"
#include "base/prefetch.hpp"
#include "base/text_index.hpp"

#include <optional>
#include <string>
#include <string_view>

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

/// In octets: RFC 5321 section 4.5.3.1.1, RFC 1035 section 2.3.4.
inline constexpr std::size_t longest_local_part = 64;
inline constexpr std::size_t longest_label = 63; // of a domain name, between two dots

/// Reads `Mailbox` of RFC 5321 section 4.1.2: dot-string or quoted-string, "@", domain. Empty when it is
/// none, or longer than section 4.5.3.1 allows (local part 64, domain 255, both together 254 octets), or has
/// letters beyond ASCII, which only RFC 6531 (SMTPUTF8) allows.
[[nodiscard]] std::optional<Mailbox> parse_mailbox(std::string_view text);

/// Whether the text is a domain name: labels of letters, digits and hyphens (RFC 5321 section 4.1.2), each at
/// most 63 octets, 255 in all.
[[nodiscard]] bool is_domain_name(std::string_view text);

/// The local part without the quotes and backslashes of a quoted-string; another comes back as it is.
[[nodiscard]] std::string unquoted(std::string_view local_part);

/// The local part in quotes where a dot-string cannot hold it, else as it is (RFC 5321 section 4.1.2).
[[nodiscard]] std::string quoted_where_needed(std::string_view unquoted_local_part);

/// Numbers for domains, local parts and addresses. The same text always gets the same number.
class AddressBook {
public:
    struct Address {
        LocalPartId local_part;
        DomainId domain;
        // The addresses that the local part asks its host to pass the mail on to (RFC 1123 section 5.2.16);
        // none where it asks for nothing.
        AddressId inner;   // "user@there"@here -> user@there
        AddressId bang;    // there!user@here -> user@there
        AddressId percent; // user%there@here -> user@there
        AddressId tag;     // user+word@here -> user@here, the sub-addressing of RFC 5233
    };

    /// How much the book holds.
    struct Mark {
        std::size_t domains = 0;
        std::size_t local_parts = 0;
        std::size_t addresses = 0;
    };

    DomainId add_domain(std::string_view name);
    LocalPartId add_local_part(std::string_view local_part);
    AddressId add_address(Mailbox const& mailbox);
    /// A path that is no mailbox in that form, "@relay.example:user@there.example", and the mailbox that it
    /// is taken for as long as nobody says otherwise. It asks for nothing.
    AddressId add_typed(std::string_view text, Mailbox const& reading);

    [[nodiscard]] Mark mark() const;
    /// Forgets what was added since the mark; nobody may keep numbers of it.
    void roll_back(Mark const& mark);

    [[nodiscard]] std::optional<DomainId> find_domain(std::string_view name) const;
    [[nodiscard]] std::optional<LocalPartId> find_local_part(std::string_view local_part) const;

    [[nodiscard]] Address const& operator[](AddressId id) const { return addresses_[id]; }
    [[nodiscard]] std::string const& text(AddressId id) const { return texts_[id]; }
    [[nodiscard]] std::string const& name(DomainId id) const { return domains_[id].name; }
    [[nodiscard]] std::string const& name(LocalPartId id) const { return local_parts_[id]; }
    [[nodiscard]] std::size_t domain_count() const { return domains_.size(); }

    /// The address will be asked for soon.
    void prepare(AddressId id) const { prefetch_all(addresses_.place_of(id)); }

    /// The domain one label up, if the book knows it; "a.b.example" -> "b.example".
    [[nodiscard]] DomainId parent(DomainId id) const { return domains_[id].parent; }

private:
    struct Domain {
        std::string name; // lower case
        DomainId parent;
    };

    // The texts by their numbers, as the indexes ask for them.
    [[nodiscard]] auto names() const {
        return [this](std::uint32_t number) -> std::string const& { return domains_[DomainId{number}].name; };
    }
    [[nodiscard]] auto local_parts() const {
        return
            [this](std::uint32_t number) -> std::string const& { return local_parts_[LocalPartId{number}]; };
    }
    [[nodiscard]] auto texts() const {
        return [this](std::uint32_t number) -> std::string const& { return texts_[AddressId{number}]; };
    }

    AddressId add_if_address(std::string_view local_part, std::string_view domain);
    void add_what_is_wrapped(AddressId id, std::string_view local_part);

    Table<DomainId, Domain> domains_;
    Table<LocalPartId, std::string> local_parts_;
    Table<AddressId, Address> addresses_; // apart from the texts: who decides looks at these only
    Table<AddressId, std::string> texts_; // as they were written first
    TextIndex domain_numbers_;            // by name
    TextIndex local_part_numbers_;        // by lower-case text
    TextIndex address_numbers_;           // by text
    TextIndex typed_numbers_;             // the same for paths that are no mailbox
};

} // namespace mailflow
