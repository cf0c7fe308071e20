// The letters of OpenSMTPD 7.4, measured on Debian: multipart/mixed, and next to nothing about the reason in
// the part for programs.
#include "mail/date.hpp"
#include "report/letters/letters.hpp"

#include <fmt/format.h>

#include <charconv>

namespace mailflow {

namespace {

std::string words(LetterTrouble const& trouble, bool warning) {
    if (trouble.gave_up && !warning)
        return "Envelope expired";
    if (is_refused_greeting(trouble.saying))
        return "Network error on destination MXs"; // what it says of every host that it could not talk to
    return trouble.said_remotely ? words_of(trouble) : trouble.reply.lines.front();
}

std::string explain(LetterTrouble const& trouble) {
    return fmt::format("{}: {}", trouble.address, words(trouble, true));
}

std::string human_part(LetterSubject const& subject) {
    std::string text = "    Hi!\n\n"
                       "    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n";
    text += subject.is_warning ? fmt::format("    A message is delayed for more than {} for the following\n"
                                             "    list of recipients:\n\n",
                                             spoken(subject.warned_after))
                               : "    An error has occurred while attempting to deliver a message for\n"
                                 "    the following list of recipients:\n\n";
    for (LetterTrouble const& trouble : subject.troubles)
        text += fmt::format("{}: {}\n", trouble.address, words(trouble, subject.is_warning));
    text += "\n";
    if (subject.is_warning)
        text += fmt::format("    Please note that this is only a temporary failure report.\n"
                            "    The message is kept in the queue for up to {}.\n"
                            "    You DO NOT NEED to re-send the message to these recipients.\n\n",
                            spoken(subject.give_up));
    return text + "    Below is a copy of the original message:\n\n";
}

std::string status_of(LetterTrouble const& trouble, bool warning) {
    if (warning)
        return "4.0.0";
    return trouble.gave_up ? "5.4.7" : "5.0.0";
}

/// Sixteen hexadecimal digits that look as if they had been drawn; its own listener adds the field last.
std::string message_id(LetterSubject const& subject) {
    constexpr std::uint64_t scatter = 11'400'714'819'323'198'485U; // 2^64 divided by the golden ratio
    std::uint64_t number = 0;
    std::from_chars(subject.own_id.data(), subject.own_id.data() + subject.own_id.size(), number, 16);
    return fmt::format("<{:016x}@{}>", number * scatter, subject.server);
}

Letter write(LetterSubject const& subject) {
    bool const warning = subject.is_warning;
    char const* const action = warning ? "delayed" : "failed";
    Letter letter;
    letter.form = LetterForm::mixed;
    letter.boundary = fmt::format("{}/{}", subject.queue_id, subject.server);
    letter.headers = {{"Subject", fmt::format("Delivery status notification: {}", action)},
                      {"From", fmt::format("Mailer Daemon <MAILER-DAEMON@{}>", subject.server)},
                      {"To", subject.sender},
                      {"Date", mail_date(subject.written, Software::opensmtpd)},
                      {"MIME-Version", "1.0"},
                      {"Content-Type", fmt::format("multipart/mixed;boundary=\"{}\"", letter.boundary)},
                      {"Message-ID", message_id(subject)}};
    letter.human = human_part(subject);
    letter.per_message = {{"Reporting-MTA", "dns; " + subject.server}};
    for (LetterTrouble const& trouble : subject.troubles)
        letter.per_recipient.push_back({{"Final-Recipient", "rfc822; " + trouble.address},
                                        {"Action", action},
                                        {"Status", status_of(trouble, warning)}});
    return letter;
}

} // namespace

LetterWriter const opensmtpd_letters{write, explain};

} // namespace mailflow
