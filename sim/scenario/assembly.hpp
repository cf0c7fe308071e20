// A world while it is put together from a draft. Each step looks up the names that its objects use, complains
// about what dangles, and fills in what was left out; the steps run in the order in which they stand here.
#pragma once

#include "scenario/draft.hpp"
#include "scenario/names.hpp"

#include <algorithm>
#include <map>
#include <variant>
#include <vector>

namespace mailflow {

/// One thing of the scenario as a change leaves it.
struct ChangeStep {
    ChangeDraft const* draft;
    std::uint32_t number = 0; // of the server, person or network
    std::variant<ServerDraft, DnsDraft, PersonDraft, NetworkDraft> after;
    std::size_t accounts = 0; // of a server: how many it has from then on of those that are made for it
};

/// Whose account on a server a person uses there: their own, or that of somebody with the same address.
struct MadeUser {
    PersonId person;
    PersonId owner;
    bool by_address = false; // the user is called like the address, not like its local part
};

/// Of the people of servers that change, in all changes together.
inline constexpr std::size_t most_made_accounts = 3'000'000;

/// Of a network for which the file names none.
inline constexpr Duration usual_latency = std::chrono::milliseconds{10};

struct Assembly {
    ScenarioDraft const& draft;
    Complaints& complaints;
    World world;

    // The numbers of the names are those of the drafts, and so of the rows of the world.
    Names networks;
    Names servers{NameCase::ignored};
    Names people;
    Names mail;
    Names spammers;
    Names populations;

    std::vector<std::vector<ServerId>>
        handlers; // by domain: the servers that handle it at the start, in the order of the file
    // By server: the accounts that it has when the file names none, those last that come with domains which
    // it gains later; how many of them there are, at the start and then as the changes go on; who uses them,
    // in the order of the people.
    std::vector<std::vector<Account>> made_accounts;
    std::vector<std::size_t> accounts_by_now;
    std::vector<std::vector<MadeUser>> made_users;
    // By person: the password that the file gives them at the start, and so their made accounts, whatever the
    // settings of the mail program come to be; none is empty, which stands for the usual one.
    std::vector<std::string> first_passwords;
    std::vector<bool> changed_servers;   // by server: whether a change sets anything of it
    std::vector<NetworkId> own_networks; // by person: of those who ever stand in no network of the file
    std::map<std::pair<PersonId, NetworkId>, IpAddress> stays; // where they go later
    std::vector<ChangeStep> steps;                             // by time
    std::vector<AddressId> crowds{};    // of each population, the address of its first person
    std::vector<AddressId> generated{}; // the first address at each generated domain
};

/// 1. Numbers everything that has a name.
void number_names(Assembly& assembly);
/// 1b. The addresses of populations and of generated domains, which must follow each other in the book.
void number_crowds(Assembly& assembly);
/// 2. What each change makes of the draft of the thing that it changes.
void follow_changes(Assembly& assembly);
/// 3. Networks, those of their own included, with their ranges; every machine with its address.
void place_machines(Assembly& assembly);
/// 3a. The servers as domains, and what they handle, for all that falls back on it: people, accounts, DNS.
void number_handlers(Assembly& assembly);
/// 4. What the servers handle, trust and pass on.
void set_up_servers(Assembly& assembly);
/// 5. The people and their mail programs.
void set_up_people(Assembly& assembly);
/// 6. What DNS answers for every domain.
void set_up_dns(Assembly& assembly);
/// The records of the names that have been added since.
void complete_dns(Assembly& assembly);
/// 7. The messages, each read, numbered and looked up at once.
void set_up_mail(Assembly& assembly);
/// 8. The spammers.
void set_up_spammers(Assembly& assembly);
/// 8b. The populations.
void set_up_populations(Assembly& assembly);
/// 9. The blocklists, those included that servers only name.
void set_up_blocklists(Assembly& assembly);
/// 10. The changes.
void set_up_changes(Assembly& assembly);
/// 11. What must come out.
void set_up_expectations(Assembly& assembly);

// One thing as its draft has it, with the names looked up: the same at the start and after a change. What
// falls back on other things falls back on them as they are at the start, but for the default MX records and
// accounts.
[[nodiscard]] Network to_network(Assembly& assembly, NetworkId id, NetworkDraft const& draft,
                                 Complaints& complaints);
[[nodiscard]] Server to_server(Assembly& assembly, ServerId id, ServerDraft const& draft,
                               Complaints& complaints);
[[nodiscard]] Person to_person(Assembly& assembly, PersonId id, PersonDraft const& draft,
                               Complaints& complaints);
/// The person's computer.
[[nodiscard]] Host to_host(Assembly const& assembly, PersonId id, PersonDraft const& draft,
                           Complaints& complaints);
/// What DNS says of the name while these servers handle it.
[[nodiscard]] DnsRecords to_records(Assembly& assembly, DnsDraft const& draft,
                                    std::vector<ServerId> const& handlers);

/// An account on each server for the people whose addresses it handles, now or later, to be used where the
/// file names none.
void make_accounts(Assembly& assembly);
/// The account that was made for the person on the server.
[[nodiscard]] std::optional<Account> made_account(Assembly const& assembly, ServerId server, PersonId person);

/// Complains about a time after the end of the run.
void expect_within_run(Assembly const& assembly, Located<Duration> const& time, Complaints& complaints);

template<class List>
void sort_and_deduplicate(List& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// The number of what a name refers to, or a complaint that there is none; `kind` says what: "network".
[[nodiscard]] std::optional<std::uint32_t> look_up(Names const& names, Name const& name,
                                                   std::string_view kind, Complaints& complaints);

/// The servers that handle the domain when the run starts.
[[nodiscard]] std::vector<ServerId> const& handlers_of(Assembly const& assembly, DomainId domain);

/// Orders ranges by family and first address, a wider one before those that lie within it.
[[nodiscard]] bool lies_before(IpRange const& a, IpRange const& b);

/// Gives every network without a range one, from the blocks that are set aside for examples (RFC 5737, RFC
/// 3849), away from `taken`. `machines` is the number of machines by network. False when there is no room
/// left.
[[nodiscard]] bool choose_ranges(std::vector<std::optional<IpRange>>& ranges,
                                 std::vector<std::uint64_t> const& machines,
                                 std::vector<IpRange> const& taken);

/// The address of the n-th machine (from 0) of a network, and how many there can be.
[[nodiscard]] IpAddress machine_address(IpRange const& range, std::uint64_t n);
[[nodiscard]] std::uint64_t machine_room(IpRange const& range);

} // namespace mailflow
