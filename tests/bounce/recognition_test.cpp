// From words back to causes.
#include "bounce/meaning.hpp"
#include "bounce/notice.hpp"
#include "bounce/own_words.hpp"
#include "bounce/recognition.hpp"
#include "catch.hpp"

#include <set>

using namespace mailflow;

namespace {

Cause cause_in(std::string_view words) {
    Recognition const found = recognise(words);
    return found.causes.empty() ? Cause::unknown : found.causes.front();
}

} // namespace

TEST_CASE("a software is known by its own words, whatever names stand in them") {
    Recognition const postfix = recognise("554 5.7.1 <anybody@far.example>: Relay access denied");
    CHECK(postfix.evidence == Evidence::own_words);
    CHECK(postfix.softwares == std::vector{Software::postfix});
    CHECK(postfix.causes == std::vector{Cause::relay_denied});
    Recognition const qmail =
        recognise("553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)");
    CHECK(qmail.softwares == std::vector{Software::qmail});
    CHECK(qmail.causes == std::vector{Cause::relay_denied});
}

TEST_CASE("an address without a domain is known by Exim's words for it") {
    Recognition const exim = recognise("501 <a>: recipient address must contain a domain");
    CHECK(exim.softwares == std::vector{Software::exim});
    CHECK(exim.causes == std::vector{Cause::bad_address});
    CHECK(cause_in("501 <a>: sender address must contain a domain") == Cause::bad_sender);
}

TEST_CASE("that the caller is on a blocklist is known by the words of every software") {
    for (char const* words :
         {"554 5.7.1 Service unavailable; Client host [203.0.113.1] blocked using bl.example",
          "550 rejected because 203.0.113.1 is in a black list at bl.example",
          "550 5.7.1 <leo@shop.example>... Rejected: 203.0.113.1 listed at bl.example",
          "554 5.7.1 Client [203.0.113.1] is listed at bl.example"}) {
        INFO(words);
        CHECK(cause_in(words) == Cause::blocklisted);
    }
}

TEST_CASE("words that mean several things are told with all of them") {
    Recognition const opensmtpd = recognise("550 Invalid recipient: <leo@shop.example>");
    CHECK(opensmtpd.softwares == std::vector{Software::opensmtpd});
    CHECK(std::set<Cause>{opensmtpd.causes.begin(), opensmtpd.causes.end()} ==
          std::set{Cause::relay_denied, Cause::unknown_user});
}

TEST_CASE("an answer of Exim about an address is about the address alone") {
    CHECK(recognise("550 Unrouteable address").causes == std::vector{Cause::unknown_user});
    CHECK(recognise("Unrouteable address").causes.size() > 1); // what Exim finds out by itself may be more
}

TEST_CASE("the tables of Postfix are known by whatever name they have") {
    for (std::string const table :
         {"local recipient", "virtual mailbox", "virtual alias", "relay recipient"}) {
        Recognition const found = recognise("550 5.1.1 <leo@shop.example>: Recipient address rejected: User "
                                            "unknown in " +
                                            table + " table");
        CHECK(found.softwares == std::vector{Software::postfix});
        CHECK(found.causes == std::vector{Cause::unknown_user});
    }
}

TEST_CASE("what a software never finds out is no meaning of its words") {
    CHECK(recognise("550 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain").causes ==
          std::vector{Cause::no_such_domain});
    CHECK(recognise("550 5.1.2 <a@b.example>... Host unknown (Name server: b.example: host not found)")
              .causes == std::vector{Cause::no_such_domain});
    CHECK(recognise("Network error on destination MXs").causes == std::vector{Cause::unreachable});
    CHECK(recognise("Connection closed unexpectedly").causes == std::vector{Cause::unreachable});
    CHECK(recognise("Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)").causes ==
          std::vector{Cause::unreachable});
    CHECK(recognise("retry timeout exceeded").causes == std::vector{Cause::expired});
}

TEST_CASE("Exim's exchangers that do not exist are no trouble of the address") {
    Recognition const found = recognise("all relevant MX records point to non-existent hosts");
    CHECK(found.softwares == std::vector{Software::exim});
    CHECK(found.causes == std::vector{Cause::no_such_domain});
}

TEST_CASE("words of several lines are known when they are joined") {
    Recognition const found =
        recognise("Sorry. Although I'm listed as a best-preference MX or A for that host, it isn't in my "
                  "control/locals file, so I don't treat it as local. (#5.4.6)");
    CHECK(found.softwares == std::vector{Software::qmail});
    CHECK(found.causes == std::vector{Cause::mail_loop});
}

TEST_CASE("no pattern is so short that it fits by chance") {
    CHECK(own_words().size() > 60);
    for (OwnWords const& words : own_words()) {
        CHECK(words.letters >= 8);
        CHECK_FALSE(says(words, "250 2.0.0 Ok: queued as 12345"));
        CHECK_FALSE(says(words, "Dear Leo, thank you for the flowers."));
    }
}

