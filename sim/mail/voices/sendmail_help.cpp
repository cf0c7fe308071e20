// What Sendmail 8.17 answers to HELP, with a topic and without, measured on Debian 12.
#include "base/text.hpp"
#include "mail/voices/voices.hpp"
#include "mail/voices/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

struct Topic {
    std::string_view name; // in lower case
    std::string_view text; // the lines, parted by "\n"
};

constexpr Topic topics[] = {
    {"", "This is sendmail version 8.17.1.9\n"
         "Topics:\n"
         "\tHELO\tEHLO\tMAIL\tRCPT\tDATA\n"
         "\tRSET\tNOOP\tQUIT\tHELP\tVRFY\n"
         "\tEXPN\tVERB\tETRN\tDSN\tAUTH\n"
         "\tSTARTTLS\n"
         "For more info use \"HELP <topic>\".\n"
         "To report bugs in the implementation see\n"
         "\thttp://www.sendmail.org/email-addresses.html\n"
         "For local information send email to Postmaster at your site."},
    {"helo", "HELO <hostname>\n\tIntroduce yourself."},
    {"mail", "MAIL From:<sender> [ <parameters> ]\n"
             "\tSpecifies the sender.  Parameters are ESMTP extensions.\n"
             "\tSee \"HELP DSN\" for details."},
    {"rcpt", "RCPT To:<recipient> [ <parameters> ]\n"
             "\tSpecifies the recipient.  Can be used any number of times.\n"
             "\tParameters are ESMTP extensions.  See \"HELP DSN\" for details."},
    {"data", "DATA\n\tFollowing text is collected as the message.\n\tEnd with a single dot."},
    {"rset", "RSET\n\tResets the system."},
    {"noop", "NOOP\n\tDo nothing."},
    {"quit", "QUIT\n\tExit sendmail (SMTP)."},
    {"help", "HELP [ <topic> ]\n\tThe HELP command gives help info."},
    {"vrfy", "VRFY <recipient>\n"
             "\tVerify an address.  If you want to see what it aliases\n"
             "\tto, use EXPN instead."},
    {"expn", "EXPN <recipient>\n"
             "\tExpand an address.  If the address indicates a mailing\n"
             "\tlist, return the contents of that list."},
    {"etrn", "ETRN [ <hostname> | @<domain> | #<queuename> ]\n"
             "\tRun the queue for the specified <hostname>, or\n"
             "\tall hosts within a given <domain>, or a specially-named\n"
             "\t<queuename> (implementation-specific)."},
    {"auth", "AUTH mechanism [initial-response]\n\tStart authentication."},
    {"starttls", "STARTTLS\n\tStart TLS negotiation."},
};

} // namespace

Reply help_of_sendmail(std::string_view asked) {
    std::string const name = lower_case(asked);
    auto const topic = std::find_if(std::begin(topics), std::end(topics),
                                    [&](Topic const& each) { return each.name == name; });
    if (topic == std::end(topics))
        return {.code = 504,
                .enhanced = EnhancedCode{5, 3, 0},
                .lines = {fmt::format("HELP topic \"{}\" unknown", name)}};
    std::string const text = fmt::format("{}\nEnd of HELP info", topic->text);
    Words const words[] = {{Saying::help, 214, "2.0.0", text}};
    return put_into_words(words, Saying::help, {});
}

} // namespace mailflow
