// POP3 and IMAP dialogues and visits to web mail, given / when / then: both halves talk to each other.
#include "access/client_session.hpp"
#include "access/server_session.hpp"
#include "catch.hpp"

#include <string>
#include <vector>

using namespace mailflow;

namespace {

/// A server with the account maya/secret, and a mailbox with messages of 100, 200, 300 octets.
struct Provider {
    ServerPolicy policy;
    AccessServerSession session;
    std::vector<StoredMessage> mailbox;
    Service service = Service::pop3;
    AccessResponse last;

    explicit Provider(Service spoken, std::uint32_t messages = 0) : service(spoken) {
        policy.accounts = {{"maya", "secret"}};
        for (std::uint32_t n = 1; n <= messages; ++n)
            mailbox.push_back({n, n * std::uint64_t{100}});
    }

    AccessAnswer operator()(AccessVerb verb, std::uint32_t number = 0, std::string_view password = "secret",
                            std::uint64_t size_bytes = 0) {
        last = respond(session, {policy, service, mailbox}, {verb, number}, {"maya", password}, size_bytes);
        return last.answer;
    }
};

/// Lets a client talk to the provider to its end; what the client said, in order.
struct Visit {
    std::vector<AccessVerb> said;
    std::vector<std::uint32_t> numbers;
    std::vector<AccessNews> news;

    Visit(Provider& provider, AccessPlan const& plan, std::string_view password = "secret") {
        AccessClientSession client;
        AccessStep step{.command = opening_of(plan), .news = AccessNews::none};
        if (!step.command)
            step = proceed(client, plan, {.answer = greeting_of(plan.service)});
        while (step.command && said.size() < 100) {
            said.push_back(step.command->verb);
            numbers.push_back(step.command->number);
            AccessAnswer const answer = provider(step.command->verb, step.command->number, password);
            step = proceed(client, plan,
                           {.answer = answer,
                            .messages = static_cast<std::uint32_t>(provider.mailbox.size()),
                            .uid_next = provider.mailbox.empty() ? 1 : provider.mailbox.back().uid + 1});
            if (step.news != AccessNews::none)
                news.push_back(step.news);
        }
    }
};

using enum AccessVerb;

} // namespace

TEST_CASE("POP3: each message is retrieved and marked, and what was marked is deleted at QUIT") {
    Provider provider{Service::pop3, 2};
    Visit const visit{provider, {.service = Service::pop3, .port = port_pop3}};
    CHECK(visit.said == std::vector{pop3_user, pop3_pass, pop3_stat, pop3_retr, pop3_dele, pop3_retr,
                                    pop3_dele, pop3_quit});
    CHECK(visit.numbers == std::vector<std::uint32_t>{0, 0, 0, 1, 1, 2, 2, 0});
    CHECK(visit.news == std::vector{AccessNews::messages_came, AccessNews::messages_came});
    CHECK(provider.last.effect == AccessEffect::delete_marked);
    CHECK(provider.session.marked == std::vector<std::uint32_t>{1, 2});
}

TEST_CASE("POP3: an empty mailbox is left at once, and a wrong password is the end of it") {
    Provider empty{Service::pop3};
    CHECK(Visit(empty, {.service = Service::pop3, .port = port_pop3}).said ==
          std::vector{pop3_user, pop3_pass, pop3_stat, pop3_quit});
    Provider provider{Service::pop3, 1};
    Visit const visit{provider, {.service = Service::pop3, .port = port_pop3}, "oops"};
    CHECK(visit.said == std::vector{pop3_user, pop3_pass, pop3_quit});
    CHECK(visit.news == std::vector{AccessNews::login_failed});
    CHECK(provider.last.effect == AccessEffect::hang_up); // nothing is deleted
}

