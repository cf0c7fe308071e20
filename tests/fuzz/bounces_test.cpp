// Bounces as no server writes them: every letter of the library, in the words of each software, cut, doubled,
// stirred and spoilt; and what people have pasted. The reader never ends in harm, and never names a server
// that is not in the text.
#include "bounce/written.hpp"
#include "fuzz/take.hpp"

#include "base/random.hpp"

#include <cstdlib>
#include <ctime>

using namespace mailflow;

namespace {

std::vector<std::string> lines_in(std::string const& text) {
    std::vector<std::string> lines;
    std::istringstream rest{text};
    for (std::string line; std::getline(rest, line);)
        lines.push_back(line);
    return lines;
}

std::string joined(std::vector<std::string> const& lines) {
    std::string text;
    for (std::string const& line : lines)
        text += line + "\n";
    return text;
}

/// Spoils letters, the same way for the same seed.
class Spoiler {
public:
    Spoiler(std::uint64_t seed, std::vector<std::string> const& letters)
        : chance_{seed, 0}
        , letters_{letters} {}

    std::string spoilt(std::string text) {
        for (std::uint64_t changes = 1 + chance_.below(4); changes > 0; --changes)
            text = below(2) == 0 ? with_spoilt_lines(lines_in(text)) : with_spoilt_bytes(text);
        return text;
    }

private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(chance_.below(bound)); }

    std::string with_spoilt_bytes(std::string text) {
        if (text.empty())
            return text;
        std::size_t const at = below(text.size());
        std::size_t const length = 1 + below(60);
        std::string const& other = letters_[below(letters_.size())];
        switch (below(8)) {
        case 0: return text.substr(0, at);
        case 1: return text.substr(at);
        case 2: text.insert(at, text.substr(at, length)); break;
        case 3: text.erase(at, length); break;
        case 4: text.insert(at, length, '\0'); break;
        case 5: text.insert(at, below(20) == 0 ? 300'000 : 3000, "a .@<5:["[below(8)]); break;
        case 6: text.replace(at, length, other.substr(below(other.size()), length)); break;
        default:
            for (std::size_t i = 0; i < length; ++i)
                text[below(text.size())] = static_cast<char>(below(256));
        }
        return text;
    }

    std::string with_spoilt_lines(std::vector<std::string> lines) {
        if (lines.empty())
            return {};
        static constexpr char const* odd[] = {"--4F2A91C03.1767603600/mail.isp.example",
                                              "--4F2A91C03.1767603600/mail.isp.example--",
                                              "Content-Transfer-Encoding: base64",
                                              "Content-Transfer-Encoding: quoted-printable",
                                              "Content-Type: multipart/report; boundary=\"never\"",
                                              "<html><body>",
                                              "Final-Recipient: rfc822;",
                                              "Reporting-MTA: dns; mail.isp.example",
                                              "... while talking to mx1.shop.example.:",
                                              "<<< 550",
                                              "550-5.1.1",
                                              "Remote host said: ",
                                              ""};
        std::size_t const at = below(lines.size());
        std::size_t const other = below(lines.size());
        auto const place = lines.begin() + static_cast<std::ptrdiff_t>(at);
        switch (below(7)) {
        case 0: lines.erase(place); break;
        case 1: lines.insert(place, lines[other]); break;
        case 2: std::swap(lines[at], lines[other]); break;
        case 3: lines.insert(place, odd[below(std::size(odd))]); break;
        case 4: lines[at] = "> \t" + lines[at] + "\r"; break;
        case 5: lines[at] += lines[other]; break;
        default: lines.resize(at);
        }
        return joined(lines);
    }

    RandomStream chance_;
    std::vector<std::string> const& letters_;
};

std::vector<std::string> letters_of_all_softwares() {
    std::vector<std::string> letters;
    for (std::size_t i = 0; i < software_names.size(); ++i)
        for (Written const& letter : letters_in(static_cast<Software>(i)))
            letters.push_back(letter.text);
    return letters;
}

std::vector<std::string> kept_bounces() {
    std::vector<std::string> kept;
    for (auto const& entry : std::filesystem::directory_iterator{MAILFLOW_SOURCE_DIR "/tests/fuzz/bounces"})
        kept.push_back(text_of(entry.path()));
    return kept;
}

/// More of them, by hand: MAILFLOW_SPOILT=100.
std::size_t times_each() {
    char const* const wanted = std::getenv("MAILFLOW_SPOILT");
    return wanted ? static_cast<std::size_t>(std::atoll(wanted)) : 10;
}

} // namespace

TEST_CASE("a letter that is spoilt anyhow is read without harm, and names no server that is not in it") {
    std::vector<std::string> letters = letters_of_all_softwares();
    REQUIRE(letters.size() > 6 * 20);
    for (std::string& kept : kept_bounces())
        letters.push_back(std::move(kept));
    Spoiler spoiler{20260105, letters};
    for (std::string const& letter : letters) {
        fuzz::take_bounce(letter);
        for (std::size_t i = 0; i < times_each(); ++i)
            fuzz::take_bounce(spoiler.spoilt(letter));
    }
}

TEST_CASE("no text takes the reader long") {
#if defined(__SANITIZE_ADDRESS__) // under which all of it takes ten times as long
    constexpr std::size_t size = 100'000;
#else
    constexpr std::size_t size = 1'000'000;
#endif
    std::string const reply = "550 5.7.1 <leo@shop.example>: Relay access denied\n";
    for (std::string const& piece :
         {std::string{"a\n"}, std::string{"\n"}, std::string{" a"}, std::string{"a@b.c:"},
          std::string{"a@b.c:\n x\n"}, std::string{"550-a\n"}, std::string{"<<< 550 a\n"},
          std::string{"\"a@"}, std::string{"<a@"}, std::string{"said: host a[1] "},
          std::string{"... while talking to a.:\n<<< 550 b\n"}, reply,
          std::string{"Final-Recipient: rfc822; a@b.c\n"}, std::string{"Diagnostic-Code: smtp; 550 a\n  b\n"},
          std::string{"<br>&lt;"}, std::string{"=\n"}, std::string(1, '\0')}) {
        CAPTURE(piece);
        std::string text = "Content-Transfer-Encoding: quoted-printable\n\n";
        if (piece != "=\n")
            text.clear();
        while (text.size() < size)
            text += piece;
        std::clock_t const begun = std::clock(); // of the processor: a busy machine does not count
        fuzz::take_bounce(text);
        CHECK(static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC < 10);
    }
}
