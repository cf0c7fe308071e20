#include "mail/address.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace mailflow {

namespace {

constexpr std::size_t longest_domain = 255;
constexpr std::size_t longest_address = 254;
/// In a name beyond the limit, which no measured server minds, so many signs may ask for routing. More of
/// them in all their combinations would be more addresses than there is room for.
constexpr std::ptrdiff_t most_marks_in_long_name = 16;

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::ptrdiff_t count_marks(std::string_view local_part) {
    return std::count_if(local_part.begin(), local_part.end(),
                         [](char c) { return c == '@' || c == '!' || c == '%' || c == '+'; });
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
}

/// atext of RFC 5322 section 3.2.3, and the UTF-8 of RFC 6531.
bool is_atext(char c) {
    return is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
}

bool is_dot_string(std::string_view text) {
    bool after_atom = false;
    for (char const c : text) {
        if (c == '.' ? !after_atom : !is_atext(c))
            return false;
        after_atom = c != '.';
    }
    return after_atom;
}

/// The length of the quoted-string at the start of the text, quotes included; 0 when there is none.
std::size_t quoted_string_length(std::string_view text) {
    if (text.empty() || text.front() != '"')
        return 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"')
            return i + 1;
        if (text[i] == '\\' && ++i == text.size())
            return 0;
        if (is_control(text[i]))
            return 0;
    }
    return 0;
}

} // namespace

bool is_domain_name(std::string_view text) {
    if (text.empty() || text.size() > longest_domain)
        return false;
    std::size_t label = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || text[i] == '.') {
            if (label == 0 || label > longest_label || text[i - 1] == '-' || text[i - label] == '-')
                return false;
            label = 0;
        } else if (is_letter_or_digit(text[i]) || text[i] == '-') {
            ++label;
        } else {
            return false;
        }
    }
    return true;
}

std::optional<Mailbox> parse_mailbox(std::string_view text) {
    if (text.size() > longest_address || !is_ascii(text))
        return std::nullopt;
    std::size_t const quoted = quoted_string_length(text);
    std::size_t const at = quoted > 0 ? quoted : text.find('@');
    if (at >= text.size() || text[at] != '@' || at == 0 || at > longest_local_part)
        return std::nullopt;
    std::string_view const local_part = text.substr(0, at);
    std::string_view const domain = text.substr(at + 1);
    if ((quoted == 0 && !is_dot_string(local_part)) || !is_domain_name(domain))
        return std::nullopt;
    return Mailbox{std::string{local_part}, std::string{domain}};
}

std::string unquoted(std::string_view local_part) {
    if (local_part.size() < 2 || local_part.front() != '"' || local_part.back() != '"')
        return std::string{local_part};
    std::string text;
    for (std::size_t i = 1; i + 1 < local_part.size(); ++i) {
        if (local_part[i] == '\\' && i + 2 < local_part.size())
            ++i;
        text += local_part[i];
    }
    return text;
}

std::string quoted_where_needed(std::string_view unquoted_local_part) {
    if (is_dot_string(unquoted_local_part))
        return std::string{unquoted_local_part};
    std::string text{'"'};
    for (char const c : unquoted_local_part) {
        if (c == '"' || c == '\\')
            text += '\\';
        text += c;
    }
    return text += '"';
}

DomainId AddressBook::add_domain(std::string_view name) {
    std::string lowered = lower_case(name);
    if (auto const known = domain_numbers_.find(lowered, names()))
        return DomainId{*known};
    DomainId parent;
    if (std::size_t const dot = lowered.find('.'); dot != std::string::npos && dot + 1 < lowered.size())
        parent = add_domain(std::string_view{lowered}.substr(dot + 1));
    DomainId const id = domains_.id_at(domains_.size());
    domain_numbers_.find_or_add(lowered, id.index, names());
    return domains_.add({std::move(lowered), parent});
}

LocalPartId AddressBook::add_local_part(std::string_view local_part) {
    std::string lowered = lower_case(local_part);
    LocalPartId const fresh = local_parts_.id_at(local_parts_.size());
    LocalPartId const id{local_part_numbers_.find_or_add(lowered, fresh.index, local_parts())};
    if (id == fresh)
        local_parts_.add(std::move(lowered));
    return id;
}

