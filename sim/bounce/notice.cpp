#include "bounce/notice.hpp"

#include "bounce/blocks.hpp"
#include "bounce/log_line.hpp"
#include "bounce/pasted.hpp"
#include "bounce/program_window.hpp"
#include "bounce/prose.hpp"
#include "bounce/recognition.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace mailflow {

namespace {

constexpr std::size_t most_text = 1'000'000;
constexpr std::size_t most_recipients = 1000;

/// Fields of RFC 3464 (and of what it obsoletes) by which a line is known to belong to the part for programs.
constexpr std::array message_fields{"reporting-mta",        "arrival-date", "received-from-mta",
                                    "original-envelope-id", "dsn-gateway",  "x-postfix-queue-id",
                                    "x-postfix-sender"};
constexpr std::array recipient_fields{
    "final-recipient", "original-recipient", "action",           "status",       "remote-mta",
    "diagnostic-code", "last-attempt-date",  "will-retry-until", "final-log-id", "x-actual-recipient"};

template<std::size_t N>
bool is_one_of(std::array<char const*, N> const& names, std::string const& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The value behind its type: "dns; mx1.shop.example" -> "mx1.shop.example" (RFC 3464 section 2.1.2).
std::string without_type(std::string const& value) {
    std::size_t const semicolon = value.find(';');
    return semicolon == std::string::npos || semicolon > 12
               ? value
               : std::string{trimmed(std::string_view{value}.substr(semicolon + 1))};
}

std::string without_brackets(std::string value) {
    if (value.size() >= 2 && value.front() == '<' && value.back() == '>')
        return value.substr(1, value.size() - 2);
    return value;
}

/// The last "name [address]" or "name (name [address])" of a host field, parted.
void put_remote(NoticeRecipient& recipient, std::string const& host) {
    std::size_t const bracket = host.find('[');
    if (bracket != std::string::npos && bracket > 0)
        recipient.remote_address = host.substr(bracket + 1, host.find(']', bracket) - bracket - 1);
    recipient.remote_server = trimmed(std::string_view{host}.substr(0, host.find_first_of(" (", 1)));
    if (!recipient.remote_server.empty() && recipient.remote_server.back() == '.')
        recipient.remote_server.pop_back();
}

void put(NoticeRecipient& recipient, std::string const& name, std::string const& value) {
    std::string const plain = without_type(value);
    if (name == "final-recipient")
        recipient.address = without_brackets(plain);
    else if (name == "original-recipient")
        recipient.written_to = without_brackets(plain);
    else if (name == "action")
        recipient.action = lower_case(value.substr(0, value.find_first_of(" (")));
    else if (name == "status")
        recipient.status = status_in(value);
    else if (name == "remote-mta")
        put_remote(recipient, plain);
    else if (name == "diagnostic-code")
        recipient.words = plain;
}

/// Sendmail's Final-Recipient is the address that was written to, and this one where its aliases led.
void read_actual_recipient(NoticeRecipient& recipient, std::vector<NoticeField> const& fields) {
    for (NoticeField const& field : fields)
        if (lower_case(field.name) == "x-actual-recipient" && recipient.written_to.empty()) {
            std::string const actual = without_brackets(without_type(field.value));
            if (lower_case(actual) != lower_case(recipient.address))
                recipient.written_to = std::exchange(recipient.address, actual);
        }
}

/// The fields of the part for programs: a group about the message, and one for each recipient. A field that
/// its group has already begins the next group, since blank lines get lost on the way through a clipboard.
class Fields {
public:
    explicit Fields(Notice& notice) : notice_{notice} {}

    /// Letters that were quoted somewhere are indented, so a field is known by its name, wherever it begins.
    void see(std::string const& line) {
        std::string const text{trimmed(line)};
        std::size_t const colon = std::min(text.find(':'), text.size());
        std::string const name = lower_case(text.substr(0, colon));
        if (colon < text.size() && is_one_of(message_fields, name)) {
            notice_.fields.push_back(
                {text.substr(0, colon), std::string{trimmed(std::string_view{text}.substr(colon + 1))}});
            open_ = &notice_.fields.back();
        } else if (colon < text.size() && is_one_of(recipient_fields, name)) {
            if (groups_.empty() || group_has(name))
                groups_.emplace_back();
            groups_.back().push_back(
                {text.substr(0, colon), std::string{trimmed(std::string_view{text}.substr(colon + 1))}});
            open_ = &groups_.back().back();
        } else if (open_ != nullptr && !text.empty() && text.size() < line.size()) {
            open_->value += (open_->value.empty() ? "" : " ") + text;
        } else {
            open_ = nullptr;
        }
    }

    void finish() {
        for (NoticeField const& field : notice_.fields)
            if (lower_case(field.name) == "reporting-mta")
                notice_.reporting_server = without_type(field.value);
        for (auto& group : groups_) {
            if (notice_.recipients.size() == most_recipients)
                break;
            NoticeRecipient recipient;
            for (NoticeField const& field : group)
                put(recipient, lower_case(field.name), field.value);
            if (recipient.written_to == recipient.address)
                recipient.written_to.clear();
            read_actual_recipient(recipient, group);
            recipient.fields = std::move(group);
            notice_.recipients.push_back(std::move(recipient));
        }
    }

private:
    [[nodiscard]] bool group_has(std::string const& name) const {
        return std::any_of(groups_.back().begin(), groups_.back().end(),
                           [&](NoticeField const& field) { return lower_case(field.name) == name; });
    }

    Notice& notice_;
    std::vector<std::vector<NoticeField>> groups_;
    NoticeField* open_ = nullptr; // may be folded
};

/// What the text for people says beyond the fields.
void complete(NoticeRecipient& recipient, Block const& block) {
    bool const vague = recipient.words.find(vague_reason) != std::string::npos && !block.words.empty();
    if (recipient.words.empty() || vague)
        recipient.words = block.words;
    if (recipient.remote_server.empty())
        recipient.remote_server = block.remote_server;
    if (recipient.remote_address.empty())
        recipient.remote_address = block.remote_address;
    if (recipient.written_to.empty())
        recipient.written_to = block.written_to;
}

/// Whether the text is out of a server's log; the notice has all that its lines tell then.
bool read_log(Notice& notice, std::vector<std::string> const& lines) {
    for (LogLine const& line : log_lines_in(lines)) {
        if (notice.recipients.size() == most_recipients)
            break;
        NoticeRecipient recipient;
        recipient.address = line.block.address;
        recipient.action = line.action;
        recipient.status = line.status;
        recipient.caller = line.caller;
        complete(recipient, line.block);
        notice.recipients.push_back(std::move(recipient));
        notice.log_of = line.software;
        notice.reporting_server = line.keeper;
    }
    return notice.log_of.has_value();
}

enum class Source : std::uint8_t { fields, text };

/// What a letter is, and what the text for people says became of whom no field tells it.
void put_actions(Notice& notice, std::vector<std::string> const& lines, Source source) {
    bool const warns = is_warning_text(lines);
    std::string_view const success = warns ? std::string_view{} : success_in(lines);
    notice.letter = source == Source::fields || !notice.reporting_server.empty() || warns ||
                    !success.empty() || is_letter_text(lines);
    if (!notice.letter)
        return;
    for (NoticeRecipient& recipient : notice.recipients) {
        if (!recipient.action.empty())
            continue;
        if (warns)
            recipient.action = "delayed";
        else if (source == Source::text)
            recipient.action = success.empty() ? "failed" : success;
    }
}

} // namespace

bool is_success(NoticeRecipient const& recipient) {
    return recipient.action == "delivered" || recipient.action == "relayed" || recipient.action == "expanded";
}

Notice read_notice(std::string_view pasted) {
    Notice notice;
    std::vector<std::string> const lines = plain_lines(pasted.substr(0, most_text));
    Fields fields{notice};
    for (std::string const& line : lines)
        fields.see(line);
    fields.finish();

    if (notice.recipients.empty() && !is_letter_text(lines) && read_log(notice, lines))
        return notice;
    if (notice.reporting_server.empty())
        notice.reporting_server = writer_in(lines);
    bool const has_fields = !notice.recipients.empty();
    for (Block const& block : blocks_in(lines)) {
        auto const same = std::find_if(notice.recipients.begin(), notice.recipients.end(),
                                       [&](NoticeRecipient const& recipient) {
                                           return lower_case(recipient.address) == lower_case(block.address);
                                       });
        if (same != notice.recipients.end())
            complete(*same, block);
        else if (!has_fields && notice.recipients.size() < most_recipients) {
            notice.recipients.push_back({});
            notice.recipients.back().address = block.address;
            complete(notice.recipients.back(), block);
        }
    }
    if (notice.recipients.empty() && !success_in(lines).empty())
        notice.recipients.push_back({});
    bool const is_text = !is_letter_text(lines) && !is_warning_text(lines) && notice.reporting_server.empty();
    if (notice.recipients.empty()) {
        auto line = is_text ? program_window_in(lines) : std::nullopt;
        if (!line)
            line = line_with_reply(lines);
        if (line) {
            notice.recipients.push_back({});
            complete(notice.recipients.back(), *line);
            notice.recipients.back().address = line->address;
        }
    }
    put_actions(notice, lines, has_fields ? Source::fields : Source::text);
    return notice;
}

} // namespace mailflow
