// What servers of the world outside often say, as they say it, and what it means.
#include "bounce/meaning.hpp"
#include "bounce/notice.hpp"
#include "catch.hpp"

#include <string_view>
#include <vector>

using namespace mailflow;

namespace {

struct Said {
    std::string_view words;
    Cause meant;
};

void check_all(std::vector<Said> const& all) {
    for (Said const& said : all) {
        INFO(said.words);
        Recognition const found = recognise(said.words);
        REQUIRE(found.causes.size() == 1);
        CHECK(name_of(found.causes.front()) == name_of(said.meant));
    }
}

/// What the first one is told to do, of a pasted text.
Counsel first_counsel(std::string_view pasted) {
    Notice const notice = read_notice(pasted);
    REQUIRE(notice.recipients.size() == 1);
    NoticeRecipient const& recipient = notice.recipients.front();
    return counsel_on(notice, recipient, recognise(recipient.words, recipient.status).causes.at(0)).front();
}

} // namespace

TEST_CASE("commands in the wrong order point at the answer before, and often at a missing login") {
    check_all({{"503 5.5.1 Error: need RCPT command", Cause::wrong_order},
               {"503 valid RCPT command must precede DATA", Cause::wrong_order},
               {"503 RCPT first (#5.5.1)", Cause::wrong_order},
               {"503 5.0.0 Need RCPT (recipient)", Cause::wrong_order},
               {"503 5.5.1 Bad sequence of commands", Cause::wrong_order},
               {"554 5.5.1 Error: no valid recipients", Cause::wrong_order},
               {"503 what now?", Cause::wrong_order},
               {"503 AUTH required", Cause::login_required},
               {"503 5.5.4 You must authenticate first", Cause::login_required},
               {"503 This mail server requires authentication when attempting to send to a non-local e-mail "
                "address.",
                Cause::login_required},
               {"503 AUTH command used when not advertised", Cause::login_not_offered},
               {"503 5.5.1 Error: authentication not enabled", Cause::login_not_offered},
               {"504 5.7.4 Unrecognized authentication type", Cause::login_not_offered}});
    Counsel const yours = first_counsel("503 5.5.1 Error: need RCPT command");
    CHECK(yours.who == "you");
    CHECK(yours.what.find("authentication") != std::string::npos);
    CHECK(yours.what.find("587") != std::string::npos);
    CHECK(first_counsel("This is the mail system at host mail.isp.example.\n\n<leo@shop.example>: host "
                        "mx1.shop.example[203.0.113.9] said: 503 5.5.1 Error: need\n    RCPT command\n")
              .who == "the postmaster of mail.isp.example");
    CHECK(first_counsel("503 AUTH command used when not advertised").what.find("STARTTLS") !=
          std::string::npos);
}

TEST_CASE("a forwarding to an address outside that the house forbids is for the owner of the mailbox") {
    check_all({{"550 5.7.520 Access denied, Your organization does not allow external forwarding. Please "
                "contact your administrator for further assistance. AS(7555)",
                Cause::forwarding_refused},
               {"554 5.7.520 no", Cause::forwarding_refused},
               {"550 5.7.1 Automatic forwarding to remote domains is disabled", Cause::forwarding_refused}});
    Counsel const owner = first_counsel("550 5.7.520 Your organization does not allow external forwarding.");
    CHECK(owner.who == "whoever owns the mailbox that sends its mail on");
    CHECK(owner.what.find("End the forwarding") != std::string::npos);
}

TEST_CASE("a login that nobody can check, or that was needed to write to a group, is no missing one") {
    check_all(
        {{"454 4.7.0 Temporary authentication failure: Connection lost to authentication server",
          Cause::server_trouble},
         {"550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery "
          "restriction check failed because the sender was not authenticated when sending to this group",
          Cause::closed_circle},
         {"550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission; not authorized to send to this "
          "recipient because the sender isn't on the recipient's list of allowed senders",
          Cause::closed_circle},
         {"550 5.7.124 Sender not in allowed-senders list", Cause::closed_circle}});
}

