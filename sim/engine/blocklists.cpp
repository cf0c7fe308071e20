#include "engine/blocklists.hpp"

#include "world/blocklisted.hpp"

namespace mailflow {

bool Blocklists::lists(Blocklist const& list, BlocklistId id, IpAddress const& address) const {
    if (is_named_by(present_, list, address))
        return true;
    auto const record = heard_.find({id, address});
    return record != heard_.end() && record->second.listing.valid();
}

std::optional<std::uint32_t> Blocklists::listed_on(std::vector<DomainId> const& lists_asked,
                                                   IpAddress const& address) const {
    auto const& all = present_.world().blocklists;
    for (std::uint32_t place = 0; place < lists_asked.size(); ++place)
        for (std::size_t i = 0; i < all.size(); ++i)
            if (BlocklistId const id = all.id_at(i);
                all[id].zone == lists_asked[place] && lists(all[id], id, address))
                return place;
    return std::nullopt;
}

void Blocklists::hear_of_spam(SessionId session) {
    for (std::size_t i = 0; i < present_.world().blocklists.size(); ++i)
        hear_of_spam(present_.world().blocklists.id_at(i), records_.sessions[session]);
}

void Blocklists::hear_of_spam(BlocklistId id, Session const& session) {
    Blocklist const& list = present_.world().blocklists[id];
    Record& record = heard_[{id, session.client_address}];
    if (!record.listing.valid() && record.messages > 0 && effects_.now() - record.newest >= list.lasts)
        record.messages = 0; // too long ago to count
    ++record.messages;
    record.newest = effects_.now();
    if (record.listing.valid() || record.messages < list.after)
        return;
    record.listing = records_.listings.add({.list = id,
                                            .address = session.client_address,
                                            .host = session.client,
                                            .messages = record.messages,
                                            .listed_at = effects_.now()});
    effects_.record(AddressListed{record.listing});
    effects_.wake_after(list.lasts, WakeKind::listing_ends, record.listing);
}

void Blocklists::listing_ends(ListingId id) {
    Listing const& listing = records_.listings[id];
    Record& record = heard_[{listing.list, listing.address}];
    Instant const end = record.newest + present_.world().blocklists[listing.list].lasts;
    if (effects_.now() < end) {
        effects_.wake_after(end - effects_.now(), WakeKind::listing_ends, id);
        return;
    }
    record = {};
    effects_.record(AddressDelisted{id});
    records_.listings.let_go(id);
}

} // namespace mailflow
