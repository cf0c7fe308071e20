// How OpenSMTPD reads a path (smtp_mailaddr, valid_localpart, valid_domainpart): it insists on the brackets,
// drops whatever stands before a colon, knows no quotes, and lets "%" and "!" be letters like others. A name
// without a domain is the host's own; "localhost" and addresses in brackets are not.
#include "base/text.hpp"
#include "smtp/path.hpp"

#include <algorithm>

namespace mailflow {

namespace {

constexpr std::size_t longest_part = 255; // SMTPD_MAXLOCALPARTSIZE, SMTPD_MAXDOMAINPARTSIZE

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Whether the text is parts with dots between them, each of them not empty and of such characters.
template<typename IsFit>
bool is_dotted(std::string_view text, IsFit is_fit) {
    while (true) {
        std::string_view const part = text.substr(0, text.find('.'));
        if (part.empty() || !std::all_of(part.begin(), part.end(), is_fit))
            return false;
        if (part.size() == text.size())
            return true;
        text.remove_prefix(part.size() + 1);
    }
}

constexpr std::string_view others = "!#$%&'*/?^`{|}~+-=_"; // MAILADDR_ALLOWED

bool is_local_part(std::string_view text) {
    return text.size() <= longest_part && is_dotted(text, [](char c) {
               return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
           });
}

} // namespace

bool is_domain_for_opensmtpd(std::string_view text) {
    if (text.starts_with('[')) {
        if (!is_domain_literal(text))
            return false;
        std::string_view const inside = text.substr(1, text.size() - 2);
        bool const tagged = lower_case(inside.substr(0, 5)) == "ipv6:";
        return parse_ip(tagged ? inside.substr(5) : inside).has_value();
    }
    std::size_t label = 0;
    bool const fits = std::all_of(text.begin(), text.end(), [&](char c) {
        label = c == '.' ? 0 : label + 1;
        return label <= longest_label;
    });
    return fits && text.size() <= longest_part && !text.starts_with('-') &&
           is_dotted(text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
}

bool is_address_for_opensmtpd(std::string_view text) {
    std::size_t const at = std::min(text.rfind('@'), text.size());
    std::string_view const domain = text.substr(std::min(at + 1, text.size()));
    return is_local_part(text.substr(0, at)) && (domain.empty() || is_domain_for_opensmtpd(domain));
}

PathReading read_as_opensmtpd(PathArgument const& argument, PathSetting const& setting) {
    if (argument.flaw == Flaw::missing_argument)
        return {.flaw = Flaw::empty_path}; // "FROM:" and nothing
    if (argument.flaw != Flaw::none)
        return {.flaw = argument.flaw};
    if (!argument.path.starts_with('<'))
        return {.flaw = Flaw::unclosed_path};
    std::string_view const inside = argument.inside;
    std::size_t const at = std::min(inside.rfind('@'), inside.size());
    std::string_view name = inside.substr(0, at);
    std::string_view domain = at < inside.size() ? inside.substr(at + 1) : std::string_view{};
    if (std::size_t const colon = name.find(':'); colon != std::string_view::npos)
        name.remove_prefix(colon + 1);
    if (setting.is_sender && name.empty() && domain.empty())
        return {};
    if (!is_local_part(name))
        return {.flaw = name.empty() ? Flaw::no_local_part : Flaw::bad_local_part};
    if (domain.empty())
        domain = setting.host_name;
    if (!is_domain_for_opensmtpd(domain))
        return {.flaw = Flaw::bad_domain};
    Mailbox mailbox{std::string{name}, std::string{domain}};
    return {.mailbox = mailbox, .shown = mailbox.local_part + "@" + mailbox.domain};
}

} // namespace mailflow
