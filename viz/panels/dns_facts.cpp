// What the DNS knows at the moment: which servers take the mail for each domain, and where each name is.
#include "base/text.hpp"
#include "report/words/words.hpp"
#include "viz/panels/facts.hpp"
#include "world/client_name.hpp"

#include <fmt/format.h>

namespace mailflow::viz {

namespace {

constexpr std::size_t most_domains_told = 24;
constexpr std::size_t most_addresses_told = 12;

/// What it answers about mail to the domain; empty for a name that has an address only, or does not exist.
std::string about_mail(World const& world, DnsRecords const& records) {
    switch (records.trouble) {
    case DnsTrouble::none: break;
    case DnsTrouble::server_failure: return "its name servers fail (SERVFAIL)";
    case DnsTrouble::no_answer: return "its name servers do not answer";
    }
    if (records.null_mx)
        return "it takes no mail (null MX)";
    return exchangers_of(world, records);
}

std::optional<IpAddress> address_in(Present const& present, DnsRecords const& records) {
    return records.address.valid() ? std::optional{present.address(records.address)} : records.other_address;
}

std::string with_rest(std::vector<std::string> words, std::size_t most, std::string_view separator) {
    std::size_t const count = words.size();
    words.resize(std::min(count, most));
    std::string text = fmt::format("{}", fmt::join(words, separator));
    return count > most ? fmt::format("{}{}and {} more", text, separator, count - most) : text;
}

} // namespace

Facts facts_about(Frame const& frame, DnsSubject) {
    World const& world = frame.world;
    Facts about{.title = "DNS",
                .subtitle = "says which server takes the mail for a domain, and where that server is",
                .facts = {}};
    if (frame.state.last_answer.valid()) {
        Lookup const& lookup = frame.trace.lookups[frame.state.last_answer];
        about.facts.push_back(
            {"Answered last", fmt::format("{}, about {}: {}", label_of(world, lookup.asker),
                                          world.book.name(lookup.name), answer_of(world, lookup))});
    }
    std::vector<std::string> addresses;
    std::size_t domains = 0;
    for (std::size_t n = 0; n < world.dns.size(); ++n) {
        DomainId const name = world.dns.id_at(n);
        DnsRecords const& records = frame.present.dns(name);
        if (std::string const mail = about_mail(world, records);
            !mail.empty() && ++domains <= most_domains_told)
            about.facts.push_back({world.book.name(name), fmt::format("{}. An answer is kept for {}.", mail,
                                                                      say_duration(records.ttl))});
        if (auto const address = address_in(frame.present, records);
            address && !address_of_reverse_name(world.book.name(name)))
            addresses.push_back(fmt::format("{}: {}", world.book.name(name), to_text(*address)));
    }
    if (domains > most_domains_told)
        about.facts.push_back({"More domains", fmt::format("{}", domains - most_domains_told)});
    about.facts.push_back({"Addresses", with_rest(std::move(addresses), most_addresses_told, "\n")});
    return about;
}

} // namespace mailflow::viz
