// The forms of the letters, a file for each software: which fields in which order, and the words for people.
// They know nothing of traces; report/letter.cpp gathers what they are to say.
#pragma once

#include "mail/command.hpp"
#include "mail/saying.hpp"
#include "report/letter.hpp"

namespace mailflow {

/// What a letter tells of one recipient.
struct LetterTrouble {
    std::string address;  // where the copy was to go, as the server reads the address, aliases followed
    std::string came_for; // for whom the server was given it, as its client wrote the address
    std::string domain;   // of `address`
    Saying saying = Saying::no_such_domain;
    Reply reply{};
    std::optional<Verb> answered{}; // the command that the other server refused; none: the connection itself
    std::optional<Verb>
        last_command{};         // that it heard; none: there was no session, or nothing was said in it
    bool said_remotely = false; // by the other server, and not found out by the one that writes
    bool gave_up = false;       // it was put off until the queue gave up, or still is
    bool still_waits = false;   // the queue goes on trying
    std::string remote_name{};  // the host that was called, or was to be called; empty where it is not known
    std::string remote_address{};
    std::string answer_to_data{}; // what that host says to DATA when it has refused every recipient; empty
                                  // where DATA is not sent ahead of that (RFC 2920)
};

struct LetterSubject {
    bool is_warning = false;
    std::string server;   // that writes
    std::string sender;   // to whom
    std::string queue_id; // of the message that it is about
    std::string own_id;   // of the letter itself
    std::string subject;
    std::string sent; // its date
    std::uint64_t size_bytes = 0;
    std::string
        client; // who handed it in, as in "mx1.shop.example [192.0.2.7]"; empty when it was written here
    std::string client_name; // the same, without the address where it has a name
    bool first_try = true;   // nothing was put off before
    Instant written;
    Instant arrived;
    Duration warned_after{};
    Duration give_up{};
    std::vector<LetterTrouble> troubles;
    std::vector<Field> returned_headers;
};

/// The form of one software.
struct LetterWriter {
    Letter (*write)(LetterSubject const& subject);
    /// One recipient's trouble on one line.
    std::string (*explain)(LetterTrouble const& trouble);
};

extern LetterWriter const postfix_letters;
extern LetterWriter const exim_letters;
extern LetterWriter const sendmail_letters;
extern LetterWriter const opensmtpd_letters;
extern LetterWriter const qmail_letters;
extern LetterWriter const exchange_letters;

/// The last reply in one line, as it was said: code, enhanced code, text.
[[nodiscard]] std::string words_of(LetterTrouble const& trouble);

/// "4 hours", "5 days", "24 seconds": whole units, rounded down, the largest that fits.
[[nodiscard]] std::string spoken(Duration duration);

} // namespace mailflow
