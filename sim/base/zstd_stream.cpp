#include "base/zstd_stream.hpp"

#ifdef MAILFLOW_HAS_ZSTD
#include <zstd.h>
#endif

#include <algorithm>
#include <utility>

namespace mailflow {

bool is_zstd(std::string_view bytes) {
    return bytes.starts_with("\x28\xb5\x2f\xfd");
}

#ifdef MAILFLOW_HAS_ZSTD

namespace {

/// Fast, and some fifteen times smaller for the lines of a trace.
constexpr int level = 3;

struct Freed {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

std::string damaged(std::size_t result) {
    return std::string{"it is damaged: "} + ZSTD_getErrorName(result);
}

} // namespace

struct ZstdStream::Context {
    std::unique_ptr<ZSTD_CCtx, Freed> compressor{ZSTD_createCCtx()};
    std::string out = std::string(ZSTD_CStreamOutSize(), '\0');

    /// Compresses the chunk to its end; with ZSTD_e_end the frame, too.
    bool feed(std::string_view chunk, ZSTD_EndDirective directive, Sink const& to) {
        ZSTD_inBuffer in{chunk.data(), chunk.size(), 0};
        bool done = false;
        while (!done) {
            ZSTD_outBuffer piece{out.data(), out.size(), 0};
            std::size_t const left = ZSTD_compressStream2(compressor.get(), &piece, &in, directive);
            if (ZSTD_isError(left) != 0 || !to(std::string_view{out}.substr(0, piece.pos)))
                return false;
            done = directive == ZSTD_e_end ? left == 0 : in.pos == in.size;
        }
        return true;
    }
};

bool can_compress() {
    return true;
}

ZstdStream::ZstdStream(Sink to) : context_(std::make_unique<Context>()), to_(std::move(to)) {
    ZSTD_CCtx_setParameter(context_->compressor.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context_->compressor.get(), ZSTD_c_checksumFlag, 1);
}

bool ZstdStream::write(std::string_view chunk) {
    return context_->feed(chunk, ZSTD_e_continue, to_);
}

bool ZstdStream::finish() {
    return context_->feed({}, ZSTD_e_end, to_);
}

Decompressed decompress(std::string_view bytes, std::size_t longest) {
    std::unique_ptr<ZSTD_DCtx, Freed> const decompressor{ZSTD_createDCtx()};
    Decompressed result;
    std::string out(ZSTD_DStreamOutSize(), '\0');
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::size_t hint = 1;
    for (bool more = true; more;) {
        ZSTD_outBuffer piece{out.data(), out.size(), 0};
        hint = ZSTD_decompressStream(decompressor.get(), &piece, &in);
        if (ZSTD_isError(hint) != 0)
            return {{}, damaged(hint)};
        result.bytes.append(out, 0, std::min(piece.pos, longest + 1 - result.bytes.size()));
        if (result.bytes.size() > longest)
            return result;
        more = in.pos < in.size || piece.pos == piece.size;
    }
    if (hint != 0)
        return {{}, "it is damaged: it ends too early"};
    return result;
}

struct ZstdUnpacker::Context {
    std::unique_ptr<ZSTD_DCtx, Freed> decompressor{ZSTD_createDCtx()};
    std::string out = std::string(ZSTD_DStreamOutSize(), '\0');
};

ZstdUnpacker::ZstdUnpacker() : context_(std::make_unique<Context>()) {}

std::string ZstdUnpacker::unpack(std::string_view packed, std::string& to) {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    for (bool more = true; more;) {
        ZSTD_outBuffer piece{context_->out.data(), context_->out.size(), 0};
        std::size_t const hint = ZSTD_decompressStream(context_->decompressor.get(), &piece, &in);
        if (ZSTD_isError(hint) != 0)
            return damaged(hint);
        to.append(context_->out, 0, piece.pos);
        more = in.pos < in.size || piece.pos == piece.size;
    }
    return {};
}

#else

struct ZstdStream::Context {};
struct ZstdUnpacker::Context {};

constexpr std::string_view no_library = "it is compressed, and this program was built without libzstd";

bool can_compress() {
    return false;
}

ZstdStream::ZstdStream(Sink to) : to_(std::move(to)) {}

bool ZstdStream::write(std::string_view) {
    return false;
}

bool ZstdStream::finish() {
    return false;
}

Decompressed decompress(std::string_view, std::size_t) {
    return {{}, std::string{no_library}};
}

ZstdUnpacker::ZstdUnpacker() = default;

std::string ZstdUnpacker::unpack(std::string_view, std::string&) {
    return std::string{no_library};
}

#endif

ZstdStream::~ZstdStream() = default;

ZstdUnpacker::~ZstdUnpacker() = default;
ZstdUnpacker::ZstdUnpacker(ZstdUnpacker&&) noexcept = default;
ZstdUnpacker& ZstdUnpacker::operator=(ZstdUnpacker&&) noexcept = default;

} // namespace mailflow
