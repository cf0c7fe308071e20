#include "smtp/client_session.hpp"

namespace mailflow {

namespace {

using Awaits = ClientSession::Awaits;

struct Exchange {
    Awaits awaits;
    Verb verb;
};

ClientStep send(ClientSession& session, Exchange exchange, AddressId address = {}) {
    session.awaits = exchange.awaits;
    return {.command = ClientCommand{exchange.verb, address}};
}

ClientStep greet(ClientSession& session) {
    bool const is_extended = session.greets_with == Verb::ehlo;
    return send(session, {is_extended ? Awaits::ehlo : Awaits::helo, session.greets_with});
}

ClientStep quit(ClientSession& session, ClientNews news) {
    ClientStep step = send(session, {Awaits::quit, Verb::quit});
    step.news = news;
    return step;
}

ClientStep begin_transaction(ClientSession& session) {
    return send(session, {Awaits::mail, Verb::mail});
}

/// After EHLO: encrypt on the submission port (RFC 8314 section 3.3) and wherever a password is to be said
/// (RFC 4954 section 4), say who it is, then come to the point.
ClientStep after_ehlo(ClientSession& session, ClientPlan const& plan) {
    if ((plan.port == port_submission || plan.authenticate) && !session.under_tls)
        return send(session, {Awaits::starttls, Verb::starttls});
    if (plan.authenticate)
        return send(session, {Awaits::auth, Verb::auth});
    if (plan.is_too_big_for_server) {
        ClientStep step = quit(session, ClientNews::session_refused);
        step.own_diagnosis = Saying::exceeds_peer_limit;
        return step;
    }
    return begin_transaction(session);
}

ClientStep ask_next_recipient(ClientSession& session, ClientPlan const& plan) {
    if (session.next_recipient < plan.recipient_count) {
        ++session.next_recipient;
        return send(session, {Awaits::rcpt, Verb::rcpt}, plan.next_recipient);
    }
    if (session.has_accepted_recipient)
        return send(session, {Awaits::data, Verb::data});
    return quit(session, ClientNews::none);
}

ClientStep after_rcpt(ClientSession& session, ClientPlan const& plan, bool accepted) {
    std::uint32_t const answered = session.next_recipient - 1;
    session.has_accepted_recipient = session.has_accepted_recipient || accepted;
    ClientStep step = ask_next_recipient(session, plan);
    step.news = accepted ? ClientNews::recipient_accepted : ClientNews::recipient_refused;
    step.recipient = answered;
    return step;
}

} // namespace

ClientSession begin_client_session(Port port, Verb greets_with) {
    return {.under_tls = port == port_submissions, .greets_with = greets_with};
}

ClientStep proceed(ClientSession& session, ClientPlan const& plan, Saying reply) {
    bool const accepted = !is_negative(reply);
    if (session.awaits == Awaits::quit)
        return {};
    if (session.awaits == Awaits::rcpt && reply != Saying::too_many_errors)
        return after_rcpt(session, plan, accepted);
    if (!accepted)
        return quit(session, ClientNews::session_refused);
    switch (session.awaits) {
    case Awaits::greeting: return greet(session);
    case Awaits::ehlo: return after_ehlo(session, plan);
    case Awaits::helo: return begin_transaction(session);
    case Awaits::starttls: return send(session, {Awaits::tls_handshake, Verb::tls_handshake});
    case Awaits::tls_handshake:
        session.under_tls = true;
        return send(session, {Awaits::ehlo, Verb::ehlo}); // RFC 3207 section 4.2: EHLO again
    case Awaits::auth: return begin_transaction(session);
    case Awaits::mail: return ask_next_recipient(session, plan);
    case Awaits::data: return send(session, {Awaits::content, Verb::content});
    case Awaits::content: return quit(session, ClientNews::message_taken);
    case Awaits::rcpt:
    case Awaits::quit: break; // settled above
    }
    return {};
}

} // namespace mailflow