TEST_CASE("POP3: commands in the wrong state, and messages that are not there, are declined") {
    Provider provider{Service::pop3, 1};
    CHECK(provider(pop3_stat) == AccessAnswer::pop3_bad_state);
    CHECK(provider(pop3_retr, 1) == AccessAnswer::pop3_bad_state);
    CHECK(provider(pop3_pass) == AccessAnswer::pop3_bad_state); // USER comes first
    CHECK(provider(pop3_user) == AccessAnswer::pop3_user_ok);
    CHECK(provider(pop3_pass, 0, "wrong") == AccessAnswer::pop3_login_failed);
    CHECK(provider(pop3_pass) == AccessAnswer::pop3_bad_state);
    CHECK(provider(pop3_user) == AccessAnswer::pop3_user_ok);
    CHECK(provider(pop3_pass) == AccessAnswer::pop3_logged_in);
    CHECK(provider.last.effect == AccessEffect::open_mailbox);
    CHECK(provider(pop3_retr, 0) == AccessAnswer::pop3_no_such_message);
    CHECK(provider(pop3_retr, 2) == AccessAnswer::pop3_no_such_message);
    CHECK(provider(pop3_dele, 1) == AccessAnswer::pop3_marked);
    CHECK(provider(pop3_retr, 1) == AccessAnswer::pop3_no_such_message); // marked already
    CHECK(provider(imap_select) == AccessAnswer::pop3_bad_state);
}

TEST_CASE("IMAP: what the device has not seen yet is fetched, and nothing is deleted") {
    Provider provider{Service::imap, 3};
    Visit const visit{provider, {.service = Service::imap, .port = port_imap, .next_uid = 2}};
    CHECK(visit.said == std::vector{imap_login, imap_select, imap_fetch, imap_logout});
    CHECK(visit.numbers[2] == 2);
    CHECK(visit.news == std::vector{AccessNews::messages_came});
    CHECK(provider.session.marked.empty());
    CHECK(provider.last.effect == AccessEffect::hang_up);
}

TEST_CASE("IMAP: where nothing is new nothing is fetched") {
    Provider provider{Service::imap, 3};
    CHECK(Visit(provider, {.service = Service::imap, .port = port_imap, .next_uid = 4}).said ==
          std::vector{imap_login, imap_select, imap_logout});
    Provider refusing{Service::imap, 3};
    CHECK(Visit(refusing, {.service = Service::imap, .port = port_imap}, "oops").said ==
          std::vector{imap_login, imap_logout});
}

TEST_CASE("IMAP: the messages from one UID on go with the answer and before SELECT none do") {
    Provider provider{Service::imap, 3};
    CHECK(provider(imap_select) == AccessAnswer::imap_bad_state);
    CHECK(provider(imap_login) == AccessAnswer::imap_logged_in);
    CHECK(provider(imap_login) == AccessAnswer::imap_bad_state);
    CHECK(provider(imap_fetch, 2) == AccessAnswer::imap_bad_state);
    CHECK(provider(imap_select) == AccessAnswer::imap_selected);
    CHECK(provider(imap_fetch, 2) == AccessAnswer::imap_messages);
    CHECK(provider.last.effect == AccessEffect::hand_over);
    CHECK(provider.last.first_uid == 2);
    CHECK(provider.last.last_uid == 3);
}

TEST_CASE("On the ports that are encrypted from the first octet the client begins with TLS") {
    Provider provider{Service::pop3, 1};
    Visit const visit{provider, {.service = Service::pop3, .port = port_pop3s}};
    REQUIRE(visit.said.size() > 2);
    CHECK(visit.said[0] == tls_handshake);
    CHECK(visit.said[1] == pop3_user); // the greeting came with the end of the handshake
    Provider imap{Service::imap};
    CHECK(Visit(imap, {.service = Service::imap, .port = port_imaps}).said ==
          std::vector{tls_handshake, imap_login, imap_select, imap_logout});
}

TEST_CASE("Web mail: the user logs in, and the server takes what is written there") {
    Provider provider{Service::web};
    Visit const visit{provider, {.service = Service::web, .port = port_https}};
    CHECK(visit.said == std::vector{tls_handshake, web_login, web_send});
    CHECK(visit.news == std::vector{AccessNews::message_taken});
    CHECK(provider.last.effect == AccessEffect::submit_message);
}

TEST_CASE("Web mail: without the right password nothing is sent, and what is too big is declined") {
    Provider provider{Service::web};
    CHECK(provider(web_send) == AccessAnswer::web_login_failed);
    Visit const visit{provider, {.service = Service::web, .port = port_https}, "oops"};
    CHECK(visit.said == std::vector{tls_handshake, web_login});
    CHECK(visit.news == std::vector{AccessNews::login_failed});
    provider.policy.max_size_bytes = 1000;
    CHECK(provider(web_login) == AccessAnswer::web_logged_in);
    CHECK(provider(web_send, 0, "secret", 1001) == AccessAnswer::web_too_big);
    CHECK(provider(web_send, 0, "secret", 1000) == AccessAnswer::web_sent);
}
