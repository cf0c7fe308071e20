#include "report/advice/obstacle.hpp"

#include "policy/decide.hpp"
#include "policy/routing.hpp"
#include "report/words/spoken_time.hpp"

#include <fmt/format.h>

#include <vector>

namespace mailflow {

namespace {

/// The case, held against the world of another moment.
class Obstacle {
public:
    Obstacle(Case const& c, Present const& then) : c_(c), then_(then) {}

    [[nodiscard]] bool stands() const {
        Reason const reason =
            c_.settled.reason == Reason::expired ? reason_of(c_.settled.saying) : c_.settled.reason;
        return is_of_program() ? stops_program(reason) : !is_avoided() && stops_server(reason);
    }

private:
    [[nodiscard]] Saying saying() const { return c_.settled.saying; }
    [[nodiscard]] bool is_of_program() const { return c_.settled.outcome == Outcome::refused; }
    [[nodiscard]] bool has_session() const { return c_.settled.session.valid(); }
    [[nodiscard]] Session const& session() const { return c_.trace.sessions[c_.settled.session]; }
    [[nodiscard]] Message const& message() const {
        return c_.trace.messages[c_.trace.recipients[c_.settled.recipient].message];
    }
    [[nodiscard]] Server const* server() const { return then_.sketch_of(c_.server_id()).server; }

    [[nodiscard]] DomainId sender_domain() const { return c_.world.book[message().reverse_path].domain; }

    // A person's mail program at its outgoing server.

    [[nodiscard]] bool stops_program(Reason reason) const {
        Mail const& mail = c_.world.mail[c_.written_message().mail];
        Person const& writer = then_.person(mail.from);
        bool const this_once = mail.via.valid(); // whatever the settings of the mail program are
        if (!this_once && c_.world.servers[writer.outgoing].host != c_.server_id())
            return false;
        Port const port = this_once ? port_smtp : message().by_web ? port_https : writer.port;
        bool const logs_in = !this_once && writer.authenticate;
        auto const account = logs_in ? login(*server(), writer.account) : std::nullopt;
        switch (reason) {
        case Reason::auth_failed: return logs_in && !account;
        case Reason::auth_required:
        case Reason::relay_denied:
            return (logs_in && !account) ||
                   refuses(is_submission(port) ? RuleListId::submission : RuleListId::relay, message().origin,
                           port, account);
        case Reason::greylisted:
            return stops(reason) && refuses(RuleListId::spam, message().origin, port, account);
        case Reason::unreachable: return is_unreachable(message().origin, server()->name, port);
        case Reason::blocked_port: return then_.blocked(message().origin, c_.server_id(), port);
        case Reason::dns_trouble:
            return has_session() ? stops(reason) : then_.dns(server()->name).trouble != DnsTrouble::none;
        default: return stops(reason);
        }
    }

    /// The place of the account in the server's list, if the password is right.
    [[nodiscard]] static std::optional<std::uint32_t> login(Server const& server, Account const& account) {
        auto const place = account_at(server.policy, account.user);
        bool const is_right = place && server.policy.accounts[*place].password == account.password;
        return is_right ? place : std::nullopt;
    }

    // One server at the next.

    [[nodiscard]] HostId client() const { return has_session() ? session().client : c_.settled.by; }

    /// The host to which the server is told to send the mail; none: it asks the DNS.
    [[nodiscard]] DomainId host_told(HostId sender) const {
        Server const* const one = then_.sketch_of(sender).server;
        return one != nullptr ? host_told_for(*one, c_.domain_id()).value_or(DomainId{}) : DomainId{};
    }

    /// The machines to which the server is led, by its settings or by the DNS, the best first.
    [[nodiscard]] std::vector<HostId> named_to(HostId sender) const {
        std::vector<HostId> found;
        DomainId const told = host_told(sender);
        DnsRecords const& records = then_.dns(told.valid() ? told : c_.domain_id());
        if (told.valid() || (records.mx.empty() && !records.null_mx))
            return records.address.valid() ? std::vector{records.address} : found;
        for (MxRecord const& record : records.mx)
            if (HostId const host = then_.dns(record.host).address; host.valid())
                found.push_back(host);
        return found;
    }

    /// Where the server would send the mail next: of those that the DNS names only to those before itself
    /// (RFC 5321 section 5.1).
    [[nodiscard]] std::vector<HostId> next_of(HostId sender) const {
        std::vector<HostId> found = named_to(sender);
        if (!host_told(sender).valid() && !then_.dns(c_.domain_id()).mx.empty())
            found.erase(std::find(found.begin(), found.end(), sender), found.end());
        return found;
    }

