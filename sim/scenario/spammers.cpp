// Who sends spam, by which way, to whom.
#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"
#include "scenario/guessed_names.hpp"
#include "scenario/probe.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

namespace mailflow {

namespace {

/// All spammers of a scenario together may write to so many: a run keeps the course of every message.
constexpr std::uint64_t most_spam = 100'000;
constexpr std::uint64_t usual_names = 1000;
constexpr std::uint32_t usual_count = 1000;
constexpr Duration usual_spam_interval = std::chrono::milliseconds{100};

std::optional<std::uint32_t> read_spam_count(Value at, Complaints& complaints) {
    auto const count = read_whole_number(at, 1, most_spam, complaints);
    return count ? std::optional{static_cast<std::uint32_t>(*count)} : std::nullopt;
}

constexpr std::array<Key<StolenAccountDraft>, 3> stolen_account_keys{{
    {"server", into<&StolenAccountDraft::server, located<read_line>>},
    {"user", into<&StolenAccountDraft::user, read_line>, R"("maya")"},
    {"password", into<&StolenAccountDraft::password, read_line>, R"("secret")"},
}};

std::optional<StolenAccountDraft> read_stolen_account(Value at, Complaints& complaints) {
    StolenAccountDraft account;
    read_object(at, stolen_account_form, account, complaints);
    return account.user && account.password ? std::optional{std::move(account)} : std::nullopt;
}

constexpr std::array<Key<GuessDraft>, 2> guess_keys{{
    {"domain", into<&GuessDraft::domain, read_domain_name>, R"("shop.example")"},
    {"names", into<&GuessDraft::names, read_spam_count>},
}};

/// A list of addresses, one address, or the names to be guessed at a domain.
void read_targets(Value at, SpammerDraft& spammer, Complaints& complaints) {
    if (at.kind() == Kind::text) {
        if (auto address = located<read_mailbox>(at, complaints))
            spammer.to.push_back(std::move(*address));
    } else if (at.kind() == Kind::object) {
        GuessDraft guess;
        read_object(at, guess_form, guess, complaints);
        if (guess.domain)
            spammer.guess = std::move(guess);
    } else if (at.kind() != Kind::list) {
        complaints.add(at, fmt::format("{} must be a list of addresses", subject_of(at)),
                       R"(write ["leo@shop.example"], or { "domain": "shop.example", "names": 100 })");
    } else if (at.begin() == at.end()) {
        complaints.add(at, fmt::format("{} must name a recipient", subject_of(at)));
    } else if (auto addresses = list_of<located<read_mailbox>>(at, complaints)) {
        spammer.to = std::move(*addresses);
    }
}

constexpr std::array<Key<SpammerDraft>, 12> spammer_keys{{
    {"name", into<&SpammerDraft::name, read_line>},
    {"network", into<&SpammerDraft::network, located<read_line>>},
    {"through", into<&SpammerDraft::through, located<read_line>>},
    {"direct", into<&SpammerDraft::direct, located<read_bool>>},
    {"account", into<&SpammerDraft::account, located<read_stolen_account>>},
    {"probe", into<&SpammerDraft::probe, read_probe>},
    {"from", into<&SpammerDraft::from, located<read_mailbox>>},
    {"to", read_targets},
    {"rate", into<&SpammerDraft::interval, read_rate>},
    {"count", into<&SpammerDraft::count, located<read_spam_count>>},
    {"start", into<&SpammerDraft::start, located<read_duration>>},
    {"at", into<&SpammerDraft::shown_at, read_picture_spot>},
}};

/// "direct": false leaves the other ways.
void expect_one_way(Value spammer, Complaints& complaints) {
    std::string first;
    std::optional<Value> denied;
    for (Value const member : spammer) {
        bool const is_denied =
            member.key() == "direct" && member.kind() == Kind::boolean && !member.boolean();
        if (is_denied)
            denied = member;
        bool const is_way = member.key() == "through" || (member.key() == "direct" && !is_denied) ||
                            member.key() == "account" || member.key() == "probe";
        if (is_way && !first.empty())
            complaints.add_at_key(member, fmt::format("\"{}\" contradicts \"{}\"", member.key(), first),
                                  "a spammer has one way; write a second spammer for the other");
        else if (is_way)
            first = member.key();
    }
    if (denied && first.empty())
        complaints.add(*denied, "\"direct\": false does not say how the mail gets in",
                       R"(remove it, or add "through", "account" or "probe")");
}

/// Who only probes need not write to anybody.
void expect_targets(Value spammer, Complaints& complaints) {
    bool has_target = false;
    for (Value const member : spammer)
        has_target = has_target || member.key() == "to" || member.key() == "probe";
    if (!has_target)
        complain_about_missing_key(spammer, "to", R"(["leo@shop.example"])", complaints);
}

ServerId server_of(Assembly& assembly, Name const& name) {
    auto const number = look_up(assembly.servers, name, "server", assembly.complaints);
    return number ? ServerId{*number} : ServerId{};
}

/// On which servers the accounts are that were stolen without a word of where.
class AccountHolders {
public:
    explicit AccountHolders(Assembly const& assembly) {
        for (SpammerDraft const& draft : assembly.draft.spammers)
            if (draft.account && !draft.account->value.server)
                holders_[*draft.account->value.user];
        if (holders_.empty())
            return;
        Table<ServerId, Server> const& servers = assembly.world.servers;
        for (std::size_t i = 0; i < servers.size(); ++i)
            for (Account const& account : servers[servers.id_at(i)].policy.accounts)
                if (auto const wanted = holders_.find(account.user); wanted != holders_.end())
                    wanted->second.push_back(servers.id_at(i));
    }

