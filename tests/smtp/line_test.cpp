// Commands as they are typed.
#include "catch.hpp"

#include "smtp/line.hpp"
#include "smtp/path.hpp"

using namespace mailflow;
using namespace std::string_literals;

TEST_CASE("a line is a verb and what follows it, in any case and with any spaces") {
    CHECK(parse_line("ehlo client.example").verb == Verb::ehlo);
    CHECK(parse_line("  Mail   FROM:<a@b.example>  ").verb == Verb::mail);
    CHECK(parse_line("  Mail   FROM:<a@b.example>  ").argument == "FROM:<a@b.example>");
    CHECK(parse_line("quit").verb == Verb::quit);
    CHECK(parse_line("NOOP foo").keyword == Keyword::noop);
    CHECK(parse_line("").keyword == Keyword::empty);
    CHECK(parse_line(" \t ").keyword == Keyword::empty);
    CHECK(parse_line("FOO").keyword == Keyword::unknown);
    CHECK(parse_line("FOO").word == "FOO");
    CHECK(parse_line("GET / HTTP/1.1").keyword == Keyword::forbidden);
    CHECK(parse_line("Subject: hello").keyword == Keyword::forbidden);
    CHECK(parse_line("\0\x01\xff"s).keyword == Keyword::unknown);
}

TEST_CASE("too few and too many arguments are noted") {
    CHECK(parse_line("HELO").flaw == Flaw::missing_argument);
    CHECK(parse_line("EHLO ???").flaw == Flaw::none); // whether a host may be called so is asked later
    CHECK(parse_line("QUIT now").flaw == Flaw::excess_argument);
    CHECK(parse_line("DATA").flaw == Flaw::none);
    CHECK(parse_line("ETRN").flaw == Flaw::missing_argument);
    CHECK(parse_line("ETRN a b").flaw == Flaw::excess_argument);
    CHECK(parse_line("VRFY").flaw == Flaw::missing_argument);
}

TEST_CASE("some servers want one space behind the verb, and none before it") {
    for (char const* strange : {" NOOP", "NOOP\tx"}) {
        CHECK(parse_line(strange, Blanks::skipped).keyword == Keyword::noop);
        CHECK(parse_line(strange, Blanks::one).keyword == Keyword::unknown);
    }
    CHECK(parse_line("MAIL  FROM:<a@b.example>", Blanks::one).argument == " FROM:<a@b.example>");
    CHECK(parse_line("RSET ", Blanks::one).flaw == Flaw::none);
    CHECK(parse_line("RSET ", Blanks::one_means).flaw == Flaw::excess_argument);
    CHECK(parse_line("RSET", Blanks::one_means).flaw == Flaw::none);
    CHECK(parse_line(" ", Blanks::one).keyword == Keyword::empty);
}

TEST_CASE("each software has its own idea of what a host may be called") {
    struct Name {
        char const* name;
        bool exim, sendmail, opensmtpd, exchange;
    };
    constexpr Name names[] = {
        {"client.example", true, true, true, true},
        {"client", true, true, true, true},
        {"my_host", false, true, true, true},
        {"client.example.", true, true, false, true},
        {"-client.example", true, true, false, true},
        {"a:b", false, true, false, true},
        {"a#b", false, true, false, false},
        {"a/b", false, false, false, false},
        {"client example", false, false, false, false},
        {"[203.0.113.100]", true, true, true, true},
        {"[IPv6:2001:db8::1]", true, true, true, true},
        {"[1.2.3]", false, true, false, true},
    };
    for (Name const& each : names) {
        INFO(each.name);
        CHECK(is_greeting_name_for_exim(each.name) == each.exim);
        CHECK(is_greeting_name_for_sendmail(each.name) == each.sendmail);
        CHECK(is_greeting_name_for_opensmtpd(each.name) == each.opensmtpd);
        CHECK(is_greeting_name(each.name) == each.exchange);
    }
    std::string const label(64, 'a');
    CHECK(is_greeting_name_for_exim(label + ".example"));
    CHECK_FALSE(is_greeting_name_for_opensmtpd(label + ".example"));
    CHECK(is_greeting_name_for_sendmail(std::string(256, 'a')));
    CHECK_FALSE(is_greeting_name_for_sendmail(std::string(257, 'a')));
}

TEST_CASE("the argument of MAIL is taken apart") {
    PathArgument const parts = take_apart("From: <a@b.example> SIZE=10", "FROM:");
    CHECK(parts.flaw == Flaw::none);
    CHECK(parts.path == "<a@b.example>");
    CHECK(parts.inside == "a@b.example");
    CHECK(parts.parameters == "SIZE=10");
    CHECK(take_apart("FROM:<\"a>b\"@c.example> X", "FROM:").inside == "\"a>b\"@c.example");
    CHECK(take_apart("FROM:a@b.example SIZE=1", "FROM:").inside == "a@b.example");
    CHECK(take_apart("FROM:<>", "FROM:").inside.empty());
    CHECK(take_apart("FROM:<a", "FROM:").flaw == Flaw::unclosed_path);
    CHECK(take_apart("FROM:<", "FROM:").flaw == Flaw::unclosed_path);
    CHECK(take_apart("FROM:", "FROM:").flaw == Flaw::missing_argument);
    CHECK(take_apart("TO:<a>", "FROM:").flaw == Flaw::wrong_keyword);
    CHECK(take_apart("", "FROM:").flaw == Flaw::wrong_keyword);
}

TEST_CASE("source routes and the last at sign are found outside quotes only") {
    CHECK(without_source_route("@a.example,@b.example:c@d.example") == "c@d.example");
    CHECK(without_source_route("c@d.example") == "c@d.example");
    CHECK(without_source_route("@d.example") == "@d.example");
    CHECK(last_at("a@b@c") == 3);
    CHECK(last_at("\"a@b\"@c") == 5);
    CHECK(last_at("\"a@b\"") == std::string_view::npos);
    CHECK(last_at("a\\@b") == std::string_view::npos);
}

TEST_CASE("what AUTH says is decoded") {
    CHECK(read_auth("plain AGE=").mechanism == AuthArgument::Mechanism::plain);
    CHECK(read_auth("LOGIN").mechanism == AuthArgument::Mechanism::login);
    CHECK_FALSE(read_auth("LOGIN").initial_response);
    CHECK(read_auth("FOO").name == "FOO");
    CHECK(read_response("=", true) == std::optional{""s});
    CHECK_FALSE(read_response("=", false));
    CHECK_FALSE(read_response("!", true));
    auto const message = read_plain("\0alice\0secret1"s);
    REQUIRE(message);
    CHECK(message->acts_for.empty());
    CHECK(message->user == "alice");
    CHECK(message->password == "secret1");
    CHECK_FALSE(read_plain("alice"));
    CHECK_FALSE(read_plain("alice\0x"s));
}

TEST_CASE("the size of a chunk is read") {
    CHECK(read_chunk("10").octets == 10);
    CHECK_FALSE(read_chunk("10").last);
    CHECK(read_chunk("0 last").last);
    CHECK(read_chunk("").flaw == Flaw::missing_argument);
    CHECK(read_chunk("x").flaw == Flaw::missing_argument);
    CHECK(read_chunk("1 2").flaw == Flaw::missing_argument);
    CHECK(read_chunk("1 2", true).octets == 1);
    CHECK_FALSE(read_chunk("1 LAST x", true).last);
    CHECK(read_chunk("1 last", true).last);
    CHECK(read_chunk("x", true).flaw == Flaw::missing_argument);
}
