#include "bounce/blocks.hpp"

#include "bounce/prose.hpp"
#include "bounce/recognition.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <regex>

namespace mailflow {

namespace {

using Found = std::smatch;

constexpr char const* address_form =
    R"((?:"[^"\s]+"|[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+)@(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|\[[^\]\s]+\]))";
/// In brackets or in quotes, addresses of old forms: paths of hosts, names without a domain.
constexpr char const* old_form = R"(<[^<>\s@]+(?:@[^<>\s]+)?>|"[^"\s]+@[^"\s]+")";

std::string joined(std::string const& text, std::string const& line) {
    std::size_t const from = line.find_first_not_of(" \t");
    if (from == std::string::npos)
        return text;
    return text.empty() ? line.substr(from) : text + " " + line.substr(from);
}

/// An address alone in its line, or in front of a colon or of three dots.
std::optional<std::pair<std::string, std::string>> opening(std::string const& line) {
    static std::regex const form{std::string{R"(^\s*()"} + address_form + "|" + old_form +
                                 R"()(?:\s*\(.*\)| on \d+[/.]\d+[/.]\d+ .*)?(\s*$|:|\.\.\.)\s*(.*)$)"};
    Found found;
    if (line.size() > 2000 || !std::regex_match(line, found, form))
        return std::nullopt;
    std::string rest = found[3];
    if (lower_case(rest).starts_with("sender address"))
        return std::nullopt; // not the one that it could not be brought to
    static std::regex const expanded{std::string{R"(\((?:expanded from|generated from):? <?()"} +
                                     address_form + ")>?\\)"};
    Found alias;
    if (std::regex_search(line, alias, expanded))
        rest = alias[0].str() + " " + rest;
    std::string address = found[1];
    if (address.front() == '<')
        address = address.substr(1, address.size() - 2);
    return std::pair{std::move(address), std::move(rest)};
}

std::size_t indent_of(std::string const& line) {
    return std::min(line.find_first_not_of(" \t"), line.size());
}

/// Whether the text stops behind the code of a reply, so that its words stand in the next line:
/// "host mx1.shop.example[203.0.113.9] said: 554 5.7.1".
bool breaks_off(std::string const& text) {
    static std::regex const form{R"((?:^|[ :])[45]\d\d[ -]?(?:[45]\.\d{1,3}\.\d{1,3})?\s*$)"};
    constexpr std::size_t longest_code = 20;
    return std::regex_search(text.substr(text.size() - std::min(text.size(), longest_code)), form);
}

/// What Sendmail's transcript tells of the session: "... while talking to mx1.shop.example.:", and below it
/// that server's replies, "<<< 550 5.7.1 ...".
class Transcript {
public:
    /// Whether the line belongs to it and is about no address.
    bool see(std::string const& line) {
        static std::regex const talk{R"(^\s*\.\.\. while talking to ([A-Za-z0-9.-]+?)\.?:\s*$)"};
        static std::regex const finding{R"(^\s*([45]\d\d [45]\.\d{1,3}\.\d{1,3} [^<\s].*)$)"};
        Found found;
        if (line.size() > longest_line)
            return false;
        if (std::regex_match(line, found, talk)) {
            server_ = found[1];
            return true;
        }
        if (line.starts_with("<<<")) {
            if (std::string const words = joined("", line.substr(3)); !words.empty() && !server_.empty())
                answers_.emplace_back(server_, words);
            return true;
        }
        follows_ = follows_ || line.find("Transcript of session follows") != std::string::npos;
        if (follows_ && std::regex_match(line, found, finding)) {
            if (own_finding_.empty())
                own_finding_ = found[1]; // what follows it is said in general
            return true;
        }
        return line.starts_with(">>>");
    }

    /// What Sendmail found out by itself, about whomever nothing else is said of.
    [[nodiscard]] std::string const& own_finding() const { return own_finding_; }

    /// Whose words they are, and what a reason that names nothing stands for.
    void complete(Block& block) const {
        if (block.words.find(vague_reason) != std::string::npos && !own_finding_.empty())
            block.words = own_finding_;
        if (!block.remote_server.empty() || !block.remote_address.empty())
            return;
        for (auto const& [server, words] : answers_)
            if (block.words.find(words) != std::string::npos)
                block.remote_server = server;
    }

private:
    static constexpr std::size_t longest_line = 2000; // regular expressions recurse

