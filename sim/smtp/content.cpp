#include "smtp/content.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace mailflow {

namespace {

constexpr std::size_t most_of_line = 200;
constexpr std::size_t most_of_field = 65'536; // a longer one is believed

/// What a field of the header is called, in lower case.
std::string field_name(std::string_view field) {
    return lower_case(trimmed(field.substr(0, field.find(':'))));
}

/// Whether the field of that name holds addresses (RFC 5322 sections 3.6.2, 3.6.3 and 3.6.6).
bool names_addresses(std::string_view name) {
    constexpr std::string_view resent = "resent-";
    if (name.starts_with(resent))
        name.remove_prefix(resent.size());
    constexpr std::array<std::string_view, 6> names{"from", "sender", "reply-to", "to", "cc", "bcc"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

void ContentReader::begin(Habits const& habits, bool sends_crlf) {
    *this = ContentReader{};
    habits_ = &habits;
    sends_crlf_ = sends_crlf;
}

ContentReader::Ended ContentReader::take(char octet) {
    if (octet == '\n' && !after_return_ && sends_crlf_) {
        if (habits_->bare_line_feed == BareLineFeed::hang_up)
            return Ended::by_bare_line_feed;
        if (habits_->bare_line_feed == BareLineFeed::content) {
            take_of_chunk(' '); // part of the line: it neither ends it nor begins one
            return Ended::no;
        }
    }
    if (octet != '\n' && after_return_ && habits_->bare_return_hangs_up)
        return Ended::by_bare_return;
    if (octet == '.' && line_length_ == 0 && !after_return_ && !after_dot_) {
        after_dot_ = true;
        return Ended::no;
    }
    if (octet == '\n' && line_length_ == 0 && after_dot_) {
        end_header();
        return Ended::by_dot;
    }
    take_of_chunk(octet);
    return Ended::no;
}

void ContentReader::take_of_chunk(char octet) {
    if (octet == '\n') {
        end_line();
        return;
    }
    if (after_return_) // a return in the middle of a line
        ++line_length_;
    after_return_ = octet == '\r';
    if (after_return_)
        return;
    ++line_length_;
    if (octet == '\0' && habits_->minds_nul_octets)
        blame(Flaw::nul_octet);
    std::size_t const most = in_header_ && habits_->are_addresses != nullptr ? most_of_field : most_of_line;
    if (line_start_.size() < most)
        line_start_ += octet;
}

void ContentReader::end_chunks() {
    if (line_length_ > 0 || after_return_)
        end_line();
    end_header();
}

/// RFC 5322 section 2.2: a name and a colon, or more of the line before.
bool ContentReader::belongs_to_header() const {
    bool const continues = line_start_.starts_with(' ') || line_start_.starts_with('\t');
    return continues ? may_continue_ : line_start_.find(':') != std::string::npos;
}

void ContentReader::blame(Flaw flaw) {
    if (measure_.flaw == Flaw::none)
        measure_.flaw = flaw;
}

/// What the header has to say, line by line.
void ContentReader::header_line() {
    bool const continues = line_start_.starts_with(' ') || line_start_.starts_with('\t');
    std::string const name =
        continues ? std::string{} : field_name(std::string_view{line_start_}.substr(0, most_of_line));
    if (name == "received")
        ++measure_.received_lines;
    if (name == "subject" && measure_.subject.empty())
        measure_.subject = trimmed(line_start_.substr(line_start_.find(':') + 1, most_of_line));
    header_length_ += line_length_ + 1;
    if (habits_->longest_header != 0 && header_length_ > habits_->longest_header)
        blame(Flaw::overlong_header);
    if (habits_->are_addresses == nullptr)
        return;
    if (!continues)
        end_field();
    if (field_.size() < most_of_field)
        field_ += line_start_;
}

/// The field that was read before is whole.
void ContentReader::end_field() {
    std::string const field = std::exchange(field_, {});
    bool const is_judged = field.size() < most_of_field && names_addresses(field_name(field));
    if (is_judged && !habits_->are_addresses(std::string_view{field}.substr(field.find(':') + 1)))
        blame(Flaw::bad_header_address);
}

void ContentReader::end_header() {
    if (in_header_)
        end_field();
    in_header_ = false;
}

void ContentReader::end_line() {
    constexpr std::uint64_t line_end = 2;
    after_return_ = false;
    after_dot_ = false;
    if (in_header_ && line_length_ > 0 && !belongs_to_header()) {
        end_header();
        measure_.headless = true;
    }
    if (line_length_ == 0)
        end_header();
    may_continue_ = in_header_;
    if (in_header_)
        header_line();
    measure_.octets += line_length_ + line_end;
    measure_.octets_stored += line_length_ + 1;
    measure_.longest_line =
        std::max(measure_.longest_line, static_cast<std::uint32_t>(std::min<std::uint64_t>(
                                            line_length_, std::numeric_limits<std::uint32_t>::max())));
    line_length_ = 0;
    line_start_.clear();
}

} // namespace mailflow
