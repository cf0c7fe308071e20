#include "viz/scene/mailboxes.hpp"

#include "base/text.hpp"
#include "viz/scene/signs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace mailflow::viz {

namespace {

/// Whether the server answers every recipient with "mailbox full": X.2.2 (RFC 3463 section 3.3).
bool says_full(ServerPolicy const& policy) {
    if (!policy.answers || !policy.answers->rcpt || !policy.answers->rcpt->reply.enhanced)
        return false;
    EnhancedCode const& code = *policy.answers->rcpt->reply.enhanced;
    return code.subject == 2 && code.detail == 2;
}

} // namespace

Fill fill_of(Frame const& frame, HostId host) {
    Fill fill;
    for (MailboxFill const& mailbox : frame.state.mailboxes)
        if (mailbox.server == host && mailbox.count > 0) {
            bool const fetched = frame.lists.fetching(mailbox.newest) < frame.state.applied;
            fill.fetched = fetched && (fill.fetched || fill.count == 0);
            fill.count += mailbox.count;
        }
    ServerPolicy const& policy = frame.present.server_on(host).policy;
    fill.full = says_full(policy);
    std::vector<LocalPartId> owners;
    constexpr std::size_t most_looked_at = 200; // with that many it is nobody's alone
    for (std::size_t i = 0; i < std::min(frame.trace.recipients.size(), most_looked_at); ++i) {
        Recipient const& recipient = frame.trace.recipients[frame.trace.recipients.id_at(i)];
        AddressBook::Address const& address = frame.world.book[recipient.address];
        bool const is_known =
            policy.any_mailbox ||
            std::binary_search(policy.mailboxes.begin(), policy.mailboxes.end(), address.local_part);
        if (is_known && handled_at(policy, address.domain) &&
            std::find(owners.begin(), owners.end(), address.local_part) == owners.end())
            owners.push_back(address.local_part);
    }
    for (MailboxFill const& mailbox : frame.state.mailboxes)
        if (LocalPartId const owner = frame.world.book[mailbox.address].local_part;
            mailbox.server == host && owners.size() < 2 &&
            std::find(owners.begin(), owners.end(), owner) == owners.end())
            owners.push_back(owner);
    if (owners.size() == 1)
        fill.owner = frame.world.book.name(owners.front());
    return fill;
}

std::string caption_of(Fill const& fill) {
    std::string const whose = fill.owner.empty() ? "" : fill.owner + ": ";
    if (fill.full)
        return fill.owner.empty() ? "mailboxes: full" : whose + "full";
    if (fill.count == 0)
        return fill.owner.empty() ? "mailboxes: empty" : whose + "empty";
    if (fill.fetched)
        return fmt::format("{}{}, fetched", whose, fill.count);
    return fill.owner.empty() ? count_of(fill.count, "message", "messages")
                              : fmt::format("{}{} new", whose, fill.count);
}

namespace {

/// Without whose it is, where there is no room for that.
std::string caption_within(Face font, Fill const& fill, float room) {
    std::string caption = caption_of(fill);
    std::size_t const said = caption.find(": ");
    if (fill.owner.empty() && said != std::string::npos && width_of(font, caption) > room)
        caption.erase(0, said + 2);
    return caption;
}

} // namespace

void draw_mailbox_at(Brush& brush, Frame const& frame, Spot const& spot) {
    Fill const fill = fill_of(frame, spot.host);
    float const caption = brush.px(21);
    float const height = std::min(spot.mailbox->h - caption, brush.px(50));
    Rect const icon =
        around({spot.mailbox->centre().x, spot.mailbox->y + height / 2}, height * 1.36F, height);
    if (fill.full)
        draw_full_mailbox(brush, icon, brush.colours.ink);
    else
        draw_mailbox_of(brush, icon, fill.count);
    brush.drawn.shapes.insert_or_assign("mailbox:" + frame.world.hosts[spot.host].name, icon);
    brush.label({spot.mailbox->x, icon.bottom() + brush.px(1), spot.mailbox->w, caption}, brush.fonts.small,
                brush.colours.quiet, caption_within(brush.fonts.small, fill, spot.mailbox->w));
}

} // namespace mailflow::viz
