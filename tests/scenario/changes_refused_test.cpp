// Changes that cannot be: what is said about each kind of mistake, word for word.
#include "loading.hpp"

#include <fmt/format.h>

using namespace mailflow;
using namespace mailflow::test;

namespace {

/// The complaints about a world with the changes, which stand from column 1 of line 10 on.
std::vector<std::string> about(std::string_view changes) {
    return complaints_about(fmt::format(R"({{ "format": 1, "until": "6h",
"networks": {{ "home": {{ "range": "192.0.2.0/24" }} }},
"servers": {{ "mail.isp.example": {{ "handles": ["isp.example"],
  "aliases": {{ "post": "maya" }}, "smarthost": "mx.shop.example",
  "smarthost_account": {{ "user": "u", "password": "p" }} }},
  "mx.shop.example": {{}} }},
"people": {{ "maya": {{ "address": "maya@isp.example" }} }},
"dns": {{ "quiet.example": {{ "null_mx": true }}, "ghost.example": {{ "fails": "nxdomain" }} }},
"changes": [
{} ] }})",
                                        changes));
}

/// A change of one kind of thing that sets the members.
std::string change_of(std::string_view thing, std::string_view members) {
    return fmt::format("{{ \"at\": \"1h\", {}, \"set\": {{ {} }} }}", thing, members);
}

using Complaint = std::vector<std::string>;

} // namespace

TEST_CASE("A change must say when, what and how") {
    CHECK(about(R"({ "person": "maya", "set": { "network": "home" } })") ==
          Complaint{R"(10:1: /changes/0: "at" is missing; write "at": "2h")"});
    CHECK(about(R"({ "at": "1h", "person": "maya" })") ==
          Complaint{R"(10:1: /changes/0: "set" is missing; write "set": { "network": "home" })"});
    CHECK(about(R"({ "at": "1h", "set": { "network": "home" } })") ==
          Complaint{R"(10:1: /changes/0: it is not said what changes; add "server", "dns", "person" or )"
                    R"("network" with a name)"});
    CHECK(
        about(R"({ "at": "1h", "server": "mx.shop.example", "dns": "a.example", "set": { "up": true } })") ==
        Complaint{R"(10:44: /changes/0/dns: a change is of one thing, but "server" is named already; )"
                  "write a change for each"});
    CHECK(about(change_of(R"("server": "mx.shop.example")", "")) ==
          Complaint{R"(10:51: /changes/0/set: nothing is changed here; name a key and its new value, such )"
                    R"(as "up": false)"});
    CHECK(about(change_of(R"("person": "maya")", "")) ==
          Complaint{R"(10:40: /changes/0/set: nothing is changed here; name a key and its new value, such )"
                    R"(as "network": "home")"});
    CHECK(about(change_of(R"("dns": "a.example")", "")) ==
          Complaint{R"(10:42: /changes/0/set: nothing is changed here; name a key and its new value, such )"
                    R"(as "mx": [ { "host": "mx2.shop.example" } ])"});
    CHECK(about(change_of(R"("network": "home")", "")) ==
          Complaint{R"(10:41: /changes/0/set: nothing is changed here; name a key and its new value, such )"
                    R"(as "up": false)"});
    CHECK(about(R"({ "at": "7h", "person": "maya", "set": { "network": "home" } })") ==
          Complaint{R"(10:9: /changes/0/at: 7h lies after the end of the run; "until" is "6h")"});
    CHECK(about("7") ==
          Complaint{R"(10:1: /changes/0: an item of "changes" must be an object, not a number)"});
}

TEST_CASE("A change of something that is not there is told what was meant") {
    CHECK(about(change_of(R"("server": "mx.shp.example")", R"("up": true)")) ==
          Complaint{R"(10:25: /changes/0/server: there is no server "mx.shp.example"; did you mean )"
                    R"("mx.shop.example"?)"});
    CHECK(about(change_of(R"("person": "mia")", R"("network": "home")")) ==
          Complaint{R"(10:25: /changes/0/person: there is no person "mia"; there is only "maya")"});
    CHECK(about(change_of(R"("network": "hom")", R"("latency": "1s")")) ==
          Complaint{R"(10:26: /changes/0/network: there is no network "hom"; did you mean "home"?)"});
    CHECK(about(change_of(R"("dns": "a b")", R"("ttl": "1s")")) ==
          Complaint{R"(10:22: /changes/0/dns: "a b" is no domain name; leave out the blank)"});
}

