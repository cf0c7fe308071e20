// The content of a message as it comes over the wire, up to the lone dot (RFC 5321 sections 4.1.1.4 and
// 4.5.2). It is measured, not kept: whatever its size, this needs memory for a line, or for a field of the
// header where the server looks into it.
#pragma once

#include "smtp/habits.hpp"

#include <cstdint>
#include <string>

namespace mailflow {

/// What is known of a message when it has come.
struct ContentMeasure {
    std::uint64_t octets = 0;        // with two for the end of each line that has one
    std::uint64_t octets_stored = 0; // with one, as it lies in a file
    std::uint32_t received_lines = 0;
    std::uint32_t longest_line = 0;
    bool headless = false;  // it begins with other lines than those of a header, and an empty one
    Flaw flaw = Flaw::none; // the first thing that the server does not bear
    std::string subject;    // cut after some 200 octets
};

class ContentReader {
public:
    enum class Ended : std::uint8_t { no, by_dot, by_bare_line_feed, by_bare_return };

    /// `sends_crlf`: the client ends its commands with CRLF, so that a line feed alone means something else.
    void begin(Habits const& habits, bool sends_crlf);

    /// Takes one octet of a message that ends with a lone dot.
    Ended take(char octet);
    /// Takes one octet of a chunk, where dots mean nothing (RFC 3030).
    void take_of_chunk(char octet);
    /// The last chunk is over. Its last line need not have an end, but is counted as if it had.
    void end_chunks();

    [[nodiscard]] ContentMeasure const& measure() const { return measure_; }

private:
    [[nodiscard]] bool belongs_to_header() const;
    void blame(Flaw flaw);
    void end_line();
    void header_line();
    void end_field();
    void end_header();

    Habits const* habits_ = nullptr; // none before it begins
    bool sends_crlf_ = false;
    bool in_header_ = true;
    bool may_continue_ = false; // the last line was one of the header
    bool after_return_ = false;
    bool after_dot_ = false; // the line began with one, which is no part of it (RFC 5321 section 4.5.2)
    std::uint64_t line_length_ = 0;
    std::uint64_t header_length_ = 0; // so far, as it lies in a file
    std::string line_start_;          // as much of the line as tells what it is
    std::string field_; // of the header, with the lines that go on with it; where they are looked at
    ContentMeasure measure_;
};

} // namespace mailflow
