#include "scenario/assembly.hpp"

#include <fmt/format.h>

#include <set>
#include <string_view>

namespace mailflow {

void number_names(Assembly& assembly) {
    for (NetworkDraft const& network : assembly.draft.networks)
        assembly.networks.add(network.name);
    for (Value const person : assembly.draft.people)
        assembly.people.add(person.key());
    for (SpammerDraft const& spammer : assembly.draft.spammers)
        assembly.spammers.add(spammer.key);
    for (PopulationDraft const& population : assembly.draft.populations)
        assembly.populations.add(population.key);
    std::set<std::string_view> spellings; // a key that is here twice has been complained about
    for (ServerDraft const& server : assembly.draft.servers) {
        bool const is_new_spelling = spellings.insert(server.name).second;
        bool const is_new_name = is_domain_name(server.name) ? assembly.servers.add(server.name)
                                                             : assembly.servers.add_refused(server.name);
        if (!is_new_name && is_new_spelling)
            assembly.complaints.add_at_key(server.at,
                                           fmt::format("\"{}\" is the name of another server", server.name),
                                           "upper and lower case are the same in host names");
    }
}

std::optional<std::uint32_t> look_up(Names const& names, Name const& name, std::string_view kind,
                                     Complaints& complaints) {
    auto const number = names.find(name.value);
    if (!number && !names.mends_refused(name.value))
        complaints.add(name.at, fmt::format("there is no {} \"{}\"", kind, name.value),
                       complaints.full() ? std::string{} : names.hint(name.value));
    return number;
}

void expect_within_run(Assembly const& assembly, Located<Duration> const& time, Complaints& complaints) {
    if (time.value > assembly.draft.until)
        complaints.add(time.at, fmt::format("{} lies after the end of the run", write_duration(time.value)),
                       fmt::format("\"until\" is \"{}\"", write_duration(assembly.draft.until)));
}

std::vector<ServerId> const& handlers_of(Assembly const& assembly, DomainId domain) {
    static std::vector<ServerId> const nobody;
    return domain.index < assembly.handlers.size() ? assembly.handlers[domain.index] : nobody;
}

} // namespace mailflow
