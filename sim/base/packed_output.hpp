// An output that is compressed on its way to the file, if that is asked for.
#pragma once

#include "base/files.hpp"
#include "base/zstd_stream.hpp"

#include <cstdint>
#include <optional>

namespace mailflow {

enum class Compression : std::uint8_t { none, zstd };

/// What the name of the file asks for: zstd when it ends in ".zst".
[[nodiscard]] Compression compression_by_name(std::string_view path);

class PackedOutput {
public:
    /// An empty path: standard output.
    PackedOutput(std::string const& path, Compression compression);
    PackedOutput(PackedOutput const&) = delete;
    PackedOutput& operator=(PackedOutput const&) = delete;

    /// False when there is no use in going on; commit() says why.
    bool write(std::string_view chunk);
    /// Makes it the file; the reason when anything went wrong, else empty.
    [[nodiscard]] std::string commit();

private:
    std::variant<Output, FileTrouble> output_;
    std::optional<ZstdStream> packed_;
};

} // namespace mailflow
