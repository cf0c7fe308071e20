#include "engine/mail_program.hpp"

namespace mailflow {

namespace {

std::vector<RecipientId> recipients_of(Message const& message) {
    std::vector<RecipientId> recipients;
    for (std::uint32_t i = 0; i < message.recipient_count; ++i)
        recipients.push_back(RecipientId{message.first_recipient.index + i});
    return recipients;
}

} // namespace

void MailPrograms::mail_written(MailId id) {
    MessageId const message{id.index};
    Person const& person = world_.people[world_.mail[id].from];
    effects_.record(MessageSubmitted{message});
    resolver_.ask({.asker = person.host,
                   .name = world_.servers[person.outgoing].name,
                   .type = RecordType::address,
                   .message = message});
}

void MailPrograms::answer_arrives(LookupId id) {
    Lookup const& lookup = trace_.lookups[id];
    Message const& message = trace_.messages[lookup.message];
    Person const& person = world_.people[world_.mail[message.mail].from];
    HostId const server = world_.servers[person.outgoing].host;
    if (lookup.status != DnsStatus::found) {
        refuse_all(lookup.message, {.by = server, .session = {}}, Saying::server_not_found);
        return;
    }
    connections_.open({.client = person.host,
                       .server = server,
                       .message = lookup.message,
                       .entry = {},
                       .plan = {.port = person.port,
                                .authenticate = person.authenticate,
                                .reverse_path = message.reverse_path,
                                .recipients = {}},
                       .credentials = {person.user, person.password},
                       .recipients = recipients_of(message)});
}

void MailPrograms::session_news(SessionNews const& news) {
    Source const source{.by = trace_.sessions[news.session].server, .session = news.session};
    switch (news.kind) {
    case SessionNews::Kind::recipient_refused:
        settlement_.settle(news.recipient, Outcome::refused, source, news.saying);
        break;
    case SessionNews::Kind::connection_refused:
    case SessionNews::Kind::session_refused:
        for (RecipientId const recipient : connections_.open_recipients(news.session))
            settlement_.settle(recipient, Outcome::refused, source, news.saying);
        break;
    case SessionNews::Kind::message_taken: // the server's business from here on
    case SessionNews::Kind::closed: break;
    }
}

void MailPrograms::refuse_all(MessageId id, Source source, Saying saying) {
    for (RecipientId const recipient : recipients_of(trace_.messages[id]))
        settlement_.settle(recipient, Outcome::refused, source, saying);
}

} // namespace mailflow
