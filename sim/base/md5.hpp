// MD5 (RFC 1321) and the keyed hash that is made of it (RFC 2104), for CRAM-MD5 (RFC 2195), which old mail
// programs log in with. Good for nothing that must be safe today.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailflow {

using Md5Digest = std::array<std::uint8_t, 16>;

[[nodiscard]] Md5Digest md5(std::string_view bytes);

/// HMAC-MD5 of the bytes under the key, as 32 hexadecimal digits in lower case.
[[nodiscard]] std::string hmac_md5(std::string_view key, std::string_view bytes);

} // namespace mailflow
