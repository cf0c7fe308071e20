// The settings of a server, as they are written.
#include "base/text.hpp"
#include "scenario/forms.hpp"
#include "scenario/name_hints.hpp"
#include "scenario/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace mailflow {

namespace {

std::optional<Software> read_software(Value at, Complaints& complaints) {
    auto const place = read_word(at, software_names, {}, complaints);
    return place ? std::optional{static_cast<Software>(*place)} : std::nullopt;
}

/// A local part, or "*".
std::optional<std::string> read_mailbox_name(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::text, complaints))
        return std::nullopt;
    if (at.text() == "*" || parse_mailbox(fmt::format("{}@example", at.text())))
        return std::string{at.text()};
    auto const address = parse_mailbox(at.text());
    complaints.add(at, fmt::format("\"{}\" is no name of a mailbox", at.text()),
                   address ? fmt::format("write what stands before the @: \"{}\"", address->local_part)
                           : hint_for_address(at.text(), "maya, or * for every name"));
    return std::nullopt;
}

std::optional<std::vector<std::string>> read_mailboxes(Value at, Complaints& complaints) {
    if (at.kind() != Kind::text)
        return list_of<read_mailbox_name>(at, complaints);
    if (at.text() == "*")
        return std::vector<std::string>{"*"};
    complaints.add(at, fmt::format("{} must be a list of names, or \"*\" for every name", subject_of(at)),
                   fmt::format("write [\"{}\"]", at.text()));
    return std::nullopt;
}

std::optional<std::vector<Account>> read_accounts(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return std::nullopt;
    std::vector<Account> accounts;
    std::set<std::string> names;
    for (Value const member : at) {
        bool const named = expect_name_in_key(member, "an account", complaints);
        if (!names.insert(lower_case(member.key())).second)
            complaints.add_at_key(member, fmt::format("there is an account \"{}\" already", member.key()),
                                  "capital and small letters are the same in the name of an account");
        if (auto password = read_line(member, complaints); password && named)
            accounts.push_back({std::string{member.key()}, std::move(*password)});
    }
    return accounts;
}

/// An address, or the local part of one.
std::optional<Mailbox> read_alias_target(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::text, complaints))
        return std::nullopt;
    if (!parse_mailbox(at.text()) && parse_mailbox(fmt::format("{}@example", at.text())))
        return Mailbox{std::string{at.text()}, ""};
    return read_mailbox(at, complaints);
}

std::optional<std::vector<AliasDraft>> read_aliases(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return std::nullopt;
    std::vector<AliasDraft> aliases;
    Names seen{NameCase::ignored};
    for (Value const member : at) {
        bool is_fit = expect_local_part_in_key(member, complaints);
        if (member.key() == "*") {
            complaints.add_at_key(member, "an alias cannot stand for every name", "name each alias");
            is_fit = false;
        } else if (is_fit && !seen.add(member.key())) {
            complaints.add_at_key(member, fmt::format("\"{}\" is an alias already", member.key()),
                                  "mailflow takes upper and lower case for the same in addresses");
            is_fit = false;
        }
        if (auto target = located<read_alias_target>(member, complaints); target && is_fit)
            aliases.push_back({std::string{member.key()}, std::move(*target)});
    }
    return aliases;
}

std::optional<std::vector<RouteDraft>> read_routes(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return std::nullopt;
    std::vector<RouteDraft> routes;
    Names seen{NameCase::ignored};
    for (Value const member : at) {
        bool is_fit = expect_domain_in_key(member, complaints);
        if (is_fit && !seen.add(member.key())) {
            complaints.add_at_key(member, fmt::format("\"{}\" has a route already", member.key()),
                                  "upper and lower case are the same in domain names");
            is_fit = false;
        }
        if (auto server = located<read_line>(member, complaints); server && is_fit)
            routes.push_back({std::string{member.key()}, std::move(*server)});
    }
    return routes;
}

constexpr std::array<Key<AccountDraft>, 2> account_keys{{
    {"user", into<&AccountDraft::user, read_line>, R"("maya")"},
    {"password", into<&AccountDraft::password, read_line>, R"("secret")"},
}};

std::optional<Account> read_account(Value at, Complaints& complaints) {
    AccountDraft draft;
    read_object(at, account_form, draft, complaints);
    return draft.user && draft.password ? std::optional{Account{*draft.user, *draft.password}} : std::nullopt;
}

/// Tries that follow each other faster would fill a run with nothing else.
constexpr Duration shortest_wait = std::chrono::seconds{1};

