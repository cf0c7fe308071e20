// The words for what a trace holds in numbers: the lines of the dialogue, the replies, a sentence for each
// event. Story, window and exports all take them from here.
#pragma once

#include "mail/reply.hpp"
#include "report/summary.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// The command as it goes over the wire: "MAIL FROM:<maya@isp.example> SIZE=4000". What is no command (the
/// TLS handshake, the content) comes in brackets.
[[nodiscard]] std::string command_line(World const& world, Trace const& trace, CommandSent const& sent);

/// What a mail program or a browser says where it does not speak SMTP: "RETR 1", "a2 SELECT INBOX". What is
/// no command comes in brackets.
[[nodiscard]] std::string command_line(World const& world, Trace const& trace, AccessCommandSent const& sent);

/// The lines that it is answered with.
[[nodiscard]] std::vector<std::string> reply_lines(Trace const& trace, AccessReplySent const& sent);

/// The name of what is spoken, for people: "POP3".
[[nodiscard]] std::string_view name_of(Service service);

/// What people use there: "mail program", or "browser" for a message that was written at web mail.
[[nodiscard]] std::string_view program_of(Message const& message);

/// What went wrong when a mail program looked for mail: "the server does not accept the password".
[[nodiscard]] std::string_view check_trouble_words(Saying trouble);

/// The reply in the words of the server's software. The server's settings are those of the moment `at`, or of
/// the beginning of the session where no moment is given.
[[nodiscard]] Reply reply_of(World const& world, Trace const& trace, ReplySent const& sent,
                             std::optional<Instant> at = std::nullopt);

/// The same for somebody who knows the world as it stood when the session was opened.
[[nodiscard]] Reply reply_of(World const& world, Trace const& trace, ReplySent const& sent, Instant at,
                             Present const& at_opening);

/// The same; nothing unless the server says that to every client, at any time, until its settings change.
[[nodiscard]] std::optional<Reply> common_reply_of(World const& world, Trace const& trace,
                                                   ReplySent const& sent, Instant at,
                                                   Present const& at_opening);

/// The words that settled a recipient: the refusing server's reply, or the diagnosis of the server that gave
/// up (code 0). Without an index the whole trace is walked for it: good for one, not for many.
[[nodiscard]] Reply reply_of(World const& world, Trace const& trace, TraceIndex const& index,
                             RecipientSettled const& settled);
[[nodiscard]] Reply reply_of(World const& world, Trace const& trace, RecipientSettled const& settled);

/// The words for which a recipient was put off.
[[nodiscard]] Reply reply_of(World const& world, Trace const& trace, TraceIndex const& index,
                             DeferralId deferral);

/// Whether it is said of the address in MAIL, and not of the recipient's.
[[nodiscard]] bool is_about_sender(Saying saying);

/// Whether the server has frozen the message (Exim, where it is itself the best MX): no try is planned.
[[nodiscard]] bool is_frozen(Deferral const& deferral);

/// The words that settled a recipient, or for which it still waits; empty where nobody has said anything yet.
[[nodiscard]] std::optional<Reply> last_reply(World const& world, Trace const& trace, Summary const& summary,
                                              RecipientSummary const& came);

/// The client's own diagnosis of a connection that came to nothing or broke.
[[nodiscard]] Reply reply_of(World const& world, Trace const& trace, TraceIndex const& index,
                             ConnectionFailed const& failed);

/// The software of the machine's server; a machine without one speaks as Postfix does.
[[nodiscard]] Software software_of(World const& world, HostId host);

/// The queue id that the server gave the entry, in the form of its software (mail/queue_id.hpp).
[[nodiscard]] std::string queue_id(World const& world, Trace const& trace, QueueEntryId entry);

/// The name of a handed-in message in reports: its id in the file; of spam the spammer's name there and a
/// number, "bulk-17".
[[nodiscard]] std::string message_id(World const& world, Message const& message);

/// The reverse path of the message without brackets; "<>" where it is the null path.
[[nodiscard]] std::string sender_text(World const& world, Message const& message);

/// What the client of the session calls itself: a server by its host name, any other machine by its address
/// (RFC 5321 section 4.1.3), since it has no name in the DNS.
[[nodiscard]] std::string ehlo_name(World const& world, Session const& session);
/// Whether it says that with HELO, and so is offered no extension.
[[nodiscard]] bool says_helo(World const& world, Session const& session);

/// The name that the client of the session logs in with; empty where it has none.
[[nodiscard]] std::string login_of(World const& world, Session const& session);

/// As a sentence begins; the name of a host stays as it is.
[[nodiscard]] std::string with_capital(std::string words);

/// A name such as that of a network, as it stands within a sentence: "The school" is "the school" there.
[[nodiscard]] std::string within_sentence(std::string name);

/// What the message is, for people: "message", "bounce", "delay warning".
[[nodiscard]] std::string_view thing(Message const& message);

/// The reason in a few words for people: "relaying denied"; "no trouble" for none.
[[nodiscard]] std::string_view plain_words(Reason reason);

/// The same of what settled a recipient: a server that was reached and hung up is not out of reach, and a
/// domain may be the sender's.
[[nodiscard]] std::string_view plain_words(RecipientSettled const& settled);

/// The same of words for which a message still waits: whoever says no now may say yes later.
[[nodiscard]] std::string_view plain_words_for_now(Saying saying);

/// Whether the reply says that a mailbox is full (RFC 3463 section 3.3: X.2.2).
[[nodiscard]] bool is_mailbox_full(Reply const& reply);

/// "mx1.shop.example (preference 10) and mx2.shop.example (preference 20)"; empty: there is no MX record.
[[nodiscard]] std::string exchangers_of(World const& world, DnsRecords const& records);

/// What the DNS answered, for people: "mx1.shop.example (preference 10)", "192.0.2.7", "there is no such name
/// as ...".
[[nodiscard]] std::string answer_of(World const& world, Lookup const& lookup);

/// The answer as a zone file has it, a line a record: "shop.example MX 10 mx1.shop.example".
[[nodiscard]] std::vector<std::string> record_lines(World const& world, Lookup const& lookup);

/// What somebody did, without the time and the full stop: the change's note, or else what is different now:
/// "mx1.shop.example goes down".
[[nodiscard]] std::string change_words(World const& world, ChangeId change);

/// The event in one plain sentence for people, without the time: "mail.isp.example refuses leo@shop.example:
/// relaying denied".
[[nodiscard]] std::string sentence(World const& world, Trace const& trace, Event const& event);

} // namespace mailflow
