// The words for what a trace holds in numbers: the lines of the dialogue, the replies, a sentence for each
// event. Story, window and exports all take them from here.
#pragma once

#include "mail/reply.hpp"
#include "trace/trace.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// The command as it goes over the wire: "MAIL FROM:<maya@isp.example> SIZE=4000". What is no command (the
/// TLS handshake, the content) comes in brackets.
[[nodiscard]] std::string command_line(World const& world, Trace const& trace, CommandSent const& sent);

/// The reply in the words of the server's software.
[[nodiscard]] Reply reply_of(World const& world, Trace const& trace, ReplySent const& sent);

/// The words that settled a recipient: the refusing server's reply, or the diagnosis of the server that gave
/// up (code 0).
[[nodiscard]] Reply reply_of(World const& world, Trace const& trace, RecipientSettled const& settled);

/// The queue id that the server gave the entry, as Postfix writes them: "4F2A91C03".
[[nodiscard]] std::string queue_id(QueueEntryId entry);

/// The reason in a few words for people: "relaying denied"; "no trouble" for none.
[[nodiscard]] std::string_view plain_words(Reason reason);

/// What the DNS answered, for people: "mx1.shop.example (preference 10)", "192.0.2.7", "there is no such name
/// as ...".
[[nodiscard]] std::string answer_of(World const& world, Lookup const& lookup);

/// The answer as a zone file has it, a line a record: "shop.example MX 10 mx1.shop.example".
[[nodiscard]] std::vector<std::string> record_lines(World const& world, Lookup const& lookup);

/// The event in one plain sentence for people, without the time: "mail.isp.example refuses leo@shop.example:
/// relaying denied".
[[nodiscard]] std::string sentence(World const& world, Trace const& trace, Event const& event);

} // namespace mailflow
