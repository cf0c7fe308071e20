// Well-formed JSON that is no scenario: what is said about each kind of mistake, word for word.
#include "loading.hpp"

using namespace mailflow;
using namespace mailflow::test;

namespace {

/// A complaint about one member at the top of a scenario: `{ "format": 1, <member> }` has it in column 16.
struct Mistake {
    std::string member;
    std::string complaint;
};

void check_all(std::vector<Mistake> const& table) {
    for (Mistake const& mistake : table) {
        INFO(mistake.member);
        CHECK(complaints_about("{ \"format\": 1, " + mistake.member + " }") ==
              std::vector<std::string>{mistake.complaint});
    }
}

} // namespace

TEST_CASE("The format must be given and be 1") {
    CHECK(complaints_about("{}") ==
          std::vector<std::string>{"1:1: /: \"format\" is missing; write \"format\": 1"});
    for (char const* format : {"2", "0", "1.5", "-1"})
        CHECK(complaints_about("{ \"format\": " + std::string{format} + " }") ==
              std::vector<std::string>{"1:13: /format: this version of mailflow reads scenarios of format 1 "
                                       "only; write \"format\": 1"});
    for (char const* format : {"1", "1.0", "10e-1"}) // the same number (RFC 8259 section 6)
        CHECK(complaints_about("{ \"format\": " + std::string{format} + " }").empty());
    CHECK(complaints_about("{ \"format\": \"1\" }") ==
          std::vector<std::string>{"1:13: /format: \"format\" must be a number, not a text"});
    CHECK(complaints_about("[]") ==
          std::vector<std::string>{"1:1: /: the scenario must be an object, not a list"});
}

TEST_CASE("A value of the wrong type is told what it must be") {
    check_all({
        {R"("title": 7)", R"(1:25: /title: "title" must be a text, not a number)"},
        {R"("title": null)", R"(1:25: /title: "title" must be a text, not null)"},
        {R"("networks": [])", R"(1:28: /networks: "networks" must be an object, not a list)"},
        {R"("mail": {})", R"(1:24: /mail: "mail" must be a list, not an object)"},
        {R"("mail": [ 1 ])", R"(1:26: /mail/0: an item of "mail" must be an object, not a number)"},
        {R"("servers": { "a.example": true })",
         R"(1:42: /servers/a.example: "a.example" must be an object, not true or false)"},
        {R"("servers": { "a.example": { "open_relay": "yes" } })",
         R"(1:58: /servers/a.example/open_relay: "open_relay" must be true or false, not a text)"},
        {R"("servers": { "a.example": { "handles": "a.example" } })",
         R"(1:55: /servers/a.example/handles: "handles" must be a list, not a text)"},
        {R"("servers": { "a.example": { "handles": [ 1 ] } })",
         R"(1:57: /servers/a.example/handles/0: an item of "handles" must be a text, not a number)"},
    });
}

TEST_CASE("A misspelt key is told what was meant, another one what there is") {
    check_all({
        {R"("sumary": "x")", R"(1:16: /sumary: unknown key "sumary"; did you mean "summary"?)"},
        {R"("servers": { "a.example": { "mailboxs": [] } })",
         R"(1:44: /servers/a.example/mailboxs: unknown key "mailboxs"; did you mean "mailboxes"?)"},
        {R"("persons": {})", R"(1:16: /persons: unknown key "persons"; did you mean "people"?)"},
        {R"("networks": { "home": { "users": [] } })", // no key that is meant by that stands there
         R"(1:40: /networks/home/users: unknown key "users"; the keys here are label, range, )"
         R"(latency, blocks, reaches, up and at)"},
        {R"("networks": { "home": { "colour": "red" } })",
         R"(1:40: /networks/home/colour: unknown key "colour"; the keys here are label, range, )"
         R"(latency, blocks, reaches, up and at)"},
    });
}

