#include "smtp/content.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <limits>

namespace mailflow {

namespace {

constexpr std::size_t most_of_line = 200;

} // namespace

void ContentReader::begin(Habits const& habits, bool sends_crlf) {
    *this = ContentReader{};
    bare_line_feed_ = habits.bare_line_feed;
    bare_return_ends_ = habits.bare_return_hangs_up;
    sends_crlf_ = sends_crlf;
}

ContentReader::Ended ContentReader::take(char octet) {
    if (octet == '\n' && !after_return_ && sends_crlf_) {
        if (bare_line_feed_ == BareLineFeed::hang_up)
            return Ended::by_bare_line_feed;
        if (bare_line_feed_ == BareLineFeed::content) {
            take_of_chunk(' '); // part of the line: it neither ends it nor begins one
            return Ended::no;
        }
    }
    if (octet != '\n' && after_return_ && bare_return_ends_)
        return Ended::by_bare_return;
    if (octet == '.' && line_length_ == 0 && !after_return_ && !after_dot_) {
        after_dot_ = true;
        return Ended::no;
    }
    if (octet == '\n' && line_length_ == 0 && after_dot_)
        return Ended::by_dot;
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
    if (line_start_.size() < most_of_line)
        line_start_ += octet;
}

void ContentReader::end_chunks() {
    if (line_length_ > 0 || after_return_)
        end_line();
}

/// RFC 5322 section 2.2: a name and a colon, or more of the line before.
bool ContentReader::belongs_to_header() const {
    bool const continues = line_start_.starts_with(' ') || line_start_.starts_with('\t');
    return continues ? may_continue_ : line_start_.find(':') != std::string::npos;
}

void ContentReader::end_line() {
    constexpr std::uint64_t line_end = 2;
    after_return_ = false;
    after_dot_ = false;
    std::string const start = lower_case(line_start_);
    if (in_header_ && line_length_ > 0 && !belongs_to_header()) {
        in_header_ = false;
        measure_.headless = true;
    }
    if (line_length_ == 0)
        in_header_ = false;
    may_continue_ = in_header_;
    if (in_header_ && start.starts_with("received:"))
        ++measure_.received_lines;
    if (in_header_ && start.starts_with("subject:") && measure_.subject.empty())
        measure_.subject =
            line_start_.substr(std::min(line_start_.find_first_not_of(' ', 8), line_start_.size()));
    measure_.octets += line_length_ + line_end;
    measure_.octets_stored += line_length_ + 1;
    measure_.longest_line =
        std::max(measure_.longest_line, static_cast<std::uint32_t>(std::min<std::uint64_t>(
                                            line_length_, std::numeric_limits<std::uint32_t>::max())));
    line_length_ = 0;
    line_start_.clear();
}

} // namespace mailflow
