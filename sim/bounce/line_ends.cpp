#include "bounce/line_ends.hpp"

#include "bounce/prose.hpp"

#include <algorithm>
#include <regex>

namespace mailflow {

namespace {

bool is_blank(std::string const& line) {
    return line.find_first_not_of(" \t") == std::string::npos;
}

/// Whether a blank line stands behind every line with words, in a text that is long enough to tell.
bool is_spread(std::vector<std::string> const& lines) {
    constexpr std::ptrdiff_t enough = 4;
    auto const both_have_words = [](std::string const& one, std::string const& next) {
        return !is_blank(one) && !is_blank(next);
    };
    return std::count_if(lines.begin(), lines.end(), [](auto const& line) { return !is_blank(line); }) >=
               enough &&
           std::adjacent_find(lines.begin(), lines.end(), both_have_words) == lines.end();
}

/// A blank line of the letter itself has become three, or two where one was at its end.
std::vector<std::string> drawn_together(std::vector<std::string> const& lines) {
    std::vector<std::string> kept;
    std::size_t blanks = 0;
    for (std::string const& line : lines) {
        if (is_blank(line)) {
            ++blanks;
            continue;
        }
        kept.insert(kept.end(), kept.empty() ? 0 : blanks / 2, "");
        kept.push_back(line);
        blanks = 0;
    }
    return kept;
}

/// With a mark of its own for each end, since a line may end before its first blank or behind a name.
std::vector<std::string> broken_up(std::string text) {
    // An address behind a reply's code belongs to the reply.
    static std::regex const recipient{
        R"(([^\d\s(:]) +(<?[^<>\s@:]{1,64}@[^<>\s@:]{1,255}>?:? )(?=host |SMTP error|\(reason: |Remote |)"
        R"([\d.]{7,15} |Sorry|Connected to |mailbox |User |[\w.-]{1,255} (?:Remote|#)))"};
    static std::regex const beginning{
        R"( +((?:Reporting-MTA|Arrival-Date|Final-Recipient|Original-Recipient|Action|Status|Remote-MTA|)"
        R"(Diagnostic-Code|Last-Attempt-Date|X-Actual-Recipient|Return-Path|Received|From|To|Subject|)"
        R"(Date): |Remote host said: |Giving up on |--- Below this line|------ This is a copy|)"
        R"(----- Transcript|----- The following|\.\.\. while talking to |<<< |>>> |Generating server: |)"
        R"(Original message headers))"};
    // What Sendmail makes of a reply, behind that.
    static std::regex const verdict_begins{R"(([\w)\]]) +([45]\d\d [45]\.\d{1,3}\.\d{1,3} <))"};
    static std::regex const ended{
        R"((This is the mail system at host [\w.-]{1,255}|qmail-send program at [\w.-]{1,255}|)"
        R"(Generating server: [\w.-]{1,255}|while talking to [\w.-]{1,255}:) +)"};
    text = std::regex_replace(text, recipient, "$1\n$2\n");
    text = std::regex_replace(text, beginning, "\n$1");
    text = std::regex_replace(text, verdict_begins, "$1\n$2");
    text = std::regex_replace(text, ended, "$1\n\n");
    std::vector<std::string> lines;
    for (std::size_t from = 0; from <= text.size();) {
        std::size_t const end = std::min(text.find('\n', from), text.size());
        lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

} // namespace

std::vector<std::string> with_own_ends(std::vector<std::string> lines) {
    if (is_spread(lines))
        return drawn_together(lines);
    constexpr std::size_t longest = 20'000;
    auto const only = std::find_if_not(lines.begin(), lines.end(), is_blank);
    if (only == lines.end() || only->size() > longest || !std::all_of(only + 1, lines.end(), is_blank) ||
        !is_letter_text({*only}))
        return lines;
    return broken_up(*only);
}

} // namespace mailflow