std::optional<Duration> read_wait(Value at, Complaints& complaints) {
    auto const wait = read_duration(at, complaints);
    if (!wait || *wait >= shortest_wait)
        return wait;
    complaints.add(at,
                   fmt::format("{} must be at least \"{}\"", subject_of(at), write_duration(shortest_wait)));
    return std::nullopt;
}

std::optional<std::uint32_t> read_session_count(Value at, Complaints& complaints) {
    constexpr std::uint64_t most = 1'000'000;
    auto const count = read_whole_number(at, 1, most, complaints);
    return count ? std::optional{static_cast<std::uint32_t>(*count)} : std::nullopt;
}

constexpr std::array<Key<RetryDraft>, 4> retry_keys{{
    {"first", into<&RetryDraft::first, located<read_wait>>},
    {"most", into<&RetryDraft::most, located<read_wait>>},
    {"give_up", into<&RetryDraft::give_up, located<read_duration>>},
    {"warn", into<&RetryDraft::warn, located<read_duration>>},
}};

/// What cannot be is compared where both are told; what is left out is the software's own.
std::optional<RetryDraft> read_retry(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return std::nullopt;
    RetryDraft draft;
    read_object(at, retry_form, draft, complaints);
    bool const names_end =
        std::any_of(at.begin(), at.end(), [](Value member) { return member.key() == "give_up"; });
    if (names_end && !draft.give_up)
        draft.warn.reset(); // is not compared with the usual time in the place of one that cannot be
    if (draft.first && draft.most && draft.first->value > draft.most->value)
        complaints.add(draft.first->at,
                       fmt::format(R"("first", {}, must not be longer than "most", {})",
                                   write_duration(draft.first->value), write_duration(draft.most->value)));
    if (draft.warn && draft.give_up && draft.warn->value >= draft.give_up->value)
        complaints.add(draft.warn->at,
                       fmt::format(R"("warn", {}, must be shorter than "give_up", {})",
                                   write_duration(draft.warn->value), write_duration(draft.give_up->value)));
    return draft;
}

std::optional<std::uint32_t> read_concurrency(Value at, Complaints& complaints) {
    auto const sessions = read_whole_number(at, 1, 1000, complaints);
    return sessions ? std::optional{static_cast<std::uint32_t>(*sessions)} : std::nullopt;
}

constexpr std::array<Key<ServerDraft>, 22> server_keys{{
    {"network", into<&ServerDraft::network, located<read_line>>},
    {"software", into<&ServerDraft::software, read_software>},
    {"handles", into<&ServerDraft::handles, list_of<read_domain_name>>},
    {"mailboxes", into<&ServerDraft::mailboxes, read_mailboxes>},
    {"accounts", into<&ServerDraft::accounts, read_accounts>},
    {"trusts", into<&ServerDraft::trusts, list_of<located<read_line>>>},
    {"relays_for", into<&ServerDraft::relays_for, list_of<read_domain_name>>},
    {"open_relay", into<&ServerDraft::open_relay, read_bool>},
    {"aliases", into<&ServerDraft::aliases, read_aliases>},
    {"smarthost", into<&ServerDraft::smarthost, located<read_line>>},
    {"routes", into<&ServerDraft::routes, read_routes>},
    {"smarthost_account", into<&ServerDraft::smarthost_account, located<read_account>>},
    {"max_size", into<&ServerDraft::max_size_bytes, read_size>},
    {"greylist", into<&ServerDraft::greylist, read_positive_duration>},
    {"pop_before_smtp", into<&ServerDraft::pop_before_smtp, read_positive_duration>},
    {"blocklists", into<&ServerDraft::blocklists, list_of<read_domain_name>>},
    {"max_sessions", into<&ServerDraft::max_sessions, read_session_count>},
    {"retry", into<&ServerDraft::retry, read_retry>},
    {"concurrency", into<&ServerDraft::concurrency, read_concurrency>},
    {"answers", into<&ServerDraft::answers, read_answers>},
    {"at", into<&ServerDraft::shown_at, read_picture_spot>},
    {"up", into<&ServerDraft::up, read_bool>},
}};

} // namespace

Form<AccountDraft> const account_form{"account", account_keys, {}};
Form<RetryDraft> const retry_form{"retry", retry_keys, {}};
Form<ServerDraft> const server_form{"server", server_keys, {}};

void read_servers(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return;
    for (Value const member : at) {
        ServerDraft server;
        server.at = member;
        server.name = member.key();
        if (!is_domain_name(member.key()))
            complaints.add_at_key(member, fmt::format("\"{}\" is no host name", member.key()),
                                  "a server is named like mail.isp.example");
        read_object(member, server_form, server, complaints);
        scenario.servers.push_back(std::move(server));
    }
}

} // namespace mailflow
