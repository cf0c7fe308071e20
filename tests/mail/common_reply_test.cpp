// Which replies are the same for everybody.
#include "catch.hpp"

#include "mail/voice.hpp"

using namespace mailflow;

namespace {

bool is_common(Software software, Saying saying) {
    return mailflow::is_common(software, saying,
                               {.server_name = "mx.shop.example",
                                .address = "leo@shop.example",
                                .queue_id = "4F2A91C03",
                                .client_name = "mail.isp.example",
                                .client_address = "192.0.2.1"});
}

} // namespace

TEST_CASE("a reply that names nobody but the server is the same for everybody") {
    CHECK(is_common(Software::postfix, Saying::greeting));
    CHECK(is_common(Software::postfix, Saying::capabilities));
    CHECK(is_common(Software::postfix, Saying::sender_ok));
    CHECK(is_common(Software::postfix, Saying::start_content));
}

TEST_CASE("a reply that names the address, the client, the queue id or the time is not") {
    CHECK_FALSE(is_common(Software::postfix, Saying::relay_denied));
    CHECK_FALSE(is_common(Software::postfix, Saying::queued));
    CHECK_FALSE(is_common(Software::postfix, Saying::blocklisted));
    CHECK_FALSE(is_common(Software::sendmail, Saying::greeting)); // with the date
    CHECK_FALSE(is_common(Software::sendmail, Saying::capabilities));
    CHECK_FALSE(is_common(Software::sendmail, Saying::sender_ok));
}

TEST_CASE("what the world prescribes or a client finds out is never taken for the same") {
    CHECK_FALSE(is_common(Software::postfix, Saying::scripted_rcpt_permanent));
    CHECK_FALSE(is_common(Software::postfix, Saying::connection_refused));
}
