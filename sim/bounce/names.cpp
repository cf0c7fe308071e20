#include "bounce/names.hpp"

#include "bounce/program_window.hpp"

#include "base/text.hpp"
#include "mail/address.hpp"
#include "mail/ip.hpp"
#include "mail/products.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <regex>

namespace mailflow {

namespace {

/// Postfix and qmail say when they know that an address forwards to itself by way of another one.
bool tells_of_forwarding(std::string_view words) {
    return words.find("mail forwarding loop") != std::string_view::npos ||
           words.find("Delivered-To line") != std::string_view::npos;
}

/// Postfix and Sendmail say when it is aliases of their own that lead in a circle; so does OpenSMTPD.
bool tells_of_aliases(std::string_view words) {
    return words.find("alias database loop") != std::string_view::npos ||
           words.find("aliasing/forwarding loop broken") != std::string_view::npos ||
           words.find("Mailing list expansion problem") != std::string_view::npos;
}

/// All softwares but OpenSMTPD say when the DNS leads them to themselves, for a domain that they do not
/// handle: Postfix, Sendmail, qmail, Exim, Exchange.
bool tells_of_itself(std::string_view words) {
    constexpr std::array said{"loops back to m",
                              "points back to",
                              "control/locals",
                              "remote host address is the local host",
                              "lowest numbered MX record points to local host",
                              "MxLoopback"};
    return std::any_of(said.begin(), said.end(),
                       [&](char const* one) { return words.find(one) != std::string_view::npos; });
}

/// A letter says it; of a bare answer the class of its code does (RFC 5321 section 4.2.1).
bool is_over(NoticeRecipient const& recipient) {
    if (!recipient.action.empty())
        return recipient.action != "delayed";
    int const code = reply_code_in(recipient.words);
    bool const gave_up = recipient.words.find("not going to try again") != std::string::npos; // qmail
    if (auto const status = status_in(recipient.words); code == 0 && status && !gave_up)
        return status->status_class != 4;
    return code < 400 || code >= 500;
}

/// What Sendmail adds to a denial, because it relays for names as well: "IP name lookup failed
/// [203.0.113.4]", where there is none, and "IP name possibly forged [203.0.113.4]", where it does not lead
/// back.
std::string nameless_caller(std::string const& words) {
    for (std::string_view const said : {"IP name lookup failed", "IP name possibly forged"}) {
        std::size_t const at = words.find(said);
        if (at == std::string::npos)
            continue;
        std::size_t const from = words.find('[', at);
        std::size_t const end = words.find(']', at);
        bool const told = from != std::string::npos && end != std::string::npos && from < end;
        return told ? words.substr(from + 1, end - from - 1) : "the server that called";
    }
    return {};
}

/// Whether a port is named on which people hand in their mail: "connect to
/// mail.isp.example[203.0.113.49]:587".
bool calls_port_for_people(std::string_view words) {
    constexpr std::array ports{"]:587", "]:465", "]:443"};
    return std::any_of(ports.begin(), ports.end(),
                       [&](char const* port) { return words.find(port) != std::string_view::npos; });
}

/// The domain that a server looked for, where the words name it and nobody is named with it.
std::string domain_in(std::string const& words) {
    static std::array const forms{
        std::regex{R"( lookup of ([A-Za-z0-9.-]+?)\.? responded with code )"}, // Gmail
        std::regex{R"(DNS domain ([A-Za-z0-9.-]+?)\.? does not exist)"},       // Exchange Online
        std::regex{R"(name=([A-Za-z0-9.-]+?)\.? type=)"},                      // Postfix
        std::regex{R"(find any host named ([A-Za-z0-9.-]+?)\.? )"}};           // qmail
    constexpr std::size_t longest = 2000;                                      // regular expressions recurse
    std::smatch found;
    for (std::regex const& form : forms)
        if (words.size() < longest && std::regex_search(words, found, form))
            return found[1];
    return {};
}

/// The first IPv4 address in the words, which speak of the caller if they speak of any: "[203.0.113.4 19]",
/// "Client host [203.0.113.4] blocked".
std::string address_in(std::string_view words) {
    constexpr std::string_view letters = "0123456789.";
    while (!words.empty()) {
        std::size_t const from = std::min(words.find_first_of("0123456789"), words.size());
        words.remove_prefix(from);
        std::string_view word = words.substr(0, words.find_first_not_of(letters));
        words.remove_prefix(word.size());
        while (word.ends_with('.'))
            word.remove_suffix(1);
        if (std::count(word.begin(), word.end(), '.') == 3 && parse_ip(word))
            return std::string{word};
    }
    return {};
}

/// Postfix and Sendmail pass mail on as the name of an address asks, the other softwares as they come do not.
bool may_follow_names(std::vector<Software> const& softwares) {
    return softwares.empty() || std::any_of(softwares.begin(), softwares.end(), [](Software software) {
               return software == Software::postfix || software == Software::sendmail;
           });
}

/// The address that its name asks to pass the mail on to: "50%off@shop.example" -> "50@off", followed to the
/// end; empty: it asks for nothing.
std::string asked_by_name(std::string const& address) {
    auto const mailbox = parse_mailbox(address);
    if (!mailbox)
        return {};
    AddressBook book;
    AddressId const written = book.add_address(*mailbox);
    AddressId last = written;
    for (AddressId next = written; next.valid();) {
        last = next;
        AddressBook::Address const& at = book[last];
        next = at.inner.valid() ? at.inner : at.bang.valid() ? at.bang : at.percent;
    }
    return last == written ? std::string{} : book.text(last);
}

/// What the list of local domains is called: in the softwares that say it so, or whose log it is; where
/// nobody knows whose words they are, in the two that are met most.
std::string local_domains_in(std::vector<Software> softwares, std::optional<Software> own_log) {
    if (softwares.empty())
        softwares = own_log ? std::vector{*own_log} : std::vector{Software::postfix, Software::sendmail};
    std::string settings;
    for (Software const software : softwares)
        settings += fmt::format("{}{}: {}", settings.empty() ? "" : "; ", product_name(software),
                                local_domains_setting(software));
    return settings;
}

/// Whose words they are, if neither the letter nor the log names the server.
std::string_view nameless_speaker(Notice const& notice, NoticeRecipient const& recipient, bool finding) {
    if (notice.log_of && (finding || !recipient.caller.empty()))
        return "the server that keeps this log";
    return "the server that said it";
}

} // namespace

NoticeNames names_in(Notice const& notice, NoticeRecipient const& recipient) {
    std::string const& address = recipient.address;
    std::size_t const at = address.rfind('@');
    bool const known = at != std::string::npos;
    std::string const remote = !recipient.remote_server.empty()    ? recipient.remote_server
                               : !recipient.remote_address.empty() ? recipient.remote_address
                                                                   : std::string{};
    std::string const writer = !notice.reporting_server.empty() ? notice.reporting_server
                               : notice.log_of                  ? "the server that keeps this log"
                                                                : "your provider's server";
    Recognition const recognition = recognise(recipient.words, recipient.status);
    bool const finding = recipient.words.empty() || recognition.own_finding;
    std::string const sought = known ? std::string{} : domain_in(recipient.words);
    bool const turned_away = !recipient.caller.empty();
    bool const led_on = !recipient.written_to.empty();
    std::string const& typed = led_on ? recipient.written_to : address;
    std::string const asked_for =
        may_follow_names(recognition.softwares) ? asked_by_name(typed) : std::string{};
    bool const asks = !asked_for.empty() && (!led_on || lower_case(asked_for) == lower_case(address));
    bool const writer_speaks = turned_away || (finding && notice.letter);
    return {.recipient = known ? address : "the recipient",
            .recipient_known = known,
            .domain = known            ? address.substr(at + 1)
                      : sought.empty() ? "the recipient's domain"
                                       : sought,
            .named = known ? fmt::format("called \"{}\"", address.substr(0, at)) : "of that name",
            .owner = "whoever owns the mailbox" + (known ? " " + address : std::string{}),
            .writer = writer,
            .other = !remote.empty() ? remote
                     : writer_speaks ? writer
                                     : std::string{nameless_speaker(notice, recipient, finding)},
            .other_known = !remote.empty(),
            .other_answered = !remote.empty() && !finding && !recipient.words.empty(),
            .finding = finding,
            .between_servers = (notice.letter || notice.log_of || !remote.empty()) && !turned_away,
            .caller = turned_away ? recipient.caller : address_in(recipient.words),
            .out_of_log = notice.log_of.has_value(),
            .turned_away = turned_away,
            .nameless = nameless_caller(recipient.words),
            .forwarded = tells_of_forwarding(recipient.words),
            .aliases = tells_of_aliases(recipient.words),
            .finds_itself = tells_of_itself(recipient.words),
            .written_to = recipient.written_to,
            .asking = asks ? typed : std::string{},
            .asked_for = asks ? asked_for : std::string{},
            .tenant_unknown = recipient.words.find("TenantAttribution") != std::string::npos,
            .local_domains =
                local_domains_in(recognition.speaker == "Exchange Online" ? std::vector{Software::exchange}
                                                                          : recognition.softwares,
                                 finding || turned_away ? notice.log_of : std::nullopt),
            .is_program = !notice.letter && !notice.log_of && is_said_by_program(recipient.words),
            .may_be_program = !notice.letter && !notice.log_of && calls_port_for_people(recipient.words),
            .over = is_over(recipient),
            .warned = recipient.action == "delayed" && !notice.log_of};
}

} // namespace mailflow
