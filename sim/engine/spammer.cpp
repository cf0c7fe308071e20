#include "engine/spammer.hpp"

#include "engine/dialing.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// The streams of chance from here on belong to spammers; those before to machines.
constexpr std::uint64_t first_stream = 1ULL << 32U;

/// The names by preference; equals in random order (RFC 5321 section 5.1), of which the bot takes the first
/// that answers.
std::vector<DomainId> shuffled_hosts(DnsRecords const& records, RandomStream& chance) {
    std::vector<std::pair<std::uint64_t, DomainId>> keyed;
    for (MxRecord const& record : records.mx) {
        constexpr unsigned below_preference = 48;
        keyed.emplace_back((std::uint64_t{record.preference} << below_preference) +
                               chance.below(1ULL << below_preference),
                           record.host);
    }
    std::stable_sort(keyed.begin(), keyed.end(),
                     [](auto const& a, auto const& b) { return a.first < b.first; });
    std::vector<DomainId> hosts;
    hosts.reserve(keyed.size());
    for (auto const& [key, host] : keyed)
        hosts.push_back(host);
    return hosts;
}

} // namespace

Spammers::Spammers(Present const& present, std::uint64_t seed, Records& records, Effects& effects,
                   Resolver& resolver, Connections& connections, Mailboxes const& mailboxes,
                   Settlement& settlement)
    : present_(present)
    , records_(records)
    , effects_(effects)
    , resolver_(resolver)
    , connections_(connections)
    , mailboxes_(mailboxes)
    , settlement_(settlement) {
    World const& world = present.world();
    for (std::size_t i = 0; i < world.spammers.size(); ++i) {
        sent_.add(0);
        relay_.add(std::nullopt);
        chance_.add({seed, first_stream + i});
    }
}

std::optional<std::uint32_t> Spammers::look_into_drop_box(SpammerId id) const {
    Probe const& probe = *present_.world().spammers[id].probe;
    Server const& server = present_.server(probe.drop_server);
    std::optional<std::uint32_t> first;
    // What its own server took for the drop box was not relayed.
    auto const is_relayed = [&](std::uint32_t number) {
        return number <= probe.tries.size() && probe.tries[number - 1].server != probe.drop_server;
    };
    for (Mailboxes::Stored const& stored :
         mailboxes_.contents({server.host, probe.drop, false}, server.policy, 1).messages) {
        Message const& message = records_.messages[records_.recipients[stored.recipient].message];
        if (message.kind == MessageKind::spam && message.spammer == id && is_relayed(message.number) &&
            (!first || message.number - 1 < *first))
            first = message.number - 1;
    }
    return first;
}

/// First all tries; then, if one of them has come through and there is somebody to write to, spam in its
/// form.
std::optional<Spammers::Batch> Spammers::next_of_prober(SpammerId id) {
    Spammer const& spammer = present_.world().spammers[id];
    std::vector<ProbeTry> const& tries = spammer.probe->tries;
    if (sent_[id] < tries.size()) {
        ProbeTry const& next = tries[sent_[id]];
        return Batch{next.from, {next.recipient}, next.server};
    }
    if (sent_[id] == tries.size())
        relay_[id] = look_into_drop_box(id);
    if (!relay_[id])
        return std::nullopt;
    ProbeTry const& relay = tries[*relay_[id]];
    return Batch{relay.from, relay.targets, relay.server};
}

std::optional<Spammers::Batch> Spammers::next_batch(SpammerId id) {
    Spammer const& spammer = present_.world().spammers[id];
    if (spammer.way == SpamWay::probe)
        return next_of_prober(id);
    Batch batch{spammer.from, spammer.to, spammer.server};
    if (spammer.is_drawn)
        batch.to = {spammer.to[chance_[id].below(spammer.to.size())]};
    else if (spammer.guesses)
        batch.to = {spammer.to[sent_[id] % spammer.to.size()]};
    return batch;
}