TEST_CASE("Numbers, times and sizes out of their bounds are refused") {
    check_all({
        {R"("seed": -1)", R"(1:24: /seed: "seed" must be a whole number from 0 to 18446744073709551615)"},
        {R"("seed": 18446744073709551616)",
         R"(1:24: /seed: "seed" must be a whole number from 0 to 18446744073709551615)"},
        {R"("until": "0s")", R"(1:25: /until: "until" must be more than 0s)"},
        {R"("until": "367d")", R"(1:25: /until: "until" must be at most "366d")"},
        {R"("until": "100000d")", R"(1:25: /until: "until" must be at most "366d")"},
        {R"("until": "99999999999999999999.5h")", R"(1:25: /until: "until" must be at most "366d")"},
        {R"("until": "0.00000000000000001s")",
         R"(1:25: /until: "until" must be a time such as "250ms", "90s", "5m", "2h" or "5d")"},
        {R"("until": "soon")",
         R"(1:25: /until: "until" must be a time such as "250ms", "90s", "5m", "2h" or "5d")"},
        {R"("until": 90)",
         R"(1:25: /until: "until" must be a time such as "250ms", "90s", "5m", "2h" or "5d"; did )"
         R"(you mean "90s"?)"},
    });
    std::string const people =
        R"("servers": { "a.example": {} }, "people": { "maya": { "address": "m@b.example", )";
    check_all({
        {people + R"("outgoing": { "server": "a.example", "port": 0 } } })",
         R"(1:141: /people/maya/outgoing/port: "port" must be a whole number from 1 to 65535)"},
        {people +
             R"("outgoing": { "server": "a.example" } } }, "mail": [ { "from": "maya", "to": "x@b.example", )"
             R"("size": "4 kB" } ])",
         R"(1:196: /mail/0/size: "size" must be a size such as "500B", "4kB" or "10MB", from 1B to 10GB; )"
         R"(did you mean "4kB"?)"},
    });
}

TEST_CASE("A time or a size that is written in another way is told how it is written here") {
    auto const hint_about = [](std::string const& member) {
        std::string const complaint =
            complaints_about(R"({ "format": 1, "servers": { "a.example": { )" + member + " } } }").at(0);
        std::size_t const hint = complaint.rfind("; ");
        return hint == std::string::npos ? std::string{} : complaint.substr(hint + 2);
    };
    for (auto const& [written, meant] :
         std::vector<std::pair<std::string, std::string>>{{"5min", "5m"},
                                                          {"5 min", "5m"},
                                                          {"5 m", "5m"},
                                                          {"5 Minutes", "5m"},
                                                          {"90 sec", "90s"},
                                                          {"90", "90s"},
                                                          {"1.5 hours", "90m"},
                                                          {"1h30m", "90m"},
                                                          {"1 hour 30 min", "90m"},
                                                          {"2 days", "2d"},
                                                          {"1 week", "7d"},
                                                          {"250 msec", "250ms"}}) {
        INFO(written);
        CHECK(hint_about(R"("greylist": ")" + written + "\"") == "did you mean \"" + meant + "\"?");
    }
    for (auto const& [written, meant] :
         std::vector<std::pair<std::string, std::string>>{{"4KB", "4kB"},
                                                          {"4k", "4kB"},
                                                          {"5 MB", "5MB"},
                                                          {"5mb", "5MB"},
                                                          {"1.5 megabytes", "1500kB"},
                                                          {"500", "500B"},
                                                          {"500 bytes", "500B"},
                                                          {"2KiB", "2048B"},
                                                          {"1 GB", "1GB"}}) {
        INFO(written);
        CHECK(hint_about(R"("max_size": ")" + written + "\"") == "did you mean \"" + meant + "\"?");
    }
    for (std::string const written : {"soon", "five minutes", "5 parsecs", "5 min or so", "", "h", "5 5m x"})
        CHECK(hint_about(R"("greylist": ")" + written + "\"").empty());
    for (std::string const written : {"big", "5 pages", "99 GB", "0 kB"})
        CHECK(hint_about(R"("max_size": ")" + written + "\"").empty());
}

