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
        case '%':
        case '!':
        case '|':
            tokens_.text += c;
            after_word_ = false;
            ++place_;
            break;
        case '<':
        case '>':
        case ';': tokens_.fit = false; break;
        case ',': end_of_list(); break;
        default: word(&Scanner::atom);
        }
    }

    /// A comma may stand where nothing follows.
    void end_of_list() {
        tokens_.fit = trimmed(path_.substr(place_ + 1)).empty();
        place_ = path_.size();
    }

    /// Two words in a row are two addresses.
    void word(void (Scanner::*take)()) {
        tokens_.fit = !after_word_;
        (this->*take)();
        after_word_ = true;
    }

    void atom() {
        for (; place_ < path_.size() &&
               std::string_view{" \t(\"[@.:%!|<>;,"}.find(path_[place_]) == std::string_view::npos;
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
        tokens_.fit = tokens_.fit && place_ < path_.size(); // it ends
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
    bool after_word_ = false;
    Tokens tokens_;
};

/// Without one pair of brackets.
std::string_view without_brackets(std::string_view path) {
    return path.starts_with('<') && path.ends_with('>') && path.size() > 1 ? path.substr(1, path.size() - 2)
                                                                           : path;
}

/// What is left when more pairs are off, and brackets that close none; those that open none stay.
std::string_view without_more_brackets(std::string_view path) {
    while (path.starts_with('<') && path.ends_with('>') && path.size() > 1)
        path = path.substr(1, path.size() - 2);
    while (path.ends_with('>'))
        path.remove_suffix(1);
    return trimmed(path);
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

bool is_domain_for_postfix(std::string_view text) {
    if (!is_domain_literal(text))
        return is_host_name(text);
    std::string_view const inside = text.substr(1, text.size() - 2);
    return parse_ip(inside.starts_with("IPv6:") ? inside.substr(5) : inside).has_value();
}

PathReading read_as_postfix(PathArgument const& argument, PathSetting const& setting) {
    if (argument.flaw != Flaw::none)
        return {.flaw = argument.flaw};
    std::string const whole{argument.given.substr(0, argument.path.size() + argument.glued.size())};
    std::string_view const path = without_more_brackets(without_source_route(without_brackets(whole)));
    if (path.empty())
        return {.flaw = setting.is_sender ? Flaw::none : Flaw::empty_path};
    std::string_view const end = without_source_route(path); // of a second route, which is shown
    std::string const route{path.substr(0, path.size() - end.size())};
    Tokens const tokens = Scanner{end}.read();
    if (!tokens.fit)
        return {.flaw = Flaw::bad_local_part};
    if (tokens.text.empty()) // of blanks or comments
        return {.flaw = setting.is_sender ? Flaw::none : Flaw::empty_path};
    Mailbox mailbox;
    PathReading reading;
    reading.shown = route + tokens.text;
    if (tokens.last_at)
        mailbox = {tokens.text.substr(0, *tokens.last_at), tokens.text.substr(*tokens.last_at + 1)};
    else
        mailbox = promoted(tokens.text, setting);
    if (mailbox.domain.ends_with('.'))
        mailbox.domain.pop_back();
    if (mailbox.local_part.starts_with('-')) { // allow_min_user = no
        reading.flaw = Flaw::bad_local_part;
        return reading;
    }
    if (!is_domain_for_postfix(mailbox.domain) || (!setting.takes_utf8 && !is_ascii(mailbox.domain))) {
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
