#include "bounce/meaning.hpp"
#include "bounce/pasted.hpp"
#include "fuzz/take.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace mailflow::fuzz {

namespace {

/// Blanks and ends of lines are one blank each: the reader joins what was folded.
std::string in_one_line(std::string_view text) {
    std::string line;
    for (char const c : text)
        if (c != ' ' && c != '\n')
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    return line;
}

class Told {
public:
    explicit Told(std::string_view bytes) {
        for (std::string const& line : plain_lines(bytes))
            text_ += line + "\n";
        text_ = in_one_line(text_);
    }

    void must_have(std::string_view name, std::string_view what) const {
        if (text_.find(in_one_line(name)) != std::string::npos)
            return;
        fmt::print(stderr, "{} that is not in the text: {}\n", what, name);
        std::abort();
    }

    /// No word with a dot in it is one of ours, but for numbers of sections of the RFCs: names of hosts and
    /// domains, and addresses, are of the text.
    void must_have_names_of(std::string_view sentences) const {
        constexpr std::string_view section = "section ";
        while (!sentences.empty()) {
            std::size_t end = 0;
            if (sentences.starts_with(section)) {
                std::size_t const number_end = sentences.find_first_not_of("0123456789.", section.size());
                sentences.remove_prefix(std::min(number_end, sentences.size()));
                continue;
            }
            while (end < sentences.size() && is_part_of_name(sentences[end]))
                ++end;
            std::string_view name = sentences.substr(0, end);
            sentences.remove_prefix(end == 0 ? 1 : end);
            while (!name.empty() && (name.back() == '.' || name.back() == '-'))
                name.remove_suffix(1);
            if (name.find('.') != std::string_view::npos)
                must_have(name, "a name");
        }
    }

private:
    static bool is_part_of_name(char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-';
    }

    std::string text_;
};

void must_tell(bool holds, std::string_view what) {
    if (holds)
        return;
    fmt::print(stderr, "{}\n", what);
    std::abort();
}

} // namespace

void take_bounce(std::string_view bytes) {
    constexpr std::size_t most_recipients = 1000;
    constexpr std::size_t most_told = 20; // the first ones stand for the rest
    Told const told{bytes};
    Notice const notice = read_notice(bytes);
    told.must_have(notice.reporting_server, "a server");
    must_tell(notice.recipients.size() <= most_recipients, "too many recipients");
    std::size_t count = 0;
    for (NoticeRecipient const& recipient : notice.recipients) {
        if (++count > most_told)
            break;
        told.must_have(recipient.address, "an address");
        told.must_have(recipient.remote_server, "a server");
        told.must_have(recipient.remote_address, "an address of a server");
        Recognition const recognition = recognise(recipient.words, recipient.status);
        std::vector<Cause> causes = recognition.causes;
        causes.push_back(Cause::unknown);
        for (Cause const cause : causes) {
            std::string const account = account_of(notice, recipient, cause);
            must_tell(!account.empty(), "nothing has happened");
            told.must_have_names_of(account);
            auto const counsels = counsel_on(notice, recipient, cause);
            must_tell(!counsels.empty(), "nobody has to mend it");
            for (Counsel const& counsel : counsels) {
                must_tell(!counsel.who.empty() && !counsel.what.empty(), "no advice");
                told.must_have_names_of(counsel.who + ": " + counsel.what);
            }
        }
        for (auto const* fields : {&notice.fields, &recipient.fields})
            for (NoticeField const& field : *fields)
                (void)meaning_of(field);
    }
}

} // namespace mailflow::fuzz
