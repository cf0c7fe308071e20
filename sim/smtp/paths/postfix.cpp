// How Postfix reads a path (smtpd's extract_addr, tok822, and what trivial-rewrite takes for an error):
// source routes are dropped, quotes are taken off, a name without a domain is the host's own. It does not
// insist on RFC 5321 (strict_rfc821_envelopes = no).
#include "base/text.hpp"
#include "smtp/path.hpp"

#include <algorithm>

namespace mailflow {

namespace {

constexpr std::size_t longest_host_name = 255;

/// valid_hostname(3): letters, digits, hyphens and underscores, and not digits and dots alone.
bool is_host_name(std::string_view text) {
    bool const has_letter = text.find_first_not_of("0123456789.") != std::string_view::npos;
    if (!has_letter || text.size() > longest_host_name)
        return false;
    while (!text.empty()) {
        std::string_view const label = text.substr(0, text.find('.'));
        bool const is_fit = std::all_of(label.begin(), label.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                   c == '_' || static_cast<unsigned char>(c) >= 0x80;
        });
        if (label.empty() || label.size() > longest_label || !is_fit || label.front() == '-' ||
            label.back() == '-')
            return false;
        if (label.size() == text.size())
            return true;
        text.remove_prefix(label.size() + 1);
    }
    return false; // a dot at the end
}

/// The path as tok822 reads it: words, dots and "@", without comments, blanks, quotes and backslashes.
struct Tokens {
    std::string text;
    std::optional<std::size_t> last_at; // in the text; that in quotes does not count
    bool fit = true;                    // else it is no address
};

class Scanner {
public:
    explicit Scanner(std::string_view path) : path_(path) {}

    Tokens read() {
        while (place_ < path_.size() && tokens_.fit)
            token();
        return std::move(tokens_);
    }

private:
    void token() {
        char const c = path_[place_];
        switch (c) {
        case ' ':
        case '\t': ++place_; break;
        case '(': skip_comment(); break;
        case '"': word(&Scanner::quoted_string); break;
        case '[': word(&Scanner::literal); break;
        case '@':
            tokens_.fit = tokens_.last_at != tokens_.text.size() - 1 || tokens_.text.empty();
            tokens_.last_at = tokens_.text.size();
            [[fallthrough]];
        case '.':
        case ':':
            tokens_.text += c;
            after_word_ = false;
            ++place_;
            break;
        case '<':
        case '>':
        case ';':
        case ',': tokens_.fit = false; break;
        default: word(&Scanner::atom);
        }
    }

    /// Two words in a row, with but a blank between them, are no address.
    void word(void (Scanner::*take)()) {
        bool const follows_directly = place_ == word_end_;
        if (after_word_ && !follows_directly)
            tokens_.fit = false;
        (this->*take)();
        after_word_ = true;
        word_end_ = place_;
    }

    void atom() {
        for (; place_ < path_.size() &&
               std::string_view{" \t(\"[@.:<>;,"}.find(path_[place_]) == std::string_view::npos;
             ++place_) {
            if (path_[place_] == '\\' && place_ + 1 < path_.size())
                ++place_;
            tokens_.text += path_[place_];
        }
    }

    void quoted_string() {
        for (++place_; place_ < path_.size() && path_[place_] != '"'; ++place_) {
            if (path_[place_] == '\\' && place_ + 1 < path_.size())
                ++place_;
            tokens_.text += path_[place_];
        }
        tokens_.fit = place_ < path_.size(); // it ends
        ++place_;
    }

    void literal() {
        std::size_t const end = std::min(path_.find(']', place_), path_.size());
        tokens_.text += path_.substr(place_, end - place_);
        tokens_.text += ']';
        place_ = end + 1;
    }

    void skip_comment() {
        int depth = 0;
        for (; place_ < path_.size(); ++place_) {
            depth += path_[place_] == '(' ? 1 : path_[place_] == ')' ? -1 : 0;
            if (depth == 0)
                break;
        }
        ++place_;
    }

    std::string_view path_;
    std::size_t place_ = 0;
    std::size_t word_end_ = 0;
    bool after_word_ = false;
    Tokens tokens_;
};

/// Without brackets, of which there may be none, one or several on either side.
std::string_view without_brackets(std::string_view path) {
    while (path.starts_with('<'))
        path.remove_prefix(1);
    while (path.ends_with('>'))
        path.remove_suffix(1);
    return path;
}

bool is_fit_domain(std::string_view domain) {
    if (!is_domain_literal(domain))
        return is_host_name(domain);
    std::string_view const inside = domain.substr(1, domain.size() - 2);
    return parse_ip(inside.starts_with("IPv6:") ? inside.substr(5) : inside).has_value();
}

/// What is a domain's part in "there!user" or "user%there", once there is no "@".
Mailbox promoted(std::string const& name, PathSetting const& setting) {
    if (std::size_t const bang = name.find('!'); bang != std::string::npos)
        return {name.substr(bang + 1), name.substr(0, bang)};
    if (std::size_t const percent = name.rfind('%'); percent != std::string::npos)
        return {name.substr(0, percent), name.substr(percent + 1)};
    return {name, std::string{setting.host_name}};
}

} // namespace

PathReading read_as_postfix(PathArgument const& argument, PathSetting const& setting) {
    if (argument.flaw != Flaw::none)
        return {.flaw = argument.flaw};
    std::string const whole{argument.given.substr(0, argument.path.size() + argument.glued.size())};
    std::string_view const path = without_source_route(without_brackets(whole));
    if (path.empty())
        return {.flaw = setting.is_sender ? Flaw::none : Flaw::empty_path};
    Tokens const tokens = Scanner{path}.read();
    if (!tokens.fit)
        return {.flaw = Flaw::bad_local_part};
    Mailbox mailbox;
    PathReading reading;
    reading.shown = tokens.text;
    if (tokens.last_at)
        mailbox = {tokens.text.substr(0, *tokens.last_at), tokens.text.substr(*tokens.last_at + 1)};
    else
        mailbox = promoted(reading.shown, setting);
    if (mailbox.domain.ends_with('.'))
        mailbox.domain.pop_back();
    if (!is_fit_domain(mailbox.domain)) {
        reading.flaw = Flaw::bad_domain;
        return reading;
    }
    reading.is_bare_postmaster = !setting.is_sender && lower_case(reading.shown) == "postmaster";
    if (mailbox.local_part.empty())
        mailbox.local_part = "postmaster"; // as mail to the null address (empty_address_recipient)
    reading.mailbox =
        Mailbox{quoted_where_needed(mailbox.local_part), domain_for_book(mailbox.domain, setting)};
    reading.parameters = std::string{argument.parameters.substr(argument.glued.size())};
    return reading;
}

} // namespace mailflow
