#include "bounce/recognition.hpp"

#include "bounce/own_words.hpp"
#include "bounce/phrases.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace mailflow {

namespace {

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
        Row{2, 122, Cause::too_busy},
        Row{2, 252, Cause::sender_not_allowed},
        Row{2, 3, Cause::too_big},
        Row{3, 1, Cause::server_trouble},
        Row{3, 2, Cause::too_busy},
        Row{3, 4, Cause::too_big},
        Row{3, -1, Cause::server_trouble},
        Row{4, 1, Cause::unreachable},
        Row{4, 2, Cause::unreachable},
        Row{4, 3, Cause::dns_trouble},
        Row{4, 4, Cause::no_such_domain},
        Row{4, 5, Cause::too_busy},
        Row{4, 6, Cause::mail_loop},
        Row{4, 14, Cause::mail_loop},
        Row{4, 300, Cause::expired},
        Row{4, 316, Cause::expired},
        Row{4, 310, Cause::no_such_domain},
        Row{4, 312, Cause::dns_trouble},
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
        Row{7, 57, Cause::login_required},
        Row{7, 60, Cause::sender_not_allowed},
        Row{7, 64, Cause::relay_denied},
        Row{7, 124, Cause::closed_circle},
        Row{7, 129, Cause::closed_circle},
        Row{7, 133, Cause::closed_circle},
        Row{7, 139, Cause::login_not_offered},
        Row{7, 509, Cause::sender_not_proved},
        Row{7, 515, Cause::sender_not_proved},
        Row{7, 520, Cause::forwarding_refused},
        Row{7, 606, Cause::blocklisted},
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

/// Of an address that is rejected in words of somebody's own the status tells more: whether it is the
/// sender's, and then whether the address, the domain, or a policy (RFC 3463 sections 3.2 and 3.8).
Cause narrowed(Cause by_phrase, std::optional<EnhancedCode> const& status) {
    if ((by_phrase != Cause::sender_not_allowed && by_phrase != Cause::bad_address) || !status)
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

/// Whether others say it like that, too, so that it tells no software: a few plain words, without the name,
/// the address or the signs that a software puts around them.
bool is_common(OwnWords const& own) {
    constexpr std::array common{std::string_view{"user unknown"},
                                std::string_view{"too many hops"},
                                std::string_view{"loop detected"},
                                std::string_view{"invalid address"},
                                std::string_view{"invalid arguments"},
                                std::string_view{"temporary error"},
                                std::string_view{"auth not available"},
                                std::string_view{"too many recipients"},
                                std::string_view{"authentication failed"},
                                std::string_view{"authentication required"},
                                std::string_view{"authentication unsuccessful"},
                                std::string_view{"unrecognized command"},
                                std::string_view{"domain does not exist"},
                                std::string_view{"550 invalid recipient"}};
    return own.parts.size() == 1 &&
           std::find(common.begin(), common.end(), lower_case(own.parts.front())) != common.end();
}

/// Whether the words are also those of an address that a table or a policy of the server refuses: Postfix
/// says so of a REJECT without a text (access(5)).
bool is_of_any_table(OwnWords const& own) {
    return own.software == Software::postfix && cause_of(own.saying) == Cause::login_required &&
           own.parts.back().ends_with(": Recipient address rejected: Access denied");
}

Recognition by_own_words(std::string_view words) {
    Recognition found;
    std::vector<OwnWords const*> const fits = best_fits(words);
    for (OwnWords const* own : fits) {
        add(found.causes, cause_of(own->saying));
        if (is_of_any_table(*own))
            add(found.causes, Cause::not_allowed);
        bool const known =
            std::find(found.softwares.begin(), found.softwares.end(), own->software) != found.softwares.end();
        if (!known && !is_common(*own))
            found.softwares.push_back(own->software);
    }
    found.own_finding = !fits.empty() && std::all_of(fits.begin(), fits.end(), [](OwnWords const* own) {
        return is_own_finding(own->saying);
    });
    found.evidence = fits.empty()              ? Evidence::nothing
                     : found.softwares.empty() ? Evidence::phrase
                                               : Evidence::own_words;
    return found;
}

/// A mailbox may be called anything: "spam", "quota".
std::string without_addresses(std::string_view words) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                         ".!#$%&'*+/=?^_{|}~-";
    std::string text;
    bool in_domain = false;
    for (char const c : words) {
        bool const inside = letters.find(c) != std::string_view::npos;
        if (c == '@')
            text.erase(text.find_last_not_of(letters) + 1);
        in_domain = c == '@' || (in_domain && inside);
        if (c == '@' || !in_domain)
            text += c;
    }
    return text;
}

} // namespace

Recognition recognise(std::string_view words, std::optional<EnhancedCode> status) {
    std::string const lower = lower_case(without_addresses(words));
    // What a server was told of the sender's address when it asked, it quotes: "unknown user" is not ours
    // then.
    bool const about_sender = lower.find("sender address rejected") != std::string::npos;
    // Exchange explains by such a name why a recipient does not take mail from everybody.
    bool const about_circle = lower.find("resolver.rst.") != std::string::npos;
    Recognition own = about_sender || about_circle ? Recognition{} : by_own_words(words);
    std::optional<EnhancedCode> const said = status_in(words);
    // What is wrong with the form of an address is said of both in the same words, but for the name.
    bool const names_sender = lower.find("sender address") != std::string::npos;
    for (Cause& cause : own.causes)
        cause = names_sender && cause == Cause::bad_address ? Cause::bad_sender : narrowed(cause, said);
    if (own.evidence == Evidence::own_words)
        return own;
    std::string_view const speaker = speaker_in(lower_case(words));
    if (Phrase const* const phrase = phrase_in(lower))
        return {{narrowed(phrase->cause, said ? said : status)},
                Evidence::phrase,
                {},
                speaker,
                phrase->own_finding};
    if (own.evidence != Evidence::nothing)
        return own;
    for (auto const& code : {said, status})
        if (code && cause_of(*code) != Cause::unknown)
            return {{cause_of(*code)}, Evidence::status, {}, speaker, false};
    if (Cause const cause = cause_of_code(reply_code_in(words)); cause != Cause::unknown)
        return {{cause}, Evidence::code, {}, speaker, false};
    return {};
}

} // namespace mailflow
