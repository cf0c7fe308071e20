// The client's half: which command follows which reply, and what the reply means for the recipients.
#include "catch.hpp"

#include "smtp/client_session.hpp"

#include <array>

using namespace mailflow;

namespace {

constexpr std::array<AddressId, 2> leo_and_ada{AddressId{1}, AddressId{2}};

/// The client takes the reply; whom it asks about next is one of the two.
ClientStep take(ClientSession& session, ClientPlan plan, Saying reply) {
    if (session.next_recipient < leo_and_ada.size())
        plan.next_recipient = leo_and_ada[session.next_recipient];
    return proceed(session, plan, reply);
}

/// The verbs that a client says when it is answered like this, the greeting first.
std::vector<Verb> verbs_after(ClientPlan const& plan, std::vector<Saying> const& replies) {
    ClientSession session = begin_client_session(plan.port);
    std::vector<Verb> verbs;
    for (Saying const reply : replies)
        if (auto const step = take(session, plan, reply); step.command)
            verbs.push_back(step.command->verb);
    return verbs;
}

} // namespace

TEST_CASE("a mail program on 587 encrypts, greets again, logs in and hands the message in") {
    ClientPlan const plan{port_submission, true, false, 2};
    CHECK(verbs_after(plan, {Saying::greeting, Saying::capabilities, Saying::ready_for_tls,
                             Saying::tls_established, Saying::capabilities_under_tls, Saying::authenticated,
                             Saying::sender_ok, Saying::recipient_ok, Saying::recipient_ok,
                             Saying::start_content, Saying::queued, Saying::goodbye}) ==
          std::vector{Verb::ehlo, Verb::starttls, Verb::tls_handshake, Verb::ehlo, Verb::auth, Verb::mail,
                      Verb::rcpt, Verb::rcpt, Verb::data, Verb::content, Verb::quit});
}

TEST_CASE("a sending server on 25 does not log in") {
    ClientPlan const plan{port_smtp, false, false, 2};
    CHECK(verbs_after(plan, {Saying::greeting, Saying::capabilities, Saying::sender_ok}) ==
          std::vector{Verb::ehlo, Verb::mail, Verb::rcpt});
}

TEST_CASE("after HELO nothing is asked for that only EHLO could have offered") {
    ClientPlan const plan{port_smtp, false, true, 2};
    ClientSession session = begin_client_session(port_smtp, Verb::helo);
    CHECK(take(session, plan, Saying::greeting).command == ClientCommand{Verb::helo, {}});
    CHECK(take(session, plan, Saying::helo_accepted).command == ClientCommand{Verb::mail, {}});
}

TEST_CASE("a password is not said in the clear, on port 25 neither") {
    ClientPlan const plan{port_smtp, true, false, 2};
    CHECK(verbs_after(plan, {Saying::greeting, Saying::capabilities, Saying::ready_for_tls,
                             Saying::tls_established, Saying::capabilities_under_tls}) ==
          std::vector{Verb::ehlo, Verb::starttls, Verb::tls_handshake, Verb::ehlo, Verb::auth});
}

TEST_CASE("on 465 there is no STARTTLS") {
    ClientPlan const plan{port_submissions, true, false, 2};
    CHECK(verbs_after(plan, {Saying::greeting, Saying::capabilities_under_tls}) ==
          std::vector{Verb::ehlo, Verb::auth});
}

TEST_CASE("one refused recipient does not stop the other") {
    ClientPlan const plan{port_smtp, false, false, 2};
    ClientSession session = begin_client_session(port_smtp);
    for (Saying const reply : {Saying::greeting, Saying::capabilities, Saying::sender_ok})
        (void)take(session, plan, reply);

    ClientStep const refused = take(session, plan, Saying::unknown_user);
    CHECK(refused.news == ClientNews::recipient_refused);
    CHECK(refused.recipient == 0);
    CHECK(refused.command == ClientCommand{Verb::rcpt, leo_and_ada[1]});

    ClientStep const accepted = take(session, plan, Saying::recipient_ok);
    CHECK(accepted.news == ClientNews::recipient_accepted);
    CHECK(accepted.recipient == 1);
    CHECK(accepted.command == ClientCommand{Verb::data, {}});
}

TEST_CASE("when every recipient is refused, no DATA follows") {
    ClientPlan const plan{port_smtp, false, false, 2};
    CHECK(verbs_after(plan, {Saying::greeting, Saying::capabilities, Saying::sender_ok, Saying::relay_denied,
                             Saying::relay_denied, Saying::goodbye}) ==
          std::vector{Verb::ehlo, Verb::mail, Verb::rcpt, Verb::rcpt, Verb::quit});
}

TEST_CASE("a refused login ends the session for all recipients, and the client hangs up after the goodbye") {
    ClientPlan const plan{port_smtp, true, false, 2};
    ClientSession session = begin_client_session(port_smtp);
    (void)take(session, plan, Saying::greeting);
    (void)take(session, plan, Saying::capabilities);
    ClientStep const refused = take(session, plan, Saying::authentication_failed);
    CHECK(refused.news == ClientNews::session_refused);
    CHECK(refused.command == ClientCommand{Verb::quit, {}});
    ClientStep const last = take(session, plan, Saying::goodbye);
    CHECK_FALSE(last.command);
    CHECK(last.news == ClientNews::none);
}
