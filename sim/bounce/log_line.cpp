#include "bounce/log_line.hpp"

#include "bounce/recognition.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <regex>

namespace mailflow {

namespace {

using Found = std::smatch;

constexpr std::size_t longest_line = 2000; // regular expressions recurse

/// What stands in the line behind "name=", in brackets, in quotes or bare.
std::string value_of(std::string const& line, std::string_view name) {
    std::size_t const at = line.find(" " + std::string{name} + "=");
    if (at == std::string::npos)
        return {};
    std::string_view value{line};
    value.remove_prefix(at + name.size() + 2);
    if (value.starts_with('<') || value.starts_with('"')) {
        std::size_t const end = value.find(value.front() == '<' ? '>' : '"', 1);
        return std::string{value.substr(1, end == std::string_view::npos ? end : end - 1)};
    }
    return std::string{value.substr(0, value.find_first_of(", "))};
}

/// Syslog puts the host in front: "Nov 27 10:00:31 mail.isp.example postfix/smtp[1234]: ...".
std::string keeper_in(std::string const& line) {
    static std::regex const form{R"(^(?:[A-Z][a-z]{2} [ \d]\d [\d:]{8}|\d{4}-\d\d-\d\dT\S+) )"
                                 R"(([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+) )"};
    Found found;
    return std::regex_search(line, found, form) ? found[1].str() : std::string{};
}

std::string name_or_address(std::string const& name, std::string const& address) {
    return name.empty() || name == "unknown" ? address : name;
}

/// "mx1.shop.example[203.0.113.33]:25", "mx1.shop.example. [203.0.113.33]".
void put_relay(Block& block, std::string const& relay) {
    static std::regex const form{R"(^([A-Za-z0-9.-]+?)\.? ?\[([0-9A-Fa-f.:]+)\])"};
    Found found;
    if (!block.remote_server.empty() || !std::regex_search(relay, found, form))
        return;
    block.remote_server = found[1];
    block.remote_address = found[2];
}

/// smtp(8), lmtp(8), local(8), pipe(8) ... log "to=<...>, relay=..., status=...".
std::optional<LogLine> postfix_delivery(std::string const& line) {
    static std::regex const form{R"(^ status=([a-z]+)(?: \((.*)\))?\s*$)"};
    Found found;
    std::size_t const to = line.find(" to=<");
    std::size_t const status = line.find(" status=", std::min(to, line.size()));
    if (status == std::string::npos)
        return std::nullopt;
    std::string const end = line.substr(status);
    if (!std::regex_match(end, found, form))
        return std::nullopt;
    LogLine log{.software = Software::postfix};
    log.block = read_block(value_of(line, "to"), found[2]);
    log.block.written_to = value_of(line, "orig_to");
    put_relay(log.block, line.substr(std::min(line.find(" relay=") + 7, line.size())));
    log.action = found[1] == "deferred" ? "delayed" : found[1] == "sent" ? "delivered" : "failed";
    log.status = status_in(value_of(line, "dsn"));
    return log;
}

/// qmgr(8), of a message that is too old. It names the sender alone: "from=<...>, status=expired, returned to
/// sender".
std::optional<LogLine> postfix_expiry(std::string const& line) {
    static std::regex const form{R"( from=<[^>]*>, (status=(?:force-)?expired, returned to sender))"};
    Found found;
    if (!std::regex_search(line, found, form))
        return std::nullopt;
    LogLine log{.software = Software::postfix};
    log.block.words = found[1];
    log.action = "failed";
    return log;
}

/// smtpd(8) and cleanup(8): "NOQUEUE: reject: RCPT from NAME[ADDRESS]: REPLY; from=<...> to=<...> ...".
std::optional<LogLine> postfix_refusal(std::string const& line) {
    static std::regex const form{R"(: (?:milter-)?reject: \S+ from ([^\s\[]+)\[([^\]]+)\](?::\d+)?: )"
                                 R"((.*?)(?:; (?:from=<|to=<|proto=|helo=).*)?$)"};
    Found found;
    if (!std::regex_search(line, found, form))
        return std::nullopt;
    LogLine log{.software = Software::postfix};
    log.block = {.address = value_of(line, "to"), .words = found[3]};
    log.caller = name_or_address(found[1], found[2]);
    return log;
}

/// The flags of Exim's log (its specification, section 54.8): "=>" and "->" delivered, "==" put off, "**"
/// failed.
std::optional<LogLine> exim_delivery(std::string const& line) {
    static std::regex const form{R"((?:^|\s)[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4} )"
                                 R"((=>|->|==|\*\*) (\S+?):?(?: <([^>]+)>)?( .*)?$)"};
    static std::regex const fields{
        R"(^(?: (?:[A-Z][A-Za-z0-9]*=(?:"[^"]*"|\S+)|\[[0-9A-Fa-f.:]+\]|defer \(-?\d+\)))*:? *)"};
    static std::regex const host{R"( H=([A-Za-z0-9.-]+) \[([0-9A-Fa-f.:]+)\])"};
    Found found;
    if (!std::regex_search(line, found, form))
        return std::nullopt;
    LogLine log{.software = Software::exim};
    log.action = found[1] == "==" ? "delayed" : found[1] == "**" ? "failed" : "delivered";
    std::string const rest = found[4];
    std::string const address = found[2];
    std::string const written_to = found[3];
    std::string words = std::regex_replace(rest, fields, "", std::regex_constants::format_first_only);
    if (log.action == "delivered")
        words = value_of(rest, "C");
    log.block = read_block(address, words.substr(0, words.find(" H=")));
    log.block.written_to = written_to == address ? "" : written_to;
    if (std::regex_search(rest, found, host)) {
        log.block.remote_server = found[1];
        log.block.remote_address = found[2];
    }
    return log;
}

