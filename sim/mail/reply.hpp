// SMTP replies (RFC 5321 section 4.2) and enhanced status codes (RFC 3463).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mailflow {

/// class.subject.detail of RFC 3463.
struct EnhancedCode {
    std::uint8_t status_class = 2;
    std::uint16_t subject = 0;
    std::uint16_t detail = 0;

    bool operator==(EnhancedCode const&) const = default;
};

/// One reply: its code, enhanced code if the server gives one, and the text of each line. `code` is 0 for a
/// diagnosis that a sending server made itself and nobody said over a connection.
struct Reply {
    int code = 0;
    std::optional<EnhancedCode> enhanced;
    std::vector<std::string> lines;

    bool operator==(Reply const&) const = default;

    [[nodiscard]] bool positive() const { return code >= 200 && code < 400; }
    [[nodiscard]] bool transient() const { return code >= 400 && code < 500; }
    [[nodiscard]] bool permanent() const { return code >= 500; }
};

[[nodiscard]] std::string to_text(EnhancedCode const& code);

/// Code, enhanced code and text in one line, as reports show it: "554 5.7.1 <a@b.example>: Relay access
/// denied". Of a reply of several lines the first stands for all.
[[nodiscard]] std::string to_line(Reply const& reply);

/// Every line as it goes over the wire, "250-" before all but the last (RFC 5321 section 4.2.1), without
/// CRLF.
[[nodiscard]] std::vector<std::string> to_wire(Reply const& reply);

} // namespace mailflow
