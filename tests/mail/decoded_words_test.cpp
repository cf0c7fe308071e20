// Subjects and other words of a header that were put into ASCII for the way (RFC 2047).
#include "catch.hpp"

#include "base/text.hpp"
#include "mail/decoded_words.hpp"
#include "mail/encoded_words.hpp"

#include <sstream>

using namespace mailflow;

TEST_CASE("encoded words are decoded, in both encodings and the usual character sets") {
    CHECK(with_decoded_words("Subject: =?utf-8?B?R3LDvMOfZSBhdXMgS8O2bG4=?=") == "Subject: Grüße aus Köln");
    CHECK(with_decoded_words("Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=") ==
          "Subject: Grüße aus Köln");
    CHECK(with_decoded_words("=?iso-8859-1?Q?Gr=FC=DFe?=") == "Grüße");
    CHECK(with_decoded_words("=?ISO-8859-15?q?10_=A4?=") == "10 €");
    CHECK(with_decoded_words("=?windows-1252?Q?=84so=93_f=FCr_5_=80?=") == "„so“ für 5 €");
    CHECK(with_decoded_words("=?us-ascii?Q?plain=3F?=") == "plain?");
    CHECK(with_decoded_words("=?utf-8*en?B?aGk=?=") == "hi");
}

TEST_CASE("blanks stand between words, and not between two encoded ones") {
    CHECK(with_decoded_words("=?utf-8?Q?one?= =?utf-8?Q?two?=") == "onetwo");
    CHECK(with_decoded_words("=?utf-8?Q?one?= and =?utf-8?Q?two?=") == "one and two");
    CHECK(with_decoded_words("a =?utf-8?Q?b?= c") == "a b c");
}

TEST_CASE("what is encoded for the way is decoded to the same, and no line of it is too long") {
    CHECK(encoded_words("Hello Leo") == "Hello Leo");
    CHECK(encoded_words("Grüße") == "=?UTF-8?B?R3LDvMOfZQ==?=");
    std::string const subject =
        "Grüße aus Köln, über die Straße und zurück, mit äußerst vielen Wörtern – 😀😀😀😀😀😀😀😀";
    std::string const encoded = "Subject: " + encoded_words(subject);
    std::string one_line;
    std::istringstream lines{encoded};
    for (std::string line; std::getline(lines, line);) {
        CHECK(line.size() <= 76);
        CHECK(is_ascii(line));
        CHECK(valid_utf8(with_decoded_words(line))); // no letter is cut
        CHECK(with_decoded_words(line) != line);
        one_line += line;
    }
    CHECK(with_decoded_words(one_line) == "Subject: " + subject);
}

TEST_CASE("what is cut, or of a kind that is not known, stays as it is") {
    for (char const* const raw : {"=?utf-8?B?R3L", "=?utf-8?X?abc?=", "=?koi8-r?B?8NLJ18XU?=",
                                  "=?utf-8?Q?=F?=", "=?utf-8?Q?=FF?=", "=?utf-8?B?R3Lx!?=", "=?",
                                  "=?"
                                  "?=",
                                  "1 =? 2", "=?utf-8?"})
        CHECK(with_decoded_words(raw) == raw);
}
