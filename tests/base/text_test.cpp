// Words about words: guesses, lists, base64, UTF-8.
#include "catch.hpp"

#include "base/text.hpp"

#include <vector>

using namespace mailflow;
using namespace std::string_literals;

TEST_CASE("only ASCII letters change to lower case") {
    CHECK(lower_case("Mail.ISP.Example-9[]@`{") == "mail.isp.example-9[]@`{");
    CHECK(lower_case("Ä\xc3\x84Z") == "Ä\xc3\x84z");
    CHECK(lower_case("").empty());
}

TEST_CASE("a misspelt word is taken for the nearest known one") {
    std::vector<std::string> const keys{"handles", "mailboxes",  "accounts",
                                        "trusts",  "relays_for", "open_relay"};
    CHECK(nearest("handels", keys) == "handles");    // neighbours swapped: one mistake
    CHECK(nearest("Mailboxs", keys) == "mailboxes"); // a letter missing, the case wrong
    CHECK(nearest("truts", keys) == "trusts");
    CHECK(nearest("relay_for", keys) == "relays_for");
    CHECK(nearest("open-relay", keys) == "open_relay");
    CHECK(nearest("accounts", keys) == "accounts");
}

TEST_CASE("a word that is far from all known ones is not guessed at") {
    std::vector<std::string> const keys{"handles", "trusts"};
    CHECK(nearest("colour", keys).empty());
    CHECK(nearest("", keys).empty());
    CHECK(nearest("trusts", {}).empty());
    CHECK(nearest("han", keys).empty());
    CHECK(nearest(std::string(5000, 'h'), keys).empty());
    std::vector<std::string> const huge{std::string(5000, 'h')};
    CHECK(nearest("hhhh", huge).empty());
}

TEST_CASE("of equally near words the first is taken") {
    std::vector<std::string> const names{"maya", "mara"};
    CHECK(nearest("mama", names) == "maya");
    std::vector<std::string> const reversed{"mara", "maya"};
    CHECK(nearest("mama", reversed) == "mara");
}

TEST_CASE("words are joined as people list them") {
    std::vector<std::string> const words{"a", "b", "c"};
    std::span<std::string const> const all{words};
    CHECK(join_words(all.first(0)).empty());
    CHECK(join_words(all.first(1)) == "a");
    CHECK(join_words(all.first(2)) == "a and b");
    CHECK(join_words(all) == "a, b and c");
    CHECK(join_words(all, "or") == "a, b or c");
}

TEST_CASE("counts agree with their nouns") {
    CHECK(count_of(0, "message", "messages") == "0 messages");
    CHECK(count_of(1, "message", "messages") == "1 message");
    CHECK(count_of(2, "message", "messages") == "2 messages");
}

TEST_CASE("base64 gives the vectors of RFC 4648 section 10") {
    CHECK(base64("").empty());
    CHECK(base64("f") == "Zg==");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("foo") == "Zm9v");
    CHECK(base64("foob") == "Zm9vYg==");
    CHECK(base64("fooba") == "Zm9vYmE=");
    CHECK(base64("foobar") == "Zm9vYmFy");
}

TEST_CASE("base64 takes every byte") {
    CHECK(base64("\0maya\0secret"s) == "AG1heWEAc2VjcmV0"); // AUTH PLAIN, RFC 4616
    CHECK(base64("\xfb\xff\xfe") == "+//+");
}

TEST_CASE("ASCII ends at the delete key") {
    CHECK(is_ascii(""));
    CHECK(is_ascii("maya \x01~\x7f"));
    CHECK_FALSE(is_ascii("zoë"));
    CHECK_FALSE(is_ascii("x\x80"));
}

TEST_CASE("printable characters end at the first that is none, wherever in its eight bytes it stands") {
    std::string printable;
    for (char c = 0x20; c < 0x7f; ++c)
        printable += c;
    CHECK(printable_prefix("") == 0);
    CHECK(printable_prefix(printable) == printable.size());
    for (char const other : {'\0', '\n', '\x1f', '\x7f', '\x80', '\xa0', '\xff'})
        for (std::size_t at = 0; at < printable.size(); ++at) {
            std::string text = printable;
            text[at] = other;
            INFO(int{other} << " at " << at);
            CHECK(printable_prefix(text) == at);
        }
}

TEST_CASE("well-formed UTF-8 is told from what only looks like it") {
    for (std::string const& good :
         {""s, "plain"s, "\0"s, "\xc2\x80"s, "\xdf\xbf"s, "\xe0\xa0\x80"s, "\xed\x9f\xbf"s, "\xee\x80\x80"s,
          "\xef\xbf\xbf"s, "\xf0\x90\x80\x80"s, "\xf4\x8f\xbf\xbf"s, "Zoë 世界 ✉"s})
        CHECK(valid_utf8(good));
    for (std::string const& bad :
         {"\x80"s, "\xc3"s, "\xc3("s, "\xc0\x80"s, "\xc1\xbf"s, "\xe0\x9f\xbf"s, "\xed\xa0\x80"s,
          "\xed\xbf\xbf"s, "\xe2\x82"s, "\xf0\x8f\xbf\xbf"s, "\xf4\x90\x80\x80"s, "\xf5\x80\x80\x80"s,
          "\xff"s, "ok\xe2\x28\xa1"s, "\xf0\x9f\x98"s})
        CHECK_FALSE(valid_utf8(bad));
}

TEST_CASE("bytes that are no UTF-8, or no letters, become percent escapes, and all others stay") {
    CHECK(to_utf8("Gr\xc3\xbc\xc3\x9f"
                  "e 100%.json") == "Gr\xc3\xbc\xc3\x9f"
                                    "e 100%.json");
    CHECK(to_utf8("bad\xff"
                  "n\xc3.json") == "bad%FFn%C3.json");
    CHECK(to_utf8("\xed\xa0\x80") == "%ED%A0%80"); // half of a pair, which UTF-8 has not
    CHECK(valid_utf8(to_utf8("\xe2\x82")));
    CHECK(to_utf8("a new\nline\x7f.json") == "a new%0Aline%7F.json");
    CHECK(to_utf8("gr%FC%fc.json") == "gr%25FC%25fc.json"); // else it would look like "gr\xfc\xfc.json"
    CHECK(to_utf8("5%, 5%2, 5%2x %") == "5%, 5%2, 5%2x %");
    CHECK(to_utf8("").empty());
}
