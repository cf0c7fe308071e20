// How Sendmail reads a path: invalidaddr() and prescan() of parseaddr.c, then the rule sets canonify and
// Parse0 of proto.m4, as far as they find errors. Source routes are dropped, quotes taken off, a name without
// a domain is the host's own; a sender, though, must have a domain.
#include "base/text.hpp"
#include "smtp/path.hpp"
#include "smtp/paths/prescan.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// MAXNAME, less the end of the string; brackets count.
constexpr std::size_t longest_path = 255;
/// The same, of one token.
constexpr std::size_t longest_token = 256;
constexpr std::size_t none = std::string_view::npos;

/// putoutmsg() takes the eighth bit off.
std::string in_seven_bits(std::string_view text) {
    std::string shown{text};
    std::transform(shown.begin(), shown.end(), shown.begin(),
                   [](char c) { return static_cast<char>(static_cast<unsigned char>(c) & 0x7fU); });
    return shown;
}

/// Where the argument is no path at all, the word at which the reader stopped (skipword()).
std::string scanned_word(PathArgument const& argument, bool is_sender) {
    if (argument.flaw == Flaw::missing_argument && argument.given.empty())
        return is_sender ? "FROM" : "TO";
    return std::string{argument.given.substr(0, argument.given.find_first_of(" \t:"))};
}

bool is_c1_control(char c) {
    return (static_cast<unsigned char>(c) & 0xe0U) == 0x80U;
}

/// Whether octets stand in it that Sendmail keeps for itself; with them replaced.
bool replace_forbidden(std::string& path) {
    bool const has_some = std::any_of(path.begin(), path.end(), is_c1_control);
    std::replace_if(path.begin(), path.end(), is_c1_control, '?');
    return has_some;
}

/// The place of the first of these operators, from there on; `none` when there is none.
std::size_t first_of(AddressTokens tokens, std::string_view wanted, std::size_t from = 0) {
    for (std::size_t i = from; i < tokens.size(); ++i)
        if (!tokens[i].is_word && wanted.find(tokens[i].text) != std::string_view::npos)
            return i;
    return none;
}

/// What is neither printed nor minded as a blank (hasctrlchar()).
bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; });
}

// -- canonify

/// What stands in the innermost brackets, or all where there are none.
AddressTokens innermost(AddressTokens tokens) {
    for (std::size_t open = 0; (open = first_of(tokens, "<")) != none;)
        tokens = tokens.subspan(open + 1);
    return tokens.first(std::min(first_of(tokens, ">"), tokens.size()));
}

/// Without "@a,@b:" at its front: up to the first comma or, where there is none, colon with something on both
/// sides.
AddressTokens without_route(AddressTokens tokens) {
    while (!tokens.empty() && tokens.front().is('@')) {
        std::size_t end = first_of(tokens, ",", 2);
        if (end == none)
            end = first_of(tokens, ":", tokens.size() > 1 && tokens[1].is('[') ? first_of(tokens, "]") : 2);
        if (end == none || end + 1 == tokens.size())
            break;
        tokens = tokens.subspan(end + 1);
    }
    return tokens;
}

/// An address without brackets and routes, parted at its domain.
struct Focused {
    AddressTokens local;
    AddressTokens domain;
    bool is_qualified = false;
};

Focused focused(AddressTokens tokens) {
    std::size_t at = none;
    for (std::size_t i = first_of(tokens, "@", 1); i != none && i + 1 < tokens.size();
         i = first_of(tokens, "@", i + 1))
        at = i;
    if (at == none)
        at = first_of(tokens, "@"); // one that nothing stands before, or behind
    if (at == none)
        return {tokens, {}, false};
    return {tokens.first(at), tokens.subspan(at + 1), true};
}

// -- Parse0

/// What is wrong with an address.
struct Objection {
    Flaw flaw = Flaw::none;
    std::string_view words{};
};

Objection object_to_domain(AddressTokens domain) {
    if (!domain.front().is('[') && first_of(domain, ":") != none)
        return {Flaw::bad_domain, "Colon illegal in host name part"};
    if (std::size_t const end = first_of(domain, "]");
        domain.front().is('[') && end != none &&
        (end + 1 < domain.size() || first_of(domain, "[", 1) != none))
        return {Flaw::domain_literal, "Invalid address"};
    std::string const name = join(domain);
    if (name.front() == '.' ||
        std::string_view{name}.substr(0, name.find_last_not_of('.') + 1).find("..") != none)
        return {Flaw::empty_label, {}};
    if (first_of(domain, "@") != none)
        return {Flaw::domain_literal, "Invalid route address"};
    return {};
}

