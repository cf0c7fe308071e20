#include "bounce/prose.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace mailflow {

namespace {

/// In lower case, as the six softwares write them; all stand in one line of the letter.
constexpr std::array<std::string_view, 9> letter_sentences{
    "this is the mail system at host",
    "created automatically by mail delivery software",
    "the original message was received at",
    "the following addresses had permanent fatal errors",
    "transcript of session follows",
    "this is the mailer-daemon, please do not reply",
    "this is the qmail-send program at",
    "to these recipients or groups",
    "diagnostic information for administrators"};
constexpr std::array<std::string_view, 8> warning_sentences{"this is a warning",
                                                            "you do not need to resend",
                                                            "you do not need to re-send",
                                                            "has not yet been delivered",
                                                            "no action is required on your part",
                                                            "message still undelivered after",
                                                            "a message is delayed for more than",
                                                            "delivery is delayed to these recipients"};
constexpr std::array<std::string_view, 8> sentences_about_message{"no action is required on your part",
                                                                  "warning: message still undelivered",
                                                                  "will keep trying until message",
                                                                  "message could not be delivered for",
                                                                  "message will be deleted from queue",
                                                                  "please note that this is only",
                                                                  "for further assistance",
                                                                  "-----"};

bool any_in(std::vector<std::string> const& lines, std::span<std::string_view const> sentences) {
    constexpr std::size_t longest = 200;
    for (std::string const& line : lines) {
        if (ends_text(line))
            return false;
        std::string const lower = lower_case(line.substr(0, longest));
        if (std::any_of(sentences.begin(), sentences.end(),
                        [&](std::string_view sentence) { return lower.find(sentence) != std::string::npos; }))
            return true;
    }
    return false;
}

std::string lower_start(std::string const& line) {
    constexpr std::size_t longest = 100;
    std::size_t const from = line.find_first_not_of(" \t");
    return from == std::string::npos ? std::string{} : lower_case(line.substr(from, longest));
}

} // namespace

bool ends_text(std::string const& line) {
    std::string const start = lower_start(line);
    return start.starts_with("reporting-mta:") || start.starts_with("final-recipient:") ||
           line.starts_with("--- Below this line is a copy of the message") ||
           line.starts_with("------ This is a copy of") || start.starts_with("return-path:");
}

bool is_about_message(std::string const& line) {
    std::string const start = lower_start(line);
    return std::any_of(sentences_about_message.begin(), sentences_about_message.end(),
                       [&](std::string_view sentence) { return start.starts_with(sentence); });
}

bool is_letter_text(std::vector<std::string> const& lines) {
    return any_in(lines, letter_sentences);
}

bool is_warning_text(std::vector<std::string> const& lines) {
    return any_in(lines, warning_sentences);
}

} // namespace mailflow
