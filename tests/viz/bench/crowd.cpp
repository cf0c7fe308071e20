#include "crowd.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t senders = 30;
constexpr std::size_t receivers = 30;

/// Ten places with six machines each.
World sixty_machines() {
    World world;
    world.title = "A crowd";
    for (std::size_t i = 0; i < 10; ++i) {
        std::string const name = (i < 5 ? "home" : "shop") + std::to_string(i);
        std::string const range = (i < 5 ? "192.0.2." : "203.0.113.") + std::to_string(16 * (i % 5)) + "/28";
        world.networks.add({name, name, *parse_range(range), 10ms, {}, {}});
    }
    for (std::size_t i = 0; i < senders + receivers; ++i) {
        NetworkId const network = world.networks.id_at(i / 6);
        bool const sends = i < senders;
        std::string const name =
            (sends ? "person" : "mx") + std::to_string(i) + (sends ? "" : ".shop.example");
        HostId const host =
            world.hosts.add({name, network, world.networks[network].range.machine(i % 6), {}, {}});
        if (sends) {
            Person person;
            person.host = host;
            person.key = person.name = name;
            world.hosts[host].person = world.people.add(person);
        } else {
            world.hosts[host].server =
                world.servers.add({.policy = {}, .host = host, .name = world.book.add_domain(name)});
        }
    }
    return world;
}

class Author {
public:
    explicit Author(Crowd& crowd) : crowd_(crowd) {
        sender_ = crowd.world.book.add_address({"maya", "isp.example"});
        recipient_ = crowd.world.book.add_address({"leo", "shop.example"});
    }

    /// One message whose session begins at that moment, each step so long after the one before.
    void send(std::size_t number, Instant from, Duration step, Duration one_way) {
        Trace& trace = crowd_.trace;
        HostId const client = crowd_.world.hosts.id_at(number % senders);
        HostId const server = crowd_.world.hosts.id_at(senders + (number * 7 + number / senders) % receivers);
        RecipientId const recipient = trace.recipients.id_at(trace.recipients.size());
        MessageId const message = trace.messages.add(
            {MessageKind::mail,
             false,
             false,
             crowd_.world.mail.add({"m" + std::to_string(number), from, {}, {recipient_}, {}, "Hello"}),
             sender_,
             recipient,
             1,
             client,
             4000,
             {}});
        trace.recipients.add({message, recipient_});
        Session session;
        session.client = client;
        session.server = server;
        session.message = message;
        session.one_way = one_way;
        session.opened = from;
        SessionId const id = trace.sessions.add(session);
        Instant at = from;
        auto const add = [&](Happening const& happening) {
            trace.events.push_back({at, happening});
            at = at + step;
        };
        add(MessageSubmitted{message});
        add(ConnectionOpened{id});
        add(ConnectionEstablished{id});
        add(ReplySent{id, {}, {}, Saying::greeting});
        add(CommandSent{id, sender_, Verb::mail});
        add(ReplySent{id, sender_, {}, Saying::sender_ok});
        add(CommandSent{id, recipient_, Verb::rcpt});
        add(ReplySent{id, recipient_, {}, Saying::recipient_ok});
        QueueEntryId const entry = trace.entries.add({message, server, id, 1, {{recipient, recipient_}}});
        add(ReplySent{id, {}, entry, Saying::queued});
        add(MessageQueued{entry});
        add(MessageFiled{recipient, server, recipient_});
        add(RecipientSettled{recipient, server, id, Outcome::delivered, Reason::none, Saying::queued});
        add(MessageDequeued{entry});
        add(SessionClosed{id});
    }

    void finish() {
        std::vector<Event>& events = crowd_.trace.events;
        std::stable_sort(events.begin(), events.end(),
                         [](Event const& a, Event const& b) { return a.at < b.at; });
        crowd_.trace.ended_at = events.back().at;
        while (crowd_.world.dns.size() < crowd_.world.book.domain_count())
            crowd_.world.dns.add({});
    }

private:
    Crowd& crowd_;
    AddressId sender_;
    AddressId recipient_;
};

} // namespace

Crowd crowd_in_flight(std::size_t envelopes) {
    Crowd crowd{sixty_machines(), {}, {}};
    Author author{crowd};
    // MAIL leaves 4 s after the beginning and takes as long; all begin within two seconds.
    for (std::size_t i = 0; i < envelopes; ++i)
        author.send(i, Instant{i * Duration{2s} / std::max<std::size_t>(envelopes, 1)}, 1s, 4s);
    author.finish();
    crowd.at = Instant{6500ms};
    return crowd;
}

Crowd long_run(std::size_t events) {
    Crowd crowd{sixty_machines(), {}, {}};
    Author author{crowd};
    constexpr std::size_t events_each = 14;
    for (std::size_t i = 0; i * events_each < events; ++i)
        author.send(i, Instant{i * Duration{10ms}}, 100ms, 40ms);
    author.finish();
    crowd.at = Instant{crowd.trace.ended_at.since_start / 2};
    return crowd;
}

} // namespace mailflow::viz
