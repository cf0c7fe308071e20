#include "report/probe.hpp"

#include "base/text.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace mailflow {

ProbeTry const* try_of(World const& world, Trace const& trace, MessageId id) {
    Message const& message = trace.messages[id];
    return message.kind == MessageKind::spam ? try_of(world.spammers[message.spammer], message.number)
                                             : nullptr;
}

AddressId aim_of(World const& world, Trace const& trace, RecipientId id) {
    Recipient const& recipient = trace.recipients[id];
    Message const& message = trace.messages[recipient.message];
    if (message.kind != MessageKind::spam || !world.spammers[message.spammer].probe)
        return recipient.address;
    Spammer const& spammer = world.spammers[message.spammer];
    return try_of(spammer, message.number) ? spammer.probe->drop
                                           : spammer.to[id.index - message.first_recipient.index];
}

std::string_view plain_words(Trick trick) {
    switch (trick) {
    case Trick::null_sender: return "no trick, but an empty sender, as bounces have it";
    case Trick::plain: return "no trick, just somebody else's address";
    case Trick::own_sender: return "no trick, but a sender of the server's own name";
    case Trick::literal_sender: return "no trick, but a sender of the server's own IP address";
    case Trick::percent_literal: return "a percent sign, at the server's IP address";
    case Trick::percent: return "a percent sign, at the server's name";
    case Trick::quoted: return "the whole address in quotes";
    case Trick::quoted_percent: return "a percent sign, in quotes";
    case Trick::at_literal: return "two @, the second before the server's IP address";
    case Trick::quoted_literal: return "the address in quotes, at the server's IP address";
    case Trick::at: return "two @, the second before the server's name";
    case Trick::route_literal: return "a route by the server's IP address";
    case Trick::route: return "a route by the server's name";
    case Trick::bang: return "an exclamation mark (the bang path of UUCP)";
    case Trick::bang_literal: return "a bang path, at the server's IP address";
    case Trick::bang_host: return "a bang path, at the server's name";
    case Trick::route_and_percent: return "a route and a percent sign together";
    case Trick::percent_domain: return "a percent sign, at a domain whose mail the server takes";
    case Trick::bang_domain: return "a bang path, at a domain whose mail the server takes";
    }
    return {};
}

bool has_relayed(World const& world, RecipientSummary const& came, ProbeTry const& tried,
                 Spammer const& spammer) {
    // The server of the drop box takes mail for it from anybody, and relays nothing by that.
    return came.outcome == Outcome::delivered && came.by == world.servers[spammer.probe->drop_server].host &&
           tried.server != spammer.probe->drop_server;
}

ProbeTry const* relay_found(World const& world, Trace const& trace, SpammerId id) {
    Spammer const& spammer = world.spammers[id];
    if (!spammer.probe)
        return nullptr;
    for (Session const& session : trace.sessions) {
        if (session.client != spammer.host ||
            trace.messages[session.message].number <= spammer.probe->tries.size())
            continue;
        Message const& message = trace.messages[session.message];
        ServerId const called = world.hosts[session.server].server;
        AddressId const written = trace.recipients[message.first_recipient].address;
        for (ProbeTry const& tried : spammer.probe->tries)
            if (tried.targets.front() == written && tried.from == message.reverse_path &&
                tried.server == called)
                return &tried;
    }
    return nullptr;
}

std::vector<RecipientSummary const*> tries_of(Trace const& trace, Summary const& summary, World const& world,
                                              SpammerId id) {
    std::vector<RecipientSummary const*> tries;
    for (RecipientSummary const& came : summary.spam) {
        MessageId const message = trace.recipients[came.recipient].message;
        if (trace.messages[message].spammer == id && try_of(world, trace, message))
            tries.push_back(&came);
    }
    return tries;
}

