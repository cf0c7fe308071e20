// The letters of Exchange Server 2019, after its documentation: a part in plain language first, then
// "diagnostic information for administrators" with the reply in it.
#include "mail/date.hpp"
#include "mail/encoded_words.hpp"
#include "report/letters/letters.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

EnhancedCode status_of(LetterTrouble const& trouble) {
    if (trouble.gave_up)
        return {4, 4, 7};
    bool const transient = trouble.reply.transient();
    return trouble.reply.enhanced.value_or(transient ? EnhancedCode{4, 0, 0} : EnhancedCode{5, 0, 0});
}

/// The plain words for a status.
std::string_view advice(EnhancedCode const& status) {
    if (status.subject == 1 && (status.detail == 7 || status.detail == 8)) // RFC 3463: of the sender
        return "Your message couldn't be delivered because you weren't recognized as a valid sender. Please\n"
               "contact your email admin.";
    if (status.subject == 1)
        return "The email address you entered couldn't be found. Please check the recipient's email\n"
               "address and try to resend the message. If the problem continues, please contact your\n"
               "email admin.";
    if (status.subject == 2)
        return "The recipient's mailbox can't accept messages now. Please try to resend your message\n"
               "later, or contact the recipient directly.";
    if (status.subject == 3)
        return "This message is too large, or the recipient's email system can't process it. Please\n"
               "make the message smaller and try sending it again.";
    if (status.subject == 7)
        return "Your message wasn't delivered because of a permission or security issue. The address\n"
               "may only accept email from certain senders, or another restriction may be preventing\n"
               "delivery.";
    return "There's a problem with the recipient's email system, or with the way to it. The\n"
           "following information may help your email admin to find it.";
}

std::string words(LetterSubject const* subject, LetterTrouble const& trouble) {
    if (trouble.gave_up && subject != nullptr && !subject->is_warning)
        return "550 4.4.7 QUEUE.Expired; message expired";
    if (trouble.said_remotely)
        return words_of(trouble);
    int const code = trouble.reply.enhanced && trouble.reply.enhanced->status_class == 4 ? 451 : 550;
    return fmt::format("{} {}", code, words_of(trouble));
}

std::string explain(LetterTrouble const& trouble) {
    return fmt::format("{}: Remote Server returned '{}'", trouble.address, words(nullptr, trouble));
}

std::string human_part(LetterSubject const& subject) {
    std::string text = subject.is_warning ? "Delivery is delayed to these recipients or groups:\n"
                                          : "Delivery has failed to these recipients or groups:\n";
    for (LetterTrouble const& trouble : subject.troubles) {
        text += fmt::format("\n{}\n", trouble.address);
        if (subject.is_warning)
            text +=
                fmt::format("This message hasn't been delivered yet. Delivery will continue to be attempted\n"
                            "until the message is {} old.\n",
                            spoken(subject.give_up));
        else if (trouble.gave_up)
            text += "The server has tried to deliver this message, without success, and has stopped trying.\n"
                    "Please try sending this message again. If the problem continues, contact your\n"
                    "helpdesk.\n";
        else
            text += fmt::format("{}\n", advice(status_of(trouble)));
    }
    text += fmt::format("\nDiagnostic information for administrators:\n\nGenerating server: {}\n",
                        subject.server);
    for (LetterTrouble const& trouble : subject.troubles) {
        text += fmt::format("\n{}\n", trouble.address);
        if (!trouble.remote_name.empty())
            text += trouble.remote_name + "\n";
        text += fmt::format("Remote Server returned '{}'\n", words(&subject, trouble));
    }
    return text + "\nOriginal message headers:\n";
}

std::vector<Field> recipient_fields(LetterSubject const& subject, LetterTrouble const& trouble) {
    std::vector<Field> fields{{"Final-Recipient", "rfc822;" + trouble.address},
                              {"Action", subject.is_warning ? "delayed" : "failed"},
                              {"Status", to_text(status_of(trouble))},
                              {"Diagnostic-Code", "smtp;" + words(&subject, trouble)}};
    if (!trouble.remote_name.empty())
        fields.push_back({"Remote-MTA", "dns;" + trouble.remote_name});
    if (subject.is_warning)
        fields.push_back(
            {"Will-Retry-Until", mail_date(subject.arrived + subject.give_up, Software::exchange)});
    return fields;
}

Letter write(LetterSubject const& subject) {
    Letter letter;
    letter.boundary = fmt::format("_{}_{}_", subject.queue_id, subject.server);
    letter.headers = {
        {"From", fmt::format("Microsoft Outlook <postmaster@{}>", subject.server)},
        {"To", fmt::format("<{}>", subject.sender)},
        {"Date", mail_date(subject.written, Software::exchange)},
        {"MIME-Version", "1.0"},
        {"Content-Type",
         fmt::format("multipart/report; report-type=delivery-status;\n\tboundary=\"{}\"", letter.boundary)},
        {"Auto-Submitted", "auto-replied"},
        {"Message-ID", fmt::format("<{}@{}>", subject.own_id, subject.server)},
        {"Subject",
         field_words((subject.is_warning ? "Delivery delayed: " : "Undeliverable: ") + subject.subject,
                     std::string_view{"Subject: "}.size())}};
    letter.human = human_part(subject);
    letter.per_message = {{"Reporting-MTA", "dns;" + subject.server}};
    if (!subject.client_name.empty())
        letter.per_message.push_back({"Received-From-MTA", "dns;" + subject.client_name});
    letter.per_message.push_back({"Arrival-Date", mail_date(subject.arrived, Software::exchange)});
    for (LetterTrouble const& trouble : subject.troubles)
        letter.per_recipient.push_back(recipient_fields(subject, trouble));
    return letter;
}

} // namespace

LetterWriter const exchange_letters{write, explain};

} // namespace mailflow
