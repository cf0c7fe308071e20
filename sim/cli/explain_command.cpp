// mailflow explain [FILE]
#include "bounce/meaning.hpp"

#include "base/files.hpp"
#include "base/standard_error.hpp"
#include "base/text.hpp"
#include "cli/terminal.hpp"
#include "mail/products.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unistd.h>

namespace mailflow::cli {

namespace {

/// With a capital letter, unless it begins with the name of a host or an address.
std::string capitalised(std::string text) {
    bool const is_name = text.substr(0, text.find(' ')).find_first_of(".@") != std::string::npos;
    if (!is_name && !text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

/// By what the words were recognised, and whose they are.
std::string evidence_in_words(Recognition const& recognition) {
    if (!recognition.speaker.empty())
        return fmt::format("These are the words of {}.", recognition.speaker);
    switch (recognition.evidence) {
    case Evidence::own_words: {
        std::vector<std::string> names;
        for (Software const software : recognition.softwares)
            names.emplace_back(product_name(software));
        return fmt::format("These are the words of {}.", join_words(names, "or"));
    }
    case Evidence::phrase: return "Recognised by its words; which software said them is not certain.";
    case Evidence::status: return "The words are free; the status code tells (RFC 3463).";
    case Evidence::code:
        return "The words are free, and only the reply code is left to go by: this is a guess.";
    case Evidence::nothing: return "Neither the words nor the codes are known.";
    }
    return {};
}

void tell_fields(Page& page, std::vector<NoticeField> const& fields) {
    for (NoticeField const& field : fields) {
        page.item("  ", fmt::format("{}: {}", field.name, field.value), Tone::reply);
        if (std::string const meaning = meaning_of(field); !meaning.empty())
            page.item("      ", meaning);
    }
}

void tell_recipient(Page& page, Notice const& notice, NoticeRecipient const& recipient) {
    Recognition const recognition = recognise(recipient.words, recipient.status);
    std::vector<Cause> const causes =
        recognition.causes.empty() ? std::vector{Cause::unknown} : recognition.causes;
    if (!recipient.fields.empty()) {
        page.blank();
        page.line("Line by line", Tone::strong);
        tell_fields(page, notice.fields);
        tell_fields(page, recipient.fields);
    }
    page.blank();
    page.line("What happened", Tone::strong);
    if (!recipient.written_to.empty())
        page.item("  ", fmt::format("You wrote to {}; that address leads on to {}.", recipient.written_to,
                                    recipient.address));
    for (Cause const cause : causes)
        page.item(causes.size() > 1 ? "  • " : "  ", capitalised(account_of(notice, recipient, cause)));
    if (causes.size() > 1)
        page.item("  ", "The server says the same in all these cases.");
    // Another server's answer has its number in front, and its name beside it.
    bool const found_out =
        recognition.own_finding || (notice.letter && recipient.remote_server.empty() &&
                                    recipient.remote_address.empty() && reply_code_in(recipient.words) == 0);
    bool const success = is_success(recipient);
    if (!recipient.words.empty())
        page.item("  ", fmt::format("{}: {}", found_out ? "It found out" : "It said", recipient.words),
                  success ? Tone::reply : Tone::bad);
    if (!success)
        page.item("  ", recipient.words.empty() && recognition.evidence == Evidence::nothing
                            ? "The letter does not say why."
                            : evidence_in_words(recognition));
    page.blank();
    page.line("Who has to mend it", Tone::strong);
    std::vector<Counsel> told;
    for (Cause const cause : causes)
        for (Counsel const& counsel : counsel_on(notice, recipient, cause)) {
            if (std::find(told.begin(), told.end(), counsel) != told.end())
                continue; // two causes may need the same
            page.item("  • ", fmt::format("{}: {}", capitalised(counsel.who), counsel.what));
            told.push_back(counsel);
        }
}

/// What has been pasted, as a heading.
std::string heading_of(Notice const& notice, NoticeRecipient const& recipient) {
    std::string const about = recipient.address.empty() ? "" : " about " + recipient.address;
    if (notice.log_of)
        return fmt::format("A line of {} log ({}){}",
                           notice.reporting_server.empty() ? "a server's" : notice.reporting_server + "'s",
                           product_names[static_cast<std::size_t>(*notice.log_of)], about);
    std::string const from = notice.reporting_server.empty() ? "" : " from " + notice.reporting_server;
    if (notice.letter)
        return fmt::format("A {}{}{}",
                           is_success(recipient)           ? "report of success"
                           : recipient.action == "delayed" ? "warning"
                                                           : "bounce",
                           from, about);
    return "A server's answer" + about;
}

std::string explanation_of(Notice const& notice, Colour colour) {
    Page page{colour};
    bool first = true;
    for (NoticeRecipient const& recipient : notice.recipients) {
        if (!first)
            page.blank();
        first = false;
        page.line(heading_of(notice, recipient), Tone::strong);
        tell_recipient(page, notice, recipient);
    }
    return page.text();
}

/// No text has bytes of zero, unless it is one of UTF-16.
bool is_binary(std::string_view bytes) {
    using namespace std::string_view_literals;
    bool const is_utf16 = bytes.starts_with("\xff\xfe"sv) || bytes.starts_with("\xfe\xff"sv);
    return !is_utf16 && bytes.find('\0') != std::string_view::npos;
}

} // namespace

Status explain_bounce(std::string const& file) {
    if (file == "-" && isatty(STDIN_FILENO) != 0)
        say_on_stderr("Paste the bounce or the error message, then press Enter and Ctrl-D.\n");
    auto read = read_file(file);
    if (auto const* trouble = std::get_if<FileTrouble>(&read))
        return complain(Status::file_trouble, trouble->words);
    std::string const& pasted = std::get<std::string>(read);
    std::string const name = file == "-" ? "standard input" : file;
    if (is_binary(pasted))
        return complain(Status::bad_usage,
                        fmt::format("{}: this is no text; save the letter as a text, or paste it", name));
    Notice const notice = read_notice(pasted);
    if (notice.recipients.empty())
        return complain(
            Status::bad_usage,
            fmt::format("{}: there is neither a bounce nor a server's answer in this text; paste the "
                        "whole letter, or the line with the number, such as \"554 5.7.1 ... Relay "
                        "access denied\"",
                        name));
    std::string const trouble = write_stdout(explanation_of(notice, colour_of_terminal()));
    return trouble.empty() ? Status::done : complain(Status::file_trouble, trouble);
}

} // namespace mailflow::cli