    std::string server_;
    std::vector<std::pair<std::string, std::string>> answers_; // by whom, and what
    std::string own_finding_;
    bool follows_ = false;
};

/// What Sendmail itself made of a reply: "550 5.1.1 <leo@shop.example>... User unknown".
std::optional<std::pair<std::string, std::string>> verdict(std::string const& line) {
    static std::regex const form{std::string{R"(^\s*([45]\d\d (?:[45]\.\d{1,3}\.\d{1,3} )?<()"} +
                                 address_form + R"()>\.\.\. .*)$)"};
    Found found;
    if (line.size() > 2000 || !std::regex_match(line, found, form))
        return std::nullopt;
    return std::pair{found[2].str(), found[1].str()};
}

/// What was quoted of a server, if the text says who said it: Postfix, Exim, Sendmail, qmail, Exchange.
std::string quoted_words(std::string const& text) {
    static std::array const forms{
        std::regex{R"(Remote host said: (.*?)(?: Giving up on .*)?$)"},
        std::regex{R"( said: (.*?)(?: \(in reply to .*\).*)?$)"},
        std::regex{R"(^delivery via \S+: (.*)$)"}, // Postfix, of a success
        std::regex{R"(refused to talk to me: (.*)$)"},
        std::regex{R"(SMTP error from remote mail(?:er| server)(?: after [^]*?)?: ([45]\d\d[ -].*)$)"},
        std::regex{R"(\(reason: (.*?)\)(?: |$))"},
        std::regex{R"(Remote [Ss]erver returned '(.*)')"},
        std::regex{R"(<\S+ #[45]\.\d{1,3}\.\d{1,3} smtp;(.*)>$)"},     // Exchange 2003
        std::regex{R"(, host: \S+ \([0-9A-Fa-f.:]+\) reason: (.*)$)"}, // 1&1
        std::regex{R"(\{LED=([^}]*)\})"},                              // the queue of Exchange
        std::regex{R"(Server Response: '(.*?)'(?:,|$))"},              // Outlook
        std::regex{R"((?:server responded|Server antwortete): +(.*?)(?:  Please check .*)?$)"}, // Thunderbird
        std::regex{R"(Reported error: +(.*)$)"}, // Exchange Online
    };
    Found found;
    for (std::regex const& form : forms)
        if (std::regex_search(text, found, form))
            return found[1].str();
    return {};
}

void put_remote(Block& block, std::string const& text) {
    static std::array const forms{std::regex{R"(host ([A-Za-z0-9.-]+) ?\[([0-9A-Fa-f.:]+)\])"},
                                  std::regex{R"(host: ([A-Za-z0-9.-]+) \(([0-9A-Fa-f.:]+)\))"}, // 1&1
                                  std::regex{R"(delivery via ([A-Za-z0-9.-]+)\[([0-9A-Fa-f.:]+)\])"},
                                  std::regex{R"(connect to ([A-Za-z0-9.-]+)\[([0-9A-Fa-f.:]+)\])"},
                                  std::regex{R"((?:connection|conversation|timed out|session) with )"
                                             R"(([A-Za-z0-9.-]+)\[([0-9A-Fa-f.:]+)\])"},
                                  std::regex{R"(\{FQDN=([A-Za-z0-9.-]+)\};\{IP=([0-9A-Fa-f.:]+)\})"},
                                  std::regex{R"( H=([A-Za-z0-9.-]+) \[([0-9A-Fa-f.:]+)\])"}}; // Exim's log
    static std::regex const deferred{
        R"(Deferred: Connection (?:timed out with|refused by|reset by) ([\w-]+(?:\.[\w-]+)+)\.)"};
    static std::regex const named{
        R"((?:^|<)([\w-]+(?:\.[\w-]+)+) (?:Remote [Ss]erver returned '|#[45]\.\S+ smtp;))"};
    static std::regex const bare{R"((?:^|Connected to )(\d+\.\d+\.\d+\.\d+) (?:does not like|failed|but ))"};
    Found found;
    for (std::regex const& form : forms)
        if (std::regex_search(text, found, form)) {
            block.remote_server = found[1];
            block.remote_address = found[2];
            return;
        }
    if (std::regex_search(text, found, deferred) || std::regex_search(text, found, named))
        block.remote_server = found[1];
    else if (std::regex_search(text, found, bare))
        block.remote_address = found[1];
}

/// Whether the address that the words mention is the sender's.
bool is_about_sender(std::string const& words) {
    std::vector<Cause> const causes = recognise(words).causes;
    return std::any_of(causes.begin(), causes.end(), [](Cause cause) {
        return cause == Cause::bad_sender || cause == Cause::no_sender_domain ||
               cause == Cause::sender_not_allowed || cause == Cause::sender_not_proved;
    });
}

constexpr std::size_t longest_block = 4000; // regular expressions recurse

/// A reply of several lines in one: "550-5.1.1 no such" and "550 5.1.1 user" (RFC 5321 section 4.2.1).
std::string whole_reply(std::vector<std::string> const& lines, std::size_t first) {
    std::string text = joined("", lines[first]);
    static std::regex const form{R"(^\s*([45]\d\d)([ -])(?:[45]\.\d{1,3}\.\d{1,3} ?)?(.*)$)"};
    Found found;
    bool goes_on = std::regex_match(lines[first], found, form) && found[2] == "-";
    std::string const code = goes_on ? found[1].str() : "";
    for (std::size_t n = first + 1; goes_on && n < lines.size() && text.size() < longest_block; ++n) {
        if (lines[n].size() > longest_block || !std::regex_match(lines[n], found, form) || found[1] != code)
            break;
        text = joined(text, found[3].str());
        goes_on = found[2] == "-";
    }
    if (!code.empty())
        text.replace(text.find(code) + code.size(), 1, " ");
    return text;
}

/// The address that the line with the reply is about: in brackets or bare, or else where the letter says whom
/// it could not reach.
std::string addressee(std::string const& line, std::vector<std::string> const& lines) {
    static std::regex const bracketed{std::string{"<("} + address_form + ")>"};
    static std::regex const bare{std::string{"("} + address_form + ")"};
    static std::regex const told{
        std::string{"(?:delivered to|delivery to|message to|Recipient Address:)\\s+<?("} + address_form +
        ")"};
    Found found;
    for (std::regex const* form : {&bracketed, &bare})
        for (std::sregex_iterator at{line.begin(), line.end(), *form}; at != std::sregex_iterator{}; ++at) {
            std::string const before = lower_case(at->prefix().str());
            if (before.ends_with("contact ") || before.ends_with("sender "))
                continue; // whom to ask, or who wrote it
            std::string address = (*at)[1];
            return address.substr(address.front() == '\'' ? 1 : 0); // in single quotes
        }
    for (std::string const& other : lines)
        if (other.size() < longest_block && std::regex_search(other, found, told))
            return found[1];
    return {};
}

/// The address that the other server was asked about, where the text quotes the command (Exim).
std::string asked_about(std::string const& text) {
    static std::regex const form{std::string{"RCPT TO:<("} + address_form + ")>"};
    Found found;
    return std::regex_search(text, found, form) ? found[1].str() : std::string{};
}

} // namespace

