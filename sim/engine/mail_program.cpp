#include "engine/mail_program.hpp"

#include "engine/dialing.hpp"

namespace mailflow {

Envelope recipients_of(Records const& records, Message const& message) {
    Envelope recipients;
    for (std::uint32_t i = 0; i < message.recipient_count; ++i) {
        RecipientId const id{message.first_recipient.index + i};
        recipients.push_back({id, records.recipients[id].address});
    }
    return recipients;
}

/// The settings of the mail program; or, this once, another server, which knows nobody's account.
MailPrograms::Outgoing MailPrograms::outgoing_of(Message const& message) const {
    if (message.kind == MessageKind::crowd) {
        Population const& population = present_.world().populations[message.population];
        return {.server = population.outgoing,
                .port = message.logs_in ? population.port : port_smtp,
                .authenticate = message.logs_in,
                .host = population.host,
                .account = &population.account};
    }
    Mail const& mail = present_.world().mail[message.mail];
    Person const& person = present_.person(mail.from);
    Outgoing outgoing{.server = mail.via, .host = person.host, .account = &person.account};
    if (mail.via.valid())
        return outgoing;
    outgoing.server = person.outgoing;
    outgoing.port = person.port;
    outgoing.authenticate = person.authenticate;
    outgoing.web = person.web;
    return outgoing;
}

void MailPrograms::mail_written(MailId id) {
    hand_in(MessageId{id.index});
}

void MailPrograms::hand_in(MessageId message) {
    Outgoing const outgoing = outgoing_of(records_.messages[message]);
    records_.messages[message].by_web = outgoing.web;
    effects_.record(MessageSubmitted{message});
    resolver_.ask({.asker = outgoing.host,
                   .name = present_.server(outgoing.server).name,
                   .type = RecordType::address,
                   .message = message});
}

void MailPrograms::answer_arrives(LookupId id) {
    Lookup const& lookup = records_.lookups[id];
    Message const& message = records_.messages[lookup.message];
    Outgoing const outgoing = outgoing_of(message);
    HostId const server = present_.server(outgoing.server).host;
    if (lookup.status != DnsStatus::found) {
        refuse_all(lookup.message, {.by = server, .session = {}}, trouble_with_own_server(lookup.status));
        return;
    }
    auto const found = server_at(present_, records_of(present_.world(), lookup));
    if (auto const* trouble = std::get_if<Saying>(&found)) {
        refuse_all(lookup.message, {.by = server, .session = {}}, *trouble);
        return;
    }
    records_.messages[lookup.message].by_web = outgoing.web;
    if (outgoing.web) {
        browsers_.open({.client = outgoing.host,
                        .server = server,
                        .message = lookup.message,
                        .plan = {.service = Service::web, .port = outgoing.port},
                        .address = message.reverse_path,
                        .user = outgoing.account->user,
                        .password = outgoing.account->password});
        return;
    }
    connections_.open({.client = outgoing.host,
                       .server = server,
                       .message = lookup.message,
                       .port = outgoing.port,
                       .login = outgoing.authenticate ? outgoing.account : nullptr,
                       .recipients = recipients_of(records_, message)});
}

void MailPrograms::refuse_all(MessageId message, Source source, Saying saying) {
    for (EnvelopeRecipient const& recipient : recipients_of(records_, records_.messages[message]))
        settlement_.settle(recipient.recipient, Outcome::refused, source, saying);
}

void MailPrograms::browser_news(AccessReport const& report) {
    Session const& session = records_.sessions[report.session];
    if (report.kind != AccessReport::Kind::closed) // else the message is the server's business
        refuse_all(session.message, {.by = session.server, .session = report.session}, report.saying);
}

QueueEntry MailPrograms::entry_for(SubmittedByWeb const& submitted) const {
    return {.message = submitted.message,
            .server = submitted.server,
            .from = submitted.session,
            .recipients = recipients_of(records_, records_.messages[submitted.message])};
}

void MailPrograms::session_news(SessionNews const& news) {
    Source const source{.by = records_.sessions[news.session].server, .session = news.session};
    switch (news.kind) {
    case SessionNews::Kind::recipient_refused:
        settlement_.settle(news.recipient, Outcome::refused, source, news.saying);
        break;
    case SessionNews::Kind::connection_failed:
    case SessionNews::Kind::session_refused:
        for (EnvelopeRecipient const& recipient : connections_.open_recipients(news.session))
            settlement_.settle(recipient.recipient, Outcome::refused, source, news.saying);
        break;
    case SessionNews::Kind::message_taken: // the server's business from here on
    case SessionNews::Kind::closed: break;
    }
}

} // namespace mailflow
