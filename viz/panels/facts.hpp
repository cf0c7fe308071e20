// What there is to know about a machine, the DNS or a look-up, in words.
#pragma once

#include "viz/frame.hpp"

#include <string>
#include <vector>

namespace mailflow::viz {

struct Fact {
    std::string name; // "Trusts"
    std::string words;
};

struct Facts {
    std::string title;
    std::string subtitle;
    std::vector<Fact> facts;
};

[[nodiscard]] Facts facts_about(Frame const& frame, HostId host);
[[nodiscard]] Facts facts_about(Frame const& frame, LookupId lookup);
[[nodiscard]] Facts facts_about(Frame const& frame, DnsSubject);

/// What tells what lies in the server's mailboxes: the only message in them, or else the server.
[[nodiscard]] Subject subject_of_mailboxes(Frame const& frame, HostId server);

} // namespace mailflow::viz
