// What the other softwares find out for themselves, as measured (Exim, Sendmail, OpenSMTPD) or documented
// (qmail, Exchange).
#include "catch.hpp"

#include "mail/voice.hpp"

using namespace mailflow;

namespace {

std::string finds(Software software, Saying saying, std::optional<Verb> last_command = std::nullopt) {
    SayingContext context;
    context.server_name = "mx.example.org";
    context.address = "leo@shop.example";
    context.domain = "shop.example";
    context.remote_name = "mx1.shop.example";
    context.remote_address = "203.0.113.61";
    context.last_command = last_command;
    return to_line(say(software, saying, context));
}

} // namespace

TEST_CASE("Exim says little of what it finds, and gives no enhanced codes") {
    CHECK(finds(Software::exim, Saying::no_such_domain) == "Unrouteable address");
    CHECK(finds(Software::exim, Saying::null_mx) == "an MX or SRV record indicated no SMTP service");
    CHECK(finds(Software::exim, Saying::no_such_host) ==
          "all relevant MX records point to non-existent hosts");
    CHECK(finds(Software::exim, Saying::retry_timeout_exceeded) == "retry timeout exceeded");
    CHECK(finds(Software::exim, Saying::connection_lost, Verb::content) ==
          "H=mx1.shop.example [203.0.113.61]: Remote host closed connection in response to end of data");
}

TEST_CASE("Sendmail writes the dot behind the names of hosts") {
    CHECK(finds(Software::sendmail, Saying::connection_refused) ==
          "4.4.1 Deferred: Connection refused by mx1.shop.example.");
    CHECK(finds(Software::sendmail, Saying::no_route) ==
          "4.4.1 Deferred: mx1.shop.example.: No route to host");
    CHECK(finds(Software::sendmail, Saying::no_such_domain) ==
          "5.1.2 Host unknown (Name server: shop.example: host not found)");
    CHECK(finds(Software::sendmail, Saying::null_mx) == "5.1.10 Host does not accept mail: MX 0 .");
    CHECK(finds(Software::sendmail, Saying::loops_back) ==
          "5.3.5 MX list for shop.example. points back to mx.example.org");
}

TEST_CASE("OpenSMTPD tells nothing of single hosts") {
    CHECK(finds(Software::opensmtpd, Saying::connection_refused) == "Network error on destination MXs");
    CHECK(finds(Software::opensmtpd, Saying::connection_blocked) == "Network error on destination MXs");
    CHECK(finds(Software::opensmtpd, Saying::null_mx) == "No MX found for domain");
    CHECK(finds(Software::opensmtpd, Saying::no_such_domain) == "Domain does not exist");
    CHECK(finds(Software::opensmtpd, Saying::exceeds_peer_limit) == "message too large for peer");
}

TEST_CASE("qmail is sorry, with the status in the text") {
    CHECK(finds(Software::qmail, Saying::connection_refused) ==
          "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)");
    CHECK(finds(Software::qmail, Saying::no_such_domain) ==
          "Sorry, I couldn't find any host named shop.example. (#5.1.2)");
    CHECK(finds(Software::qmail, Saying::no_such_host) ==
          "Sorry, I couldn't find a mail exchanger or IP address. (#5.4.4)");
    CHECK(finds(Software::qmail, Saying::dns_server_failure) == "CNAME lookup failed temporarily. (#4.4.3)");
    SayingContext of_exchanger;
    of_exchanger.domain = "shop.example";
    of_exchanger.sought_host = "mx1.shop.example";
    CHECK(to_line(say(Software::qmail, Saying::dns_no_answer, of_exchanger)) ==
          "Sorry, I couldn't find any host by that name. (#4.1.2)");
    CHECK(finds(Software::qmail, Saying::loops_back) ==
          "Sorry. Although I'm listed as a best-preference MX or A for that host, "
          "it isn't in my control/locals file, so I don't treat it as local. (#5.4.6)");
    CHECK(finds(Software::qmail, Saying::connection_lost, Verb::rcpt) ==
          "Connected to 203.0.113.61 but connection died. (#4.4.2)");
    CHECK(finds(Software::qmail, Saying::connection_lost, Verb::content) ==
          "Connected to 203.0.113.61 but connection died. Possible duplicate! (#4.4.2)");
    CHECK(finds(Software::qmail, Saying::no_such_mailbox) == "Sorry, no mailbox here by that name. (#5.1.1)");
}

TEST_CASE("Exchange names the component that found out") {
    CHECK(finds(Software::exchange, Saying::no_such_mailbox) ==
          "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup");
    CHECK(finds(Software::exchange, Saying::no_such_domain) ==
          "5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain");
}

TEST_CASE("every software has words of class 4 or 5, or without a class, for every diagnosis") {
    for (std::size_t n = 0; n < software_names.size(); ++n)
        for (int i = static_cast<int>(Saying::connection_refused);
             i <= static_cast<int>(Saying::retry_timeout_exceeded); ++i) {
            SayingContext context;
            context.address = "leo@shop.example";
            Reply const reply = say(static_cast<Software>(n), static_cast<Saying>(i), context);
            CAPTURE(software_names[n], i);
            CHECK(reply.code == 0);
            REQUIRE(reply.lines.size() == 1);
            CHECK_FALSE(reply.lines.front().empty());
            if (reply.enhanced)
                CHECK((reply.enhanced->status_class == 4 || reply.enhanced->status_class == 5));
        }
}

TEST_CASE("words that the scenario prescribes are no voice's own") {
    Reply const prescribed{.code = 452, .enhanced = EnhancedCode{4, 2, 2}, .lines = {"full"}};
    SayingContext context;
    context.scripted = &prescribed;
    for (std::size_t n = 0; n < software_names.size(); ++n)
        CHECK(to_line(say(static_cast<Software>(n), Saying::scripted_rcpt_transient, context)) ==
              "452 4.2.2 full");
}

TEST_CASE("Who gets no reply any more says so, each in its own words") {
    auto const rcpt = [](Software software) {
        return finds(software, Saying::session_timed_out, Verb::rcpt);
    };
    CHECK(rcpt(Software::postfix).find("conversation with ") != std::string::npos);
    CHECK(rcpt(Software::postfix).find("timed out while sending RCPT TO") != std::string::npos);
    CHECK(rcpt(Software::exim).find("SMTP timeout after RCPT TO") != std::string::npos);
    CHECK(rcpt(Software::sendmail).find("Connection timed out with ") != std::string::npos);
    CHECK(rcpt(Software::opensmtpd) == "Connection timeout");
    CHECK(rcpt(Software::qmail) == finds(Software::qmail, Saying::connection_lost, Verb::rcpt));
    CHECK(rcpt(Software::exchange).find("421 4.4.2 ") != std::string::npos);
}
