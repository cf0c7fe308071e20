#include "report/advice/passage.hpp"

#include "policy/decide.hpp"
#include "policy/routing.hpp"
#include "world/blocklisted.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace mailflow {

namespace {

/// With what the server is told to refuse everybody for ever; what passes, or is said a number of times only,
/// is over in the end.
std::optional<Saying> prescribed_refusal(ServerPolicy const& policy) {
    if (!policy.answers || policy.answers->times)
        return std::nullopt;
    for (ScriptedPhase const phase : {ScriptedPhase::mail, ScriptedPhase::rcpt, ScriptedPhase::content})
        if (auto const& answer = answer_in(*policy.answers, phase);
            answer && !answer->drops && answer->reply.permanent())
            return scripted_saying(phase, answer->reply);
    return std::nullopt;
}

/// One message on its way through a world, by the rules and without a clock.
class Passage {
public:
    Passage(Case const& c, Present const& then)
        : c_(c)
        , then_(then)
        , address_(c.address())
        , message_(c.trace.messages[c.trace.recipients[c.settled.recipient].message]) {}

    [[nodiscard]] std::optional<Saying> refusal_at(HostId server, HostId client) const {
        auto const account = login_at(then_.server_on(client), server);
        auto const stop = answer_of(server, client, port_smtp, account);
        return stop ? std::optional{stop->settled.saying} : std::nullopt;
    }

    [[nodiscard]] std::optional<Stop> stop() {
        HostId at = c_.settled.session.valid() ? c_.client_id() : c_.settled.by;
        if (is_sent_anew()) {
            if (auto const stopped = at_outgoing_server())
                return stopped;
            at = outgoing_server();
            is_accepted_ = true;
            address_ = c_.trace.recipients[c_.settled.recipient].address;
        }
        return is_server(c_.world, at) ? from_server(at) : std::nullopt;
    }

private:
    /// Whether nothing of it waits anywhere, so that its writer has to send it again.
    [[nodiscard]] bool is_sent_anew() const {
        return !c_.waits() && message_.kind == MessageKind::mail && !is_one_of_many(message_);
    }

    /// `caller` called, or would have called, the server `by`.
    [[nodiscard]] Stop stopped(HostId by, Saying saying, HostId caller = {}) const {
        RecipientSettled settled = c_.settled;
        if (is_sent_anew())
            settled.outcome = is_accepted_ ? Outcome::bounced : Outcome::refused;
        settled.by = by;
        settled.session = {};
        settled.saying = saying;
        if (settled.reason != Reason::expired)
            settled.reason = reason_of(saying);
        return {settled, {.address = address_, .alias = {}}, caller};
    }

    /// By a blocklist, which is asked about the client of a session.
    [[nodiscard]] Stop stopped_at_call(HostId server, HostId client) const {
        Stop stop = stopped(server, Saying::blocklisted, client);
        if (SessionId const session = c_.settled.session;
            session.valid() && c_.server_id() == server && c_.client_id() == client)
            stop.settled.session = session;
        return stop;
    }

    // The mail program.

    [[nodiscard]] Mail const& mail() const { return c_.world.mail[c_.written_message().mail]; }
    [[nodiscard]] HostId outgoing_server() const {
        ServerId const server = mail().via.valid() ? mail().via : then_.person(mail().from).outgoing;
        return c_.world.servers[server].host;
    }

    [[nodiscard]] std::optional<Stop> at_outgoing_server() const {
        HostId const server = outgoing_server();
        Person const& writer = then_.person(mail().from);
        bool const this_once = mail().via.valid();
        bool const by_web = !this_once && writer.web;
        Port const port = this_once ? port_smtp : by_web ? port_https : writer.port;
        DnsRecords const& records = then_.dns(then_.server_on(server).name);
        if (records.trouble != DnsTrouble::none)
            return stopped(server, Saying::dns_server_failure);
        if (!records.address.valid())
            return stopped(server, Saying::server_not_found);
        if (auto const saying = trouble_of_call(message_.origin, server, port))
            return stopped(server, *saying, message_.origin);
        ServerPolicy const& policy = then_.server_on(server).policy;
        std::optional<std::uint32_t> account;
        if (!this_once && (writer.authenticate || by_web)) {
            account = account_at(policy, writer.account.user);
            if (!account || policy.accounts[*account].password != writer.account.password)
                return stopped(server, Saying::authentication_failed);
        }
        return answer_of(server, message_.origin, is_submission(port) ? port : port_smtp, account);
    }

    // A server.

    /// Why the call comes to nothing; none: it does not.
    [[nodiscard]] std::optional<Saying> trouble_of_call(HostId from, HostId to, Port port) const {
        if (!then_.routed(from, to))
            return Saying::no_route;
        if (then_.blocked(from, to, port))
            return Saying::connection_blocked;
        HostSketch const& sketch = then_.sketch_of(to);
        return sketch.server == nullptr || !sketch.server->up ? std::optional{Saying::connection_refused}
                                                              : std::nullopt;
    }

