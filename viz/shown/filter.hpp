// Which events a person wants to see: by kind, machine, message; the traffic behind the story apart. A value:
// the rows, the marks, the steps and the picture all ask the same one.
#pragma once

#include "viz/shown/about.hpp"
#include "viz/shown/shown.hpp"

#include <array>

namespace mailflow::viz {

struct Filter {
    std::array<bool, kind_count> kinds{true, true, true, true, true, true, true};
    bool background = true; // mail programs that look for mail
    bool spam = true;       // spam and what comes of it
    HostId machine{};       // none: all of them
    MessageId message{};    // and the bounces and warnings that go back to it; none: all of them

    bool operator==(Filter const&) const = default;
    /// Whether everything is shown.
    [[nodiscard]] bool shows_all() const { return *this == Filter{}; }
};

[[nodiscard]] bool passes(Filter const& filter, Trace const& trace, About const& about);

/// Whether the message is to be seen in the picture, wherever it is.
[[nodiscard]] bool passes(Filter const& filter, Trace const& trace, MessageId message);

/// The same of what is between two machines, or at one of them: `other` none.
[[nodiscard]] bool passes(Filter const& filter, Trace const& trace, MessageId message, HostId machine,
                          HostId other = {});
/// And of a conversation.
[[nodiscard]] bool passes(Filter const& filter, Trace const& trace, Session const& session);

/// What is left out, in words for the line above the list: "only msg 3, no spam". Empty where nothing is.
[[nodiscard]] std::string words_of(Filter const& filter, World const& world, Trace const& trace);

} // namespace mailflow::viz
