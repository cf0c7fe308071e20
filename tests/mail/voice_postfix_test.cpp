// Postfix's words, as they were measured on Postfix 3.7.11 of Debian 12.
#include "catch.hpp"

#include "mail/voice.hpp"

using namespace mailflow;

namespace {

SayingContext about(std::string_view address) {
    SayingContext context;
    context.server_name = "mx.example.org";
    context.address = address;
    context.queue_id = "70D57FD86";
    context.offers_starttls = true;
    context.offers_auth = true;
    return context;
}

std::vector<std::string> wire(Saying saying, SayingContext const& context) {
    return to_wire(say(Software::postfix, saying, context));
}

std::vector<std::string> wire(Saying saying, std::string_view address = {}) {
    return wire(saying, about(address));
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("Postfix says the replies of a session in its own words") {
    CHECK(wire(Saying::greeting) == Lines{"220 mx.example.org ESMTP Postfix"});
    CHECK(wire(Saying::ready_for_tls) == Lines{"220 2.0.0 Ready to start TLS"});
    CHECK(wire(Saying::authenticated) == Lines{"235 2.7.0 Authentication successful"});
    CHECK(wire(Saying::sender_ok) == Lines{"250 2.1.0 Ok"});
    CHECK(wire(Saying::recipient_ok, "alice@example.org") == Lines{"250 2.1.5 Ok"});
    CHECK(wire(Saying::start_content) == Lines{"354 End data with <CR><LF>.<CR><LF>"});
    CHECK(wire(Saying::queued) == Lines{"250 2.0.0 Ok: queued as 70D57FD86"});
    CHECK(wire(Saying::goodbye) == Lines{"221 2.0.0 Bye"});
}

TEST_CASE("Postfix refuses in its own words") {
    CHECK(wire(Saying::relay_denied, "rcpt@foreign.example") ==
          Lines{"554 5.7.1 <rcpt@foreign.example>: Relay access denied"});
    CHECK(wire(Saying::submission_denied, "rcpt@foreign.example") ==
          Lines{"554 5.7.1 <rcpt@foreign.example>: Recipient address rejected: Access denied"});
    CHECK(wire(Saying::unknown_user, "nosuch@example.org") ==
          Lines{"550 5.1.1 <nosuch@example.org>: Recipient address rejected: User unknown in local recipient "
                "table"});
    CHECK(wire(Saying::authentication_failed) ==
          Lines{"535 5.7.8 Error: authentication failed: authentication failure"});
    CHECK(wire(Saying::starttls_first) == Lines{"530 5.7.0 Must issue a STARTTLS command first"});
    CHECK(wire(Saying::no_valid_recipients) == Lines{"554 5.5.1 Error: no valid recipients"});
}

TEST_CASE("Postfix puts strangers off, and turns down what is too big or has come too far") {
    CHECK(wire(Saying::greylisted, "alice@example.org") ==
          Lines{"450 4.2.0 <alice@example.org>: Recipient address rejected: Greylisted"});
    CHECK(wire(Saying::message_too_big) == Lines{"552 5.3.4 Message size exceeds fixed limit"});
    CHECK(wire(Saying::too_many_hops) == Lines{"554 5.4.0 Error: too many hops"});
}

TEST_CASE("Postfix says in EHLO how large a message may be") {
    SayingContext context = about({});
    context.size_limit = 100'000;
    CHECK(wire(Saying::capabilities, context)[2] == "250-SIZE 100000");
}

TEST_CASE("Postfix answers commands out of order in its own words") {
    CHECK(wire(Saying::authentication_unavailable) == Lines{"503 5.5.1 Error: authentication not enabled"});
    CHECK(wire(Saying::already_authenticated) == Lines{"503 5.5.1 Error: already authenticated"});
    CHECK(wire(Saying::bad_sequence_mail) == Lines{"503 5.5.1 Error: need MAIL command"});
    CHECK(wire(Saying::bad_sequence_rcpt) == Lines{"503 5.5.1 Error: need RCPT command"});
    CHECK(wire(Saying::nested_mail) == Lines{"503 5.5.1 Error: nested MAIL command"});
}

TEST_CASE("Postfix offers AUTH on port 25 with and on port 587 only under TLS") {
    SayingContext context = about({});
    CHECK(wire(Saying::capabilities, context) ==
          Lines{"250-mx.example.org", "250-PIPELINING", "250-SIZE 10240000", "250-VRFY", "250-ETRN",
                "250-STARTTLS", "250-AUTH PLAIN LOGIN CRAM-MD5", "250-ENHANCEDSTATUSCODES", "250-8BITMIME",
                "250-DSN", "250-SMTPUTF8", "250 CHUNKING"});
    context.port = 587;
    CHECK(wire(Saying::capabilities, context) ==
          Lines{"250-mx.example.org", "250-PIPELINING", "250-SIZE 10240000", "250-VRFY", "250-ETRN",
                "250-STARTTLS", "250-ENHANCEDSTATUSCODES", "250-8BITMIME", "250-DSN", "250-SMTPUTF8",
                "250 CHUNKING"});
    CHECK(wire(Saying::capabilities_under_tls, context) ==
          Lines{"250-mx.example.org", "250-PIPELINING", "250-SIZE 10240000", "250-VRFY", "250-ETRN",
                "250-AUTH PLAIN LOGIN CRAM-MD5", "250-ENHANCEDSTATUSCODES", "250-8BITMIME", "250-DSN",
                "250-SMTPUTF8", "250 CHUNKING"});
    context.offers_auth = false;
    CHECK(wire(Saying::capabilities_under_tls, context) ==
          Lines{"250-mx.example.org", "250-PIPELINING", "250-SIZE 10240000", "250-VRFY", "250-ETRN",
                "250-ENHANCEDSTATUSCODES", "250-8BITMIME", "250-DSN", "250-SMTPUTF8", "250 CHUNKING"});
}

TEST_CASE("Postfix explains in a bounce what it found out by itself") {
    auto const diagnosis = [](Saying saying) {
        SayingContext context = about("rcpt@shop.example");
        context.domain = "shop.example";
        context.remote_name = "mx.shop.example";
        context.remote_address = "203.0.113.62";
        return to_line(say(Software::postfix, saying, context));
    };
    CHECK(diagnosis(Saying::connection_refused) ==
          "4.4.1 connect to mx.shop.example[203.0.113.62]:25: Connection refused");
    CHECK(diagnosis(Saying::no_such_domain) == "5.4.4 Host or domain name not found. Name service error for "
                                               "name=shop.example type=A: Host not found");
    CHECK(diagnosis(Saying::no_such_host) == "5.4.4 Host or domain name not found. Name service error for "
                                             "name=mx.shop.example type=A: Host not found");
    CHECK(
        diagnosis(Saying::no_host_address) ==
        "5.4.4 Host or domain name not found. Name service error for name=mx.shop.example type=A: Host found "
        "but no data record of requested type");
    CHECK(diagnosis(Saying::null_mx) == "5.1.0 Domain shop.example does not accept mail (nullMX)");
    CHECK(diagnosis(Saying::loops_back) == "5.4.6 mail for shop.example loops back to myself");
    CHECK(diagnosis(Saying::no_such_mailbox) == "5.1.1 unknown user: \"rcpt\"");
}

TEST_CASE("Postfix explains in a delay warning what keeps a message waiting") {
    auto const diagnosis = [](Saying saying, std::optional<Verb> last_command = std::nullopt,
                              std::string_view sought_host = {}) {
        SayingContext context = about("rcpt@shop.example");
        context.domain = "shop.example";
        context.remote_name = "mx.shop.example";
        context.remote_address = "203.0.113.62";
        context.last_command = last_command;
        context.sought_host = sought_host;
        return to_line(say(Software::postfix, saying, context));
    };
    CHECK(diagnosis(Saying::connection_blocked) ==
          "4.4.1 connect to mx.shop.example[203.0.113.62]:25: Connection timed out");
    CHECK(diagnosis(Saying::no_route) ==
          "4.4.1 connect to mx.shop.example[203.0.113.62]:25: No route to host");
    std::string const lost = "4.4.2 lost connection with mx.shop.example[203.0.113.62] while ";
    CHECK(diagnosis(Saying::connection_lost) == lost + "receiving the initial server greeting");
    CHECK(diagnosis(Saying::connection_lost, Verb::ehlo) == lost + "performing the EHLO handshake");
    CHECK(diagnosis(Saying::connection_lost, Verb::mail) == lost + "sending MAIL FROM");
    CHECK(diagnosis(Saying::connection_lost, Verb::rcpt) == lost + "sending RCPT TO");
    CHECK(diagnosis(Saying::connection_lost, Verb::content) ==
          lost + "sending end of data -- message may be sent more than once");
    for (Saying const saying : {Saying::dns_server_failure, Saying::dns_no_answer}) {
        CHECK(diagnosis(saying) == "4.4.3 Host or domain name not found. Name service error for "
                                   "name=shop.example type=MX: Host not found, try again");
        CHECK(diagnosis(saying, std::nullopt, "mx.shop.example") ==
              "4.4.3 Host or domain name not found. Name service error for "
              "name=mx.shop.example type=A: Host not found, try again");
    }
    CHECK(diagnosis(Saying::alias_loop) == "5.4.6 alias database loop for rcpt");
    CHECK(diagnosis(Saying::forwarding_loop) == "5.4.6 mail forwarding loop for rcpt@shop.example");
}

TEST_CASE("Postfix does not send what the next server says it will not take") {
    SayingContext context = about("rcpt@small.example");
    context.remote_name = "mx.small.example";
    context.remote_address = "203.0.113.68";
    context.message_size = 2520;
    context.size_limit = 1000;
    CHECK(to_line(say(Software::postfix, Saying::exceeds_peer_limit, context)) ==
          "5.3.4 message size 2520 exceeds size limit 1000 of server mx.small.example[203.0.113.68]");
}

TEST_CASE("the code of every saying belongs to the class that all voices share") {
    for (int i = 0; i <= static_cast<int>(Saying::goodbye); ++i) {
        auto const saying = static_cast<Saying>(i);
        Reply const reply = say(Software::postfix, saying, about("a@b.example"));
        if (saying == Saying::tls_established || saying == Saying::forbidden_command)
            continue; // no reply; and one that no simulated client ever hears, which is 221 or 421
        CAPTURE(i, to_line(reply));
        switch (class_of(saying)) {
        case SayingClass::positive: CHECK(reply.code / 100 == 2); break;
        case SayingClass::intermediate: CHECK(reply.code / 100 == 3); break;
        case SayingClass::transient: CHECK(reply.transient()); break;
        case SayingClass::permanent: CHECK(reply.permanent()); break;
        }
    }
}
