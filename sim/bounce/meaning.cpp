#include "bounce/meaning.hpp"

#include "bounce/names.hpp"

#include <fmt/format.h>

namespace mailflow {

std::string account_of(Notice const& notice, NoticeRecipient const& recipient, Cause cause) {
    NoticeNames const n = names_in(notice, recipient);
    std::string const reason = cause == Cause::unknown ? "" : fmt::format(": {}", name_of(cause));
    if (!notice.letter) {
        std::string_view const later =
            n.over ? "" : " It said: not now. A server tries again by itself; a mail program does not.";
        if (cause == Cause::unreachable && n.other_known)
            return fmt::format("{} could not be reached.", n.other);
        if (n.finding)
            return fmt::format("A server could not bring the message to {}{}.{}", n.recipient, reason, later);
        bool const whom = !n.other_known && !recipient.address.empty();
        return fmt::format("{} did not take the message{}{}.{}", n.other_known ? n.other : "A server",
                           whom ? " to " + n.recipient : "", reason, later);
    }
    std::string_view const again = n.over ? "" : " It is tried again.";
    if (cause == Cause::unreachable && n.other_known)
        return fmt::format("{} had taken the message, but {} could not be reached.{}", n.writer, n.other,
                           again);
    if (n.other_answered)
        return fmt::format("{} had taken the message and wanted to pass it on to {}, which said {}{}.{}",
                           n.writer, n.other, n.over ? "no" : "not now", reason, again);
    return fmt::format("{} had taken the message and could not bring it to {}{}{}.{}", n.writer, n.recipient,
                       n.over ? "" : " yet", reason, again);
}

} // namespace mailflow
