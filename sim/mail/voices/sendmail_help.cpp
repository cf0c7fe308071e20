// What Sendmail 8.17 answers to HELP, with a topic and without, measured on Debian 12.
#include "base/text.hpp"
#include "mail/voices/voices.hpp"

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
    {"ehlo", "EHLO <hostname>\n"
             "\tIntroduce yourself, and request extended SMTP mode.\n"
             "Possible replies include:\n"
             "\tSEND\t\tSend as mail\t\t\t[RFC821]\n"
             "\tSOML\t\tSend as mail or terminal\t[RFC821]\n"
             "\tSAML\t\tSend as mail and terminal\t[RFC821]\n"
             "\tEXPN\t\tExpand the mailing list\t\t[RFC821]\n"
             "\tHELP\t\tSupply helpful information\t[RFC821]\n"
             "\tTURN\t\tTurn the operation around\t[RFC821]\n"
             "\t8BITMIME\tUse 8-bit data\t\t\t[RFC1652]\n"
             "\tSIZE\t\tMessage size declaration\t[RFC1870]\n"
             "\tVERB\t\tVerbose\t\t\t\t[Allman]\n"
             "\tCHUNKING\tChunking\t\t\t[RFC1830]\n"
             "\tBINARYMIME\tBinary MIME\t\t\t[RFC1830]\n"
             "\tPIPELINING\tCommand Pipelining\t\t[RFC1854]\n"
             "\tDSN\t\tDelivery Status Notification\t[RFC1891]\n"
             "\tETRN\t\tRemote Message Queue Starting\t[RFC1985]\n"
             "\tSTARTTLS\tSecure SMTP\t\t\t[RFC2487]\n"
             "\tAUTH\t\tAuthentication\t\t\t[RFC2554]\n"
             "\tENHANCEDSTATUSCODES\tEnhanced status codes\t[RFC2034]\n"
             "\tDELIVERBY\tDeliver By\t\t\t[RFC2852]"},
    {"verb", "VERB\n"
             "\tGo into verbose mode.  This sends 0xy responses that are\n"
             "\tnot RFC821 standard (but should be).  They are recognized\n"
             "\tby humans and other sendmail implementations."},
    {"turn", "TURN\n"
             "\tReverses the direction of the connection.  Not currently\n"
             "\timplemented."},
    {"dsn", "MAIL From:<sender> [ RET={ FULL | HDRS} ] [ ENVID=<envid> ]\n"
            "RCPT To:<recipient> [ NOTIFY={NEVER,SUCCESS,FAILURE,DELAY} ]\n"
            "\t\t     [ ORCPT=<recipient> ]\n"
            "\tSMTP Delivery Status Notifications.\n"
            "Descriptions:\n"
            "\tRET\tReturn either the full message or only headers.\n"
            "\tENVID\tSender's \"envelope identifier\" for tracking.\n"
            "\tNOTIFY\tWhen to send a DSN. Multiple options are OK, comma-\n"
            "\t\tdelimited. NEVER must appear by itself.\n"
            "\tORCPT\tOriginal recipient."},
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
    Reply reply{.code = 214, .enhanced = EnhancedCode{2, 0, 0}, .lines = {}};
    for (std::string_view rest = topic->text;;) {
        std::size_t const end = rest.find('\n');
        reply.lines.emplace_back(rest.substr(0, end));
        if (end == std::string_view::npos)
            break;
        rest.remove_prefix(end + 1);
    }
    reply.lines.emplace_back("End of HELP info");
    return reply;
}

} // namespace mailflow