TEST_CASE("What cannot change, and keys that are none, are refused, with null too") {
    CHECK(
        about(change_of(R"("server": "mx.shop.example")", R"("network": "home")")) ==
        Complaint{R"(10:53: /changes/0/set/network: "network" of a server cannot change while the clock )"
                  "runs; what can is handles, mailboxes, accounts, trusts, relays_for, open_relay, aliases, "
                  "smarthost, routes, smarthost_account, max_size, greylist, pop_before_smtp, blocklists, "
                  "max_sessions, retry, concurrency, answers and up"});
    CHECK(about(change_of(R"("person": "maya")", R"("address": null)")) ==
          Complaint{R"(10:42: /changes/0/set/address: "address" of a person cannot change while the clock )"
                    "runs; what can is network, password, outgoing and incoming"});
    CHECK(
        about(change_of(R"("network": "home")", R"("range": "192.0.2.0/25")")) ==
        Complaint{R"(10:43: /changes/0/set/range: "range" of a network cannot change while the clock runs; )"
                  "what can is latency, blocks, reaches and up"});
    CHECK(about(change_of(R"("server": "mx.shop.example")", R"("handels": null)")) ==
          Complaint{R"(10:53: /changes/0/set/handels: unknown key "handels"; did you mean "handles"?)"});
    CHECK(about(change_of(R"("server": "mx.shop.example")", R"("up": "no")")) ==
          Complaint{R"(10:59: /changes/0/set/up: "up" must be true or false, not a text)"});
}

TEST_CASE("Names in a change that lead nowhere are refused once, though later changes keep them") {
    CHECK(about(change_of(R"("server": "mail.isp.example")", R"("smarthost": "mx.shp.example")") + ",\n" +
                change_of(R"("server": "mail.isp.example")", R"("up": false)")) ==
          Complaint{R"(10:67: /changes/0/set/smarthost: there is no server "mx.shp.example"; did you mean )"
                    R"("mx.shop.example"?)"});
    CHECK(about(change_of(R"("person": "maya")", R"("network": "hotel")")) ==
          Complaint{R"(10:53: /changes/0/set/network: there is no network "hotel"; there is only "home")"});
    CHECK(about(change_of(R"("network": "home")", R"("reaches": ["hme"])")) ==
          Complaint{R"(10:55: /changes/0/set/reaches/0: there is no network "hme"; did you mean "home"?)"});
}

TEST_CASE("A change that spoils what stands is told so") {
    CHECK(about(change_of(R"("server": "mail.isp.example")", R"("smarthost": null)")) ==
          Complaint{R"(10:52: /changes/0/set: "smarthost_account" needs a "smarthost"; name the server that )"
                    "takes this server's mail, or leave the account out (null, in a change)"});
    CHECK(about(change_of(R"("server": "mail.isp.example")", R"("handles": [])")) ==
          Complaint{R"(10:52: /changes/0/set: "maya" needs a domain, for this server handles none; write )"
                    R"("maya@shop.example")"});
    CHECK(about(change_of(R"("dns": "quiet.example")", R"("mx": [])")) ==
          Complaint{
              R"(10:54: /changes/0/set/mx: "mx" contradicts "null_mx", which stands; add "null_mx": null)"});
    CHECK(
        about(change_of(R"("dns": "ghost.example")", R"("mx": [])")) ==
        Complaint{R"(10:54: /changes/0/set/mx: "mx" contradicts "fails", which stands; add "fails": null)"});
    CHECK(about(change_of(R"("dns": "a.example")", R"("mx": [], "fails": "timeout")")) ==
          Complaint{R"(10:63: /changes/0/set/fails: "fails" contradicts "mx"; remove one of the two)"});
    CHECK(about(change_of(R"("dns": "quiet.example")", R"("null_mx": null, "mx": [])")).empty());
}

TEST_CASE("What a change sets is checked even where the thing that it changes is not there") {
    CHECK(about(change_of(R"("server": "mail.ips.example")", R"("handels": ["x.example"], "up": 1)")) ==
          Complaint{"10:25: /changes/0/server: there is no server \"mail.ips.example\"; "
                    "did you mean \"mail.isp.example\"?",
                    R"(10:54: /changes/0/set/handels: unknown key "handels"; did you mean "handles"?)",
                    R"(10:86: /changes/0/set/up: "up" must be true or false, not a number)"});
}
