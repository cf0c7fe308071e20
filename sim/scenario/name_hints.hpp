// How to mend what is no domain name or mail address: the first thing that is wrong with it, in words.
#pragma once

#include <string>
#include <string_view>

namespace mailflow {

/// Of a text that is no domain name (RFC 1035 section 2.3).
[[nodiscard]] std::string hint_for_domain(std::string_view text);

/// Of a text that is no mail address (RFC 5321 section 4.1.2). `example` is what would be right in its place.
[[nodiscard]] std::string hint_for_address(std::string_view text,
                                           std::string_view example = "maya@isp.example");

} // namespace mailflow