TEST_CASE("Names that are none are refused") {
    check_all({
        {R"("servers": { "mail isp": {} })",
         R"(1:29: /servers/mail isp: "mail isp" is no host name; a server is named like mail.isp.example)"},
        {R"("servers": { "a.example": { "handles": [ "maya@isp.example" ] } })",
         R"(1:57: /servers/a.example/handles/0: "maya@isp.example" is no domain name; leave out the @ )"
         R"(and what )"
         "stands before it"},
        {R"("servers": { "a.example": { "mailboxes": [ "maya@isp.example" ] } })",
         R"(1:59: /servers/a.example/mailboxes/0: "maya@isp.example" is no name of a mailbox; write )"
         R"(what stands )"
         R"(before the @: "maya")"},
        {R"("servers": { "a.example": { "mailboxes": "maya" } })",
         R"(1:57: /servers/a.example/mailboxes: "mailboxes" must be a list of names, or "*" for every )"
         R"(name; write )"
         R"(["maya"])"},
        {R"("servers": { "a.example": {}, "A.EXAMPLE": {} })",
         R"(1:46: /servers/A.EXAMPLE: "A.EXAMPLE" is the name of another server; upper and lower case )"
         R"(are the same )"
         "in host names"},
        {R"("dns": { "-x.example": {} })",
         R"(1:25: /dns/-x.example: "-x.example" is no domain name; it reads like shop.example)"},
        {R"("networks": { "": {} })", "1:30: /networks/: the name of a network must be one line of 1 to 1000 "
                                      "characters, without control characters"},
        {R"("title": "")", R"(1:25: /title: "title" must not be empty)"},
        {R"("title": "a\nb")", R"(1:25: /title: "title" must be one line without control characters)"},
        {R"("title": "\u009b31m")", R"(1:25: /title: "title" must be one line without control characters)"},
    });
}

TEST_CASE("References that lead nowhere are told what was meant") {
    std::string const servers =
        R"("networks": { "home": {} }, "servers": { "mail.isp.example": { "handles": [ )"
        R"("isp.example" ] } }, "people": { "maya": { "address": "maya@isp.example" } }, )";
    check_all({
        {R"("networks": { "home": {} }, "servers": { "a.example": { "network": "hom" } })",
         R"(1:83: /servers/a.example/network: there is no network "hom"; did you mean "home"?)"},
        {R"("networks": { "home": {} }, "servers": { "a.example": { "trusts": [ "hmoe" ] } })",
         R"(1:84: /servers/a.example/trusts/0: "hmoe" is neither a network nor an address range; did )"
         R"(you mean )"
         R"("home"?)"},
        {R"("networks": { "home": {} }, "servers": { "a.example": { "trusts": [ "192.0.2.7/24" ] } })",
         R"(1:84: /servers/a.example/trusts/0: "192.0.2.7/24" has bits set behind its prefix; did you mean )"
         R"("192.0.2.0/24"?)"},
        {servers + R"("mail": [ { "from": "mia", "to": "x@isp.example" } ])",
         R"(1:190: /mail/0/from: there is no person "mia"; there is only "maya")"},
        {servers +
             R"("mail": [ { "from": "maya", "to": "x@isp.example" } ], "expect": [ { "mail": "mail-2", )"
             R"("outcome": "queued" } ])",
         R"(1:247: /expect/0/mail: there is no message "mail-2"; did you mean "mail-1"?)"},
    });
}

