// A person's mail program (RFC 6409's "message user agent"): finds the outgoing server, hands the message in,
// and shows its user every error. It never tries again by itself. With web mail it is the person's browser,
// and the provider hands the message in. Those of populations are all alike.
#pragma once

#include "engine/access_connection.hpp"
#include "engine/connection.hpp"
#include "engine/resolver.hpp"
#include "engine/settlement.hpp"

namespace mailflow {

/// The recipients of the message, where their writer wants it to go.
[[nodiscard]] Envelope recipients_of(Records const& records, Message const& message);

class MailPrograms {
public:
    MailPrograms(Present const& present, Records& records, Effects& effects, Resolver& resolver,
                 Connections& connections, AccessConnections& browsers, Settlement& settlement)
        : present_(present)
        , records_(records)
        , effects_(effects)
        , resolver_(resolver)
        , connections_(connections)
        , browsers_(browsers)
        , settlement_(settlement) {}

    void mail_written(MailId id);
    /// The same for a message that is already in the trace.
    void hand_in(MessageId message);
    void answer_arrives(LookupId id);
    void session_news(SessionNews const& news);
    void browser_news(AccessReport const& report);
    /// An answer that the program waits for arrives soon (engine/prepare.hpp).
    void prepare_more(LookupId id) const;
    void prepare_rest(LookupId id) const;
    /// A message is handed in on that machine soon.
    void prepare(HostId asker, ServerId outgoing) const;
    /// What a server's web mail puts into its queue.
    [[nodiscard]] QueueEntry entry_for(SubmittedByWeb const& submitted) const;

private:
    /// The server that the message is handed in to, how, and by whom.
    struct Outgoing {
        ServerId server;
        Port port = port_smtp;
        bool authenticate = false;
        bool web = false;
        HostId host;
        Account const* account = nullptr;
    };

    [[nodiscard]] Outgoing outgoing_of(Message const& message) const;
    /// Whose message the look-up is for; null where that is no population.
    [[nodiscard]] Population const* population_behind(LookupId id) const;
    void refuse_all(MessageId message, Source source, Saying saying);

    Present const& present_;
    Records& records_;
    Effects& effects_;
    Resolver& resolver_;
    Connections& connections_;
    AccessConnections& browsers_;
    Settlement& settlement_;
};

} // namespace mailflow
