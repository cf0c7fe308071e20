#include "engine/start.hpp"

namespace mailflow {

void hand_in_mail(World const& world, Records& records) {
    for (std::size_t i = 0; i < world.mail.size(); ++i) {
        MailId const id = world.mail.id_at(i);
        Mail const& mail = world.mail[id];
        Person const& person = world.people[mail.from];
        auto const recipient_count = static_cast<std::uint32_t>(mail.to.size() + mail.bcc.size());
        MessageId const message =
            records.messages.add({.mail = id,
                                  .reverse_path = mail.taken_by.valid() ? mail.reverse_path : person.address,
                                  .first_recipient = {},
                                  .recipient_count = recipient_count,
                                  .origin = person.host,
                                  .size_bytes = mail.size_bytes,
                                  .about = {}});
        RecipientId const first = records.recipients.add_block(recipient_count, {message, {}});
        records.messages[message].first_recipient = first;
        for (std::uint32_t to = 0; to < recipient_count; ++to)
            records.recipients[RecipientId{first.index + to}].address =
                to < mail.to.size() ? mail.to[to] : mail.bcc[to - mail.to.size()];
    }
}

void schedule(World const& world, Effects& effects) {
    // Changes first: what changes at a moment holds for whatever else happens at that moment.
    for (std::size_t i = 0; i < world.changes.size(); ++i)
        effects.wake_after(world.changes[world.changes.id_at(i)].at.since_start, WakeKind::world_changes,
                           world.changes.id_at(i));
    for (std::size_t i = 0; i < world.mail.size(); ++i)
        effects.wake_after(world.mail[world.mail.id_at(i)].at.since_start, WakeKind::mail_written,
                           world.mail.id_at(i));
}

} // namespace mailflow