namespace {

/// Whether the server has it in hand: nobody has been told what becomes of it.
bool is_open(RecipientSummary const& came) {
    return came.outcome == Outcome::queued && came.hops.empty();
}

/// "arrived in the drop box", "came back: ...".
std::string ending(World const& world, Trace const& trace, Summary const& summary,
                   RecipientSummary const& came) {
    auto const reply = last_reply(world, trace, summary, came);
    std::string const words = reply ? to_line(*reply) : std::string{};
    std::string const by = came.by.valid() ? world.hosts[came.by].name : std::string{};
    switch (came.outcome) {
    case Outcome::delivered: return fmt::format("ended in a mailbox of {}: nothing was relayed", by);
    case Outcome::refused: return words;
    case Outcome::bounced: return fmt::format("came back: {} said {}", by, words);
    case Outcome::discarded: return fmt::format("ended nowhere: {} said {}", by, words);
    case Outcome::queued:
        return is_open(came)   ? "it is being tried"
               : words.empty() ? "waits in a queue"
                               : fmt::format("waits in a queue: {} said {}", by, words);
    }
    return {};
}

struct Tried {
    RecipientSummary const* came;
    ProbeTry const* trick;
};

void tell_server(World const& world, Trace const& trace, Summary const& summary, Spammer const& spammer,
                 std::vector<Tried> const& tries, Page& page) {
    auto const count = [&](auto is) {
        return static_cast<std::size_t>(std::count_if(tries.begin(), tries.end(), is));
    };
    std::size_t const open = count([](Tried const& tried) { return is_open(*tried.came); });
    std::size_t const taken = count([](Tried const& tried) { return !tried.came->hops.empty(); });
    std::string const name = world.hosts[world.servers[tries.front().trick->server].host].name;
    page.item("      ", taken > 0              ? fmt::format("{} took {} of {}:", name, taken, tries.size())
                        : open == tries.size() ? fmt::format("{} has not answered:", name)
                                               : fmt::format("{} took none of them:", name));
    for (Tried const& tried : tries) {
        bool const relayed = has_relayed(world, *tried.came, *tried.trick, spammer);
        char const* const mark = relayed                                             ? "!"
                                 : tried.came->hops.empty() && !is_open(*tried.came) ? "✗"
                                                                                     : "·";
        std::string const& written = world.book.text(trace.recipients[tried.came->recipient].address);
        page.item(fmt::format("        {} ", mark),
                  fmt::format("<{}>, {}: {}", written, plain_words(tried.trick->trick),
                              relayed ? "relayed, it came out in the drop box"
                                      : ending(world, trace, summary, *tried.came)));
    }
}

} // namespace

void tell_probe(World const& world, Trace const& trace, Summary const& summary, SpammerId id, Page& page) {
    Spammer const& spammer = world.spammers[id];
    Host const& host = world.hosts[spammer.host];
    std::map<ServerId, std::vector<Tried>> by_server;
    std::vector<ServerId> order;
    std::size_t count = 0;
    Instant last; // when the newest of them was made
    for (RecipientSummary const* const came : tries_of(trace, summary, world, id)) {
        ProbeTry const* const tried = try_of(world, trace, trace.recipients[came->recipient].message);
        auto const [place, is_new] = by_server.try_emplace(tried->server);
        if (is_new)
            order.push_back(tried->server);
        place->second.push_back({came, tried});
        last = std::max(last, came->submitted_at);
        ++count;
    }
    std::size_t const tries = spammer.probe->tries.size();
    bool const is_over = count == tries && last + spammer.probe->wait <= Instant{world.until};
    page.item("  • ",
              fmt::format("{} ({}, {}) looks for an open relay: {} at {}, each a message to {}, its own "
                          "drop box, in another way.",
                          spammer.name, to_text(host.address),
                          within_sentence(world.networks[host.network].label),
                          count_of(count, "try", "tries"), count_of(order.size(), "server", "servers"),
                          world.book.text(spammer.probe->drop)));
    for (ServerId const server : order)
        tell_server(world, trace, summary, spammer, by_server[server], page);
    if (ProbeTry const* const relay = relay_found(world, trace, id))
        page.item(
            "  • ",
            fmt::format("{} looks into the drop box and finds that {} relays. From now on its spam goes "
                        "through there, in the same form: <{}>.",
                        spammer.name, world.hosts[world.servers[relay->server].host].name,
                        world.book.text(relay->targets.front())));
    else if (!is_over)
        page.item("  • ",
                  count < tries
                      ? fmt::format("The search is not over: {} of {} tries {} made.", count, tries,
                                    count == 1 ? "was" : "were")
                      : fmt::format("The search is not over: {} has not looked into the drop box yet.",
                                    spammer.name));
    else if (!spammer.to.empty())
        page.item("  • ",
                  fmt::format("Nothing came through, so {} has no relay and sends no spam.", spammer.name));
}

} // namespace mailflow