bool is_nothing(AddressTokens local) {
    return local.empty() || (local.size() == 1 && local.front().text == "\"\"");
}

/// What is wrong with a name that the host itself is to find, with the routes that it asks for in it.
Objection object_to_local_part(AddressTokens local) {
    if (is_nothing(local))
        return {Flaw::no_local_part, {}};
    if (first_of(local, ",") != none)
        return {Flaw::second_at, {}};
    if (first_of(local, "!") != none || first_of(local, "%") == none)
        return {};
    std::size_t percent = none;
    for (std::size_t i = first_of(local, "%"); i != none; i = first_of(local, "%", i + 1))
        percent = i;
    if (percent == 0)
        return {Flaw::no_local_part, {}};
    if (percent + 1 == local.size())
        return {Flaw::bad_domain, "Hostname required"};
    return {};
}

Objection object_to_qualified(Focused const& address, bool is_own) {
    bool const is_doubled = address.local.size() == 1 && address.local.front().is('@'); // "@@host"
    if (address.local.empty() && address.domain.empty())
        return {Flaw::bad_domain, "List:; syntax illegal for recipient addresses"};
    if (address.local.empty() || is_doubled)
        return {Flaw::no_local_part, {}};
    if (address.domain.empty())
        return {Flaw::bad_domain, "Hostname required"};
    if (Objection const objection = object_to_domain(address.domain); objection.flaw != Flaw::none)
        return objection;
    if (first_of(address.local, "@,") != none || first_of(address.domain, ",") != none)
        return {Flaw::second_at, {}};
    return is_own ? object_to_local_part(address.local) : Objection{};
}

/// What a mailbox of the host itself may not be called: the local mailer would take it for something else.
std::string_view forbidden_target(std::string_view local_part) {
    if (local_part.starts_with(":include:"))
        return "Cannot mail directly to :include:s";
    if (local_part.starts_with('/'))
        return "Cannot mail directly to files";
    if (local_part.starts_with('|'))
        return "Cannot mail directly to programs";
    return {};
}

/// A sender that the host would take for one of its own, though it comes from elsewhere.
bool is_nowhere(std::string_view domain) {
    std::string const name = lower_case(domain);
    return name == "localhost" || name == "[127.0.0.1]" || name == "[ipv6:::1]" ||
           name == "[ipv6:0:0:0:0:0:0:0:1]";
}

PathReading refused(PathReading reading, Flaw flaw, std::string_view argument = {}) {
    reading.flaw = flaw;
    reading.argument = argument;
    return reading;
}

/// What is found out only when the address has been read, and the parameters, too.
PathReading refused_late(PathReading reading, Flaw flaw, std::string_view argument) {
    reading.yields_to_parameters = true;
    return refused(std::move(reading), flaw, argument);
}

PathReading refused_target(PathReading reading, std::string_view target, PathSetting const& setting) {
    return setting.is_sender ? refused(std::move(reading), Flaw::bad_local_part)
                             : refused_late(std::move(reading), Flaw::bad_local_part, target);
}

PathReading refused_control(PathReading reading, std::string_view address) {
    return refused(std::move(reading), Flaw::eight_bit,
                   "Syntax error in mailbox address \"" + std::string{address} +
                       "\" (non-printable character)");
}

PathReading read_unqualified(PathReading reading, AddressTokens name, PathSetting const& setting) {
    if (Objection const objection = object_to_local_part(name); objection.flaw != Flaw::none)
        return refused(std::move(reading), objection.flaw, objection.words);
    std::string const written = join(name);
    std::string const local_part = unquoted(written);
    if (std::string_view const target = forbidden_target(local_part); !target.empty())
        return refused_target(std::move(reading), target, setting);
    if (has_control(written))
        return refused_control(std::move(reading), written);
    std::size_t const bang = first_of(name, "!");
    std::size_t const percent = first_of(name, "%");
    if (setting.is_sender && bang == none && percent == none)
        return refused_late(std::move(reading), Flaw::no_domain,
                            "Domain name required for sender address " + written);
    std::size_t const parted = bang != none ? bang : written.rfind('%');
    if (setting.is_sender && bang != none) // "host!user" is in the domain "host"
        reading.mailbox =
            Mailbox{quoted_where_needed(join(name.subspan(parted + 1))), join(name.first(parted))};
    else if (setting.is_sender)
        reading.mailbox = Mailbox{quoted_where_needed(written.substr(0, parted)), written.substr(parted + 1)};
    else
        reading.mailbox = Mailbox{quoted_where_needed(local_part), std::string{setting.host_name}};
    return reading;
}