TEST_CASE("Everything that is wrong with a scenario is said at once, in the order of the file") {
    CHECK(complaints_about(R"({
  "format": 1,
  "titel": "Two networks in one place",
  "networks": {
    "home": { "range": "192.0.2.0/24" },
    "hotel": { "range": "192.0.2.64/26", "latency": 40 }
  },
  "servers": {
    "mail.isp.example": { "network": "hotle", "handles": ["isp.example"], "trusts": ["home", "campus"] }
  },
  "people": {
    "maya": { "address": "maya@isp.example", "outgoing": { "server": "mail.ips.example" } },
    "noah": { "address": "noah@nowhere.example" },
    "ada": {}
  },
  "mail": [
    { "id": "a", "from": "mayo", "to": ["leo@shop.example", "leo@SHOP.example"] },
    { "id": "a", "from": "maya", "to": [], "at": "367d" }
  ],
  "expect": [
    { "mail": "a", "to": "lea@shop.example", "outcome": "arrived" },
    { "mail": "a", "outcome": "delivered", "reason": "relay-denied", "by": "shop.example" },
    { "mail": "a" }
  ]
})") == std::vector<std::string>{
            R"(3:3: /titel: unknown key "titel"; did you mean "title"?)",
            R"(6:25: /networks/hotel/range: 192.0.2.64/26 overlaps with 192.0.2.0/24 of the network "home"; )"
            "choose another range, or leave it out: then one is chosen",
            R"(6:53: /networks/hotel/latency: "latency" must be a time such as "250ms", "90s", "5m", )"
            R"("2h" or "5d"; did you mean "40s"?)",
            R"(9:38: /servers/mail.isp.example/network: there is no network "hotle"; did you mean "hotel"?)",
            R"(9:94: /servers/mail.isp.example/trusts/1: "campus" is neither a network nor an address )"
            R"(range; there are "home" and "hotel")",
            R"(12:70: /people/maya/outgoing/server: there is no server "mail.ips.example"; did you mean )"
            R"("mail.isp.example"?)",
            R"(13:26: /people/noah/address: no server handles nowhere.example; name the person's server )"
            R"(in "outgoing": { "server": ... })",
            R"(14:12: /people/ada: "address" is missing; write "address": "maya@isp.example")",
            R"(17:26: /mail/0/from: there is no person "mayo"; did you mean "maya"?)",
            R"(17:61: /mail/0/to/1: leo@SHOP.example is a recipient of this message already; remove it)",
            R"(18:13: /mail/1/id: "a" is the id of another message)",
            R"(18:40: /mail/1/to: "to" must name a recipient)",
            R"(18:50: /mail/1/at: "at" must be at most "366d")",
            R"(21:26: /expect/0/to: lea@shop.example is no recipient of "a"; did you mean )"
            R"("leo@shop.example"?)",
            R"(21:57: /expect/0/outcome: "arrived" is none of the words for "outcome"; there are )"
            R"("delivered", "refused", "bounced", "queued" and "discarded")",
            R"(22:54: /expect/1/reason: a message that is delivered has no "reason"; remove it)",
            R"(22:76: /expect/1/by: there is no server "shop.example"; there is only "mail.isp.example")",
            R"(23:5: /expect/2: nothing is expected here; add an "outcome")",
        });
}

TEST_CASE("What follows from a complaint is not complained about besides") {
    std::string const maya = R"("people": { "maya": { "address": "maya@isp.example" } })";
    check_all({
        {R"("servers": { "a.example": { "handles": "isp.example" } }, )" + maya,
         R"(1:55: /servers/a.example/handles: "handles" must be a list, not a text)"},
        {R"("servers": { "a.example": { "handles": ["isp.example"], "handles": ["b.example"] } }, )" + maya,
         R"(1:72: /servers/a.example/handles: the key "handles" is here twice; it was given in line 1 )"
         "already"},
        {R"("servers": { "mx1.shop.example:25": {} }, )"
         R"("changes": [ { "at": "1h", "server": "mx1.shop.example", "set": { "up": false } } ])",
         R"(1:29: /servers/mx1.shop.example:25: "mx1.shop.example:25" is no host name; a server is named )"
         "like mail.isp.example"},
        {R"("servers": { "a.example": {} }, )" + maya,
         R"(1:81: /people/maya/address: no server handles isp.example; name the person's server in )"
         R"("outgoing": { "server": ... })"},
    });
}

TEST_CASE("Entries that contradict each other are refused") {
    check_all({
        {R"("dns": { "a.example": { "mx": [], "null_mx": true } })",
         R"(1:61: /dns/a.example/null_mx: "null_mx" contradicts "mx"; remove one of the two)"},
        {R"("dns": { "a.example": { "mx": [], "fails": "nxdomain" } })",
         R"(1:59: /dns/a.example/fails: "fails" contradicts "mx"; remove one of the two)"},
        {R"("dns": { "a.example": {}, "A.example": {} })",
         R"(1:42: /dns/A.example: "A.example" names a domain that stands here already; upper and lower )"
         R"(case are the same in domain names)"},
        {R"("dns": { "a.example": { "mx": [ { "host": "." } ] } })",
         R"(1:58: /dns/a.example/mx/0/host: "." is no host name; for a domain that takes no mail write )"
         R"("null_mx": true)"},
        {R"("dns": { "a.example": { "mx": [ { "preference": 5 } ] } })",
         R"(1:48: /dns/a.example/mx/0: "host" is missing; write "host": "mx1.shop.example")"},
    });
}

