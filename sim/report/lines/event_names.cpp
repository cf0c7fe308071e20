#include "report/lines/event_names.hpp"

#include "report/lines/json_text.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

std::string name_of(World const& world, Trace const& trace, MessageId id) {
    Message const& message = trace.messages[id];
    if (is_handed_in(message))
        return message_id(world, message);
    return fmt::format("{}-{}", message.kind == MessageKind::bounce ? "bounce" : "warning", id.index + 1);
}

} // namespace

void EscapedTexts::add(std::string_view text) {
    texts_ += json_escaped(text);
    ends_.push_back(texts_.size());
}

EventNames::EventNames(World const& world, Trace const& trace) {
    for (Host const& host : world.hosts) {
        hosts.add(host.name);
        host_addresses.add(to_text(host.address));
    }
    for (std::uint32_t i = 0; i < world.book.mark().addresses; ++i)
        addresses.add(world.book.text(AddressId{i}));
    for (std::uint32_t i = 0; i < world.book.domain_count(); ++i)
        domains.add(world.book.name(DomainId{i}));
    for (std::size_t i = 0; i < trace.messages.size(); ++i)
        messages.add(name_of(world, trace, trace.messages.id_at(i)));
}

} // namespace mailflow