Block read_block(std::string address, std::string const& text) {
    Block block;
    block.address = address.empty() ? "" : asked_about(text);
    if (block.address.empty() || lower_case(block.address) == lower_case(address))
        block.address = std::move(address);
    block.words = quoted_words(text);
    put_remote(block, text);
    static std::regex const host_alone{R"(^host [A-Za-z0-9.-]+ ?\[[0-9A-Fa-f.:]+\]$)"};
    if (block.words.empty() && !std::regex_match(text, host_alone))
        block.words = text;
    static std::regex const expanded{std::string{R"(\((?:expanded from|generated from):? <?()"} +
                                     address_form + ")>?\\) ?"};
    Found found;
    if (std::regex_search(text, found, expanded)) {
        block.written_to = found[1];
        if (block.words == text)
            block.words = found.prefix().str() + found.suffix().str();
    }
    return block;
}

std::vector<Block> blocks_in(std::vector<std::string> const& lines) {
    std::vector<std::pair<std::string, std::string>> texts;
    bool open = false;
    std::size_t margin = 0; // of the line that opened the text
    Transcript transcript;
    auto const text_about = [&](std::string const& address) {
        return std::find_if(texts.begin(), texts.end(),
                            [&](auto const& text) { return text.first == address; });
    };
    for (std::string const& line : lines) {
        if (ends_text(line))
            break;
        if (transcript.see(line) || is_about_message(line)) {
            open = false;
            continue;
        }
        if (line.find_first_not_of(" \t") == std::string::npos) {
            open =
                open && !texts.empty() && texts.back().second.empty(); // a blank line may follow the address
            continue;
        }
        // A folded line may begin with an address too: that of the recipient, as the reply repeats it.
        bool const goes_on = open && (indent_of(line) > margin || breaks_off(texts.back().second));
        auto opened = opening(line);
        // Whom nothing is said of yet, a letter is written to: "It writes a bounce to maya@isp.example:".
        bool const other = opened && open && texts.back().second.empty() &&
                           lower_case(opened->first) != lower_case(texts.back().first);
        if (goes_on && !other)
            opened.reset();
        if (!open && !opened && (opened = verdict(line))) {
            // Told in few words, and only where the answer itself is not given.
            auto const same = text_about(opened->first);
            if (same == texts.end() || !same->second.empty())
                opened.reset();
            if (!opened)
                continue;
        }
        if (opened) {
            auto const same = text_about(opened->first);
            // What is said later, for administrators, is said more exactly.
            if (same != texts.end())
                texts.erase(same);
            texts.push_back(std::move(*opened));
            open = true;
            margin = indent_of(line);
        } else if (open && texts.back().second.size() < longest_block) {
            texts.back().second = joined(texts.back().second, line);
        }
    }
    std::vector<Block> blocks;
    for (auto& [address, text] : texts) {
        if (text.empty())
            text = transcript.own_finding();
        if (text.empty())
            continue;
        blocks.push_back(read_block(std::move(address), text.substr(0, longest_block)));
        transcript.complete(blocks.back());
    }
    return blocks;
}

