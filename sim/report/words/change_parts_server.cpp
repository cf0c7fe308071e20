// What a change sets anew at a server: report/words/change_parts.hpp.
#include "base/text.hpp"
#include "report/words/change_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mailflow {

namespace {

/// What is looked at: the world, and the server before and after.
struct Look {
    World const& world;
    Server const& before;
    Server const& after;

    [[nodiscard]] std::string const& name() const { return world.hosts[after.host].name; }
};

using Names = std::vector<std::string>;

/// What is in `list` and not in `other`, by name; both sorted.
template<class List>
Names without(World const& world, List const& list, List const& other) {
    Names names;
    for (auto const id : list)
        if (!std::binary_search(other.begin(), other.end(), id))
            names.push_back(world.book.name(id));
    return names;
}

/// "mx1.shop.example now handles a.example and no longer handles b.example".
std::string gain_and_loss(std::string const& name, Names const& gained, std::string_view verb,
                          Names const& lost, std::string_view no_verb) {
    Names words;
    if (!gained.empty())
        words.push_back(fmt::format("{} {}", verb, join_words(gained)));
    if (!lost.empty())
        words.push_back(fmt::format("{} {}", no_verb, join_words(lost)));
    return words.empty() ? std::string{} : fmt::format("{} {}", name, join_words(words));
}

std::string up_words(Look const& look) {
    if (look.before.up == look.after.up)
        return {};
    return fmt::format("{} {}", look.name(), look.after.up ? "comes up again" : "goes down");
}

std::string handled_words(Look const& look) {
    auto const& before = look.before.policy.handles;
    auto const& after = look.after.policy.handles;
    return gain_and_loss(look.name(), without(look.world, after, before), "now handles",
                         without(look.world, before, after), "no longer handles");
}

std::string relayed_words(Look const& look) {
    auto const& before = look.before.policy.relays_for;
    auto const& after = look.after.policy.relays_for;
    return gain_and_loss(look.name(), without(look.world, after, before), "now relays for",
                         without(look.world, before, after), "no longer relays for");
}

std::string open_words(Look const& look) {
    if (look.before.policy.open_relay == look.after.policy.open_relay)
        return {};
    return fmt::format("{} {}", look.name(),
                       look.after.policy.open_relay ? "becomes an open relay" : "is no open relay any more");
}

std::string greylist_words(Look const& look) {
    auto const& before = look.before.policy.greylist;
    auto const& after = look.after.policy.greylist;
    if (before == after)
        return {};
    if (!after)
        return look.name() + " stops greylisting";
    return before ? fmt::format("{} greylists for {} now", look.name(), say_duration(*after))
                  : look.name() + " begins to greylist";
}

std::string answers_words(Look const& look) {
    bool const had = look.before.policy.answers.has_value();
    if (had == look.after.policy.answers.has_value())
        return {};
    return look.name() + (had ? " answers as usual again" : " has another answer for everybody");
}

std::string size_words(Look const& look) {
    auto const& after = look.after.policy.max_size_bytes;
    if (look.before.policy.max_size_bytes == after)
        return {};
    return after ? fmt::format("{} takes messages of up to {} octets now", look.name(), *after)
                 : fmt::format("{} takes messages of the usual size again", look.name());
}

std::string smarthost_words(Look const& look) {
    auto const& after = look.after.smarthost;
    if (look.before.smarthost == after)
        return {};
    return after ? fmt::format("{} sends its mail through {} now", look.name(), look.world.book.name(*after))
                 : fmt::format("{} needs no other server for its mail any more", look.name());
}

std::string mailbox_words(Look const& look) {
    ServerPolicy const& before = look.before.policy;
    ServerPolicy const& after = look.after.policy;
    if (after.any_mailbox)
        return before.any_mailbox ? std::string{} : look.name() + " has a mailbox for every name now";
    if (before.any_mailbox)
        return look.name() + " has mailboxes only for some names now";
    return gain_and_loss(look.name(), without(look.world, after.mailboxes, before.mailboxes),
                         "now has a mailbox for", without(look.world, before.mailboxes, after.mailboxes),
                         "has no mailbox any more for");
}

std::string alias_words(Look const& look) {
    auto const same = [](Alias const& one, Alias const& other) {
        return one.local_part == other.local_part && one.target == other.target;
    };
    if (std::equal(look.before.aliases.begin(), look.before.aliases.end(), look.after.aliases.begin(),
                   look.after.aliases.end(), same))
        return {};
    return look.name() + " has other aliases now";
}

std::string account_words(Look const& look) {
    auto const& before = look.before.policy;
    auto const& after = look.after.policy;
    Names gained;
    Names lost;
    Names changed;
    for (Account const& account : after.accounts) {
        auto const place = account_at(before, account.user);
        if (!place)
            gained.push_back(account.user);
        else if (before.accounts[*place].password != account.password)
            changed.push_back(account.user);
    }
    for (Account const& account : before.accounts)
        if (!account_at(after, account.user))
            lost.push_back(account.user);
    std::string const words =
        gain_and_loss(look.name(), gained, "now has an account for", lost, "has no account any more for");
    std::string const others =
        changed.empty() ? std::string{}
                        : fmt::format("{} has another password for {} now", look.name(), join_words(changed));
    return words.empty() ? others : others.empty() ? words : words + " and " + others;
}

std::string trust_words(Look const& look) {
    auto const named = [&](IpRange const& range) {
        for (Network const& network : look.world.networks)
            if (network.range == range)
                return network.label;
        return to_text(range);
    };
    auto const missing = [&](std::vector<IpRange> const& list, std::vector<IpRange> const& other) {
        Names names;
        for (IpRange const& range : list)
            if (std::find(other.begin(), other.end(), range) == other.end())
                names.push_back(named(range));
        return names;
    };
    auto const& before = look.before.policy.trusts;
    auto const& after = look.after.policy.trusts;
    return gain_and_loss(look.name(), missing(after, before), "now trusts", missing(before, after),
                         "no longer trusts");
}

std::string pop_words(Look const& look) {
    auto const& after = look.after.policy.pop_before_smtp;
    if (look.before.policy.pop_before_smtp == after)
        return {};
    return after ? fmt::format("{} lets who has fetched mail send for {}", look.name(), say_duration(*after))
                 : fmt::format("{} no longer lets in who has fetched mail", look.name());
}

std::string blocklist_words(Look const& look) {
    if (look.before.policy.blocklists == look.after.policy.blocklists)
        return {};
    return look.name() + (look.after.policy.blocklists.empty() ? " asks no blocklist any more"
                                                               : " asks other blocklists now");
}

std::string route_words(Look const& look) {
    auto const same = [](Route const& one, Route const& other) {
        return one.domain == other.domain && one.host == other.host;
    };
    if (std::equal(look.before.routes.begin(), look.before.routes.end(), look.after.routes.begin(),
                   look.after.routes.end(), same))
        return {};
    return look.name() + " has other routes now";
}

std::string login_words(Look const& look) {
    auto const& before = look.before.smarthost_account;
    auto const& after = look.after.smarthost_account;
    bool const same = before && after ? before->user == after->user && before->password == after->password
                                      : before.has_value() == after.has_value();
    return same ? std::string{} : look.name() + " logs in at its smarthost in another way now";
}

struct Setting {
    std::string (*words)(Look const&); // empty: it is as it was
    void (*take)(Server& into, Server const& from);
    bool comes_with_domains = false;
};

using S = Server;

/// With a domain a server gains the accounts and mailboxes of its people, where the file does not give these.
constexpr std::array settings{
    Setting{up_words, [](S& into, S const& from) { into.up = from.up; }},
    Setting{handled_words, [](S& into, S const& from) { into.policy.handles = from.policy.handles; }},
    Setting{relayed_words, [](S& into, S const& from) { into.policy.relays_for = from.policy.relays_for; }},
    Setting{open_words, [](S& into, S const& from) { into.policy.open_relay = from.policy.open_relay; }},
    Setting{greylist_words, [](S& into, S const& from) { into.policy.greylist = from.policy.greylist; }},
    Setting{answers_words, [](S& into, S const& from) { into.policy.answers = from.policy.answers; }},
    Setting{size_words,
            [](S& into, S const& from) { into.policy.max_size_bytes = from.policy.max_size_bytes; }},
    Setting{smarthost_words, [](S& into, S const& from) { into.smarthost = from.smarthost; }},
    Setting{mailbox_words,
            [](S& into, S const& from) {
                into.policy.any_mailbox = from.policy.any_mailbox;
                into.policy.mailboxes = from.policy.mailboxes;
            },
            true},
    Setting{alias_words,
            [](S& into, S const& from) {
                into.aliases = from.aliases;
                into.policy.alias_names = from.policy.alias_names;
                into.policy.dead_alias_names = from.policy.dead_alias_names;
            }},
    Setting{account_words, [](S& into, S const& from) { into.policy.accounts = from.policy.accounts; }, true},
    Setting{trust_words, [](S& into, S const& from) { into.policy.trusts = from.policy.trusts; }},
    Setting{pop_words,
            [](S& into, S const& from) { into.policy.pop_before_smtp = from.policy.pop_before_smtp; }},
    Setting{blocklist_words, [](S& into, S const& from) { into.policy.blocklists = from.policy.blocklists; }},
    Setting{route_words, [](S& into, S const& from) { into.routes = from.routes; }},
    Setting{login_words, [](S& into, S const& from) { into.smarthost_account = from.smarthost_account; }},
};

} // namespace

std::vector<ChangePart> parts_of(World const& world, Change const& change, Server const& before) {
    auto const& whole = std::get<ServerChange>(change.what);
    bool const gains_or_loses_domains = !handled_words({world, before, whole.after}).empty();
    std::vector<ChangePart> parts;
    for (Setting const& setting : settings) {
        std::string words = setting.words({world, before, whole.after});
        if (words.empty())
            continue;
        ServerChange alone{whole.server, before};
        setting.take(alone.after, whole.after);
        bool const follows = setting.comes_with_domains && gains_or_loses_domains;
        parts.push_back({std::move(words), follows, {change.at, change.note, std::move(alone)}});
    }
    return parts;
}

} // namespace mailflow