TEST_CASE("A server that is here twice is complained about once") {
    auto const complaints =
        complaints_about(R"({ "format": 1, "servers": { "a.example": {}, "a.example": {} } })");
    REQUIRE(complaints.size() == 1);
    CHECK(complaints[0].find("the key \"a.example\" is here twice") != std::string::npos);
    CHECK(complaints_about(R"({ "format": 1, "servers": { "a.example": {}, "A.example": {} } })").size() ==
          1);
}

TEST_CASE("A message that is written after the end of the run is refused") {
    CHECK(complaints_about(R"({ "format": 1, "until": "1h",
  "servers": { "a.example": { "handles": ["a.example"] } }, "people": { "m": { "address": "m@a.example" } },
  "mail": [ { "from": "m", "to": "n@a.example", "at": "2h" } ] })") ==
          std::vector<std::string>{R"(3:55: /mail/0/at: 2h lies after the end of the run; "until" is "1h")"});
}

TEST_CASE("No more than a hundred complaints are told, and the others counted") {
    std::string text = "{ \"format\": 1, \"mail\": [";
    for (int n = 0; n < 20'000; ++n)
        text += "{ \"form\": 1, \"to\": \"a@b.example\", \"from\": \"nobody\" },\n";
    auto const complaints = complaints_about(text + "{} ] }");
    REQUIRE(complaints.size() == 101);
    CHECK(complaints[0] == "1:27: /mail/0/form: unknown key \"form\"; did you mean \"from\"?");
    CHECK(complaints[99] == "50:43: /mail/49/from: there is no person \"nobody\"");
    // Each of the 20,000 has a key and a person wrong; the last lacks "from" and "to".
    CHECK(complaints[100] == "50:43: /: 39902 more complaints are not shown; mend the first ones");
}

TEST_CASE("What is no address or domain name is told with what is wrong about it") {
    auto const hint_about = [](std::string const& address) {
        std::string const complaint =
            complaints_about(R"({ "format": 1, "people": { "p": { "address": ")" + address +
                             R"(" } }, "servers": { "m.example": { "handles": ["isp.example"] } } })")
                .at(0);
        return complaint.substr(complaint.rfind("; ") + 2);
    };
    CHECK(hint_about("maya") == "it reads like maya@isp.example");
    CHECK(hint_about("maya@") == "it reads like maya@isp.example");
    CHECK(hint_about("maya@isp@example") == "one @ stands in a mail address");
    CHECK(hint_about("ma ya@isp.example") == "leave out the blank");
    CHECK(hint_about("Maya <maya@isp.example>") == "write the address alone: \"maya@isp.example\"");
    CHECK(hint_about("<maya@isp.example>") == "write the address alone: \"maya@isp.example\"");
    CHECK(hint_about("maya@isp.example, leo@isp.example") == "one @ stands in a mail address");
    CHECK(hint_about("ma..ya@isp.example") ==
          "no dot begins or ends what stands before the @, and no two follow each other");
    CHECK(hint_about(std::string(65, 'm') + "@isp.example") == "at most 64 characters stand before the @");
    CHECK(hint_about("maya@" + std::string(64, 'm') + ".example") ==
          "a label, between two dots, has at most 63 characters");
    CHECK(hint_about("maya@[192.0.2.1]") == "behind the @ stands the name of a domain, not an address");
    CHECK(hint_about("maya@isp.example.") == "leave out the dot at the end: \"isp.example\"");
    CHECK(hint_about("léo@isp.example") == "the addresses of a scenario have no letters beyond ASCII");
    auto const hint_about_handles = [](std::string const& domain) {
        std::string const complaint =
            complaints_about(R"({ "format": 1, "servers": { "m.example": { "handles": [")" + domain +
                             R"("] } } })")
                .at(0);
        return complaint.substr(complaint.rfind("; ") + 2);
    };
    CHECK(hint_about_handles("bücher.example") ==
          "letters beyond ASCII are written as the DNS has them, as xn--... (RFC 5890)");
    CHECK(hint_about_handles("post@isp.example") == "leave out the @ and what stands before it");
    CHECK(hint_about_handles("a_b.example") == "it reads like shop.example");
}
