#include "smtp/line.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace mailflow {

namespace {

constexpr std::string_view spaces = " \t";

/// How many words may stand after a verb.
enum class Arguments : std::uint8_t { none, one_or_more, one, any };

struct KnownVerb {
    std::string_view word;
    Verb verb;
    Keyword keyword;
    Arguments arguments;
};

constexpr std::array known_verbs{
    KnownVerb{"HELO", Verb::helo, Keyword::none, Arguments::one_or_more},
    KnownVerb{"EHLO", Verb::ehlo, Keyword::none, Arguments::one_or_more},
    KnownVerb{"MAIL", Verb::mail, Keyword::none, Arguments::any}, // its path is read elsewhere
    KnownVerb{"RCPT", Verb::rcpt, Keyword::none, Arguments::any}, // the same
    KnownVerb{"DATA", Verb::data, Keyword::none, Arguments::none},
    KnownVerb{"RSET", Verb::other, Keyword::rset, Arguments::none},
    KnownVerb{"NOOP", Verb::other, Keyword::noop, Arguments::any},
    KnownVerb{"QUIT", Verb::quit, Keyword::none, Arguments::none},
    KnownVerb{"VRFY", Verb::other, Keyword::vrfy, Arguments::one_or_more},
    KnownVerb{"EXPN", Verb::other, Keyword::expn, Arguments::one_or_more},
    KnownVerb{"HELP", Verb::other, Keyword::help, Arguments::none}, // most read on
    KnownVerb{"ETRN", Verb::other, Keyword::etrn, Arguments::one},
    KnownVerb{"BDAT", Verb::other, Keyword::bdat, Arguments::any}, // read elsewhere
    KnownVerb{"STARTTLS", Verb::starttls, Keyword::none, Arguments::none},
    KnownVerb{"AUTH", Verb::auth, Keyword::none, Arguments::one_or_more},
    KnownVerb{"XCLIENT", Verb::other, Keyword::unknown, Arguments::one_or_more},
    KnownVerb{"XFORWARD", Verb::other, Keyword::unknown, Arguments::one_or_more},
    KnownVerb{"GET", Verb::other, Keyword::forbidden, Arguments::any},
    KnownVerb{"POST", Verb::other, Keyword::forbidden, Arguments::any},
    KnownVerb{"CONNECT", Verb::other, Keyword::forbidden, Arguments::any},
};

Flaw flaw_of(Arguments wanted, std::string_view argument) {
    bool const several = argument.find_first_of(spaces) != std::string_view::npos;
    switch (wanted) {
    case Arguments::none: return argument.empty() ? Flaw::none : Flaw::excess_argument;
    case Arguments::one:
        if (several)
            return Flaw::excess_argument;
        [[fallthrough]];
    case Arguments::one_or_more: return argument.empty() ? Flaw::missing_argument : Flaw::none;
    case Arguments::any: break;
    }
    return Flaw::none;
}

/// "Subject: ..." and its like (RFC 5322 section 2.2).
bool looks_like_header(std::string_view word) {
    std::string_view const name = word.substr(0, word.find(':'));
    return !name.empty() && name.size() < word.size() &&
           std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

std::string_view without_leading(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(spaces), text.size()));
}

/// The verb, and what stands behind the space after it.
std::pair<std::string_view, std::string_view> part(std::string_view text, Blanks blanks) {
    std::string_view command = text;
    if (blanks == Blanks::skipped)
        command = trimmed(text);
    else if (blanks == Blanks::one)
        command = text.substr(0, text.find_last_not_of(spaces) + 1);
    std::size_t const end =
        std::min(command.find_first_of(blanks == Blanks::skipped ? spaces : " "), command.size());
    std::string_view const rest = command.substr(std::min(end + 1, command.size()));
    return {command.substr(0, end), blanks == Blanks::skipped ? trimmed(rest) : rest};
}

} // namespace

Line parse_line(std::string_view text, Blanks blanks) {
    Line line;
    auto const [word, argument] = part(text, blanks);
    line.word = upper_case(word);
    line.argument = argument;
    if (trimmed(text).empty()) {
        line.keyword = Keyword::empty;
        return line;
    }
    auto const known = std::find_if(known_verbs.begin(), known_verbs.end(),
                                    [&](KnownVerb const& verb) { return verb.word == line.word; });
    if (known == known_verbs.end()) {
        line.keyword = looks_like_header(line.word) ? Keyword::forbidden : Keyword::unknown;
        return line;
    }
    line.verb = known->verb;
    line.keyword = known->keyword;
    bool const has_path = known->verb == Verb::mail || known->verb == Verb::rcpt;
    if (!has_path) // which says where it begins
        line.argument = blanks == Blanks::one_means ? without_leading(argument) : trimmed(argument);
    line.flaw = flaw_of(known->arguments, line.argument);
    bool const is_empty_argument = line.argument.empty() && word.size() < text.size();
    if (blanks == Blanks::one_means && is_empty_argument) // there is one all the same
        line.flaw = known->arguments == Arguments::none ? Flaw::excess_argument : Flaw::none;
    return line;
}

AuthArgument read_auth(std::string_view argument) {
    AuthArgument auth;
    std::size_t const end = std::min(argument.find_first_of(spaces), argument.size());
    auth.name = argument.substr(0, end);
    std::string const name = upper_case(auth.name);
    if (name == "PLAIN")
        auth.mechanism = AuthArgument::Mechanism::plain;
    if (name == "LOGIN")
        auth.mechanism = AuthArgument::Mechanism::login;
    if (name == "CRAM-MD5")
        auth.mechanism = AuthArgument::Mechanism::cram_md5;
    if (std::string_view const response = trimmed(argument.substr(end)); !response.empty())
        auth.initial_response = response;
    return auth;
}

std::optional<std::string> read_response(std::string_view text, bool may_be_nothing) {
    return may_be_nothing && text == "=" ? std::optional{std::string{}} : from_base64(text);
}

std::optional<PlainMessage> read_plain(std::string_view decoded) {
    std::size_t const user = decoded.find('\0');
    if (user == std::string_view::npos)
        return std::nullopt;
    std::size_t const password = decoded.find('\0', user + 1);
    if (password == std::string_view::npos)
        return std::nullopt;
    return PlainMessage{std::string{decoded.substr(0, user)},
                        std::string{decoded.substr(user + 1, password - user - 1)},
                        std::string{decoded.substr(password + 1)}};
}

std::optional<DigestMessage> read_digest(std::string_view decoded) {
    std::size_t const space = decoded.rfind(' ');
    if (space == std::string_view::npos)
        return std::nullopt;
    return DigestMessage{std::string{decoded.substr(0, space)}, std::string{decoded.substr(space + 1)}};
}

ChunkArgument read_chunk(std::string_view argument, bool loosely) {
    ChunkArgument chunk;
    std::size_t const end = std::min(
        loosely ? argument.find_first_not_of("0123456789") : argument.find_first_of(spaces), argument.size());
    std::string_view const number = argument.substr(0, end);
    std::string const rest = upper_case(trimmed(argument.substr(end)));
    auto const [stop, trouble] = std::from_chars(number.data(), number.data() + number.size(), chunk.octets);
    chunk.last = rest == "LAST";
    bool const is_number = !number.empty() && trouble == std::errc{} && stop == number.data() + number.size();
    if (!is_number || !(rest.empty() || chunk.last || loosely))
        chunk.flaw = Flaw::missing_argument;
    return chunk;
}

} // namespace mailflow
