// Who can stop a spammer: advise_on_spam of report/spam.hpp.
#include "report/advice/mending.hpp"
#include "report/probe.hpp"
#include "report/spam.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace mailflow {

namespace {

/// What a spammer got in.
struct Success {
    std::size_t accepted = 0; // by the first server
    std::size_t delivered = 0;
    HostId relayed_by;           // the first that took one for recipients of other servers ...
    Instant relayed_at;          // ... at that time
    HostId let_in_by;            // the first that took one which was filed in the end
    bool relay_returned = false; // a bounce was written about one that `relayed_by` took
    HostId returned_by;          // the first that took one for a name of its own domain that it does not know
    Instant accepted_at;         // when the first was accepted
    bool crowds_out = false;     // it came so fast that a server had its hands full
};

constexpr int bits_before_v4 = 96; // of an IpRange

ServerPolicy const& policy_at(World const& world, HostId server, Instant at) {
    return server_after(world, world.hosts[server].server, changes_by(world, at)).policy;
}

bool trusts(ServerPolicy const& policy, IpAddress const& address) {
    return std::any_of(policy.trusts.begin(), policy.trusts.end(),
                       [&](IpRange const& range) { return range.contains(address); });
}

/// The advice; or, where the fault that `stands` looks for was there at `at` and has been mended by the end
/// of the run, what was wrong.
template<class Stands>
Advice unless_mended(World const& world, Trace const& trace, Instant at, Advice const& advice,
                     Stands stands) {
    auto const change =
        change_that_mended(world, changes_by(world, at), changes_by(world, trace.ended_at), stands);
    if (!change)
        return advice;
    return {nobody_any_more,
            fmt::format("{}. {}", advice.was, say_mended(advice.culprit, mending_of(world, *change)))};
}

Success success_of(World const& world, Trace const& trace, Summary const& summary, SpammerId id) {
    Success success;
    for (RecipientSummary const& came : summary.spam) {
        Recipient const& recipient = trace.recipients[came.recipient];
        if (trace.messages[recipient.message].spammer != id)
            continue;
        success.crowds_out = success.crowds_out || came.reason == Reason::too_many_sessions;
        if (came.hops.empty())
            continue;
        Hop const& first = came.hops.front();
        if (success.accepted++ == 0)
            success.accepted_at = first.arrived;
        if (!success.relayed_by.valid() && !handled_at(policy_at(world, first.server, first.arrived),
                                                       world.book[recipient.address].domain)) {
            success.relayed_by = first.server;
            success.relayed_at = first.arrived;
        }
        if (came.outcome == Outcome::bounced && came.reason == Reason::unknown_user &&
            came.by == first.server && !success.returned_by.valid())
            success.returned_by = came.by;
        if (came.outcome == Outcome::bounced && first.server == success.relayed_by)
            success.relay_returned = true;
        if (came.outcome == Outcome::delivered && success.delivered++ == 0)
            success.let_in_by = first.server;
    }
    return success;
}

/// `returned` tells whether bounces were written about what it took.
Advice on_relay(World const& world, Trace const& trace, Spammer const& spammer, HostId relay, Instant at,
                bool returned) {
    ServerPolicy const& policy = policy_at(world, relay, at);
    std::string const& name = world.hosts[relay].name;
    std::string const culprit = "the postmaster of " + name;
    ServerId const server = world.hosts[relay].server;
    if (policy.open_relay)
        return unless_mended(
            world, trace, at,
            {culprit,
             "The server passes on mail from anybody to anybody: it is an open relay. Close it: "
             "let only those send to other domains who log in, or who sit in its own network.",
             fmt::format("{} passed on mail from anybody to anybody: it was an open relay", name)},
            [&](Present const& then) { return then.server(server).policy.open_relay; });
    IpAddress const address = world.hosts[spammer.host].address;
    auto const is_everybody = [](IpRange const& range) { // of a family
        return range.fixed_bits == 0 || (range.first.is_v4() && range.fixed_bits == bits_before_v4);
    };
    auto const everybody = std::find_if(policy.trusts.begin(), policy.trusts.end(), is_everybody);
    if (everybody != policy.trusts.end() && everybody->contains(address)) {
        std::string const range = to_text(*everybody);
        return unless_mended(
            world, trace, at,
            {culprit,
             fmt::format(
                 "The server trusts every address that there is ({}), and passes on mail from anybody "
                 "to anybody: it is an open relay. Let it trust only its own network, and all others "
                 "log in.",
                 range),
             fmt::format("{} trusted every address that there is ({}): it was an open relay", name, range)},
            [&](Present const& then) { return trusts(then.server(server).policy, address); });
    }
    if (trusts(policy, address)) {
        std::string const network = within_sentence(world.networks[world.hosts[spammer.host].network].label);
        return unless_mended(
            world, trace, at,
            {culprit,
             fmt::format("The server trusts the network in which the spammer stands ({}). Let the "
                         "people there log in instead.",
                         network),
             fmt::format("{} trusted the network in which the spammer stands ({})", name, network)},
            [&](Present const& then) { return trusts(then.server(server).policy, address); });
    }
    if (!returned)
        return {culprit,
                "The server takes whatever comes for the domains that it relays for, and hands it on. "
                "Let it refuse what blocklists name, or greylist, as strictly as the server behind it."};
    return {culprit,
            "The server takes whatever comes for the domains that it relays for, and does not know who has a "
            "mailbox there. Tell it the names, so that it refuses instead of writing bounces to people who "
            "sent nothing."};
}

/// A server that takes the address as it stands for the next one, which reads another one out of it.
Advice on_two_hops(World const& world, RecipientSummary const& came) {
    std::string const& first = world.hosts[came.hops[0].server].name;
    std::string const& second = world.hosts[came.hops[1].server].name;
    return {fmt::format("the postmasters of {} and {}", first, second),
            fmt::format(
                "Each of the two servers is closed, and together they are an open relay: {} does not look at "
                "what stands before the @ and hands the message on, and {} trusts it and follows the address "
                "that is written there. Let {} refuse names with % and !, or let {} not trust {}.",
                first, second, first, second, first)};
}

/// Each server that a test message has got through, once.
void advise_on_probe(World const& world, Trace const& trace, Summary const& summary, SpammerId id,
                     std::vector<Advice>& advice) {
    Spammer const& spammer = world.spammers[id];
    std::set<HostId> told;
    for (RecipientSummary const* const came : tries_of(trace, summary, world, id)) {
        ProbeTry const* const tried = try_of(world, trace, trace.recipients[came->recipient].message);
        if (!has_relayed(world, *came, *tried, spammer) || !told.insert(came->hops.front().server).second)
            continue;
        Hop const& first = came->hops.front();
        bool const alone = policy_at(world, first.server, first.arrived).open_relay || came->hops.size() < 3;
        advice.push_back(alone ? on_relay(world, trace, spammer, first.server, first.arrived, false)
                               : on_two_hops(world, *came));
    }
}

std::string owner_of_account(World const& world, Spammer const& spammer) {
    ServerPolicy const& policy = world.servers[spammer.server].policy;
    auto const account = account_at(policy, spammer.account.user);
    for (Person const& person : world.people)
        if (account && person.outgoing == spammer.server &&
            account_at(policy, person.account.user) == account)
            return person.name;
    return "whoever owns the account " + spammer.account.user;
}

/// Whoever has the password of somebody's account.
Advice on_account(World const& world, Trace const& trace, Spammer const& spammer, Instant at) {
    std::string const& user = spammer.account.user;
    return unless_mended(
        world, trace, at,
        {fmt::format("{} and the postmaster of {}", owner_of_account(world, spammer),
                     world.hosts[world.servers[spammer.server].host].name),
         fmt::format("Somebody else knows the password of the account {}. Change it; until then "
                     "close the account, and limit how much one account may send.",
                     user),
         fmt::format("Somebody else knew the password of the account {}", user)},
        [&](Present const& then) {
            ServerPolicy const& policy = then.server(spammer.server).policy;
            auto const place = account_at(policy, user);
            return place && policy.accounts[*place].password == spammer.account.password;
        });
}

/// What the server that let it in can do besides, and does not yet; empty: nothing that would help.
std::string defence_words(World const& world, Spammer const& spammer, Success const& success) {
    std::string const& victim = world.hosts[success.let_in_by].name;
    if (success.crowds_out)
        return fmt::format("; and let {} limit how many sessions one address may open", victim);
    if (guesses_names(spammer))
        return fmt::format("; and let {} hang up after several unknown names", victim);
    ServerPolicy const& policy = policy_at(world, success.let_in_by, success.accepted_at);
    std::vector<std::string> defences;
    if (policy.blocklists.empty())
        defences.emplace_back("refuse what blocklists name");
    if (!policy.greylist)
        defences.emplace_back("greylist");
    return defences.empty() ? std::string{}
                            : fmt::format("; and {} can {}", victim, fmt::join(defences, ", or "));
}

/// A machine that sends spam by itself.
Advice on_bot(World const& world, Trace const& trace, Spammer const& spammer, Success const& success) {
    NetworkId const network = world.hosts[spammer.host].network;
    std::string const& label = world.networks[network].label;
    std::string const besides = defence_words(world, spammer, success);
    return unless_mended(
        world, trace, success.accepted_at,
        {fmt::format("whoever runs the network where the spam comes from ({})", within_sentence(label)),
         fmt::format("A machine there sends spam. Let nothing but the network's own mail server "
                     "out to port 25{}.",
                     besides),
         fmt::format("A machine in {} sent spam, and its network let it out to port 25",
                     within_sentence(label))},
        [&](Present const& then) {
            auto const& blocked = then.network(network).blocked_ports;
            return std::find(blocked.begin(), blocked.end(), port_smtp) == blocked.end();
        });
}

/// A server that writes bounces about names which it might have refused.
Advice on_backscatter(World const& world, HostId server) {
    bool const is_exchange = world.servers[world.hosts[server].server].policy.software == Software::exchange;
    return {
        "the postmaster of " + world.hosts[server].name,
        fmt::format("The server takes every name of its domains, and finds out only later whether there is "
                    "such a mailbox. Let it refuse those that it does not know when they are named{}, "
                    "instead of writing bounces to people who sent nothing.",
                    is_exchange ? " (recipient filtering)" : "")};
}

} // namespace

