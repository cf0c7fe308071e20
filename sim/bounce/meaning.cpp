#include "bounce/meaning.hpp"

#include "bounce/names.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// Of a line out of a log: what that server did with the message.
std::string account_of_log(NoticeNames const& n, NoticeRecipient const& recipient, Cause cause,
                           std::string const& reason) {
    if (n.turned_away)
        return fmt::format("{} did not take a message to {} from {}{}.{}", n.writer, n.recipient, n.caller,
                           reason, n.over ? "" : " That means: not now, so a server comes again by itself.");
    if (recipient.action == "delivered")
        return n.other_known ? fmt::format("{} handed the message to {} over to {}, which took it.", n.writer,
                                           n.recipient, n.other)
                             : fmt::format("{} delivered the message to {}.", n.writer, n.recipient);
    std::string_view const end =
        n.over ? " It is over: the sender gets it back." : " It waits there and is tried again.";
    if (cause == Cause::unreachable && n.other_known)
        return fmt::format("{} could not reach {} with the message to {}.{}", n.writer, n.other, n.recipient,
                           end);
    if (n.other_answered)
        return fmt::format("{} wanted to pass the message to {} on to {}, which said {}{}.{}", n.writer,
                           n.recipient, n.other, n.over ? "no" : "not now", reason, end);
    return fmt::format("{} could not deliver the message to {}{}{}.{}", n.writer, n.recipient,
                       n.over ? "" : " yet", reason, end);
}

/// Of a report that the sender had asked for (RFC 3461 section 4.1).
std::string account_of_success(NoticeNames const& n, std::string_view action) {
    std::string const way =
        n.other_known ? fmt::format("{} handed the message to {} over to {}, which took it", n.writer,
                                    n.recipient, n.other)
                      : fmt::format("{} brought the message to {} on its way", n.writer, n.recipient);
    if (action == "relayed")
        return way + ". Whether it is in the mailbox, this report does not tell: that server sends none.";
    if (action == "expanded")
        return fmt::format("{} took the message to {}, which is a list, and sent it on to everybody on it.",
                           n.writer, n.recipient);
    return n.other_known ? way + "." : fmt::format("{} delivered the message to {}.", n.writer, n.recipient);
}

} // namespace

std::string account_of(Notice const& notice, NoticeRecipient const& recipient, Cause cause) {
    NoticeNames const n = names_in(notice, recipient);
    std::string const reason = cause == Cause::unknown ? "" : fmt::format(": {}", name_of(cause));
    if (n.out_of_log)
        return account_of_log(n, recipient, cause, reason);
    if (!notice.letter) {
        std::string_view const later =
            n.over ? "" : " That means: not now. A server tries again by itself; a mail program does not.";
        if (cause == Cause::unreachable && n.other_known)
            return fmt::format("{} could not be reached.", n.other);
        if (n.finding)
            return fmt::format("A server could not deliver the message to {}{}.{}", n.recipient, reason,
                               later);
        bool const whom = !n.other_known && !recipient.address.empty();
        return fmt::format("{} did not take the message{}{}.{}", n.other_known ? n.other : "A server",
                           whom ? " to " + n.recipient : "", reason, later);
    }
    if (is_success(recipient))
        return account_of_success(n, recipient.action);
    std::string_view const again = n.over ? "" : " It is tried again.";
    if (cause == Cause::unreachable && n.other_known)
        return fmt::format("{} had taken the message, but {} could not be reached.{}", n.writer, n.other,
                           again);
    if (n.other_answered)
        return fmt::format("{} had taken the message and wanted to pass it on to {}, which said {}{}.{}",
                           n.writer, n.other, n.over ? "no" : "not now", reason, again);
    return fmt::format("{} had taken the message and could not deliver it to {}{}{}.{}", n.writer,
                       n.recipient, n.over ? "" : " yet", reason, again);
}

} // namespace mailflow