    /// Whether the mail goes to other servers by now.
    [[nodiscard]] bool is_avoided() const {
        if (!has_session() || !is_server(c_.world, client()))
            return false;
        std::vector<HostId> const named = named_to(client());
        return !named.empty() && std::find(named.begin(), named.end(), c_.server_id()) == named.end();
    }

    [[nodiscard]] bool stops_server(Reason reason) const {
        switch (reason) {
        case Reason::auth_failed: {
            auto const& account = then_.server_on(client()).smarthost_account;
            return account && !login(*server(), *account);
        }
        case Reason::relay_denied:
            return refuses(RuleListId::relay, client(), port_smtp, std::nullopt) || has_no_way_on();
        case Reason::unreachable:
            return is_unreachable(client(), has_session() ? DomainId{} : name_without_machine(c_), port_smtp);
        case Reason::blocked_port: return then_.blocked(client(), c_.server_id(), port_smtp);
        case Reason::mail_loop: return goes_in_circle();
        default: return stops(reason);
        }
    }

    /// Whether the server takes the mail for somebody else, and has nobody to pass it on to.
    [[nodiscard]] bool has_no_way_on() const {
        return !handled_at(server()->policy, c_.domain_id()) && next_of(c_.server_id()).empty();
    }

    /// Whether the mail would come back to a server that it has been at, or to one that knows no other.
    [[nodiscard]] bool goes_in_circle() const {
        if (c_.bound.alias.valid())
            return is_alias_there();
        if (saying() == Saying::alias_loop || on_alias_to_itself(c_))
            return true;
        std::vector<HostId> been;
        HostId at = c_.server_id();
        while (std::find(been.begin(), been.end(), at) == been.end()) {
            Server const* const server_there = then_.sketch_of(at).server;
            if (server_there == nullptr || handled_at(server_there->policy, c_.domain_id()))
                return false;
            been.push_back(at);
            std::vector<HostId> const next = next_of(at);
            if (next.empty())
                return true;
            at = next.front();
        }
        return true;
    }

    // Both.

    [[nodiscard]] bool stops(Reason reason) const {
        DnsRecords const& domain = then_.dns(c_.domain_id());
        switch (reason) {
        case Reason::unknown_user:
            return is_alias_there() &&
                   (has_session() ? refuses(RuleListId::recipient, client(), port_smtp, std::nullopt)
                                  : !knows_name());
        case Reason::no_such_domain:
            if (saying() == Saying::sender_domain_unknown)
                return !then_.dns(sender_domain()).exists;
            if (saying() == Saying::no_such_domain)
                return is_alias_there() && !domain.exists;
            return is_alias_there() && next_of(client()).empty();
        case Reason::null_mx: return is_alias_there() && domain.null_mx;
        case Reason::dns_trouble:
            if (saying() == Saying::sender_domain_unsure)
                return then_.dns(sender_domain()).trouble != DnsTrouble::none;
            return saying() == Saying::no_primary_relay ? next_of(client()).empty() : is_silent_about_way();
        case Reason::too_big: {
            auto const limit = server()->policy.max_size_bytes;
            return limit == c_.setting_of(c_.server_id()).policy.max_size_bytes ||
                   (limit && message().size_bytes > *limit);
        }
        case Reason::greylisted: return server()->policy.greylist.has_value();
        case Reason::blocklisted: {
            auto const& lists = server()->policy.blocklists;
            return then_.address(client()) == session().client_address &&
                   std::find(lists.begin(), lists.end(), session().blocked_using) != lists.end();
        }
        case Reason::scripted_answer: {
            auto const& answers = server()->policy.answers;
            return answers && answer_in(*answers, phase_of(saying())).has_value();
        }
        default: return true;
        }
    }

    /// Whether the name leads to a mailbox, for a server that looks for it after it has taken the message.
    [[nodiscard]] bool knows_name() const {
        ServerPolicy const& policy = server()->policy;
        LocalPartId const name = c_.world.book[c_.address()].local_part;
        return has_mailbox(policy, c_.world.book, name) ||
               (is_alias(policy, name) && !is_dead_alias(policy, name));
    }

    [[nodiscard]] bool is_alias_there() const {
        if (!c_.bound.alias.valid())
            return true;
        auto const& aliases = then_.server_on(c_.trace.entries[c_.bound.alias].server).aliases;
        return std::any_of(aliases.begin(), aliases.end(),
                           [&](Alias const& alias) { return alias.target == c_.address(); });
    }

