// The Delivered-To lines of the copies under way: from which addresses aliases have sent a copy on. The
// servers that write such lines are engine/sending.hpp's; all of them read what any of them wrote
// (RFC 9228; draft-duklev-deliveredto section 1).
#pragma once

#include "trace/trace.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace mailflow {

class DeliveredToLines {
public:
    void add(RecipientId recipient, AddressId address) { lines_[recipient].push_back(address); }

    [[nodiscard]] bool name(RecipientId recipient, AddressId address) const {
        auto const found = lines_.find(recipient);
        return found != lines_.end() &&
               std::find(found->second.begin(), found->second.end(), address) != found->second.end();
    }

    /// The copy has come to its end.
    void forget(RecipientId recipient) { lines_.erase(recipient); }

private:
    std::map<RecipientId, std::vector<AddressId>> lines_;
};

} // namespace mailflow