/// "H=NAME (HELO) [ADDRESS] F=<SENDER> rejected RCPT <ADDRESS>: WORDS".
std::optional<LogLine> exim_refusal(std::string const& line) {
    static std::regex const form{R"( H=(?:([A-Za-z0-9.-]+) )?(?:\([^)]*\) )?\[([0-9A-Fa-f.:]+)\].* )"
                                 R"((temporarily )?rejected (?:[A-Z]+|after DATA)(?: <([^>]*)>)?:? ?(.*)$)"};
    Found found;
    if (!std::regex_search(line, found, form))
        return std::nullopt;
    LogLine log{.software = Software::exim};
    log.block = {.address = found[4], .words = found[5]};
    log.action = found[3].matched ? "delayed" : "failed";
    log.caller = name_or_address(found[1], found[2]);
    return log;
}

/// "to=..., delay=..., mailer=..., relay=..., dsn=..., stat=...".
std::optional<LogLine> sendmail_delivery(std::string const& line) {
    constexpr std::string_view name = ", stat=";
    std::size_t const at = line.find(name, std::min(line.find(" to="), line.size()));
    if (at == std::string::npos || line.find(" delay=") >= at)
        return std::nullopt;
    LogLine log{.software = Software::sendmail};
    std::string const stat = line.substr(at + name.size());
    log.action = stat.starts_with("Sent")                                     ? "delivered"
                 : stat.starts_with("Deferred") || stat.starts_with("queued") ? "delayed"
                                                                              : "failed";
    log.block = read_block(value_of(line, "to"), stat);
    log.status = status_in(value_of(line, "dsn"));
    put_relay(log.block, line.substr(std::min(line.find(" relay=") + 7, line.size())));
    return log;
}

/// "ruleset=check_rcpt, arg1=<...>, relay=NAME [ADDRESS], reject=...".
std::optional<LogLine> sendmail_refusal(std::string const& line) {
    static std::regex const form{R"(^ruleset=(\w+), arg1=<?([^,>]*)>?,.*? relay=([^\s,]+)(?: \[[^\]]+\])?)"
                                 R"(.*?, reject=(.*)$)"};
    Found found;
    std::string const told = line.substr(std::min(line.find("ruleset="), line.size()));
    if (!std::regex_match(told, found, form))
        return std::nullopt;
    LogLine log{.software = Software::sendmail};
    log.block = {.address = found[1] == "check_rcpt" ? found[2].str() : "", .words = found[4]};
    log.caller = found[3];
    if (log.caller.starts_with('[') && log.caller.ends_with(']'))
        log.caller = log.caller.substr(1, log.caller.size() - 2);
    return log;
}

