// Who gets what through whom. The rules are worked out here once more, from the settings of the world alone.
#include "worlds/properties.hpp"

#include "policy/decide.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace mailflow::worlds {

namespace {

/// What a server knows of those who talk to it, followed through the run.
class Acquaintances {
public:
    Acquaintances(Played const& played)
        : trace_{played.trace}
        , present_{played.world}
        , authenticated_(trace_.sessions.size())
        , opened_after_(trace_.sessions.size()) {}

    void follow(Event const& event) {
        if (std::holds_alternative<WorldChanged>(event.happening))
            present_.apply_next();
        if (auto const* e = std::get_if<ConnectionOpened>(&event.happening))
            opened_after_[e->session.index] = present_.changes_applied();
        if (auto const* e = std::get_if<ReplySent>(&event.happening))
            if (e->saying == Saying::authenticated)
                authenticated_[e->session.index] = true;
        if (auto const* e = std::get_if<AccessReplySent>(&event.happening)) {
            Session const& session = trace_.sessions[e->session];
            if (is_login(e->answer) && session.service != Service::web)
                last_login_[{session.server, session.client_address}] = event.at;
        }
    }

    [[nodiscard]] Present const& present() const { return present_; }
    [[nodiscard]] bool is_authenticated(SessionId id) const { return authenticated_[id.index]; }
    /// Whether the settings are still those with which the session began.
    [[nodiscard]] bool is_unchanged_since(SessionId id) const {
        return opened_after_[id.index] == present_.changes_applied();
    }

    /// Whether the server lets the client of the session send to anyone.
    [[nodiscard]] bool may_relay(SessionId id, Instant now) const {
        Session const& session = trace_.sessions[id];
        ServerPolicy const& policy = present_.server_on(session.server).policy;
        if (authenticated_[id.index])
            return true;
        if (is_submission(session.port))
            return false;
        if (policy.open_relay)
            return true;
        for (IpRange const& range : policy.trusts)
            if (range.contains(session.client_address))
                return true;
        auto const login = last_login_.find({session.server, session.client_address});
        return policy.pop_before_smtp && login != last_login_.end() &&
               now - login->second <= *policy.pop_before_smtp;
    }

    /// Whether the server answers for the address by itself.
    [[nodiscard]] bool is_its_business(HostId server, AddressId address) const {
        World const& world = present_.world();
        AddressBook const& book = world.book;
        if (auto const* typed = typed_path(world, world.hosts[server].server, address, Verb::rcpt))
            address = typed->heard.valid() ? typed->heard : address; // as that server understands it
        ServerPolicy const& policy = present_.server_on(server).policy;
        DomainId const domain = book[address].domain;
        return handled_at(policy, domain) || relayed_at(policy, book, domain);
    }

private:
    Trace const& trace_;
    Present present_;
    std::vector<bool> authenticated_;
    std::vector<std::uint32_t> opened_after_;
    std::map<std::pair<HostId, IpAddress>, Instant> last_login_;
};

std::string no_stranger_relays(Played const& played) {
    Trace const& trace = played.trace;
    Acquaintances known{played};
    for (Event const& event : trace.events) {
        known.follow(event);
        if (auto const* e = std::get_if<ReplySent>(&event.happening)) {
            HostId const server = trace.sessions[e->session].server;
            bool const foreign =
                e->saying == Saying::recipient_ok && !known.is_its_business(server, e->address);
            bool const closed = is_submission(trace.sessions[e->session].port) &&
                                e->saying == Saying::recipient_ok && !known.is_authenticated(e->session);
            if ((foreign || closed) && !known.may_relay(e->session, event.at))
                return fmt::format("{} accepts {} from a stranger", played.world.hosts[server].name,
                                   played.world.book.text(e->address));
        }
        auto const* queued = std::get_if<MessageQueued>(&event.happening);
        if (!queued || !trace.entries[queued->entry].from.valid())
            continue;
        QueueEntry const& entry = trace.entries[queued->entry];
        bool const by_stranger = trace.sessions[entry.from].service == Service::smtp &&
                                 known.is_unchanged_since(entry.from) &&
                                 !known.may_relay(entry.from, trace.sessions[entry.from].opened);
        for (EnvelopeRecipient const& one : entry.recipients)
            if (by_stranger && !known.is_its_business(entry.server, one.address))
                return fmt::format("{} queues mail for {} from a stranger",
                                   played.world.hosts[entry.server].name,
                                   played.world.book.text(one.address));
    }
    return {};
}

/// What the machine logs in with.
std::optional<Account> credentials(Present const& present, Session const& session, HostId client) {
    Host const& host = present.world().hosts[client];
    if (host.server.valid())
        return present.server(host.server).smarthost_account;
    if (host.spammer.valid())
        return present.world().spammers[host.spammer].account;
    if (host.population.valid())
        return present.world().populations[host.population].account;
    Person const& person = present.person(host.person);
    bool const fetches = session.check.valid();
    if (fetches && !person.incoming)
        return std::nullopt;
    return fetches ? Account{person.incoming->user, person.incoming->password} : person.account;
}

std::string passwords_count(Played const& played) {
    Acquaintances known{played};
    for (Event const& event : played.trace.events) {
        known.follow(event);
        SessionId id;
        if (auto const* e = std::get_if<ReplySent>(&event.happening))
            id = e->saying == Saying::authenticated ? e->session : id;
        if (auto const* e = std::get_if<AccessReplySent>(&event.happening))
            id = is_login(e->answer) ? e->session : id;
        if (!id.valid() || !known.is_unchanged_since(id))
            continue;
        Session const& session = played.trace.sessions[id];
        auto const given = credentials(known.present(), session, session.client);
        ServerPolicy const& policy = known.present().server_on(session.server).policy;
        bool const right =
            given && std::any_of(policy.accounts.begin(), policy.accounts.end(), [&](auto& account) {
                return account.user == given->user && account.password == given->password;
            });
        if (!right)
            return fmt::format("session {} logs in with a wrong password", id.index);
    }
    return {};
}

std::string decisions_can_be_made_again(Played const& played) {
    for (std::size_t n = 0; n < played.trace.decisions.size(); ++n) {
        DecisionRecord const& record = played.trace.decisions[played.trace.decisions.id_at(n)];
        Decision const again = decide(record.decision.list, question_of(played.world, played.trace, record));
        if (again.verdict != record.decision.verdict || again.saying != record.decision.saying ||
            again.kept.size() != record.decision.kept.size())
            return fmt::format("decision {} comes out differently", n);
    }
    return {};
}

} // namespace

std::vector<Property> relaying_properties() {
    return {{"no stranger gets foreign mail through a closed server", no_stranger_relays},
            {"nobody logs in without the right password", passwords_count},
            {"a decision follows from what is recorded with it", decisions_can_be_made_again}};
}

} // namespace mailflow::worlds