std::vector<Advice> advise_on_spam(World const& world, Trace const& trace, Summary const& summary) {
    std::vector<Advice> advice;
    for (std::size_t i = 0; i < world.spammers.size(); ++i) {
        SpammerId const id = world.spammers.id_at(i);
        Spammer const& spammer = world.spammers[id];
        Success const success = success_of(world, trace, summary, id);
        switch (spammer.way) {
        case SpamWay::probe: advise_on_probe(world, trace, summary, id, advice); break;
        case SpamWay::through:
            if (success.relayed_by.valid())
                advice.push_back(on_relay(world, trace, spammer, success.relayed_by, success.relayed_at,
                                          success.relay_returned));
            break;
        case SpamWay::account:
            if (success.accepted > 0)
                advice.push_back(on_account(world, trace, spammer, success.accepted_at));
            break;
        case SpamWay::direct:
            if (success.relayed_by.valid())
                advice.push_back(on_relay(world, trace, spammer, success.relayed_by, success.relayed_at,
                                          success.relay_returned));
            if (success.delivered > 0)
                advice.push_back(on_bot(world, trace, spammer, success));
            if (success.returned_by.valid())
                advice.push_back(on_backscatter(world, success.returned_by));
            break;
        }
    }
    return advice;
}

} // namespace mailflow