void Spammers::spam_due(SpammerId id) {
    World const& world = present_.world();
    auto const batch = next_batch(id);
    if (!batch)
        return;
    std::uint32_t const number = ++sent_[id];
    auto const recipient_count = static_cast<std::uint32_t>(batch->to.size());
    MessageId const message = records_.messages.add({.kind = MessageKind::spam,
                                                     .mail = {},
                                                     .reverse_path = batch->from,
                                                     .first_recipient = {},
                                                     .recipient_count = recipient_count,
                                                     .origin = world.spammers[id].host,
                                                     .size_bytes = world.spammers[id].size_bytes,
                                                     .about = {},
                                                     .spammer = id,
                                                     .number = number});
    RecipientId const first = records_.recipients.add_block(recipient_count, {message, {}});
    records_.messages[message].first_recipient = first;
    effects_.hold(message);
    std::vector<Shot> shots;
    for (std::uint32_t i = 0; i < recipient_count; ++i) {
        AddressId const address = batch->to[i];
        RecipientId const one{first.index + i};
        records_.recipients[one].address = address;
        DomainId const domain =
            batch->through.valid() ? present_.server(batch->through).name : world.book[address].domain;
        EnvelopeRecipient const recipient{one, address};
        auto const same =
            std::find_if(shots.begin(), shots.end(), [&](Shot const& shot) { return shot.domain == domain; });
        if (same == shots.end())
            shots.push_back({message, domain, {recipient}, {}});
        else
            same->recipients.push_back(recipient);
    }
    effects_.record(MessageSubmitted{message});
    for (Shot& shot : shots)
        shoot(std::move(shot));
    effects_.let_go(message);
    wait_for_next(id);
}

void Spammers::begin() {
    auto const& spammers = present_.world().spammers;
    for (std::size_t i = 0; i < spammers.size(); ++i) {
        SpammerId const id = spammers.id_at(i);
        if (spammers[id].is_drawn)
            wait_for_drawn(id);
        else
            effects_.wake_after(spammers[id].start.since_start, WakeKind::spam_due, id);
    }
}

/// As the people do beside whom it writes (engine/populations.cpp).
void Spammers::wait_for_drawn(SpammerId id) {
    Spammer const& spammer = present_.world().spammers[id];
    if (spammer.most_drawn && sent_[id] >= *spammer.most_drawn)
        return;
    Instant const from = std::max(effects_.now(), spammer.start);
    Duration const gap = exponential(chance_[id], spammer.interval);
    if (gap <= spammer.end - from)
        effects_.wake_after(from + gap - effects_.now(), WakeKind::spam_due, id);
}

void Spammers::wait_for_next(SpammerId id) {
    Spammer const& spammer = present_.world().spammers[id];
    if (spammer.is_drawn) {
        wait_for_drawn(id);
        return;
    }
    std::size_t const tries = spammer.probe ? spammer.probe->tries.size() : 0;
    bool const is_probing = sent_[id] < tries;
    bool const has_probed = tries > 0 && sent_[id] == tries;
    if (sent_[id] < tries + spammer.count)
        effects_.wake_after(is_probing   ? spammer.probe->interval
                            : has_probed ? spammer.probe->wait
                                         : spammer.interval,
                            WakeKind::spam_due, id);
}

void Spammers::shoot(Shot shot) {
    ShotId const id = shots_.add(std::move(shot));
    DomainId const domain = shots_[id].domain;
    if (sender_of(id).way == SpamWay::direct) {
        ask(id, domain, RecordType::mx);
    } else {
        shots_[id].hosts = {domain};
        try_next_host(id, {}, Saying::server_not_found);
    }
}

void Spammers::ask(ShotId id, DomainId name, RecordType type) {
    LookupId const lookup = resolver_.ask({.asker = sender_of(id).host,
                                           .name = name,
                                           .type = type,
                                           .destination = shots_[id].domain,
                                           .message = shots_[id].message});
    by_lookup_.add(lookup) = id;
}

