#include "report/words/line_meaning.hpp"

#include "mail/access.hpp"
#include "mail/saying.hpp"

namespace mailflow {

namespace {

constexpr std::string_view meaning_of_handshake =
    "Both sides agree on keys. From here on nobody between them can read what they say.";

std::string_view meaning_of_verb(Verb verb) {
    switch (verb) {
    case Verb::ehlo:
    case Verb::helo:
        return "The client says its name. Anyone may claim any name; the address that it calls from is what "
               "the server sees for itself.";
    case Verb::starttls: return "The client asks to go on in secret, on the same connection.";
    case Verb::tls_handshake: return meaning_of_handshake;
    case Verb::auth:
        return "The client proves who it is with an account and a password. A provider lets its own people "
               "send to anyone.";
    case Verb::mail:
        return "A message begins, and this is the envelope's sender: whoever is told when it cannot be "
               "delivered. By itself it proves nothing: anyone may write any address there.";
    case Verb::rcpt:
        return "The envelope's recipient. Now the server has to decide whether it takes mail for this "
               "address from this client: here relaying is denied, if it is.";
    case Verb::data: return "The envelope is complete; the client asks to hand over the letter itself.";
    case Verb::content:
        return "The letter itself: headers, an empty line, the text. A line with a lone dot ends it.";
    case Verb::quit: return "The client has nothing more to say, and hangs up when that is answered.";
    case Verb::other: break;
    }
    return {};
}

std::string_view meaning_of_reply(ReplySent const& sent) {
    if (sent.entry.valid())
        return "From here on the server is responsible for the message: it delivers it, passes it on, or "
               "tells the sender that it could not.";
    switch (class_of(sent.saying)) {
    case SayingClass::positive: return "A reply that begins with 2 means yes: go on.";
    case SayingClass::intermediate:
        return "A reply that begins with 3 means: so far, so good, and the server waits for the rest.";
    case SayingClass::transient:
        return "A reply that begins with 4 means: not now. Whoever keeps the message may try again later.";
    case SayingClass::permanent:
        return "A reply that begins with 5 means no, and to ask for the same again will not help: somebody "
               "has to mend something first.";
    }
    return {};
}

std::string_view meaning_of_verb(AccessVerb verb) {
    switch (verb) {
    case AccessVerb::tls_handshake: return meaning_of_handshake;
    case AccessVerb::pop3_user: return "The mail program says whose mailbox it wants to empty.";
    case AccessVerb::pop3_pass: return "The password, which shows that the mailbox is theirs.";
    case AccessVerb::pop3_stat: return "The mail program asks how many messages lie in the mailbox.";
    case AccessVerb::pop3_retr: return "The mail program asks for one message, by its number.";
    case AccessVerb::pop3_dele:
        return "The message has been fetched and may go from the server; it does so when QUIT is said.";
    case AccessVerb::pop3_quit: return "That is all. What was marked is deleted now.";
    case AccessVerb::imap_login:
        return "The account and the password, which show that the mailbox is theirs.";
    case AccessVerb::imap_select: return "The mail program opens a folder; the mail stays on the server.";
    case AccessVerb::imap_fetch:
        return "The mail program asks for copies of what is new. They stay on the server, for other devices, "
               "too.";
    case AccessVerb::imap_logout: return "That is all. Nothing is deleted.";
    case AccessVerb::web_login: return "The browser hands in the account and the password.";
    case AccessVerb::web_send:
        return "The browser hands in the message. It is the provider's own server that sends it.";
    }
    return {};
}

} // namespace

std::string_view meaning_of_line(Event const& event) {
    if (auto const* sent = std::get_if<CommandSent>(&event.happening))
        return meaning_of_verb(sent->verb);
    if (auto const* sent = std::get_if<ReplySent>(&event.happening))
        return meaning_of_reply(*sent);
    if (auto const* sent = std::get_if<AccessCommandSent>(&event.happening))
        return meaning_of_verb(sent->verb);
    if (auto const* sent = std::get_if<AccessReplySent>(&event.happening))
        return is_refusal(sent->answer) ? "The server says no."
                                        : "The server says yes, and what was asked for.";
    return {};
}

} // namespace mailflow
