// What the blocklists of the world know: which addresses have offered spam, how often, and which stand listed
// for it. The rule that asks them is policy/rules/blocklist.cpp.
#pragma once

#include "engine/effects.hpp"

#include <map>
#include <optional>
#include <vector>

namespace mailflow {

class Blocklists {
public:
    Blocklists(Present const& present, Records& records, Effects& effects)
        : present_(present)
        , records_(records)
        , effects_(effects) {}

    /// The place in `lists` of the first that lists the address now.
    [[nodiscard]] std::optional<std::uint32_t> listed_on(std::vector<DomainId> const& lists,
                                                         IpAddress const& address) const;

    /// The client of the session has offered spam to a server that keeps a mailbox for it: a spam trap may be
    /// among them, and every list hears of it.
    void hear_of_spam(SessionId session);

    /// The time of the listing is over, unless there was more spam since.
    void listing_ends(ListingId id);

private:
    struct Key {
        BlocklistId list;
        IpAddress address;

        auto operator<=>(Key const&) const = default;
    };
    struct Record {
        std::uint32_t messages = 0; // since it was forgotten last
        Instant newest;
        ListingId listing; // none: not listed
    };

    [[nodiscard]] bool lists(Blocklist const& list, BlocklistId id, IpAddress const& address) const;
    void hear_of_spam(BlocklistId id, Session const& session);

    Present const& present_;
    Records& records_;
    Effects& effects_;
    std::map<Key, Record> heard_;
};

} // namespace mailflow
