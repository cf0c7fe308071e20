#include "world/returning.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace mailflow {

namespace {

/// What a software returns with a bounce: no more than so many octets; of what is larger the beginning, or
/// the headers alone.
struct Returning {
    std::uint64_t most = 0;
    bool cuts = false;
};

constexpr std::uint64_t no_end = std::numeric_limits<std::uint64_t>::max();

/// In the order of Software. Postfix has bounce_size_limit, Exim bounce_return_size_limit, qmail no limit as
/// long as there is no control/bouncemaxbytes, Exchange ExternalDsnMaxMessageAttachSize. Sendmail and
/// OpenSMTPD return the headers (measured).
constexpr std::array<Returning, software_names.size()> behaviours{
    {{50'000, false}, {102'400, true}, {0, false}, {0, false}, {no_end, false}, {10'485'760, false}}};

} // namespace

std::uint64_t returned_octets(Software software, LetterKind kind, std::uint64_t size_bytes) {
    if (kind == LetterKind::warning) // whose message is still on its way
        return 0;
    Returning const& returning = behaviours[static_cast<std::size_t>(software)];
    return size_bytes <= returning.most || returning.cuts ? std::min(size_bytes, returning.most) : 0;
}

} // namespace mailflow
