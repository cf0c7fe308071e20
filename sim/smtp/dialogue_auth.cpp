// The part of a dialogue in which the client says who it is (RFC 4954): AUTH with the credentials at once, or
// asked for line by line.
#include "base/md5.hpp"
#include "base/text.hpp"
#include "smtp/dialogue.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace mailflow {

namespace {

/// Nobody's password.
constexpr std::string_view wrong_password = "\n";

/// The message of PLAIN, with a password that is long enough for the server.
std::optional<PlainMessage> plain_message(std::string const& decoded, Habits const& habits) {
    std::optional<PlainMessage> message = read_plain(decoded);
    if (!message)
        return std::nullopt;
    if (habits.cuts_password_at_nul)
        message->password.resize(std::min(message->password.find('\0'), message->password.size()));
    bool const is_short = message->password.size() < habits.shortest_plain_password;
    if (is_short || (habits.asks_cyrus_sasl && message->password.find('\0') != std::string::npos))
        return std::nullopt;
    if (habits.asks_cyrus_sasl && !message->acts_for.empty() && message->acts_for != message->user)
        message->password = wrong_password;
    return message;
}

/// Whether a mechanism is called as none can be (RFC 4422 section 3.1).
bool has_odd_signs(std::string_view name) {
    return !std::all_of(name.begin(), name.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
    });
}

/// Whether base64 ends in the middle of a group of four letters, and is right so far.
bool is_cut_base64(std::string_view text) {
    std::string_view const whole = text.substr(0, text.size() - text.size() % 4);
    return whole.size() != text.size() && !whole.ends_with('=') && from_base64(whole).has_value();
}

} // namespace

bool Dialogue::is_cut(std::string_view base64_text) const {
    return habits_.minds_cut_base64 && is_cut_base64(base64_text);
}

void Dialogue::auth(Line const& line) {
    AuthArgument const argument = read_auth(line.argument);
    argument_ = printable(argument.name);
    Command command{.verb = Verb::auth, .flaw = line.flaw};
    bool const has_excess =
        argument.initial_response && argument.initial_response->find(' ') != std::string::npos;
    if (has_excess && habits_.asks_cyrus_sasl)
        command.flaw = Flaw::excess_argument;
    bool const is_known = argument.mechanism == AuthArgument::Mechanism::cram_md5
                              ? habits_.offers_cram_md5
                              : argument.mechanism != AuthArgument::Mechanism::other;
    if (command.flaw == Flaw::none && argument.initial_response && is_cut(*argument.initial_response))
        command.flaw = Flaw::cut_base64;
    if (command.flaw == Flaw::none && !is_known)
        command.flaw = has_odd_signs(argument.name) ? Flaw::odd_mechanism : Flaw::unknown_mechanism;
    std::optional<std::string> decoded;
    if (command.flaw == Flaw::none && argument.initial_response) {
        decoded = read_response(*argument.initial_response, !habits_.minds_lone_equals_sign);
        if (!decoded) {
            command.flaw = Flaw::bad_base64;
            argument_ = printable(*argument.initial_response);
        } else if (argument.mechanism == AuthArgument::Mechanism::cram_md5 && !decoded->empty()) {
            command.flaw = Flaw::bad_message; // the server speaks first
        }
    }
    context_.argument = argument_;
    context_.flaw = command.flaw;
    if (command.flaw == Flaw::none && decoded && argument.mechanism == AuthArgument::Mechanism::plain)
        return log_in(plain_message(*decoded, habits_));
    if (command.flaw == Flaw::none && decoded && argument.mechanism == AuthArgument::Mechanism::cram_md5)
        return log_in(std::nullopt); // the server speaks first (RFC 2195)
    command.verb = Verb::other;
    command.keyword = Keyword::auth_exchange;
    Response response = respond_to(command);
    if (response.saying == Saying::plain_challenge)
        challenge(argument.mechanism, decoded, response);
    answer(response);
}

/// Asks for what is still missing.
void Dialogue::challenge(AuthArgument::Mechanism mechanism, std::optional<std::string> said,
                         Response& response) {
    switch (mechanism) {
    case AuthArgument::Mechanism::login:
        if (said && said->empty()) // which names nobody
            said.reset();
        response.saying = said ? Saying::password_challenge : Saying::username_challenge;
        expects_ = said ? Expects::password : Expects::username;
        username_ = said.value_or("");
        break;
    case AuthArgument::Mechanism::cram_md5:
        challenge_ = "<" + std::to_string(++challenges_) + "@" + setting_.host_name + ">";
        argument_ = base64(challenge_);
        context_.argument = argument_;
        response.saying = Saying::digest_challenge;
        expects_ = Expects::digest;
        break;
    default: expects_ = Expects::plain_message;
    }
}

/// What the client knows if its digest is right; else what is nobody's password.
std::optional<PlainMessage> Dialogue::proven(std::optional<DigestMessage> const& message) const {
    if (!message)
        return std::nullopt;
    auto const account = account_at(setting_.policy, message->user);
    std::string const password = account ? setting_.policy.accounts[*account].password : std::string{};
    bool const right = account && message->digest == hmac_md5(password, challenge_);
    return PlainMessage{{}, message->user, right ? password : std::string{wrong_password}};
}

/// What the client says to a challenge.
void Dialogue::auth_line(std::string_view text) {
    Expects const was = std::exchange(expects_, Expects::command);
    auto const decoded = read_response(text, false);
    if (text == "*" || !decoded) {
        Flaw const flaw = text == "*"    ? Flaw::cancelled
                          : is_cut(text) ? Flaw::cut_base64
                                         : Flaw::bad_response;
        argument_ = printable(text);
        context_.argument = argument_;
        context_.flaw = flaw;
        return answer(respond_to({.verb = Verb::auth, .flaw = flaw}));
    }
    if (was == Expects::plain_message)
        return log_in(plain_message(*decoded, habits_));
    if (was == Expects::digest)
        return log_in(proven(read_digest(*decoded)));
    if (was == Expects::password)
        return log_in(PlainMessage{{}, username_, *decoded});
    username_ = *decoded;
    expects_ = Expects::password;
    say_next(Saying::password_challenge);
}

void Dialogue::log_in(std::optional<PlainMessage> const& message) {
    Flaw flaw = message ? Flaw::none : Flaw::bad_message;
    if (message && message->user.empty() && habits_.asks_cyrus_sasl)
        flaw = Flaw::no_user;
    context_.flaw = flaw;
    if (flaw != Flaw::none)
        return answer(respond_to({.verb = Verb::auth, .flaw = flaw}));
    std::string const user = habits_.takes_logins_in_any_case ? lower_case(message->user) : message->user;
    answer(respond_to({.verb = Verb::auth}, {user, message->password}));
}

} // namespace mailflow