    /// The only one, or a complaint.
    [[nodiscard]] ServerId only_one(Located<StolenAccountDraft> const& account, Assembly& assembly) const {
        std::vector<ServerId> const& servers = holders_.at(*account.value.user);
        if (servers.size() == 1)
            return servers.front();
        World const& world = assembly.world;
        auto const name = [&](ServerId server) { return world.hosts[world.servers[server].host].name; };
        if (servers.empty())
            assembly.complaints.add(account.at,
                                    fmt::format("no server has an account \"{}\"", *account.value.user),
                                    R"(name the server that is tried: "server": "mail.isp.example")");
        else
            assembly.complaints.add(account.at,
                                    fmt::format("{} and {} both have an account \"{}\"", name(servers[0]),
                                                name(servers[1]), *account.value.user),
                                    fmt::format("say which is meant: \"server\": \"{}\"", name(servers[0])));
        return {};
    }

private:
    std::map<std::string, std::vector<ServerId>> holders_; // by user
};

void set_up_way(Assembly& assembly, AccountHolders const& holders, SpammerDraft const& draft,
                Spammer& spammer) {
    if (draft.through) {
        spammer.way = SpamWay::through;
        spammer.server = server_of(assembly, *draft.through);
    } else if (draft.account) {
        spammer.way = SpamWay::account;
        StolenAccountDraft const& account = draft.account->value;
        spammer.server = account.server ? server_of(assembly, *account.server)
                                        : holders.only_one(*draft.account, assembly);
        spammer.account = {*account.user, *account.password};
    }
}

void set_up_targets(Assembly& assembly, SpammerDraft const& draft, Spammer& spammer) {
    AddressBook& book = assembly.world.book;
    std::set<std::pair<LocalPartId, DomainId>> seen;
    for (Located<Mailbox> const& to : draft.to) {
        AddressId const address = book.add_address(to.value);
        if (seen.emplace(book[address].local_part, book[address].domain).second)
            spammer.to.push_back(address);
        else
            assembly.complaints.add(
                to.at, fmt::format("{} is a recipient of this spammer already", to.at.text()), "remove it");
    }
    if (!draft.guess)
        return;
    spammer.guesses = true;
    std::uint64_t const names = draft.guess->names.value_or(usual_names);
    std::uint64_t const tried = std::min<std::uint64_t>(names, draft.count ? draft.count->value : names);
    for (std::string& name : guessed_names(tried))
        spammer.to.push_back(book.add_address({std::move(name), *draft.guess->domain}));
}

/// Complains when the spammers together write more than a run can keep.
class SpamAllowance {
public:
    void take(SpammerDraft const& draft, Spammer const& spammer, Complaints& complaints) {
        std::uint64_t const each = spammer.guesses ? 1 : spammer.to.size();
        taken_ += each * spammer.count + (spammer.probe ? spammer.probe->tries.size() : 0);
        if (taken_ > most_spam && !std::exchange(told_, true))
            complaints.add(
                draft.count ? draft.count->at : draft.at,
                fmt::format("the spammers of a scenario write to at most {} recipients in all", most_spam),
                "lower a \"count\"");
    }

private:
    std::uint64_t taken_ = 0;
    bool told_ = false;
};

} // namespace

std::optional<Duration> read_rate(Value at, Complaints& complaints) {
    constexpr double most_per_second = 10'000;
    std::string_view const text = at.text();
    double number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    std::string_view const unit{end, static_cast<std::size_t>(text.data() + text.size() - end)};
    double const unit_seconds = unit == "/s" ? 1 : unit == "/m" ? 60 : unit == "/h" ? 3600 : 0;
    bool const is_plain = text.find_first_not_of("0123456789./smh") == std::string::npos;
    if (error == std::errc{} && is_plain && unit_seconds > 0 && number > 0) {
        double const wait = unit_seconds / number;
        if (wait >= 1 / most_per_second && wait <= seconds(longest_time))
            return Duration{std::llround(wait * 1e9)};
        complaints.add(
            at, fmt::format("{} must be from one a year to {:.0f}/s", subject_of(at), most_per_second));
        return std::nullopt;
    }
    complaints.add(at, fmt::format(R"({} must be a rate such as "20/s", "30/m" or "100/h")", subject_of(at)),
                   at.whole_number() ? fmt::format("did you mean \"{}/s\"?", *at.whole_number()) : "");
    return std::nullopt;
}

Form<StolenAccountDraft> const stolen_account_form{"stolen_account", stolen_account_keys, {}};
Form<GuessDraft> const guess_form{"guess", guess_keys, {}};
Form<SpammerDraft> const spammer_form{"spammer", spammer_keys, {}};

void read_spammers(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return;
    for (Value const member : at) {
        SpammerDraft spammer;
        spammer.at = member;
        spammer.key = member.key();
        expect_name_in_key(member, "a spammer", complaints);
        read_object(member, spammer_form, spammer, complaints);
        if (member.kind() == Kind::object) {
            expect_one_way(member, complaints);
            expect_targets(member, complaints);
        }
        scenario.spammers.push_back(std::move(spammer));
    }
}

void set_up_spammers(Assembly& assembly) {
    World& world = assembly.world;
    SpamAllowance allowance;
    AccountHolders const holders{assembly};
    for (std::size_t n = 0; n < assembly.draft.spammers.size(); ++n) {
        SpammerDraft const& draft = assembly.draft.spammers[n];
        Spammer& spammer = world.spammers[world.spammers.id_at(n)];
        set_up_way(assembly, holders, draft, spammer);
        spammer.from =
            world.book.add_address(draft.from ? draft.from->value : Mailbox{"winner", "lottery.example"});
        set_up_targets(assembly, draft, spammer);
        if (draft.probe)
            set_up_probe(assembly, *draft.probe, spammer);
        spammer.interval = draft.interval.value_or(usual_spam_interval);
        std::size_t const names = spammer.to.size();
        spammer.count = names == 0        ? 0
                        : draft.count     ? draft.count->value
                        : spammer.guesses ? static_cast<std::uint32_t>(names)
                                          : usual_count;
        allowance.take(draft, spammer, assembly.complaints);
        if (draft.start) {
            expect_within_run(assembly, *draft.start, assembly.complaints);
            spammer.start = Instant{draft.start->value};
        }
    }
    sort_typed_paths(world);
}

} // namespace mailflow