AddressId AddressBook::add_address(Mailbox const& mailbox) {
    std::string text;
    text.reserve(mailbox.local_part.size() + 1 + mailbox.domain.size());
    text.append(mailbox.local_part).append(1, '@').append(mailbox.domain);
    AddressId const fresh = addresses_.id_at(addresses_.size());
    if (AddressId const id{address_numbers_.find_or_add(text, fresh.index, texts())}; id != fresh)
        return id;
    std::string const local_part = unquoted(mailbox.local_part);
    addresses_.add({add_local_part(local_part), add_domain(mailbox.domain), AddressId{}, AddressId{},
                    AddressId{}, AddressId{}});
    texts_.add(std::move(text));
    if (local_part.size() <= longest_local_part || count_marks(local_part) <= most_marks_in_long_name)
        add_what_is_wrapped(fresh, local_part);
    return fresh;
}

AddressId AddressBook::add_typed(std::string_view text, Mailbox const& reading) {
    AddressId const fresh = addresses_.id_at(addresses_.size());
    if (AddressId const id{typed_numbers_.find_or_add(text, fresh.index, texts())}; id != fresh)
        return id;
    texts_.add(std::string{text});
    return addresses_.add({add_local_part(unquoted(reading.local_part)), add_domain(reading.domain),
                           AddressId{}, AddressId{}, AddressId{}, AddressId{}});
}

AddressId AddressBook::add_if_address(std::string_view local_part, std::string_view domain) {
    if (local_part.empty() || !is_domain_name(domain))
        return {};
    return add_address({quoted_where_needed(local_part), std::string{domain}});
}

/// Each step makes the local part shorter, so that this ends.
void AddressBook::add_what_is_wrapped(AddressId id, std::string_view local_part) {
    auto const before = [&](std::size_t place) { return local_part.substr(0, place); };
    auto const after = [&](std::size_t place) { return local_part.substr(place + 1); };
    if (std::size_t const at = local_part.rfind('@'); at != std::string_view::npos) {
        AddressId const inner = add_if_address(before(at), after(at));
        addresses_[id].inner = inner;
    }
    if (std::size_t const bang = local_part.find('!'); bang != std::string_view::npos) {
        AddressId const wrapped = add_if_address(after(bang), before(bang));
        addresses_[id].bang = wrapped;
    }
    if (std::size_t const percent = local_part.rfind('%'); percent != std::string_view::npos) {
        AddressId const wrapped = add_if_address(before(percent), after(percent));
        addresses_[id].percent = wrapped;
    }
    if (std::size_t const plus = local_part.find('+'); plus != std::string_view::npos) {
        std::string const domain = domains_[addresses_[id].domain].name;
        AddressId const untagged = add_if_address(before(plus), domain);
        addresses_[id].tag = untagged;
    }
}

AddressBook::Mark AddressBook::mark() const {
    return {domains_.size(), local_parts_.size(), addresses_.size()};
}

void AddressBook::roll_back(Mark const& mark) {
    for (std::uint32_t i = static_cast<std::uint32_t>(mark.addresses); i < addresses_.size(); ++i) {
        std::string const& text = texts_[AddressId{i}];
        TextIndex& numbers = address_numbers_.find(text, texts()) == i ? address_numbers_ : typed_numbers_;
        numbers.erase(text, texts());
    }
    for (std::size_t i = mark.local_parts; i < local_parts_.size(); ++i)
        local_part_numbers_.erase(local_parts_[local_parts_.id_at(i)], local_parts());
    for (std::size_t i = mark.domains; i < domains_.size(); ++i)
        domain_numbers_.erase(domains_[domains_.id_at(i)].name, names());
    addresses_.shrink_to(mark.addresses);
    texts_.shrink_to(mark.addresses);
    local_parts_.shrink_to(mark.local_parts);
    domains_.shrink_to(mark.domains);
}

std::optional<DomainId> AddressBook::find_domain(std::string_view name) const {
    auto const known = domain_numbers_.find(lower_case(name), names());
    return known ? std::optional{DomainId{*known}} : std::nullopt;
}

std::optional<LocalPartId> AddressBook::find_local_part(std::string_view local_part) const {
    auto const known = local_part_numbers_.find(lower_case(local_part), local_parts());
    return known ? std::optional{LocalPartId{*known}} : std::nullopt;
}

} // namespace mailflow
