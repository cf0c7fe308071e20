// Every name that the lines of a trace repeat, escaped once for all of them.
#pragma once

#include "trace/trace.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// Texts by number, one behind the other in one block of memory.
class EscapedTexts {
public:
    void add(std::string_view text);
    [[nodiscard]] std::string_view operator[](std::uint32_t index) const {
        return std::string_view{texts_}.substr(ends_[index], ends_[index + 1U] - ends_[index]);
    }

private:
    std::string texts_;
    std::vector<std::size_t> ends_{0};
};

/// They go between quotes as they are.
struct EventNames {
    EventNames(World const& world, Trace const& trace);

    [[nodiscard]] std::string_view operator[](HostId id) const { return hosts[id.index]; }
    [[nodiscard]] std::string_view operator[](AddressId id) const { return addresses[id.index]; }
    [[nodiscard]] std::string_view operator[](DomainId id) const { return domains[id.index]; }
    /// Handed-in mail goes by its id in the file, what a server wrote by its number among all messages.
    [[nodiscard]] std::string_view operator[](MessageId id) const { return messages[id.index]; }

    EscapedTexts hosts;
    EscapedTexts host_addresses; // of the hosts, at the start
    EscapedTexts addresses;
    EscapedTexts domains;
    EscapedTexts messages;
};

} // namespace mailflow
