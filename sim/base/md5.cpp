#include "base/md5.hpp"

#include <fmt/format.h>

#include <bit>

namespace mailflow {

namespace {

constexpr std::size_t block_size = 64;

constexpr std::array<int, 16> rotations{7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};

/// The integer parts of 2^32 * |sin(i + 1)| (RFC 1321 section 3.4).
constexpr std::array<std::uint32_t, 64> sines{
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

using State = std::array<std::uint32_t, 4>;

std::uint32_t little_endian(std::string_view bytes) {
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 4; ++i)
        word |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return word;
}

void mix_in(State& state, std::string_view block) {
    auto [a, b, c, d] = state;
    for (std::uint32_t i = 0; i < block_size; ++i) {
        std::uint32_t const round = i / 16;
        std::uint32_t mixed = 0;
        std::uint32_t word = 0;
        switch (round) {
        case 0:
            mixed = (b & c) | (~b & d);
            word = i;
            break;
        case 1:
            mixed = (d & b) | (~d & c);
            word = (5 * i + 1) % 16;
            break;
        case 2:
            mixed = b ^ c ^ d;
            word = (3 * i + 5) % 16;
            break;
        default:
            mixed = c ^ (b | ~d);
            word = 7 * i % 16;
            break;
        }
        std::uint32_t const sum = a + mixed + sines[i] + little_endian(block.substr(word * 4, 4));
        a = d;
        d = c;
        c = b;
        b += std::rotl(sum, rotations[round * 4 + i % 4]);
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
}

std::string padded(std::string_view bytes) {
    std::string text{bytes};
    text += '\x80';
    text.resize((text.size() + 8 + block_size - 1) / block_size * block_size - 8, '\0');
    std::uint64_t const bits = bytes.size() * 8ULL;
    for (int i = 0; i < 8; ++i)
        text += static_cast<char>((bits >> (8 * i)) & 0xffU);
    return text;
}

std::string as_text(Md5Digest const& digest) {
    return {digest.begin(), digest.end()};
}

} // namespace

Md5Digest md5(std::string_view bytes) {
    State state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    std::string const text = padded(bytes);
    for (std::size_t at = 0; at < text.size(); at += block_size)
        mix_in(state, std::string_view{text}.substr(at, block_size));
    Md5Digest digest{};
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<std::uint8_t>(state[i / 4] >> (8 * (i % 4)));
    return digest;
}

std::string hmac_md5(std::string_view key, std::string_view bytes) {
    std::string const short_key = key.size() > block_size ? as_text(md5(key)) : std::string{key};
    std::string inner(block_size, '\x36');
    std::string outer(block_size, '\x5c');
    for (std::size_t i = 0; i < short_key.size(); ++i) {
        inner[i] = static_cast<char>(inner[i] ^ short_key[i]);
        outer[i] = static_cast<char>(outer[i] ^ short_key[i]);
    }
    std::string hexadecimal;
    for (std::uint8_t const octet : md5(outer + as_text(md5(inner.append(bytes)))))
        hexadecimal += fmt::format("{:02x}", octet);
    return hexadecimal;
}

} // namespace mailflow
