// mailflow talk: a conversation with one server on standard input, and the story of what it accepted.
#include "cli/process.hpp"

namespace {

Ended talk(std::string const& arguments, std::string const& typed) {
    Folder const folder;
    write(folder / "typed", typed);
    return mailflow_program("talk " + arguments + " <" + shell_word(folder / "typed"));
}

std::string const closed = shell_word(scenario_path("02-relaying-denied"));

} // namespace

TEST_CASE("a server answers line by line, and says goodbye") {
    Ended const ended = talk(closed + " mail.isp.example", "EHLO me.example\r\n"
                                                           "MAIL FROM:<me@me.example>\r\n"
                                                           "RCPT TO:<leo@shop.example>\r\n"
                                                           "QUIT\r\n");
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    CHECK(contains(ended.out, "220 mail.isp.example ESMTP Postfix\n250-mail.isp.example\n"));
    CHECK(contains(ended.out, "250 2.1.0 Ok\n554 5.7.1 <leo@shop.example>: Relay access denied\n"));
    CHECK(ended.out.ends_with("\n221 2.0.0 Bye\n"));
}

TEST_CASE("lines may end without a return, and the conversation without a goodbye") {
    Ended const ended = talk(closed + " MAIL.isp.example", "NOOP\nHELO\nno such thing");
    CHECK(ended.status == 0);
    CHECK(ended.out == "220 mail.isp.example ESMTP Postfix\n250 2.0.0 Ok\n501 Syntax: HELO hostname\n");
}

TEST_CASE("what the server has accepted goes on its way, and the story tells of it") {
    Ended const ended = talk(closed + " mx1.shop.example", "HELO me.example\n"
                                                           "MAIL FROM:<maya@isp.example>\n"
                                                           "RCPT TO:<leo@shop.example>\n"
                                                           "DATA\n"
                                                           "Subject: By hand\n"
                                                           "\n"
                                                           "Hello\n"
                                                           ".\n"
                                                           "QUIT\n");
    CHECK(ended.status == 0);
    CHECK(contains(ended.out, "354 End data"));
    CHECK(contains(ended.out, "250 2.0.0 Ok: queued as "));
    CHECK(contains(ended.out, "By hand"));
    CHECK(contains(ended.out, "delivered"));
}

TEST_CASE("a subject that was encoded for the way is told in the letters that it means") {
    Ended const ended =
        talk(closed + " mx1.shop.example",
             "HELO me.example\nMAIL FROM:<maya@isp.example>\nRCPT TO:<leo@shop.example>\nDATA\n"
             "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_=1B[2J?=\n\nHello\n.\nQUIT\n");
    CHECK(contains(ended.out, "Grüße ?[2J"));
    CHECK_FALSE(contains(ended.out, "=?utf-8"));
}

TEST_CASE("the rules behind a decision are shown when asked for, apart from the replies") {
    Ended const ended = talk(closed + " mail.isp.example --explain --from 198.51.100.200",
                             "HELO me.example\nMAIL FROM:<>\nRCPT TO:<leo%shop.example@mail.isp.example>\n");
    CHECK(contains(ended.err, "may the message pass?"));
    CHECK(contains(ended.err, "it takes that for leo@shop.example"));
    CHECK(contains(ended.err, "198.51.100.200 is not in"));
    CHECK(contains(ended.err, "= refused"));
    CHECK(contains(ended.out, "554 5.7.1 <leo%shop.example@mail.isp.example>: Relay access denied"));
}

TEST_CASE("a client on a blocklist is refused") {
    Folder const folder;
    write(folder / "world.json", R"({ "format": 1,
        "servers": { "mx.shop.example": { "handles": ["shop.example"], "blocklists": ["dnsbl.example"] } },
        "blocklists": { "dnsbl.example": { "lists": ["203.0.113.103"] } } })");
    std::string const said = "HELO me.example\nMAIL FROM:<>\nRCPT TO:<leo@shop.example>\n";
    std::string const place =
        shell_word(folder / "world.json") + " mx.shop.example --explain --from 203.0.113.";
    Ended const listed = talk(place + "103", said);
    CHECK(contains(listed.err, "103.113.0.203.dnsbl.example is listed"));
    CHECK(contains(listed.out, "554 5.7.1 Service unavailable; Client host [203.0.113.103] blocked using "
                               "dnsbl.example"));
    CHECK(contains(talk(place + "104", said).out, "250 2.1.5 Ok"));
}

