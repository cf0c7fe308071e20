#include "engine/connection.hpp"
#include "policy/routing.hpp"
#include "smtp/habits.hpp"
#include "world/client_name.hpp"

#include <algorithm>

namespace mailflow {

/// Whether the message has met with the prescribed answers often enough, in sessions before this one.
bool Connections::script_is_over(Talk const& talk) const {
    return !talk.live.heard_script &&
           scripts_.are_over(policy_of(talk).answers, talk.session.server, talk.session.message);
}

/// None: the server says what it likes.
ScriptedAnswer const* Connections::prescribed(Talk const& talk, std::optional<ScriptedPhase> phase) const {
    if (!phase || script_is_over(talk))
        return nullptr;
    auto const& answer = answer_in(*policy_of(talk).answers, *phase);
    return answer ? &*answer : nullptr;
}

void Connections::note_script(Talk const& talk) {
    if (!talk.live.heard_script)
        scripts_.note_session(talk.session.server, talk.session.message);
    talk.live.heard_script = true;
}

inline Command Connections::command_on_wire(Talk const& talk) const {
    Command command{.verb = talk.live.verb_on_wire, .address = talk.live.address_on_wire};
    if (command.verb != Verb::mail && command.verb != Verb::content)
        return command;
    Session const& session = talk.session;
    command.size_bytes = records_.messages[session.message].size_bytes;
    if (command.verb == Verb::content)
        command.received_lines = session.entry.valid() ? records_.entries[session.entry].received_lines : 0;
    return command;
}

void Connections::record_decision(Talk const& talk, Command const& command, Decision const& decision,
                                  ServerSetting const& setting) {
    if (effects_.keeps_trace())
        keep(talk, command, decision, setting);
    else
        effects_.record(DecisionMade{});
}

void Connections::keep(Talk const& talk, Command const& command, Decision const& decision,
                       ServerSetting const& setting) {
    AddressId const written = command.address;
    bool const about_sender = command.verb == Verb::mail;
    Live const& live = talk.live;
    ServerSession const& server = live.server;
    effects_.record(DecisionMade{records_.decisions.add(
        {.session = talk.id,
         .sender = about_sender ? written : server.reverse_path,
         .recipient = about_sender ? AddressId{} : resolve(setting.policy, setting.book, written),
         .account = account_of(server),
         .changes = present_.changes_applied(),
         .listed_on = setting.listed_on,
         .known_for = setting.known_for,
         .fetched_ago = setting.fetched_ago,
         .written = about_sender ? AddressId{} : written,
         .reverse = setting.reverse,
         .sender_domain = setting.sender_domain,
         .account_changes = live.login.valid() ? logins_[live.login].changes : 0,
         .decision = decision})});
}

/// Whether the RCPT on the wire offers spam to the final destination of its recipient, from outside: not
/// from a client that the server trusts or knows, nor from one that takes mail for the same domain.
bool Connections::offers_spam(Talk const& talk) const {
    Live const& live = talk.live;
    Session const& session = talk.session;
    if (!live.address_on_wire.valid() || !live.server.in_transaction || live.server.account.valid() ||
        records_.messages[session.message].kind != MessageKind::spam)
        return false;
    ServerPolicy const& policy = policy_of(talk);
    AddressBook const& book = present_.world().book;
    DomainId const domain = book[resolve(policy, book, live.address_on_wire)].domain;
    if (!handled_at(policy, domain) ||
        std::any_of(policy.trusts.begin(), policy.trusts.end(),
                    [&](IpRange const& range) { return range.contains(session.client_address); }))
        return false;
    auto const& exchangers = present_.dns(domain).mx;
    return std::none_of(exchangers.begin(), exchangers.end(), [&](MxRecord const& record) {
        return present_.dns(record.host).address == session.client;
    });
}

inline Command Connections::hear(Talk const& talk) {
    Command command = command_on_wire(talk);
    World const& world = present_.world();
    if (world.typed_paths.empty() || (command.verb != Verb::mail && command.verb != Verb::rcpt))
        return command;
    ServerId const server = world.hosts[talk.session.server].server;
    if (TypedPath const* const path = typed_path(world, server, command.address, command.verb)) {
        command.address = path->heard;
        command.flaw = path->flaw;
        talk.live.address_on_wire = path->heard;
    }
    return command;
}

/// What the server is and knows when the command on the wire reaches it.
inline ServerSetting Connections::setting_of(Talk const& talk) const {
    Live const& live = talk.live;
    Session const& session = talk.session;
    HostSketch const& sketch = sketch_of(talk);
    ServerPolicy const& policy = sketch.server->policy;
    ServerSetting setting{.policy = policy,
                          .book = present_.world().book,
                          .client = session.client_address,
                          .port = session.port,
                          .script_is_over = !sketch.is_scripted || script_is_over(talk)};
    if (live.verb_on_wire != Verb::mail && live.verb_on_wire != Verb::rcpt)
        return setting; // nothing else is decided about
    setting.reverse = reverse_name_status(present_, session.client_address);
    if (live.verb_on_wire == Verb::rcpt) {
        setting.listed_on = blocklists_.listed_on(policy.blocklists, session.client_address);
        if (policy.greylist)
            setting.known_for = greylist_.known_for(
                {session.server, session.client_address, live.server.reverse_path, live.address_on_wire},
                *policy.greylist, effects_.now());
    }
    if (policy.pop_before_smtp)
        setting.fetched_ago = fetches_.ago(session.server, session.client_address, effects_.now());
    if (live.verb_on_wire == Verb::mail && live.address_on_wire.valid())
        setting.sender_domain = sender_domain_status(present_, setting.book[live.address_on_wire].domain);
    return setting;
}

/// Who was asked about as a stranger is none the next time.
void Connections::remember_for_greylist(Talk const& talk, AddressId reverse_path, Response const& response) {
    auto const& wait = sketch_of(talk).server->policy.greylist;
    if (!wait)
        return;
    auto const decisions = response.decisions();
    if (std::none_of(decisions.begin(), decisions.end(),
                     [](Decision const& decision) { return decision.list == RuleListId::spam; }))
        return;
    greylist_.note(
        {talk.session.server, talk.session.client_address, reverse_path, talk.live.address_on_wire}, *wait,
        effects_.now());
}

/// A server that sends goes on without a login where none is offered. A mail program tries all the same, as
/// its user has told it to, and hears that it cannot.
void Connections::heed_offers(Talk const& talk, ServerPolicy const& server) {
    Live& live = talk.live;
    if (live.heeds_advertised_size) {
        auto const limit = announced_limit(server);
        live.is_too_big_for_server = limit && records_.messages[talk.session.message].size_bytes > *limit;
    }
    if (live.login.valid() && talk.session.entry.valid() && server.accounts.empty()) {
        logins_.let_go(live.login);
        live.login = {};
    }
}

/// The server's answer to the command on the wire, its decisions recorded.
inline Response Connections::answer_to(Talk const& talk, Command const& command) {
    Live& live = talk.live;
    ServerSetting const setting = setting_of(talk);
    AddressId const reverse_path = live.server.reverse_path;
    Credentials credentials;
    if (command.verb == Verb::auth)
        credentials = {logins_[live.login].account->user, logins_[live.login].account->password};
    Response const response = respond(live.server, setting, command, credentials);
    if (command.verb == Verb::ehlo)
        heed_offers(talk, setting.policy);
    if (response.saying == Saying::authenticated)
        logins_[live.login].changes = present_.changes_applied();
    if (is_scripted(response.saying))
        note_script(talk);
    for (Decision const& decision : response.decisions())
        record_decision(talk, command, decision, setting);
    if (command.verb != Verb::rcpt)
        return response;
    if (response.saying == Saying::blocklisted)
        talk.session.blocked_using = setting.policy.blocklists[*setting.listed_on];
    if (!live.reported && offers_spam(talk)) {
        live.reported = true;
        blocklists_.hear_of_spam(talk.id);
    }
    remember_for_greylist(talk, reverse_path, response);
    return response;
}

std::optional<AcceptedContent> Connections::command_arrives(SessionId id) {
    Talk const talk = talk_of(id);
    Live& live = talk.live;
    HostSketch const& sketch = sketch_of(talk);
    ScriptedAnswer const* const scripted =
        sketch.is_scripted ? prescribed(talk, phase_of(live.verb_on_wire)) : nullptr;
    bool const drops = scripted != nullptr && scripted->drops;
    if (drops)
        note_script(talk);
    if (drops || !sketch.up) {
        lose(talk);
        return std::nullopt;
    }
    AddressId const written = live.address_on_wire;
    Command const command = hear(talk);
    Response const response = answer_to(talk, command);
    if (response.effect == Effect::content_accepted) {
        Session const& session = talk.session;
        AcceptedContent content{id, session.server, session.message, command.received_lines, {}};
        for (Offered const& offered : live.recipients)
            if (offered.taken_as.valid())
                content.recipients.push_back({offered.recipient.recipient, offered.taken_as});
        return content;
    }
    if (response.effect == Effect::recipient_accepted)
        live.recipients[live.client.next_recipient - 1].taken_as = response.recipient;
    if (response.effect == Effect::hang_up)
        uncount(talk);
    reply(talk, response.saying, written, {});
    return std::nullopt;
}

void Connections::confirm(SessionId id, QueueEntryId entry) {
    reply(talk_of(id), Saying::queued, {}, entry);
}

} // namespace mailflow