TEST_CASE("phrases of other servers are known, then status codes, then bare codes") {
    CHECK(cause_in("550 5.7.1 We do not relay, relaying to that host is not for you") == Cause::relay_denied);
    CHECK(cause_in("552 5.2.2 The mailbox is over its quota") == Cause::mailbox_full);
    CHECK(recognise("550 5.2.2 No more, thank you").evidence == Evidence::status);
    CHECK(cause_in("550 5.2.2 No more, thank you") == Cause::mailbox_full);
    CHECK(recognise("Nobody home", EnhancedCode{5, 1, 1}).causes == std::vector{Cause::unknown_user});
    CHECK(recognise("550 go away").evidence == Evidence::code);
    CHECK(cause_in("535 no") == Cause::login_failed);
    CHECK(cause_in("550 5.7.26 This mail has been blocked because the sender is unauthenticated, SPF did not "
                   "pass") == Cause::sender_not_proved);
    CHECK(cause_in("550 5.7.25 no") == Cause::client_nameless);
    CHECK(cause_in("450 4.7.1 Client host rejected: cannot find your hostname, [192.0.2.9]") ==
          Cause::client_nameless);
    CHECK(recognise("421 4.3.2 try later").evidence == Evidence::status);
    CHECK(cause_in("421 4.3.2 try later") == Cause::too_busy);
    CHECK(recognise("nothing of that kind").evidence == Evidence::nothing);
}

TEST_CASE("a sender that is rejected is no recipient that nobody knows") {
    CHECK(cause_in("553 5.7.1 <maya@isp.example>: Sender address rejected: not owned by user leo") ==
          Cause::sender_not_allowed);
    CHECK(cause_in("554 5.7.1 <maya@isp.example>: Sender address rejected: Access denied") ==
          Cause::sender_not_allowed);
    CHECK(cause_in("550 5.1.8 <maya@isp.example>: Sender address rejected: Domain not found") ==
          Cause::no_sender_domain);
    CHECK(cause_in("450 4.1.8 <maya@isp.example>: Sender address rejected: Domain not found") ==
          Cause::no_sender_domain);
    CHECK(cause_in("550 5.1.7 <maya@isp.example>: Sender address rejected: undeliverable address: unknown") ==
          Cause::bad_sender);
    CHECK(cause_in(
              "550 5.1.7 <maya@isp.example>: Sender address rejected: undeliverable address: unknown user: "
              "\"maya\"") == Cause::bad_sender);
    CHECK(cause_in("553 5.7.1 <maya@isp.example>: Sender address rejected: not logged in") ==
          Cause::login_required);
    CHECK(cause_in("550 5.1.7 <maya@isp.example>: Sender address rejected: not you") == Cause::bad_sender);
    CHECK(recognise("Sender address rejected: not you", EnhancedCode{5, 1, 8}).causes ==
          std::vector{Cause::no_sender_domain});
    CHECK(cause_in(
              "553 5.1.8 <maya@isp.example>... Domain of sender address maya@isp.example does not exist") ==
          Cause::no_sender_domain);
    CHECK(cause_in("550 5.1.7 no") == Cause::bad_sender);
    CHECK(cause_in("550 5.1.8 no") == Cause::no_sender_domain);
    CHECK(cause_in("450 4.1.2 <leo@gone.example>: Recipient address rejected: Domain not found") ==
          Cause::no_such_domain);
}

TEST_CASE("trouble of the server's own is no greylisting, and no missing user") {
    CHECK(cause_in("451 4.3.0 Temporary lookup failure") == Cause::server_trouble);
    CHECK(cause_in("451 4.3.0 Error: queue file write error") == Cause::server_trouble);
    CHECK(cause_in("451 Temporary lookup failure") == Cause::server_trouble);
    CHECK(cause_in("553 5.3.5 no") == Cause::server_trouble);
    CHECK(cause_in("451 later") == Cause::greylisted);
}

TEST_CASE("what no other server said is known as the reporter's own finding") {
    for (std::string_view const words :
         {"550 Host unknown", "556 Host does not accept mail: MX 0 .",
          "550 4.4.7 QUEUE.Expired; message expired",
          "connect to mx1.shop.example[203.0.113.9]:25: Connection refused", "553 5.3.5 system config error",
          "553 5.3.5 MX list for self.example. points back to mail.isp.example"}) {
        INFO(words);
        CHECK(recognise(words).own_finding);
    }
    for (std::string_view const words :
         {"550 5.1.1 <leo@shop.example>... User unknown", "550 5.7.1 <leo@shop.example>... Relaying denied",
          "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "550 no",
          "552 5.2.2 The mailbox is over its quota", "Nobody home"}) {
        INFO(words);
        CHECK_FALSE(recognise(words).own_finding);
    }
    CHECK(cause_in("553 5.3.5 system config error") == Cause::mail_loop);
    CHECK(cause_in("553 5.3.5 MX list for self.example. points back to mail.isp.example") ==
          Cause::mail_loop);
}

