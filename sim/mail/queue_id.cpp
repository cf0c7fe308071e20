#include "mail/queue_id.hpp"

#include <fmt/format.h>

#include <string_view>

namespace mailflow {

namespace {

/// Another order of the same numbers, for the multiplier is odd.
std::uint32_t scattered(std::uint32_t number) {
    constexpr std::uint32_t multiplier = 2'654'435'761; // Knuth's, 2^32 divided by the golden ratio
    return (number + 1) * multiplier;
}

/// The last digits of the number, as the alphabet writes them.
std::string digits_of(std::uint64_t number, std::string_view alphabet, std::size_t count) {
    std::string digits(count, alphabet.front());
    for (std::size_t place = count; place-- > 0; number /= alphabet.size())
        digits[place] = alphabet[number % alphabet.size()];
    return digits;
}

constexpr std::string_view base_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view base_60 = base_62.substr(0, 60);

/// Seconds, process and fraction of a second (spec.txt, "Message identification").
std::string as_exim(std::uint32_t number) {
    std::string const all = digits_of(scattered(number), base_62, 6);
    return fmt::format("1v{}-0000{}-{}", all.substr(0, 4), all.substr(4),
                       digits_of(scattered(number) / 7, base_62, 2));
}

/// Date and time, a counter, and a process of up to six digits (op.me, "The queue files").
std::string as_sendmail(std::uint32_t number) {
    std::uint32_t const mixed = scattered(number);
    return fmt::format("6{}{:06}", digits_of(mixed, base_60, 7), 1000 + mixed % 60'000);
}

std::string as_qmail(std::uint32_t number) {
    constexpr std::uint32_t first = 300;
    constexpr std::uint32_t most = 32'768;
    return std::to_string(first + scattered(number) % (most - first));
}

} // namespace

std::string queue_id(Software software, std::uint32_t number) {
    switch (software) {
    case Software::exim: return as_exim(number);
    case Software::sendmail: return as_sendmail(number);
    case Software::opensmtpd: return fmt::format("{:08x}", scattered(number));
    case Software::qmail: return as_qmail(number);
    case Software::postfix: // microseconds and an inode (postconf(5), enable_long_queue_ids = no)
    case Software::exchange: break;
    }
    return fmt::format("4{:08X}", scattered(number));
}

} // namespace mailflow
