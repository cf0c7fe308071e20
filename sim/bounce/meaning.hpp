// What a returned letter means, in words for people: its lines one by one, what happened, and who has to mend
// what.
#pragma once

#include "bounce/notice.hpp"
#include "bounce/recognition.hpp"

#include <string>
#include <vector>

namespace mailflow {

/// The field in plain words (RFC 3464 section 2): "the server that wrote this letter". Empty for a field that
/// says nothing to people.
[[nodiscard]] std::string meaning_of(NoticeField const& field);

/// Who may have to do what.
struct Counsel {
    std::string who;
    std::string what;

    bool operator==(Counsel const&) const = default;
};

/// What happened, in a sentence or two.
[[nodiscard]] std::string account_of(Notice const& notice, NoticeRecipient const& recipient, Cause cause);

/// Who has to mend it. A letter does not tell everything: where several may be at fault, the likeliest stands
/// first.
[[nodiscard]] std::vector<Counsel> counsel_on(Notice const& notice, NoticeRecipient const& recipient,
                                              Cause cause);

} // namespace mailflow
