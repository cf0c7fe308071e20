#include "catch.hpp"

#include "smtp/recollection.hpp"

using namespace mailflow;

TEST_CASE("Who pipelines need not have known that MAIL was refused when RCPT and DATA were on their way") {
    Command const rcpt{.verb = Verb::rcpt};
    Command const data{.verb = Verb::data};
    Recollection memory;
    CHECK_FALSE(excuses(memory, Greeted::ehlo, rcpt));
    remember(memory, {.verb = Verb::mail}, Saying::sender_domain_unknown);
    CHECK(excuses(memory, Greeted::ehlo, rcpt));
    CHECK_FALSE(excuses(memory, Greeted::helo, rcpt)); // it may not pipeline
    CHECK_FALSE(excuses(memory, Greeted::ehlo, data));
    CHECK(excuses(memory, Greeted::ehlo, {.verb = Verb::rcpt, .flaw = Flaw::domain_literal}));
    remember(memory, {.verb = Verb::rcpt, .follows_refusal = true}, Saying::bad_sequence_mail);
    CHECK(excuses(memory, Greeted::ehlo, rcpt));
    CHECK(excuses(memory, Greeted::ehlo, data));
    remember(memory, {.verb = Verb::other, .keyword = Keyword::noop}, Saying::nothing_done);
    CHECK_FALSE(excuses(memory, Greeted::ehlo, rcpt));
}

TEST_CASE("A recipient without any MAIL before it is no reason to send content") {
    Recollection memory;
    remember(memory, {.verb = Verb::rcpt}, Saying::bad_sequence_mail);
    CHECK_FALSE(excuses(memory, Greeted::ehlo, {.verb = Verb::data}));
    remember(memory, {.verb = Verb::rcpt}, Saying::unknown_user);
    CHECK(excuses(memory, Greeted::ehlo, {.verb = Verb::data}));
}

TEST_CASE("A recollection knows whether all recipients were refused alike") {
    Recollection memory;
    remember_refusal(memory, "Unrouteable address");
    remember_refusal(memory, "Unrouteable address");
    CHECK_FALSE(memory.transaction.refusals_differ);
    remember_refusal(memory, "relay not permitted");
    CHECK(memory.transaction.refusals_differ);
    CHECK(memory.transaction.refusal == "relay not permitted");
}