/// "mta delivery evpid=... to=<...> relay="ADDRESS (NAME)" result="TempFail" stat="..."".
std::optional<LogLine> opensmtpd_delivery(std::string const& line) {
    static std::regex const form{R"re(^ result="?([A-Za-z]+)"? stat="?(.*?)"?$)re"};
    static std::regex const relay{R"re( relay="([0-9A-Fa-f.:]+)(?: \(([A-Za-z0-9.-]+)\))?")re"};
    Found found;
    std::string const end = line.substr(std::min(line.find(" result="), line.size()));
    bool const delivers = line.find(" mta ") != std::string::npos || line.find(" mda ") != std::string::npos;
    if (!delivers || !std::regex_match(end, found, form))
        return std::nullopt;
    LogLine log{.software = Software::opensmtpd};
    log.action = found[1] == "Ok" ? "delivered" : found[1] == "TempFail" ? "delayed" : "failed";
    log.block = read_block(value_of(line, "to"), found[2]);
    if (std::regex_search(line, found, relay)) {
        log.block.remote_address = found[1];
        log.block.remote_server = found[2];
    }
    return log;
}

/// "delivery 17: deferral: 203.0.113.33_does_not_like_recipient./Remote_host_said:_..." (qmail-send(8)),
/// with the address in another line: "starting delivery 17: msg 4711 to remote ADDRESS".
std::optional<LogLine> qmail_delivery(std::string const& line, std::map<std::string, std::string> const& to) {
    static std::regex const form{R"((?:^|\s)delivery (\d+): (success|failure|deferral): (.*)$)"};
    Found found;
    if (!std::regex_search(line, found, form))
        return std::nullopt;
    std::string words = found[3];
    std::replace(words.begin(), words.end(), '_', ' ');
    std::replace(words.begin(), words.end(), '/', ' ');
    words.erase(words.find_last_not_of(' ') + 1);
    auto const address = to.find(found[1]);
    LogLine log{.software = Software::qmail};
    log.action = found[2] == "success" ? "delivered" : found[2] == "failure" ? "failed" : "delayed";
    static std::regex const host{R"(^(\d+\.\d+\.\d+\.\d+) )"};
    log.block = read_block(address == to.end() ? "" : address->second, words);
    if (std::regex_search(words, found, host))
        log.block.remote_address = found[1];
    return log;
}

std::map<std::string, std::string> starts_of_qmail(std::vector<std::string> const& lines) {
    static std::regex const form{R"(starting delivery (\d+): msg \d+ to (?:remote|local) (\S+)$)"};
    std::map<std::string, std::string> addresses;
    Found found;
    for (std::string const& line : lines)
        if (line.size() < longest_line && std::regex_search(line, found, form))
            addresses[found[1]] = found[2];
    return addresses;
}

std::optional<LogLine> log_line_in(std::string const& line,
                                   std::map<std::string, std::string> const& starts) {
    constexpr std::array forms{postfix_delivery, postfix_expiry,    postfix_refusal,  exim_delivery,
                               exim_refusal,     sendmail_delivery, sendmail_refusal, opensmtpd_delivery};
    for (auto const form : forms)
        if (auto log = form(line))
            return log;
    return qmail_delivery(line, starts);
}

} // namespace

std::vector<LogLine> log_lines_in(std::vector<std::string> const& lines) {
    auto const starts = starts_of_qmail(lines);
    std::vector<LogLine> logs;
    for (std::string const& line : lines) {
        auto log = line.size() < longest_line ? log_line_in(line, starts) : std::nullopt;
        if (!log)
            continue;
        log->keeper = keeper_in(line);
        if (log->action.empty()) {
            int const code = reply_code_in(log->block.words);
            log->action = code >= 400 && code < 500 ? "delayed" : "failed";
        }
        std::erase_if(logs, [&](LogLine const& other) { return other.block.address == log->block.address; });
        logs.push_back(std::move(*log));
    }
    // That a message was too old is said beside what became of each recipient.
    bool const named =
        std::any_of(logs.begin(), logs.end(), [](LogLine const& log) { return !log.block.address.empty(); });
    std::erase_if(logs, [&](LogLine const& log) {
        return named && log.block.address.empty() && log.block.words.starts_with("status=");
    });
    return logs;
}

} // namespace mailflow
