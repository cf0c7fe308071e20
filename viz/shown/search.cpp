#include "viz/shown/search.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace mailflow::viz {

bool has_words(std::string_view text, std::string_view search) {
    std::string const all = lower_case(text);
    std::string const wanted = lower_case(search);
    for (std::size_t at = 0; at < wanted.size();) {
        std::size_t const end = std::min(wanted.find(' ', at), wanted.size());
        if (all.find(wanted.substr(at, end - at)) == std::string::npos)
            return false;
        at = end + 1;
    }
    return true;
}

} // namespace mailflow::viz
