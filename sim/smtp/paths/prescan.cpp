#include "smtp/paths/prescan.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// OperatorChars of Debian's sendmail.cf, and those that are operators anywhere.
constexpr std::string_view operators = ".:%@!^/[]+()<>,;";

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/// Collects the tokens of one address.
class Scanner {
public:
    void word(char c) {
        if (!in_word_)
            found_.tokens.push_back({.text = {}, .is_word = true});
        in_word_ = true;
        found_.tokens.back().text += c;
    }
    void operation(char c) {
        in_word_ = false;
        found_.tokens.push_back({.text = std::string(1, c), .is_word = false});
    }
    void end_word() { in_word_ = false; }
    void blame(char c) {
        if (!found_.alone)
            found_.alone = c;
    }
    Prescan finish(std::size_t length) {
        found_.length = length;
        for (AddressToken const& token : found_.tokens)
            found_.longest_token = std::max(found_.longest_token, token.text.size());
        return std::move(found_);
    }

private:
    Prescan found_;
    bool in_word_ = false;
};

} // namespace

Prescan prescan(std::string_view text) {
    Scanner scanner;
    bool quoted = false;
    int comments = 0;
    int brackets = 0;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        char const c = text[i];
        if (is_blank(c) && !quoted && comments == 0 && brackets == 0)
            break;
        if (c == '\\') {
            if (comments == 0)
                scanner.word(c);
            if (i + 1 < text.size() && !(is_blank(text[i + 1]) && brackets == 0 && !quoted)) {
                ++i;
                if (comments == 0)
                    scanner.word(text[i]);
            }
        } else if (c == '"' && comments == 0) {
            if (!quoted)
                scanner.end_word();
            scanner.word(c);
            quoted = !quoted;
            if (!quoted)
                scanner.end_word();
        } else if (quoted) {
            scanner.word(c);
        } else if (c == '(') {
            ++comments;
        } else if (c == ')') {
            if (comments == 0)
                scanner.blame(c);
            else
                --comments;
        } else if (comments > 0) {
            continue;
        } else if (is_blank(c)) {
            scanner.end_word();
        } else if (c == '>' && brackets == 0) {
            scanner.blame(c);
        } else if (operators.find(c) != std::string_view::npos) {
            brackets += c == '<' ? 1 : c == '>' ? -1 : 0;
            scanner.operation(c);
        } else {
            scanner.word(c);
        }
    }
    if (quoted)
        scanner.blame('"');
    else if (comments > 0)
        scanner.blame('(');
    else if (brackets > 0)
        scanner.blame('<');
    return scanner.finish(i);
}

std::string join(AddressTokens tokens) {
    std::string text;
    bool after_word = false;
    for (AddressToken const& token : tokens) {
        if (after_word && token.is_word)
            text += '.';
        after_word = token.is_word;
        if (token.text.front() == '"') {
            text += token.text;
            continue;
        }
        for (std::size_t i = 0; i < token.text.size(); ++i) {
            if (token.text[i] == '\\' && i + 1 < token.text.size())
                ++i;
            if (token.text[i] != '\\' || i + 1 < token.text.size())
                text += token.text[i];
        }
    }
    return text;
}

} // namespace mailflow