void Spammers::answer_arrives(LookupId lookup_id) {
    ShotId const id = by_lookup_[lookup_id];
    Lookup const& lookup = records_.lookups[lookup_id];
    Source const own_words{.by = sender_of(id).host, .session = {}};
    if (lookup.type == RecordType::mx)
        exchangers_known(id, lookup);
    else if (lookup.status == DnsStatus::found) {
        auto const found = server_at(present_, records_of(present_.world(), lookup));
        if (auto const* trouble = std::get_if<Saying>(&found))
            try_next_host(id, own_words, *trouble);
        else
            call(id, std::get<HostId>(found));
    } else
        try_next_host(id, own_words,
                      lookup.status == DnsStatus::no_answer        ? Saying::dns_no_answer
                      : lookup.status == DnsStatus::server_failure ? Saying::dns_server_failure
                      : lookup.status == DnsStatus::no_data        ? Saying::no_host_address
                      : lookup.name == shots_[id].domain           ? Saying::no_such_domain
                                                                   : Saying::no_such_host);
}

/// RFC 5321 section 5.1, as far as a bot cares.
void Spammers::exchangers_known(ShotId id, Lookup const& lookup) {
    Source const own_words{.by = sender_of(id).host, .session = {}};
    Shot& shot = shots_[id];
    switch (lookup.status) {
    case DnsStatus::no_such_name: give_up(id, own_words, Saying::no_such_domain); return;
    case DnsStatus::server_failure: give_up(id, own_words, Saying::dns_server_failure); return;
    case DnsStatus::no_answer: give_up(id, own_words, Saying::dns_no_answer); return;
    case DnsStatus::no_data: shot.hosts = {lookup.name}; break;
    case DnsStatus::found: {
        DnsRecords const& records = records_of(present_.world(), lookup);
        if (records.null_mx) {
            give_up(id, own_words, Saying::null_mx);
            return;
        }
        shot.hosts = shuffled_hosts(records, chance_[records_.messages[shot.message].spammer]);
        break;
    }
    }
    try_next_host(id, own_words, Saying::no_such_host);
}

/// Where there is no other host, what was in the way last settles it.
void Spammers::try_next_host(ShotId id, Source source, Saying trouble) {
    Shot& shot = shots_[id];
    if (shot.next_host == shot.hosts.size())
        give_up(id, source, trouble);
    else
        ask(id, shot.hosts[shot.next_host++], RecordType::address);
}

void Spammers::call(ShotId id, HostId server) {
    Shot const& shot = shots_[id];
    Spammer const& spammer = sender_of(id);
    bool const logs_in = spammer.way == SpamWay::account;
    Call call{.client = spammer.host,
              .server = server,
              .message = shot.message,
              .port = logs_in ? port_submission : port_smtp,
              .recipients = shot.recipients};
    if (logs_in)
        call.login = &spammer.account;
    SessionId const session = connections_.open(call);
    by_session_.add(session) = id;
}

void Spammers::session_news(SessionNews const& news) {
    Source const source{.by = records_.sessions[news.session].server, .session = news.session};
    switch (news.kind) {
    case SessionNews::Kind::recipient_refused:
        settlement_.settle(news.recipient, Outcome::refused, source, news.saying);
        break;
    case SessionNews::Kind::session_refused:
        settle(connections_.open_recipients(news.session), source, news.saying);
        break;
    case SessionNews::Kind::connection_failed: {
        // The recipients that nobody has refused yet may be taken by another host.
        ShotId const id = by_session_[news.session];
        shots_[id].recipients = connections_.open_recipients(news.session);
        try_next_host(id, source, news.saying);
        break;
    }
    case SessionNews::Kind::message_taken: break; // the server's business from here on
    case SessionNews::Kind::closed: shots_.let_go(by_session_[news.session]); break;
    }
}

void Spammers::give_up(ShotId id, Source source, Saying saying) {
    settle(shots_[id].recipients, source, saying);
    shots_.let_go(id);
}

void Spammers::settle(Envelope const& recipients, Source source, Saying saying) {
    for (EnvelopeRecipient const& recipient : recipients)
        settlement_.settle(recipient.recipient, Outcome::refused, source, saying);
}

} // namespace mailflow