    /// What the server says to the recipient, if it says no.
    [[nodiscard]] std::optional<Stop> answer_of(HostId server, HostId client, Port port,
                                                std::optional<std::uint32_t> account) const {
        ServerPolicy const& policy = then_.server_on(server).policy;
        if (auto const saying = prescribed_refusal(policy))
            return stopped(server, *saying, client);
        if (policy.max_size_bytes && message_.size_bytes > *policy.max_size_bytes)
            return stopped(server, Saying::message_too_big, client);
        IpAddress const& address = then_.address(client);
        Question const question{.server = policy,
                                .book = c_.world.book,
                                .client = address,
                                .port = port,
                                .account = account,
                                .sender = message_.reverse_path,
                                .recipient = resolve(policy, c_.world.book, address_),
                                .written = address_};
        RuleListId const first = is_submission(port) ? RuleListId::submission : RuleListId::relay;
        for (RuleListId const list : {first, RuleListId::recipient})
            if (Decision const decision = decide(list, question); decision.verdict == Verdict::refuse)
                return stopped(server, decision.saying, client);
        if (!is_submission(port) && !account && first_naming(then_, policy.blocklists, address))
            return stopped_at_call(server, client);
        return std::nullopt;
    }

    /// The server has the message: for a mailbox, for an alias, or for the next server.
    [[nodiscard]] std::optional<Stop> from_server(HostId at) {
        while (std::find(been_.begin(), been_.end(), std::pair{at, address_}) == been_.end()) {
            been_.emplace_back(at, address_);
            Server const& server = then_.server_on(at);
            address_ = resolve(server.policy, c_.world.book, address_);
            AddressBook::Address const& address = c_.world.book[address_];
            if (handled_at(server.policy, address.domain)) {
                auto const alias =
                    std::find_if(server.aliases.begin(), server.aliases.end(),
                                 [&](Alias const& one) { return one.local_part == address.local_part; });
                if (alias == server.aliases.end())
                    return has_mailbox(server.policy, c_.world.book, address.local_part)
                               ? std::nullopt
                               : std::optional{after_alias(stopped(at, Saying::unknown_user))};
                if (!alias_at_.valid()) {
                    alias_at_ = at;
                    alias_ = address_;
                }
                address_ = alias->target;
                continue;
            }
            HostId next;
            if (auto const stop = to_next(at, next))
                return after_alias(*stop);
            at = next;
        }
        return after_alias(stopped(at, Saying::loops_back));
    }

    [[nodiscard]] std::optional<Stop> to_next(HostId at, HostId& next) const {
        Server const& server = then_.server_on(at);
        DomainId const domain = c_.world.book[address_].domain;
        auto const told = host_told_for(server, domain);
        DnsRecords const& records = then_.dns(told.value_or(domain));
        if (records.trouble != DnsTrouble::none)
            return stopped(at, Saying::dns_server_failure);
        if (!records.exists)
            return stopped(at, Saying::no_such_domain);
        if (!told && records.null_mx)
            return stopped(at, Saying::null_mx);
        std::optional<Stop> first; // that is in the way to the best
        auto const try_host = [&](HostId host) {
            auto const saying = trouble_of_call(at, host, port_smtp);
            if (!saying)
                next = host;
            else if (!first)
                first = stopped(*saying == Saying::connection_blocked ? at : host, *saying, at);
        };
        if (told || records.mx.empty()) {
            if (records.address.valid())
                try_host(records.address);
        } else {
            for (MxRecord const& record : records.mx) {
                DnsRecords const& exchanger = then_.dns(record.host);
                if (exchanger.address == at) { // RFC 5321 section 5.1: only to those with a smaller number
                    if (!first)
                        first = stopped(at, Saying::loops_back);
                    break;
                }
                if (exchanger.trouble != DnsTrouble::none && !first)
                    first = stopped(at, Saying::dns_server_failure);
                else if (exchanger.address.valid() && !next.valid())
                    try_host(exchanger.address);
            }
        }
        if (!next.valid())
            return first ? *first : stopped(at, Saying::no_such_host);
        auto const account = login_at(server, next);
        return answer_of(next, at, port_smtp, account);
    }

    /// The place of the smarthost's account, where the server logs in there.
    [[nodiscard]] std::optional<std::uint32_t> login_at(Server const& server, HostId next) const {
        if (!server.smarthost_account || !server.smarthost || then_.dns(*server.smarthost).address != next)
            return std::nullopt;
        return account_at(then_.server_on(next).policy, server.smarthost_account->user);
    }

    /// Where an alias has led it astray, it is the alias that is wrong.
    [[nodiscard]] Stop after_alias(Stop stop) const {
        Reason const reason = reason_of(stop.settled.saying);
        bool const is_astray = reason == Reason::unknown_user || reason == Reason::no_such_domain ||
                               reason == Reason::null_mx || reason == Reason::mail_loop;
        if (!alias_at_.valid() || !is_astray)
            return stop;
        Stop astray = stopped(alias_at_, Saying::unknown_user);
        astray.bound.address = alias_;
        return astray;
    }

    Case const& c_;
    Present const& then_;
    AddressId address_; // as it is read so far
    Message const& message_;
    bool is_accepted_ = false; // by the server to which its writer hands it again
    HostId alias_at_;          // the server of the first alias on the way; none: there was none
    AddressId alias_;
    std::vector<std::pair<HostId, AddressId>> been_;
};

} // namespace

std::optional<Saying> refusal_if_up(Case const& c, Present const& then) {
    return Passage{c, then}.refusal_at(c.server_id(), c.client_id());
}

std::optional<Stop> stop_in(Case const& c, Present const& then) {
    return Passage{c, then}.stop();
}

} // namespace mailflow