std::string writer_in(std::vector<std::string> const& lines) {
    static std::array const forms{
        std::regex{R"(^\s*This is the mail system at host ([A-Za-z0-9.-]+?)\.?\s*$)"},
        std::regex{R"(^\s*Hi\. This is the qmail-send program at ([A-Za-z0-9.-]+?)\.?\s*$)"},
        std::regex{R"(^.* on the queue on ([A-Za-z0-9.-]+?)\.?\s*$)"},
        std::regex{
            R"(^\s*(?:Generating server|Generierender Server|DSN generated by): +([A-Za-z0-9.-]+?)\.?\s*$)"},
        std::regex{R"(^From:.*(?:MAILER-DAEMON|postmaster)@([A-Za-z0-9.-]+)>?\s*$)", std::regex::icase},
    };
    Found found;
    for (std::regex const& form : forms)
        for (std::string const& line : lines)
            if (line.size() < longest_block && std::regex_match(line, found, form))
                return found[1].str();
    return {};
}

std::optional<Block> line_with_reply(std::vector<std::string> const& lines) {
    // Gmail puts its own words in front of the answer.
    auto const announced = std::find_if(lines.begin(), lines.end(), [](std::string const& line) {
        std::string const lower = lower_case(line.substr(0, longest_block));
        return lower.find("the response was:") != std::string::npos ||
               lower.find("the response from the remote server was:") != std::string::npos;
    });
    for (auto const from : {announced, lines.begin()})
        for (bool const by_code : {true, false})
            for (auto line = from; line != lines.end(); ++line) {
                if (line->size() > longest_block ||
                    !(by_code ? reply_code_in(*line) != 0 : recognise(*line).evidence != Evidence::nothing))
                    continue;
                Block block =
                    read_block({}, whole_reply(lines, static_cast<std::size_t>(line - lines.begin())));
                if (!is_about_sender(block.words))
                    block.address = addressee(*line, lines);
                return block;
            }
    return std::nullopt;
}

} // namespace mailflow