TEST_CASE("talk says what it does not understand") {
    struct Case {
        std::string arguments;
        std::string words;
    };
    for (Case const& c :
         {Case{closed + " mail.isp.exmple",
               "there is no server mail.isp.exmple; did you mean mail.isp.example?"},
          Case{closed + " mail.isp.example --from nowhere", "nowhere is neither a network"},
          Case{closed + " mail.isp.example --port 26", "26 is none of 25, 465 and 587"},
          Case{"- mail.isp.example", "the scenario must be a file"}, Case{closed, "SERVER"}}) {
        Ended const ended = talk(c.arguments, "QUIT\n");
        CAPTURE(c.arguments, ended.err);
        CHECK(ended.status == 2);
        CHECK(ended.out.empty());
        CHECK(contains(ended.err, c.words));
    }
}

TEST_CASE("a server that nobody could reach in a run is not talked with either") {
    Folder const folder;
    write(folder / "world.json", R"({ "format": 1,
        "networks": { "jail": { "blocks": [ { "port": 25 } ] }, "lab": { "reaches": ["campus"] },
                      "campus": {}, "isp": {} },
        "servers": { "mail.isp.example": { "network": "isp", "handles": ["isp.example"] },
                     "lab.example": { "network": "lab", "handles": ["lab.example"] },
                     "down.example": { "handles": ["down.example"], "up": false } } })");
    std::string const world = shell_word(folder / "world.json");
    struct Case {
        std::string arguments;
        std::string words;
    };
    for (Case const& c :
         {Case{" down.example", "nobody listens at down.example, port 25: the server is down"},
          Case{" mail.isp.example --from jail", "the network jail lets nothing out to port 25"},
          Case{" lab.example --from isp", "there is no way from isp to lab.example"},
          Case{" mail.isp.example --from lab", "there is no way from lab to mail.isp.example"}}) {
        Ended const ended = talk(world + c.arguments, "QUIT\n");
        CAPTURE(c.arguments, ended.err);
        CHECK(ended.status == 2);
        CHECK(ended.out.empty());
        CHECK(contains(ended.err, c.words));
    }
    for (char const* const arguments :
         {" mail.isp.example", " lab.example", " mail.isp.example --from jail --port 587",
          " mail.isp.example --from isp", " lab.example --from campus"}) {
        Ended const ended = talk(world + arguments, "QUIT\n");
        CAPTURE(arguments, ended.err);
        CHECK(ended.status == 0);
        CHECK(ended.out.starts_with("220 "));
    }
}

TEST_CASE("Postfix bears a hundred commands that send no mail, then each is an error") {
    std::string const greeting = "220 mail.isp.example ESMTP Postfix\n";
    std::string const tired = "421 4.7.0 mail.isp.example Error: too many errors\n";
    std::string const nothing = "250 2.0.0 Ok\n";
    for (char const* const command : {"NOOP\n", "RSET\n"}) {
        std::string typed;
        std::string expected = greeting;
        for (int i = 0; i < 101 + 20; ++i) {
            typed += command;
            expected += nothing;
        }
        CHECK(talk(closed + " mail.isp.example", typed).out == expected);
        Ended const ended = talk(closed + " mail.isp.example", typed + command + "QUIT\n");
        CHECK(ended.status == 0);
        CHECK(ended.out == expected + tired);
    }
}

TEST_CASE("a message taken makes Postfix forget the commands that sent none") {
    std::string noops;
    for (int i = 0; i < 100; ++i)
        noops += "NOOP\n";
    std::string const message = "MAIL FROM:<>\nRCPT TO:<maya@isp.example>\nDATA\nSubject: Hi\n\nHi\n.\n";
    std::string const place = closed + " mail.isp.example";
    Ended const with = talk(place, "HELO me.example\n" + noops + message + noops + "QUIT\n");
    CHECK_FALSE(contains(with.out, "too many errors"));
    CHECK(contains(with.out, "221 2.0.0 Bye"));
    Ended const without = talk(place, "HELO me.example\n" + noops + noops + "QUIT\n");
    CHECK(contains(without.out, "too many errors"));
}
