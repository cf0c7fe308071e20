// How Exim reads a path: what it takes for parameters, and what it makes of the address (exim_reader.hpp).
// Source routes are dropped; only "postmaster" may do without a domain.
#include "base/text.hpp"
#include "smtp/path.hpp"
#include "smtp/paths/exim_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace mailflow {

namespace {

constexpr std::size_t most_echoed_of_long = 64;

constexpr std::array<std::string_view, 7> known_options{"SIZE",     "BODY", "AUTH", "PRDR",
                                                        "SMTPUTF8", "RET",  "ENVID"};

/// The argument of MAIL or RCPT, parted.
struct Options {
    std::string address;
    std::string parameters;
};

/// The place of the last "=" or blank outside quotes, at which an option could begin; 0 when there is none.
std::size_t last_break(std::string_view text) {
    std::size_t place = text.empty() ? 0 : text.size() - 1;
    bool quoted = false;
    for (; place > 0; --place) {
        quoted = quoted != (text[place] == '"');
        if (!quoted && (text[place] == '=' || is_blank_for_exim(text[place])))
            break;
    }
    return place;
}

/// Takes options off the end, one after the other, as long as it knows them. At the first that it does not
/// know it puts back what it took off; in RCPT that is a "=", whether there was one or not.
Options split_options(std::string_view given, bool is_sender) {
    Options parted{std::string{given.substr(0, given.find_last_not_of(" \t") + 1)}, {}};
    std::string& left = parted.address;
    for (std::size_t mark = last_break(left); mark > 0; mark = last_break(left)) {
        std::size_t start = mark + 1;
        if (left[mark] == '=') {
            for (start = mark; start > 0 && std::isalpha(static_cast<unsigned char>(left[start - 1])) != 0;)
                --start;
            if (start == 0 || !is_blank_for_exim(left[start - 1]))
                break;
        }
        std::string const option = left.substr(start);
        std::string const keyword = upper_case(option.substr(0, option.find('=')));
        bool const known = is_sender && std::find(known_options.begin(), known_options.end(), keyword) !=
                                            known_options.end();
        if (!known) {
            if (!is_sender)
                left[mark] = '=';
            break;
        }
        if (!option.ends_with('='))
            parted.parameters = option + " " + parted.parameters;
        left.resize(left.find_last_not_of(" \t", start - 1) + 1);
    }
    return parted;
}

PathReading stopped(Flaw flaw, std::string trouble) {
    PathReading reading;
    reading.flaw = flaw;
    reading.argument = std::move(trouble);
    return reading;
}

Flaw flaw_of(std::string const& trouble) {
    if (trouble.starts_with("domain literals"))
        return Flaw::domain_literal;
    if (trouble.find("domain") != std::string::npos)
        return Flaw::bad_domain;
    return trouble == "no local part" ? Flaw::no_local_part : Flaw::bad_local_part;
}

/// What it makes of an address that it could read.
PathReading judged(EximAddress const& read, PathSetting const& setting) {
    bool const has_domain = !read.domain.empty();
    if (read.local_part.written.empty() && !has_domain)
        return setting.is_sender ? PathReading{}
                                 : stopped(Flaw::empty_path, "missing or malformed local part");
    std::string const name = quoted_where_needed(read.local_part.meant);
    std::string const address = has_domain ? name + "@" + read.domain : name;
    if (address.size() > longest_exim_address)
        return stopped(Flaw::overlong_path,
                       "address is ridiculously long: " + address.substr(0, most_echoed_of_long) + "...");
    if (!has_domain && (setting.is_sender || lower_case(read.local_part.written) != "postmaster"))
        return stopped(Flaw::no_domain, {});
    PathReading reading;
    reading.shown = address;
    if (!has_domain)
        reading.mailbox = Mailbox{name, std::string{setting.host_name}};
    else if (is_domain_literal(read.domain)) // which is none of its local domains
        reading.mailbox = Mailbox{name, read.domain};
    else
        reading.mailbox = Mailbox{name, domain_for_book(read.domain, setting)};
    return reading;
}

} // namespace

PathReading read_as_exim(PathArgument const& argument, PathSetting const& setting) {
    if (argument.flaw != Flaw::none && argument.flaw != Flaw::unclosed_path)
        return {.flaw = argument.flaw};
    Options const options = setting.takes_parameters ? split_options(argument.given, setting.is_sender)
                                                     : Options{std::string{argument.given}, {}};
    EximReader reader{options.address};
    EximGroup no_group;
    EximAddress const read = read_exim_address(reader, no_group);
    if (!reader.stopped() && !reader.at_end())
        reader.stop_at_rest();
    PathReading reading;
    if (reader.stopped())
        reading = stopped(flaw_of(reader.trouble()), reader.trouble());
    else
        reading = judged(read, setting);
    reading.given = options.address;
    reading.yields_to_parameters = true; // which it has taken off first
    reading.parameters = options.parameters;
    return reading;
}

} // namespace mailflow
