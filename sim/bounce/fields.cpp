// The lines of the part for programs (RFC 3464 section 2), in plain words.
#include "bounce/meaning.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow {

namespace {

struct Meaning {
    std::string_view field; // in lower case
    std::string_view words;
};

constexpr std::array meanings{
    Meaning{"reporting-mta",
            "the server that wrote this letter: it had taken the message, so it must tell the sender"},
    Meaning{"received-from-mta", "who had handed the message to that server"},
    Meaning{"arrival-date", "when that server took the message"},
    Meaning{"x-postfix-queue-id", "the number of the message in that server's log"},
    Meaning{"x-postfix-sender", "the address that this letter goes to"},
    Meaning{"final-recipient", "the address that this is about, at the end of all aliases"},
    Meaning{"original-recipient", "the address that you wrote to"},
    Meaning{"x-actual-recipient", "the address that it was tried with in the end"},
    Meaning{"remote-mta",
            "the server that was called, or was to be called; if it answered, its answer stands below"},
    Meaning{"diagnostic-code", "that answer, or what was found out, word for word"},
    Meaning{"last-attempt-date", "when it was tried for the last time"},
    Meaning{"will-retry-until", "until then it is tried again"},
};

/// RFC 3464 section 2.3.3.
std::string meaning_of_action(std::string const& action) {
    if (action == "failed")
        return "it is over: nobody tries again";
    if (action == "delayed")
        return "not yet: the server goes on trying, and you need not do anything";
    if (action == "delivered")
        return "it is in the mailbox";
    if (action == "relayed")
        return "it went on to a server that promises no reports";
    if (action == "expanded")
        return "the address is a list; it went on to everybody on it";
    return {};
}

std::string_view subject_of(EnhancedCode const& status) {
    switch (status.subject) {
    case 1: return "something about the address";
    case 2: return "something about the mailbox";
    case 3: return "something about the server that should take it";
    case 4: return "something about the way there, or the DNS";
    case 5: return "something about the conversation of the two servers";
    case 6: return "something about the form of the message";
    case 7: return "something that is not allowed";
    default: return "no more is said";
    }
}

std::string_view detail_of(EnhancedCode const& status) {
    struct Row {
        int subject;
        int detail;
        std::string_view words;
    };
    constexpr std::array rows{
        Row{1, 1, "no such mailbox"},
        Row{1, 2, "no such domain"},
        Row{1, 3, "the address is misspelt"},
        Row{1, 10, "the domain takes no mail"},
        Row{1, 7, "the sender's address is not valid"},
        Row{1, 8, "the sender's domain is not valid"},
        Row{2, 1, "the mailbox is closed"},
        Row{2, 2, "the mailbox is full"},
        Row{2, 3, "too big for the mailbox"},
        Row{3, 4, "too big for the server"},
        Row{4, 1, "no answer from there"},
        Row{4, 2, "the connection was bad"},
        Row{4, 3, "the DNS gave no answer"},
        Row{4, 4, "no way leads there"},
        Row{4, 6, "it went in a circle"},
        Row{4, 7, "it took too long"},
        Row{5, 3, "too many recipients"},
        Row{7, 1, "not allowed to send that, there"},
        Row{7, 8, "wrong name or password"},
    };
    for (Row const& row : rows)
        if (row.subject == status.subject && row.detail == status.detail)
            return row.words;
    return {};
}

/// RFC 3463: the class tells whether it is over, the subject where the trouble lies, the detail what it is.
std::string meaning_of_status(std::string const& value) {
    auto const status = status_in(value);
    if (!status)
        return {};
    std::string_view const ending = status->status_class == 5   ? "for good"
                                    : status->status_class == 4 ? "not now, perhaps later"
                                                                : "done";
    std::string_view const detail = detail_of(*status);
    return fmt::format("{}: {}; {}.{}: {}", status->status_class, ending, status->subject, status->detail,
                       detail.empty() ? subject_of(*status) : detail);
}

} // namespace

std::string meaning_of(NoticeField const& field) {
    std::string const name = lower_case(field.name);
    if (name == "action")
        return meaning_of_action(lower_case(field.value.substr(0, field.value.find_first_of(" ("))));
    if (name == "status")
        return meaning_of_status(field.value);
    for (Meaning const& meaning : meanings)
        if (meaning.field == name)
            return std::string{meaning.words};
    return {};
}

} // namespace mailflow