TEST_CASE(
    "limits are told apart: of a mailbox, of a message, of its recipients, of an account, of a machine") {
    check_all(
        {{"552 5.2.2 Mailbox size limit exceeded", Cause::mailbox_full},
         {"552 5.2.2 The recipient's mailbox has exceeded its storage limit", Cause::mailbox_full},
         {"452 4.2.2 The email account that you tried to reach is over quota", Cause::mailbox_full},
         {"452 Insufficient system storage", Cause::server_trouble},
         {"552-5.3.4 Your message exceeded the message size limits", Cause::too_big},
         {"552 Message exceeds maximum size", Cause::too_big},
         {"550 5.5.3 Too many recipients", Cause::too_many_recipients},
         {"452 too many recipients", Cause::too_many_recipients},
         {"452 4.5.3 Error: too many recipients", Cause::too_many_recipients},
         {"550 5.4.5 Daily user sending limit exceeded.", Cause::sending_limit},
         {"550 5.1.90 Your message can't be sent because you've reached your daily limit for message "
          "recipients",
          Cause::sending_limit},
         {"550 5.1.8 Access denied, bad outbound sender AS(42004)", Cause::sending_limit},
         {"450 4.7.1 Rate limit exceeded for your account, try again in an hour", Cause::sending_limit},
         {"451 4.7.651 The mail server [203.0.113.4] has been temporarily rate limited due to IP "
          "reputation.",
          Cause::mail_flood},
         {"450 4.7.1 Error: too much mail from 203.0.113.4", Cause::mail_flood},
         {"421 4.7.0 [TSS04] Messages from 203.0.113.4 temporarily deferred due to unexpected volume or "
          "user complaints",
          Cause::mail_flood}});
}

TEST_CASE("an address that is not one is told from a name that nobody has") {
    check_all(
        {{"553 5.1.3 The recipient address <leo@shop@example> is not a valid RFC-5321 address.",
          Cause::bad_address},
         {"501 5.1.3 Bad recipient address syntax", Cause::bad_address},
         {"501 <leo shop.example>: malformed address: shop may not follow <leo", Cause::bad_address},
         {"504 5.5.2 <leo>: Recipient address rejected: need fully-qualified address", Cause::bad_address},
         {"504 5.5.2 <maya>: Sender address rejected: need fully-qualified address", Cause::bad_sender},
         {"553 5.6.7 Address requires SMTPUTF8, but it was not offered", Cause::foreign_letters},
         {"554 delivery error: dd This user doesn't have a shop.example account", Cause::unknown_user},
         {"550 No such user here", Cause::unknown_user}});
}

TEST_CASE("what is said of the sender and of the sending machine is not said of the recipient") {
    check_all(
        {{"553 5.1.8 Sender domain not found in DNS", Cause::no_sender_domain},
         {"550 Sender domain must exist", Cause::no_sender_domain},
         {"451 Could not complete sender verify callout", Cause::bad_sender},
         {"550 5.7.60 SMTP; Client does not have permissions to send as this sender",
          Cause::sender_not_allowed},
         {"550 5.7.606 Access denied, banned sending IP [203.0.113.4].", Cause::blocklisted},
         {"550 5.7.511 Access denied, banned sender[203.0.113.4]", Cause::blocklisted},
         {"550 JunkMail rejected - mail.isp.example [203.0.113.4] is in an RBL", Cause::blocklisted},
         {"554 Service not available, No SMTP service, Bad DNS PTR resource record.", Cause::client_nameless},
         {"550 5.7.5 Remote server failed TLS negotiation", Cause::no_encryption},
         {"451 5.7.3 STARTTLS is required to send mail", Cause::no_encryption},
         {"454 4.7.5 Certificate validation failure", Cause::no_encryption},
         {"550 5.7.1 Messages missing a valid messageId header are not accepted.", Cause::content_refused},
         {"554 5.7.9 Message not accepted for policy reasons.", Cause::not_allowed},
         {"451 Temporary local problem - please try later", Cause::server_trouble}});
}

TEST_CASE("what is not allowed for now needs patience before it needs a postmaster") {
    Counsel const wait = first_counsel("450 4.7.1 You are not known here yet");
    CHECK(wait.who == "nobody");
    CHECK(wait.what.find("tried again") != std::string::npos);
    CHECK(first_counsel("550 5.7.1 No").who == "the postmaster of the server that said it");
}
