#include "smtp/dialogue.hpp"

#include "base/text.hpp"
#include "mail/voice.hpp"
#include "policy/routing.hpp"

#include <utility>

namespace mailflow {

namespace {

/// What ETRN asks for, without the sign for "and what lies below", or for a queue (RFC 1985 section 5.3).
std::string_view flushed_domain(std::string_view argument) {
    return argument.starts_with('@') || argument.starts_with('#') ? argument.substr(1) : argument;
}

constexpr std::size_t code_length = 4; // of a reply, with the blank after it
bool has_its_keyword(Line const& line) {
    return upper_case(line.argument).starts_with(path_keyword(line.verb));
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

} // namespace

Dialogue::Dialogue(DialogueSetting setting, DialogueOwner owner)
    : setting_(std::move(setting))
    , owner_(std::move(owner))
    , habits_(habits_of(setting_.policy.software))
    , session_(begin_session(setting_.port))
    , client_address_(to_text(setting_.client)) {
    context_.server_name = setting_.host_name;
    context_.client_address = client_address_;
    context_.client_name = setting_.client_name;
    context_.reverse = setting_.reverse;
    if (setting_.listed_on)
        blocklist_ = setting_.book.name(setting_.policy.blocklists[*setting_.listed_on]);
    context_.blocklist = blocklist_;
    context_.size_limit = size_limit_of(setting_.policy);
    context_.port = setting_.port;
    context_.offers_starttls = true;
    context_.offers_auth = !setting_.policy.accounts.empty();
}

std::string Dialogue::greeting() {
    say_next(Saying::greeting);
    return std::exchange(output_, {});
}

std::string Dialogue::hear(std::string_view octets) {
    for (char const octet : octets) {
        if (is_over_)
            break;
        if (expects_ == Expects::content) {
            if (auto const ended = content_.take(octet); ended != ContentReader::Ended::no)
                end_of_content(ended);
        } else if (expects_ == Expects::chunk) {
            content_.take_of_chunk(octet);
            if (--chunk_left_ == 0)
                end_of_chunk();
        } else if (octet == '\n') {
            bool const with_return = line_.ends_with('\r');
            if (with_return)
                line_.pop_back();
            end_of_line(with_return);
        } else if (line_.size() <= habits_.longest_line) {
            line_ += octet;
        } else {
            line_is_overlong_ = true;
        }
    }
    return std::exchange(output_, {});
}

void Dialogue::end_of_line(bool with_return) {
    sends_crlf_ = with_return || line_is_overlong_;
    std::string const text = std::exchange(line_, {});
    if (expects_ == Expects::command)
        command(text);
    else
        auth_line(text);
    line_is_overlong_ = false;
}

void Dialogue::command(std::string_view text) {
    Line line = parse_line(text, habits_.blanks);
    if (habits_.minds_utf8 && !valid_utf8(text)) {
        line.verb = Verb::other;
        line.keyword = Keyword::not_utf8;
    }
    if (line_is_overlong_ && !habits_.cuts_overlong_lines) {
        line.verb = Verb::other;
        line.keyword = Keyword::overlong;
    }
    judge_web_command(line);
    if (habits_.keyword_is_of_verb && !has_its_keyword(line)) {
        line.verb = Verb::other;
        line.keyword = Keyword::unknown;
    }
    if (line.keyword == Keyword::unknown && habits_.minds_odd_words && !is_letter(line.word.front()))
        line.keyword = Keyword::forbidden;
    line_text_ = printable(text);
    word_ = printable(line.word);
    given_ = printable(line.argument);
    argument_.clear();
    before_.clear();
    shown_.clear();
    context_.line = line_text_;
    context_.command = word_;
    context_.given = given_;
    context_.parameter = {};
    judge_name(line);
    context_.flaw = line.flaw;
    obey(line);
}

/// What web browsers say is forbidden; to some only as the first command, with what FTP begins with.
void Dialogue::judge_web_command(Line& line) {
    bool const is_first = !std::exchange(memory_.has_heard_command, true);
    if (habits_.forbidden_only_first && is_first && line.word == "USER")
        line.keyword = Keyword::forbidden;
    bool const is_header = line.word.find(':') != std::string::npos;
    bool const is_allowed =
        (is_header && !habits_.minds_headers) || (habits_.forbidden_only_first && !is_first);
    if (line.keyword == Keyword::forbidden && is_allowed)
        line.keyword = Keyword::unknown;
}

/// The name that HELO, EHLO and ETRN come with.
void Dialogue::judge_name(Line& line) const {
    bool const greets = line.verb == Verb::ehlo || line.verb == Verb::helo;
    bool const is_fit =
        greets ? habits_.is_greeting_name == nullptr || habits_.is_greeting_name(line.argument)
               : line.keyword != Keyword::etrn || habits_.is_flushed_name(flushed_domain(line.argument));
    if (line.flaw == Flaw::none && !is_fit)
        line.flaw = Flaw::bad_argument;
}

void Dialogue::obey(Line const& line) {
    bool const has_path = line.verb == Verb::mail || line.verb == Verb::rcpt ||
                          line.keyword == Keyword::vrfy || line.keyword == Keyword::expn;
    if (has_path)
        return path_command(line);
    if (line.verb == Verb::auth)
        return auth(line);
    if (line.keyword == Keyword::bdat)
        return chunk_command(line);
    if (line.keyword == Keyword::etrn)
        return flush_command(line);
    Response const response = respond_to({.verb = line.verb, .keyword = line.keyword, .flaw = line.flaw});
    bool const greeted = response.saying == Saying::helo_accepted ||
                         response.saying == Saying::capabilities ||
                         response.saying == Saying::capabilities_under_tls;
    if (greeted)
        context_.was_offered_auth = response.saying != Saying::helo_accepted && !session_.account.valid();
    if (greeted)
        helo_ = given_.substr(0, given_.find(' '));
    if (greeted || response.saying == Saying::reset)
        forget_transaction();
    answer(response);
    if (response.saying == Saying::ready_for_tls) {
        (void)respond_to({.verb = Verb::tls_handshake}); // from here on as if it were encrypted
        forget_transaction();
    }
    if (response.saying == Saying::start_content) {
        expects_ = Expects::content;
        content_.begin(habits_, sends_crlf_);
    }
}

void Dialogue::forget_transaction() {
    if (before_transaction_)
        setting_.book.roll_back(*std::exchange(before_transaction_, std::nullopt));
    recipients_.clear();
    memory_.transaction = {};
}

/// ETRN is for a domain (RFC 1985); whoever may write to its postmaster may ask for its mail.
void Dialogue::flush_command(Line const& line) {
    AddressBook::Mark const mark = setting_.book.mark();
    std::string const domain{flushed_domain(line.argument)};
    shown_ = printable(domain);
    context_.address = shown_;
    Command command{.verb = Verb::other, .keyword = Keyword::etrn, .flaw = line.flaw};
    if (line.flaw == Flaw::none)
        command.address = setting_.book.add_address({"postmaster", domain});
    Response const response = respond_to(command);
    setting_.book.roll_back(mark);
    answer(response);
}

// -- answering

ServerSetting Dialogue::server_setting(Command const& command) const {
    ServerSetting setting{.policy = setting_.policy,
                          .book = setting_.book,
                          .client = setting_.client,
                          .port = setting_.port,
                          .listed_on = setting_.listed_on,
                          .reverse = setting_.reverse};
    if (command.verb == Verb::mail && command.address.valid())
        setting.sender_domain = owner_.status_of(setting_.book[command.address].domain);
    setting.storage_full = command.verb == Verb::mail && owner_.storage_full();
    return setting;
}

/// Who is logged in; empty: nobody.
std::string_view Dialogue::user() const {
    return session_.account.valid() ? std::string_view{setting_.policy.accounts[session_.account.index].user}
                                    : std::string_view{};
}

Response Dialogue::respond_to(Command const& typed, Credentials const& credentials) {
    Command command = typed;
    command.follows_refusal = excuses(memory_, session_.greeted, typed);
    context_.has_asked_for_content = memory_.has_asked_for_content;
    context_.follows_recipient = memory_.follows_recipient && session_.greeted == Greeted::ehlo;
    ServerSetting const setting = server_setting(command);
    AddressId const sender = command.verb == Verb::mail ? command.address : session_.reverse_path;
    Response const response = respond(session_, setting, command, credentials);
    remember(memory_, command, response.saying);
    if (!response.decisions().empty() && owner_.decided) {
        bool const about_recipient = command.verb != Verb::mail;
        owner_.decided(response,
                       {.server = setting.policy,
                        .book = setting.book,
                        .client = setting.client,
                        .port = setting.port,
                        .account = account_of(session_),
                        .sender = sender,
                        .recipient = about_recipient ? resolve(setting.policy, setting.book, command.address)
                                                     : AddressId{},
                        .user = user(),
                        .written = about_recipient ? command.address : AddressId{},
                        .reverse = setting.reverse,
                        .sender_domain = setting.sender_domain,
                        .listed_on = setting.listed_on});
    }
    return response;
}

void Dialogue::answer(Response const& response) {
    context_.hangs_up = response.effect == Effect::hang_up;
    std::string const refusal = memory_.transaction.refusal.value_or("");
    context_.last_refusal = refusal;
    context_.refusals_differ = memory_.transaction.refusals_differ;
    bool const refused = context_.command == "RCPT" && response.effect != Effect::recipient_accepted;
    std::size_t const start = output_.size();
    say_next(response.saying);
    if (refused) {
        bool const for_policy =
            !response.decisions().empty() || response.saying == Saying::too_many_bad_recipients;
        std::size_t const begin = start + (for_policy ? code_length : 0);
        remember_refusal(memory_, output_.substr(begin, output_.find("\r\n", start) - begin));
    }
    is_over_ = is_over_ || response.effect == Effect::hang_up;
}

void Dialogue::say_next(Saying saying) {
    context_.helo = helo_;
    context_.offers_starttls = !session_.under_tls;
    context_.authenticated = session_.account.valid();
    for (std::string const& line : to_wire(say(setting_.policy.software, saying, context_)))
        output_ += line + "\r\n";
}

} // namespace mailflow
