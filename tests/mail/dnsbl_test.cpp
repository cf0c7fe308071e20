#include "catch.hpp"

#include "mail/dnsbl.hpp"
#include "mail/voice.hpp"

using namespace mailflow;

TEST_CASE("a blocklist is asked for the octets of an address backwards") {
    CHECK(dnsbl_name(parse_ip("203.0.113.103").value(), "dnsbl.example") == "103.113.0.203.dnsbl.example");
}

TEST_CASE("of an IPv6 address a blocklist is asked for every nibble backwards") {
    CHECK(dnsbl_name(parse_ip("2001:db8::7").value(), "dnsbl.example") ==
          "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.dnsbl.example");
}

TEST_CASE("Postfix names the client and the list when it refuses who is listed") {
    SayingContext context;
    context.client_address = "203.0.113.103";
    context.blocklist = "dnsbl.example";
    CHECK(to_line(say(Software::postfix, Saying::blocklisted, context)) ==
          "554 5.7.1 Service unavailable; Client host [203.0.113.103] blocked using dnsbl.example");
}

TEST_CASE("Postfix does not blame the client when others keep it busy") {
    SayingContext context;
    context.server_name = "mx.example.org";
    context.client_address = "203.0.113.100";
    CHECK(to_line(say(Software::postfix, Saying::too_many_sessions, context)) ==
          "421 4.3.2 All server ports are busy");
}
