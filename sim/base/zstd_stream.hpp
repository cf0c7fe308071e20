// Compression as Zstandard (RFC 8878), chunk by chunk. The library is optional: a program that was built
// without it says so when it is asked to compress.
#pragma once

#include "base/sink.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace mailflow {

/// Whether this program was built with libzstd.
[[nodiscard]] bool can_compress();

/// Whether the bytes are the beginning of a Zstandard frame (RFC 8878 section 3.1.1).
[[nodiscard]] bool is_zstd(std::string_view bytes);

/// What was compressed; or a sentence why it cannot be had again: damaged or cut off. Of more than `longest`
/// octets one too many is unpacked.
struct Decompressed {
    std::string bytes;
    std::string trouble; // empty: it went well
};
[[nodiscard]] Decompressed decompress(std::string_view bytes, std::size_t longest);

/// Compresses what it is given, with a checksum of the content at the end. `can_compress()` must hold.
class ZstdStream {
public:
    explicit ZstdStream(Sink to);
    ~ZstdStream();
    ZstdStream(ZstdStream const&) = delete;
    ZstdStream& operator=(ZstdStream const&) = delete;

    /// False when the sink took no more.
    [[nodiscard]] bool write(std::string_view chunk);
    /// Ends the frame; nothing may be written afterwards.
    [[nodiscard]] bool finish();

private:
    struct Context;
    std::unique_ptr<Context> context_;
    Sink to_;
};

/// Unpacks what it is given, chunk by chunk.
class ZstdUnpacker {
public:
    ZstdUnpacker();
    ~ZstdUnpacker();
    ZstdUnpacker(ZstdUnpacker&&) noexcept;
    ZstdUnpacker& operator=(ZstdUnpacker&&) noexcept;

    /// Appends what the chunk holds. A sentence why that cannot be had; empty when it went well.
    [[nodiscard]] std::string unpack(std::string_view packed, std::string& to);

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

} // namespace mailflow
