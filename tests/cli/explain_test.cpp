// mailflow explain: a pasted bounce, and who has to mend what.
#include "cli/process.hpp"

namespace {

Ended explain(std::string const& pasted) {
    Folder const folder;
    write(folder / "pasted", pasted);
    return mailflow_program("explain <" + shell_word(folder / "pasted"));
}

} // namespace

TEST_CASE("the bounce of a story, pasted back, names the culprit of that story") {
    Ended const told =
        mailflow_program("run --detail protocol " + shell_word(scenario_path("13-domain-not-set-up")));
    std::string const bounce = told.out.substr(told.out.find("It writes a bounce to"));
    Ended const ended = explain(bounce.substr(0, bounce.find("What became of it")));
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    CHECK(ended.out.starts_with("A bounce from mail.isp.example about leo@shop.example\n\nLine by line\n"));
    CHECK(contains(ended.out, "  Remote-MTA: dns; mx1.shop.example\n      the server that was called"));
    CHECK(contains(ended.out, "These are the words of Postfix."));
    CHECK(contains(ended.out, "Who has to mend it\n  • The postmaster of mx1.shop.example: "));
}

TEST_CASE("one line is enough, in a file or on standard input") {
    Folder const folder;
    write(folder / "line", "550 5.1.1 <lea@shop.example>: Recipient address rejected: User unknown in local "
                           "recipient table\n");
    Ended const ended = mailflow_program("explain " + shell_word(folder / "line"));
    CHECK(ended.status == 0);
    CHECK(contains(ended.out, "  • You: Nobody called \"lea\" has a mailbox at shop.example."));
    CHECK(explain(content_of(folder / "line")).out == ended.out);
}

TEST_CASE("a postmaster is told of the local domains as the manual of the software that spoke names them") {
    constexpr std::pair<std::string_view, std::string_view> told[] = {
        {"550 5.7.1 <leo@shop.example>... Relaying denied. Proper authentication required.",
         "(Sendmail: local-host-names)"},
        {"554 5.7.1 <leo@shop.example>: Relay access denied",
         "(Postfix: mydestination or virtual_mailbox_domains)"},
        {"550 relay not permitted", "(Exim: domainlist local_domains)"},
        {"550 5.7.1 <leo@shop.example>... Relaying denied", "(Sendmail: local-host-names)"},
        {"553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
         "(qmail: control/rcpthosts and control/locals)"},
        {"550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
         "(Exchange: the accepted domains)"},
        {"550 we do no relaying here", "(Postfix: mydestination or virtual_mailbox_domains; Sendmail: "
                                       "local-host-names)"}};
    for (auto const& [words, setting] : told) {
        std::string text = explain(std::string{words}).out;
        for (std::size_t at = text.find("\n    "); at != std::string::npos; at = text.find("\n    ", at))
            text.replace(at, 5, " ");
        INFO(text);
        CHECK(contains(text, "to its list of local domains " + std::string{setting}));
    }
}

TEST_CASE("a mail program that reached nobody does not try again, and a server does") {
    for (char const* port : {"587", "465", "443"}) {
        std::string const told =
            explain("4.4.1 connect to mail.isp.example[203.0.113.49]:" + std::string{port} +
                    ": Connection timed out")
                .out;
        INFO(told);
        CHECK(contains(told, "  • You: If these words stood in a window of your own mail program"));
        CHECK(contains(told, "  • Nobody: If a server said them: just wait"));
    }
    std::string const between =
        explain("4.4.1 connect to mx1.shop.example[203.0.113.17]:25: Connection timed "
                "out")
            .out;
    INFO(between);
    CHECK(contains(between, "  • Nobody: Just wait"));
    CHECK_FALSE(contains(between, "window of your own mail program"));
}

TEST_CASE("a server that the DNS leads to itself was not told of the domain, whatever the software") {
    for (char const* words :
         {"554 5.4.6 mail for shop.example loops back to myself",
          "553 5.3.5 mx.shop.example. config error: mail loops back to me (MX problem?)",
          "it isn't in my control/locals file, so I don't treat it as local. (#5.4.6)",
          "remote host address is the local host", "lowest numbered MX record points to local host",
          "550 5.4.4 SMTPSEND.DNS.MxLoopback; DNS records for this domain are configured in a loop"}) {
        std::string const text = explain(words).out;
        INFO(text);
        CHECK(contains(text, "The DNS leads this server to itself"));
        CHECK_FALSE(contains(text, "Look at the aliases"));
    }
}

TEST_CASE("what is no bounce is refused with a word, and so is a file that is not there") {
    Ended const flowers = explain("Thank you for the flowers.\n");
    CHECK(flowers.status == 2);
    CHECK(flowers.out.empty());
    CHECK(contains(flowers.err,
                   "standard input: there is neither a bounce nor a server's answer in this text"));
    Ended const missing = mailflow_program("explain no-such-file");
    CHECK(missing.status == 3);
    CHECK(contains(missing.err, "cannot read no-such-file"));
}

TEST_CASE("what is no text is told so, and a text of UTF-16 is one") {
    std::string const zeros = "550 5.1.1 User unknown" + std::string(3, '\0');
    Ended const binary = explain(zeros);
    CHECK(binary.status == 2);
    CHECK(contains(binary.err, "standard input: this is no text; save the letter as a text, or paste it"));
    std::string utf16 = "\xff\xfe";
    for (char const c : std::string{"550 5.1.1 <lea@shop.example>: User unknown"})
        utf16 += std::string{c, '\0'};
    CHECK(contains(explain(utf16).out, "Nobody called \"lea\" has a mailbox at shop.example."));
}

TEST_CASE("what the server that wrote the letter found out by itself, nobody said") {
    Ended const ended = explain("Reporting-MTA: dns; mx1.shop.example\n\nFinal-Recipient: rfc822; "
                                "b@shop.example\nAction: failed\nStatus: 5.4.6\nDiagnostic-Code: X-Postfix; "
                                "alias database loop for b\n");
    CHECK(contains(ended.out, "It found out: alias database loop for b"));
}

TEST_CASE("a line out of a log is called that, and not a warning") {
    std::string const line =
        "Nov 27 10:00:31 mail.isp.example postfix/smtp[1234]: 4F2A91C0: to=<leo@shop.example>, ";
    std::string const waits = explain(line + "relay=none, delay=30, dsn=4.4.1, status=deferred (connect to "
                                             "mx1.shop.example[203.0.113.33]:25: Connection timed out)\n")
                                  .out;
    CHECK(contains(waits, "A line of mail.isp.example's log (Postfix) about leo@shop.example"));
    CHECK(contains(waits, "mail.isp.example could not reach mx1.shop.example with the message to "
                          "leo@shop.example."));
    CHECK_FALSE(contains(waits, "warning"));
    std::string const sent = explain(line + "relay=mx1.shop.example[203.0.113.33]:25, dsn=2.0.0, status=sent "
                                            "(250 2.0.0 Ok: queued as 9A8B7C6D)\n")
                                 .out;
    CHECK(contains(sent, "handed the message to leo@shop.example over to mx1.shop.example, which took it."));
    CHECK_FALSE(contains(sent, "known"));
}
