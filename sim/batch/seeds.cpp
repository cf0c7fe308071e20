#include "batch/seeds.hpp"

#include "base/numbers.hpp"
#include "batch/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::batch {

std::variant<SeedList, std::string> SeedList::parse(std::string_view text) {
    SeedList seeds;
    for (bool more = true; more;) {
        std::size_t const comma = text.find(',');
        std::string_view const part = text.substr(0, comma);
        std::size_t const dots = part.find("..");
        auto const first = number_in<std::uint64_t>(part.substr(0, dots));
        auto const last =
            dots == std::string_view::npos ? first : number_in<std::uint64_t>(part.substr(dots + 2));
        if (!first || !last)
            return fmt::format("\"{}\" is neither a seed nor a range of seeds; write for example 1..1000 or "
                               "1,2,5..9",
                               part);
        if (*last < *first)
            return fmt::format("{} ends before it begins; write {}..{}", part, *last, *first);
        if (*last - *first >= most_runs || seeds.size_ + (*last - *first + 1) > most_runs)
            return fmt::format("these are too many seeds; a batch has at most {} runs", most_runs);
        for (Range const& range : seeds.ranges_)
            if (*first <= range.last && range.first <= *last)
                return fmt::format("seed {} is given twice", std::max(*first, range.first));
        seeds.ranges_.push_back({*first, *last});
        seeds.size_ += *last - *first + 1;
        more = comma != std::string_view::npos;
        text.remove_prefix(more ? comma + 1 : text.size());
    }
    return seeds;
}

std::uint64_t SeedList::at(std::uint64_t place) const {
    auto range = ranges_.begin();
    for (; place > range->last - range->first; ++range)
        place -= range->last - range->first + 1;
    return range->first + place;
}

} // namespace mailflow::batch
