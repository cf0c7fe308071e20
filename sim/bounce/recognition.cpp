#include "bounce/recognition.hpp"

#include "bounce/own_words.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace mailflow {

namespace {

struct Phrase {
    std::string_view words; // in lower case
    Cause cause;
    bool own_finding = false; // see Recognition
};

/// The first that the text holds counts, so the narrow ones stand before the wide ones.
constexpr std::array phrases{
    Phrase{"sender address rejected: not logged in", Cause::login_required},
    Phrase{"not owned by user", Cause::sender_not_allowed},
    Phrase{"sender address rejected: need fully-qualified", Cause::bad_sender},
    Phrase{"send as this sender", Cause::sender_not_allowed},
    Phrase{"sendasdenied", Cause::sender_not_allowed},
    Phrase{"sender address rejected: access denied", Cause::sender_not_allowed},
    Phrase{"sender address rejected: domain not found", Cause::no_sender_domain},
    Phrase{"domain of sender address", Cause::no_sender_domain},
    Phrase{"sender domain", Cause::no_sender_domain},
    Phrase{"sender address rejected: undeliverable", Cause::bad_sender},
    Phrase{"sender address rejected: unverified", Cause::bad_sender},
    Phrase{"sender verify failed", Cause::bad_sender},
    Phrase{"could not complete sender verify", Cause::bad_sender},
    Phrase{"helo command rejected", Cause::bad_helo},
    Phrase{"invalid helo", Cause::bad_helo},
    Phrase{"bad helo", Cause::bad_helo},
    Phrase{"helo name", Cause::bad_helo},
    Phrase{"ehlo name", Cause::bad_helo},
    Phrase{"must issue a starttls", Cause::no_encryption},
    Phrase{"starttls is required", Cause::no_encryption},
    Phrase{"tls is required", Cause::no_encryption},
    Phrase{"tls required", Cause::no_encryption},
    Phrase{"encryption required", Cause::no_encryption},
    Phrase{"requires encryption", Cause::no_encryption},
    Phrase{"cannot start tls", Cause::no_encryption},
    Phrase{"tls not available", Cause::no_encryption},
    Phrase{"tls negotiation", Cause::no_encryption},
    Phrase{"certificate validation", Cause::no_encryption},
    Phrase{"certificate not trusted", Cause::no_encryption},
    Phrase{"auth command used when not advertised", Cause::login_not_offered},
    Phrase{"authentication not enabled", Cause::login_not_offered},
    Phrase{"auth not available", Cause::login_not_offered},
    Phrase{"unrecognized authentication type", Cause::login_not_offered},
    Phrase{"external forwarding", Cause::forwarding_refused},
    Phrase{"automatic forwarding", Cause::forwarding_refused},
    Phrase{"auto-forward", Cause::forwarding_refused},
    Phrase{"sendernotauthenticatedforgroup", Cause::closed_circle},
    Phrase{"restrictedtorecipientspermission", Cause::closed_circle},
    Phrase{"resolver.rst.notauth", Cause::closed_circle},
    Phrase{"allowed-senders list", Cause::closed_circle},
    Phrase{"list of allowed senders", Cause::closed_circle},
    Phrase{"domain name required for sender address", Cause::bad_sender},
    Phrase{"too many hops", Cause::mail_loop},
    Phrase{"hop count exceeded", Cause::mail_loop},
    Phrase{"loops back", Cause::mail_loop, true},
    Phrase{"points back to", Cause::mail_loop, true},
    Phrase{"system config error", Cause::mail_loop,
           true}, // Sendmail's reason for "points back to" and the like
    Phrase{"mail loop", Cause::mail_loop},
    Phrase{"routing loop", Cause::mail_loop},
    Phrase{"account that you tried to reach is disabled", Cause::mailbox_closed},
    Phrase{"account is disabled", Cause::mailbox_closed},
    Phrase{"account disabled", Cause::mailbox_closed},
    Phrase{"mailbox disabled", Cause::mailbox_closed},
    Phrase{"mailbox is disabled", Cause::mailbox_closed},
    Phrase{"is inactive", Cause::mailbox_closed},
    Phrase{"daily limit", Cause::sending_limit},
    Phrase{"sending limit", Cause::sending_limit},
    Phrase{"bad outbound sender", Cause::sending_limit},
    Phrase{"tenant has exceeded", Cause::sending_limit},
    Phrase{"limit exceeded for your account", Cause::sending_limit},
    Phrase{"smtputf8", Cause::foreign_letters},
    Phrase{"quota", Cause::mailbox_full},
    Phrase{"mailbox full", Cause::mailbox_full},
    Phrase{"mailbox is full", Cause::mailbox_full},
    Phrase{"mailbox size limit", Cause::mailbox_full},
    Phrase{"storage limit", Cause::mailbox_full},
    Phrase{"out of storage", Cause::mailbox_full},
    Phrase{"authentication required", Cause::login_required},
    Phrase{"not authenticated", Cause::login_required},
    Phrase{"requires authentication", Cause::login_required},
    Phrase{"auth required", Cause::login_required},
    Phrase{"must authenticate", Cause::login_required},
    Phrase{"please authenticate", Cause::login_required},
    Phrase{"authentication is required", Cause::login_required},
    Phrase{"temporary authentication failure", Cause::server_trouble},
    Phrase{"authentication failed", Cause::login_failed},
    Phrase{"authentication unsuccessful", Cause::login_failed},
    Phrase{"username and password not accepted", Cause::login_failed},
    Phrase{"application-specific password", Cause::login_failed},
    Phrase{"could not authenticate", Cause::login_failed},
    Phrase{"unable to relay", Cause::relay_denied},
    Phrase{"relaying", Cause::relay_denied},
    Phrase{"relay access denied", Cause::relay_denied},
    Phrase{"relay denied", Cause::relay_denied},
    Phrase{"not permitted to relay", Cause::relay_denied},
    Phrase{"relay not permitted", Cause::relay_denied},
    Phrase{"allowed rcpthosts", Cause::relay_denied},
    Phrase{"dmarc", Cause::sender_not_proved},
    Phrase{"dkim", Cause::sender_not_proved},
    Phrase{"spf", Cause::sender_not_proved},
    Phrase{"authentication level", Cause::sender_not_proved},
    Phrase{"authentication checks", Cause::sender_not_proved},
    Phrase{"find your hostname", Cause::client_nameless},
    Phrase{"find your reverse hostname", Cause::client_nameless},
    Phrase{"reverse dns", Cause::client_nameless},
    Phrase{"ptr resource record", Cause::client_nameless},
    Phrase{"ptr record", Cause::client_nameless},
    Phrase{"rdns", Cause::client_nameless},
    Phrase{"client host rejected: access denied", Cause::client_refused},
    Phrase{"not accepted from this ip", Cause::client_refused},
    Phrase{"greylist", Cause::greylisted},
    Phrase{"graylist", Cause::greylisted},
    Phrase{"grey-list", Cause::greylisted},
    Phrase{"blocked using", Cause::blocklisted},
    Phrase{"blocklist", Cause::blocklisted},
    Phrase{"blacklist", Cause::blocklisted},
    Phrase{"black list", Cause::blocklisted},
    Phrase{"block list", Cause::blocklisted},
    Phrase{"dnsbl", Cause::blocklisted},
    Phrase{"banned send", Cause::blocklisted},
    Phrase{"in an rbl", Cause::blocklisted},
    Phrase{"spamhaus", Cause::blocklisted},
    Phrase{"spamcop", Cause::blocklisted},
    Phrase{"poor reputation", Cause::blocklisted},
    Phrase{"rate limit", Cause::mail_flood},
    Phrase{"too much mail", Cause::mail_flood},
    Phrase{"unexpected volume", Cause::mail_flood},
    Phrase{"unusual rate", Cause::mail_flood},
    Phrase{"too quickly", Cause::too_busy},
    Phrase{"server busy", Cause::too_busy},
    Phrase{"421 4.7.0 try again later", Cause::too_busy},
    Phrase{"spam", Cause::taken_for_spam},
    Phrase{"unsolicited", Cause::taken_for_spam},
    Phrase{"insufficient system storage", Cause::too_busy},
    Phrase{"too many recipients", Cause::too_many_recipients},
    Phrase{"virus", Cause::content_refused},
    Phrase{"malware", Cause::content_refused},
    Phrase{"potential security issue", Cause::content_refused},
    Phrase{"attachment", Cause::content_refused},
    Phrase{"missing a valid messageid", Cause::content_refused},
    Phrase{"multiple from", Cause::content_refused},
    Phrase{"size limit", Cause::too_big},
    Phrase{"too large", Cause::too_big},
    Phrase{"too big", Cause::too_big},
    Phrase{"message size exceeds", Cause::too_big},
    Phrase{"policy reasons", Cause::not_allowed},
    Phrase{"policy rejection", Cause::not_allowed},
    Phrase{"administrative prohibition", Cause::not_allowed},
    Phrase{"not authorized", Cause::not_allowed},
    Phrase{"address syntax", Cause::bad_address},
    Phrase{"malformed address", Cause::bad_address},
    Phrase{"not a valid rfc", Cause::bad_address},
    Phrase{"user address required", Cause::bad_address},
    Phrase{"need fully-qualified address", Cause::bad_address},
    Phrase{"user unknown", Cause::unknown_user},
    Phrase{"this user doesn't have", Cause::unknown_user},
    Phrase{"unknown user", Cause::unknown_user},
    Phrase{"no such user", Cause::unknown_user},
    Phrase{"no such recipient", Cause::unknown_user},
    Phrase{"user not found", Cause::unknown_user},
    Phrase{"recipient not found", Cause::unknown_user},
    Phrase{"recipientnotfound", Cause::unknown_user},
    Phrase{"no mailbox here", Cause::unknown_user},
    Phrase{"mailbox unavailable", Cause::unknown_user},
    Phrase{"mailbox not found", Cause::unknown_user},
    Phrase{"unknown recipient", Cause::unknown_user},
    Phrase{"invalid recipient", Cause::unknown_user},
    Phrase{"unknown address", Cause::unknown_user},
    Phrase{"sender address rejected", Cause::sender_not_allowed},
    Phrase{"address rejected: domain not found", Cause::no_such_domain},
    Phrase{"address rejected", Cause::unknown_user},
    Phrase{"account that you tried to reach does not exist", Cause::unknown_user},
    Phrase{"does not accept mail", Cause::null_mx},
    Phrase{"nullmx", Cause::null_mx},
    Phrase{"domain not found", Cause::no_such_domain},
    Phrase{"550 host unknown", Cause::no_such_domain, true}, // Sendmail's reason
    Phrase{"host unknown", Cause::no_such_domain},
    Phrase{"host not found", Cause::no_such_domain},
    Phrase{"no such domain", Cause::no_such_domain},
    Phrase{"domain does not exist", Cause::no_such_domain},
    Phrase{"couldn't find any host", Cause::no_such_domain},
    Phrase{"infodomainnonexistent", Cause::no_such_domain, true},
    Phrase{"unable to look up host", Cause::no_such_domain, true},
    Phrase{"command died with status", Cause::server_trouble, true},
    Phrase{"temporary lookup failure", Cause::server_trouble},
    Phrase{"local error in processing", Cause::server_trouble},
    Phrase{"temporary local problem", Cause::server_trouble},
    Phrase{"name server", Cause::dns_trouble},
    Phrase{"host name lookup", Cause::dns_trouble},
    Phrase{"connection timed out", Cause::unreachable, true},
    Phrase{"connection refused", Cause::unreachable, true},
    Phrase{"no route to host", Cause::unreachable, true},
    Phrase{"network is unreachable", Cause::unreachable, true},
    Phrase{"unable to connect", Cause::unreachable, true},
    Phrase{"lost connection", Cause::unreachable, true},
    Phrase{"too many connections", Cause::too_busy},
    Phrase{"too many concurrent", Cause::too_busy},
    Phrase{"timed out", Cause::unreachable, true},
    Phrase{"queue too long", Cause::expired, true},
    Phrase{"unreachable for too long", Cause::expired, true},
    Phrase{"queue.expired", Cause::expired, true},
    Phrase{"envelope expired", Cause::expired, true},
    Phrase{"expired", Cause::expired},
    Phrase{"bad sequence", Cause::wrong_order},
    Phrase{"need rcpt", Cause::wrong_order},
    Phrase{"need mail", Cause::wrong_order},
    Phrase{"rcpt first", Cause::wrong_order},
    Phrase{"mail first", Cause::wrong_order},
    Phrase{"must precede data", Cause::wrong_order},
    Phrase{"no valid recipients", Cause::wrong_order},
};

/// What an enhanced status code means by itself (RFC 3463 section 3; RFC 4954, 7372 and 7505 for the later
/// ones).
Cause cause_of(EnhancedCode const& status) {
    struct Row {
        int subject;
        int detail; // -1: any other
        Cause cause;
    };
    constexpr std::array rows{
        Row{1, 2, Cause::no_such_domain},
        Row{1, 3, Cause::bad_address},
        Row{1, 7, Cause::bad_sender},
        Row{1, 8, Cause::no_sender_domain},
        Row{1, 10, Cause::null_mx},
        Row{1, 20, Cause::content_refused},
        Row{1, 90, Cause::sending_limit},
        Row{1, -1, Cause::unknown_user},
        Row{2, 1, Cause::mailbox_closed},
        Row{2, 2, Cause::mailbox_full},
        Row{2, 3, Cause::too_big},
        Row{3, 1, Cause::too_busy},
        Row{3, 2, Cause::too_busy},
        Row{3, 4, Cause::too_big},
        Row{3, -1, Cause::server_trouble},
        Row{4, 1, Cause::unreachable},
        Row{4, 2, Cause::unreachable},
        Row{4, 3, Cause::dns_trouble},
        Row{4, 4, Cause::no_such_domain},
        Row{4, 5, Cause::too_busy},
        Row{4, 6, Cause::mail_loop},
        Row{4, 7, Cause::expired},
        Row{5, 3, Cause::too_many_recipients},
        Row{6, 7, Cause::foreign_letters},
        Row{6, -1, Cause::content_refused},
        Row{7, 2, Cause::closed_circle},
        Row{7, 4, Cause::login_not_offered},
        Row{7, 5, Cause::no_encryption},
        Row{7, 8, Cause::login_failed},
        Row{7, 9, Cause::login_failed},
        Row{7, 10, Cause::no_encryption},
        Row{7, 11, Cause::no_encryption},
        Row{7, 20, Cause::sender_not_proved},
        Row{7, 21, Cause::sender_not_proved},
        Row{7, 22, Cause::sender_not_proved},
        Row{7, 23, Cause::sender_not_proved},
        Row{7, 24, Cause::sender_not_proved},
        Row{7, 25, Cause::client_nameless},
        Row{7, 26, Cause::sender_not_proved},
        Row{7, 27, Cause::no_sender_domain},
        Row{7, 28, Cause::mail_flood},
        Row{7, 54, Cause::relay_denied},
        Row{7, 124, Cause::closed_circle},
        Row{7, 129, Cause::closed_circle},
        Row{7, 133, Cause::closed_circle},
        Row{7, 520, Cause::forwarding_refused},
        Row{7, 705, Cause::sending_limit},
        Row{7, -1, Cause::not_allowed},
    };
    for (Row const& row : rows)
        if (row.subject == status.subject && (row.detail == -1 || row.detail == status.detail))
            return row.cause;
    return Cause::unknown;
}

/// What a bare code means (RFC 5321 section 4.2.3, RFC 4954 section 6).
Cause cause_of_code(int code) {
    switch (code) {
    case 421: return Cause::too_busy;
    case 450:
    case 451: return Cause::greylisted;
    case 452: return Cause::mailbox_full;
    case 503: return Cause::wrong_order;
    case 530: return Cause::login_required;
    case 535: return Cause::login_failed;
    case 552: return Cause::too_big;
    case 556: return Cause::null_mx;
    case 550:
    case 551:
    case 553: return Cause::unknown_user;
    default: return Cause::unknown;
    }
}

/// Of a sender that is rejected in words of somebody's own the status tells more: whether it is the address,
/// the domain, or a policy (RFC 3463 sections 3.2 and 3.8).
Cause narrowed(Cause by_phrase, std::optional<EnhancedCode> const& status) {
    if (by_phrase != Cause::sender_not_allowed || !status)
        return by_phrase;
    Cause const by_status = cause_of(*status);
    return by_status == Cause::bad_sender || by_status == Cause::no_sender_domain ? by_status : by_phrase;
}

void add(std::vector<Cause>& causes, Cause cause) {
    if (std::find(causes.begin(), causes.end(), cause) == causes.end())
        causes.push_back(cause);
}

/// Whether a server finds it out before any other has said something. What can be found out behind the
/// recipient's mailbox, another server may have answered.
bool is_own_finding(Saying saying) {
    switch (saying) {
    case Saying::alias_loop:
    case Saying::suspected_loop:
    case Saying::forwarding_loop:
    case Saying::no_such_mailbox: return false;
    default: return is_diagnosis(saying);
    }
}

/// The patterns of which the words have most letters. With a reply code in front the words were an answer, if
/// they are any software's answer at all.
std::vector<OwnWords const*> best_fits(std::string_view words) {
    std::vector<OwnWords const*> fits;
    for (OwnWords const& own : own_words())
        if (says(own, words)) {
            if (!fits.empty() && own.letters > fits.front()->letters)
                fits.clear();
            if (fits.empty() || own.letters == fits.front()->letters)
                fits.push_back(&own);
        }
    auto const is_answer = [](OwnWords const* own) { return !is_diagnosis(own->saying); };
    bool const answered = std::any_of(fits.begin(), fits.end(), is_answer) && reply_code_in(words) != 0;
    if (answered)
        std::erase_if(fits, [&](OwnWords const* own) { return !is_answer(own); });
    return fits;
}

Recognition by_own_words(std::string_view words) {
    Recognition found;
    std::vector<OwnWords const*> const fits = best_fits(words);
    for (OwnWords const* own : fits) {
        add(found.causes, cause_of(own->saying));
        if (std::find(found.softwares.begin(), found.softwares.end(), own->software) == found.softwares.end())
            found.softwares.push_back(own->software);
    }
    found.own_finding = !fits.empty() && std::all_of(fits.begin(), fits.end(), [](OwnWords const* own) {
        return is_own_finding(own->saying);
    });
    found.evidence = fits.empty() ? Evidence::nothing : Evidence::own_words;
    return found;
}

} // namespace

Recognition recognise(std::string_view words, std::optional<EnhancedCode> status) {
    std::string const lower = lower_case(words);
    // What a server was told of the sender's address when it asked, it quotes: "unknown user" is not ours
    // then.
    bool const about_sender = lower.find("sender address rejected") != std::string::npos;
    // Exchange explains by such a name why a recipient does not take mail from everybody.
    bool const about_circle = lower.find("resolver.rst.") != std::string::npos;
    if (Recognition own = by_own_words(words);
        own.evidence != Evidence::nothing && !about_sender && !about_circle)
        return own;
    std::optional<EnhancedCode> const said = status_in(words);
    for (Phrase const& phrase : phrases)
        if (lower.find(phrase.words) != std::string::npos)
            return {{narrowed(phrase.cause, said ? said : status)}, Evidence::phrase, {}, phrase.own_finding};
    for (auto const& code : {said, status})
        if (code && cause_of(*code) != Cause::unknown)
            return {{cause_of(*code)}, Evidence::status, {}, false};
    if (Cause const cause = cause_of_code(reply_code_in(words)); cause != Cause::unknown)
        return {{cause}, Evidence::code, {}, false};
    return {};
}

} // namespace mailflow