    [[nodiscard]] bool refuses(RuleListId list, HostId client, Port port,
                               std::optional<std::uint32_t> account) const {
        ServerPolicy const& policy = server()->policy;
        Question const question{.server = policy,
                                .book = c_.world.book,
                                .client = then_.address(client),
                                .port = port,
                                .account = account,
                                .sender = message().reverse_path,
                                .recipient = resolve(policy, c_.world.book, c_.address()),
                                .written = c_.address()};
        Decision const decision = decide(list, question);
        bool const is_hole = decision.decided_by() == RuleId::open_relay; // which mends nothing
        return decision.verdict == Verdict::refuse || is_hole;
    }

    /// `name` is that which was looked up for the call.
    [[nodiscard]] bool is_unreachable(HostId client, DomainId name, Port port) const {
        switch (saying()) {
        case Saying::server_not_found: return !then_.dns(name).address.valid();
        case Saying::connection_unanswered:
            return has_session() ? then_.one_way(client, c_.server_id()) >= session().one_way
                                 : leads_to_no_machine(then_.dns(name));
        case Saying::no_route:
        case Saying::session_timed_out: return !then_.routed(client, c_.server_id());
        case Saying::connection_lost:
            if (has_session() && has_moved(c_.world, session(), c_.changes))
                return false; // it is where it went to
            if (server() != nullptr && c_.setting_of(c_.server_id()).up)
                return drops_connections(c_.setting_of(c_.server_id())) && drops_connections(*server());
            break;
        default: break;
        }
        if (HostId const main = main_server_down(c_); main.valid() && then_.server_on(main).up)
            return false; // what its backup would do does not matter any more
        bool const was_down = is_server(c_.world, c_.server_id()) && !c_.setting_of(c_.server_id()).up;
        return was_down ? !server()->up : !has_session() || port == session().port;
    }

    [[nodiscard]] static bool drops_connections(Server const& one) {
        auto const drops = [](std::optional<ScriptedAnswer> const& answer) {
            return answer && answer->drops;
        };
        auto const& answers = one.policy.answers;
        return answers && (drops(answers->greeting) || drops(answers->mail) || drops(answers->rcpt) ||
                           drops(answers->content));
    }

    /// Whether the DNS does not tell of the domain, or of a host on the way to it.
    [[nodiscard]] bool is_silent_about_way() const {
        auto const is_silent = [&](DomainId name) { return then_.dns(name).trouble != DnsTrouble::none; };
        if (DomainId const told = host_told(client()); told.valid())
            return is_silent(told);
        auto const& hosts = then_.dns(c_.domain_id()).mx;
        return is_silent(c_.domain_id()) || std::any_of(hosts.begin(), hosts.end(), [&](MxRecord const& one) {
                   return is_silent(one.host);
               });
    }

    Case const& c_;
    Present const& then_;
};

/// The blocklist for which the server refused the client has forgotten the address.
std::optional<Mending> forgotten_by(Case const& c, Instant at, Instant now) {
    Session const& session = c.trace.sessions[c.settled.session];
    auto const is_meant = [&](ListingId id) {
        Listing const& listing = c.trace.listings[id];
        return c.world.blocklists[listing.list].zone == session.blocked_using &&
               listing.address == session.client_address;
    };
    std::optional<Mending> found;
    for (Event const& event : c.trace.events) {
        if (event.at < at || event.at > now)
            continue;
        if (auto const* listed = std::get_if<AddressListed>(&event.happening);
            listed && is_meant(listed->listing))
            found.reset();
        if (auto const* delisted = std::get_if<AddressDelisted>(&event.happening);
            delisted && is_meant(delisted->listing))
            found = Mending{
                event.at,
                fmt::format("no more spam came from there, and {} after the last of it the list "
                            "forgot the address",
                            say_roughly(c.world.blocklists[c.trace.listings[delisted->listing].list].lasts)),
                "nobody"};
    }
    return found;
}

} // namespace

bool is_in_the_way(Case const& c, Present const& then) {
    return Obstacle{c, then}.stands();
}

std::optional<Mending> mended_by(Case const& c, Instant at, Instant now) {
    auto const stands = [&](Present const& then) { return is_in_the_way(c, then); };
    auto const change = change_that_mended(c.world, c.changes, changes_by(c.world, now), stands);
    if (change) {
        Mending mending = mending_of(c.world, *change, stands);
        if (c.settled.reason == Reason::scripted_answer) // who empties a mailbox is no setting of its server
            mending.by.clear();
        return mending;
    }
    return c.settled.reason == Reason::blocklisted ? forgotten_by(c, at, now) : std::nullopt;
}

} // namespace mailflow
