#include "trace/trace.hpp"

namespace mailflow {

Question question_of(World const& world, Trace const& trace, DecisionRecord const& record) {
    Session const& session = trace.sessions[record.session];
    return {.server = world.servers[world.hosts[session.server].server].policy,
            .book = world.book,
            .client = world.hosts[session.client].address,
            .port = session.port,
            .account = record.account,
            .sender = record.sender,
            .recipient = record.recipient};
}

} // namespace mailflow
