// A line out of the log of a mail server, as its postmaster finds it or gives it to somebody: what one of the
// six softwares notes down of a delivery, or of a client that it refused. Part of bounce/notice.cpp; nobody
// else needs it.
#pragma once

#include "bounce/blocks.hpp"

#include "mail/reply.hpp"
#include "mail/voice.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mailflow {

struct LogLine {
    Software software{};
    Block block{};
    std::string action{}; // "failed", "delayed" or "delivered", as in RFC 3464 section 2.3.3
    std::optional<EnhancedCode> status{};
    std::string caller{}; // whom the server refused, by name or address; empty: the line is about a delivery
    std::string keeper{}; // the host at whose log it stands, where the line has its full name
};

/// All lines of a log in the text, the last one of each address.
[[nodiscard]] std::vector<LogLine> log_lines_in(std::vector<std::string> const& lines);

} // namespace mailflow