TEST_CASE("codes are found only where they stand as words of their own") {
    CHECK(reply_code_in("host said: 554 5.7.1 denied") == 554);
    CHECK(reply_code_in("554-first of several lines") == 554);
    CHECK(reply_code_in("at 203.0.113.550") == 0);
    CHECK(reply_code_in("message 5504 of 2026") == 0);
    CHECK(reply_code_in("599 is none") == 0);
    CHECK(reply_code_in("HTTP/1.1 403 Forbidden") == 0);
    CHECK(status_in("sorry (#5.7.1)") == EnhancedCode{5, 7, 1});
    CHECK(status_in("5.7.1") == EnhancedCode{5, 7, 1});
    CHECK(status_in("192.0.2.1") == std::nullopt);
}

TEST_CASE("a flood of mail is about the sending address") {
    CHECK(cause_in("421-4.7.28 Our system has detected an unusual rate of unsolicited mail") ==
          Cause::mail_flood);
    CHECK(cause_in("421 4.7.28 later") == Cause::mail_flood);
}

TEST_CASE("words that many softwares say tell none of them") {
    for (std::string_view const words :
         {"User unknown", "550 User unknown", "550 5.1.1 User unknown", "554 5.4.0 too many hops",
          "452 too many recipients", "535 Authentication failed", "530 authentication required"}) {
        INFO(words);
        Recognition const found = recognise(words);
        CHECK(found.evidence == Evidence::phrase);
        CHECK(found.softwares.empty());
    }
    CHECK(recognise("550 5.1.1 <leo@shop.example>... User unknown").softwares ==
          std::vector{Software::sendmail});
}

TEST_CASE("the words count more than a code that says something else") {
    CHECK(cause_in("550 5.4.6 Unusual sending activity detected") == Cause::sending_limit);
    CHECK(cause_in("550 5.1.1 The mailbox is over quota") == Cause::mailbox_full);
    CHECK(cause_in("550 5.4.5 Daily user sending quota exceeded") == Cause::sending_limit);
    CHECK(cause_in("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
                   "Tenant") == Cause::login_not_offered);
    CHECK(cause_in("550 5.1.1 Relaying denied") == Cause::relay_denied);
    CHECK(cause_in("452 4.2.2 Client host rejected: cannot find your reverse hostname") ==
          Cause::client_nameless);
    CHECK(cause_in("550 5.2.0 Message rejected as spam") == Cause::taken_for_spam);
    CHECK(cause_in("552 5.7.1 DKIM signature missing") == Cause::sender_not_proved);
}

TEST_CASE("a mailbox may be called as some trouble is") {
    CHECK(cause_in("550 5.1.1 <spam@shop.example>: Recipient address rejected: nobody") ==
          Cause::unknown_user);
    CHECK(cause_in("550 5.1.1 no mailbox quota@virus.example") == Cause::unknown_user);
    CHECK(cause_in("550 5.1.1 @ a@ @b") == Cause::unknown_user);
}

TEST_CASE(
    "relaying that is denied for want of a login is relaying denied, with an address before it or without") {
    for (char const* words :
         {"550 5.7.1 Relaying denied. Proper authentication required.",
          "550 5.7.1 <leo@shop.example>... Relaying denied. Proper authentication required.",
          "550 relay not permitted, authentication required"}) {
        INFO(words);
        CHECK(recognise(words).causes.front() == Cause::relay_denied);
    }
}

TEST_CASE("words that one service alone says so are credited to it") {
    auto const speaker = [](char const* words) { return recognise(words).speaker; };
    CHECK(speaker("550-5.1.1 The email account that you tried to reach does not exist. - gsmtp") == "Gmail");
    CHECK(speaker("421 4.7.0 Our system has detected an unusual rate of unsolicited mail") == "Gmail");
    CHECK(speaker("550-5.7.26 Unauthenticated email from shop.example is not accepted") == "Gmail");
    CHECK(speaker("550 5.7.1 Access denied. AS(201806281)") == "Exchange Online");
    CHECK(speaker("550 5.1.8 Access denied, bad outbound sender") == "Exchange Online");
    CHECK(speaker("450 4.1.8 <a@b.example>: Sender address rejected: Domain not found") == "Postfix");
    CHECK(speaker("550 5.7.1 Relaying denied. Proper authentication required.") == "Sendmail");
    CHECK(speaker("550 mailbox not found").empty());
}

TEST_CASE("an address that is refused without a reason may want a login, or be closed by a table") {
    CHECK(recognise("554 5.7.1 <leo@shop.example>: Recipient address rejected: Access denied").causes ==
          std::vector{Cause::login_required, Cause::not_allowed});
}

TEST_CASE("the words of Exchange Online lead to no file of Postfix or Sendmail") {
    Notice const notice = read_notice("550 5.7.64 TenantAttribution; Relay Access Denied");
    REQUIRE(notice.recipients.size() == 1);
    for (Counsel const& counsel : counsel_on(notice, notice.recipients.front(), Cause::relay_denied))
        CHECK(counsel.what.find("Postfix") == std::string::npos);
}