PathReading read_qualified(PathReading reading, Focused const& address, PathSetting const& setting) {
    std::string domain = join(address.domain);
    domain.resize(domain.find_last_not_of('.') + 1);
    domain = domain == "[127.0.0.1]" && !setting.is_sender ? std::string{setting.host_name}
                                                           : domain_for_book(domain, setting);
    bool const is_own = lower_case(domain) == setting.host_name || (setting.is_own && setting.is_own(domain));
    if (Objection const objection = object_to_qualified(address, is_own); objection.flaw != Flaw::none)
        return refused(std::move(reading), objection.flaw, objection.words);
    if (setting.is_sender && is_nowhere(join(address.domain)))
        return refused_late(std::move(reading), Flaw::no_domain,
                            "Real domain name required for sender address");
    std::string const written = join(address.local);
    if (has_control(written))
        return refused_control(std::move(reading),
                               is_own && !setting.is_sender ? written : written + "@" + domain);
    std::string const local_part = unquoted(written);
    if (std::string_view const target = forbidden_target(local_part); is_own && !target.empty())
        return refused_target(std::move(reading), target, setting);
    reading.mailbox = Mailbox{quoted_where_needed(local_part), std::move(domain)};
    return reading;
}

PathReading read_tokens(PathReading reading, AddressTokens tokens, PathSetting const& setting) {
    bool const is_null = tokens.size() == 2 && tokens[0].is('<') && tokens[1].is('>');
    AddressTokens bare = innermost(tokens);
    while (!bare.empty() && bare.back().is(';'))
        bare = bare.first(bare.size() - 1);
    bare = without_route(bare);
    if (is_null)
        return setting.is_sender ? reading : refused(std::move(reading), Flaw::empty_path);
    if (bare.empty() && setting.is_sender)
        return refused_late(std::move(reading), Flaw::no_domain, "Domain name required for sender address ");
    if (bare.empty()) { // nobody's
        reading.mailbox = Mailbox{"\"\"", std::string{setting.host_name}};
        return reading;
    }
    Focused const address = focused(bare);
    return address.is_qualified ? read_qualified(std::move(reading), address, setting)
                                : read_unqualified(std::move(reading), bare, setting);
}

/// It minds no blank before the colon of "FROM:" and "TO:"; with it taken out.
std::string without_blank_before_colon(std::string_view argument) {
    std::size_t const end = std::min(argument.find_first_of(" \t:"), argument.size());
    std::size_t const colon = argument.find_first_not_of(" \t", end);
    if (colon == std::string_view::npos || argument[colon] != ':')
        return std::string{argument};
    return std::string{argument.substr(0, end)} + std::string{argument.substr(colon)};
}

} // namespace

PathReading read_as_sendmail(PathArgument const& argument, PathSetting const& setting) {
    if (argument.flaw == Flaw::wrong_keyword) {
        std::string const mended = without_blank_before_colon(argument.given);
        PathArgument const again = take_apart(mended, setting.is_sender ? "FROM:" : "TO:");
        if (again.flaw != Flaw::wrong_keyword)
            return read_as_sendmail(again, setting);
    }
    bool const is_path = argument.flaw == Flaw::none || argument.flaw == Flaw::unclosed_path;
    if (!is_path)
        return {.flaw = argument.flaw, .argument = scanned_word(argument, setting.is_sender)};
    Prescan const scan = prescan(argument.given);
    std::string path{argument.given.substr(0, scan.length)};
    bool const has_forbidden = replace_forbidden(path);
    PathReading reading;
    reading.shown = in_seven_bits(path);
    reading.parameters = std::string{argument.given.substr(scan.length)};
    if (scan.longest_token > longest_token)
        return refused(std::move(reading), Flaw::overlong_word);
    if (path.size() > longest_path) {
        reading.shown.resize(longest_path);
        std::string const beginning = reading.shown;
        return refused(std::move(reading), Flaw::overlong_path, beginning);
    }
    if (scan.alone)
        return refused(std::move(reading), Flaw::unclosed_path,
                       std::string{"Unbalanced '"} + *scan.alone + "'");
    if (has_forbidden)
        return refused(std::move(reading), Flaw::eight_bit,
                       "8-bit character in mailbox address \"" + in_seven_bits(path) + "\"");
    if (scan.tokens.empty())
        return refused(std::move(reading), Flaw::empty_path);
    return read_tokens(std::move(reading), scan.tokens, setting);
}

} // namespace mailflow
