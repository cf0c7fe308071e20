// A person's mail program (RFC 6409's "message user agent"): finds the outgoing server, hands the message in,
// and shows its user every error. It never tries again by itself.
#pragma once

#include "engine/connection.hpp"
#include "engine/resolver.hpp"
#include "engine/settlement.hpp"

namespace mailflow {

class MailPrograms {
public:
    MailPrograms(Present const& present, Trace& trace, Effects& effects, Resolver& resolver,
                 Connections& connections, Settlement& settlement)
        : present_(present)
        , trace_(trace)
        , effects_(effects)
        , resolver_(resolver)
        , connections_(connections)
        , settlement_(settlement) {}

    void mail_written(MailId id);
    void answer_arrives(LookupId id);
    void session_news(SessionNews const& news);

private:
    /// The server that the message is handed in to, and how.
    struct Outgoing {
        ServerId server;
        Port port = port_smtp;
        bool authenticate = false;
    };

    [[nodiscard]] Outgoing outgoing_of(Mail const& mail) const;

    Present const& present_;
    Trace& trace_;
    Effects& effects_;
    Resolver& resolver_;
    Connections& connections_;
    Settlement& settlement_;
};

} // namespace mailflow
