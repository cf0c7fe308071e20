#include "base/packed_output.hpp"

namespace mailflow {

namespace {

std::variant<Output, FileTrouble> opened(std::string const& path, Compression compression) {
    if (compression == Compression::zstd && !can_compress())
        return FileTrouble{"cannot compress the output: this program was built without libzstd"};
    return Output::open(path);
}

} // namespace

Compression compression_by_name(std::string_view path) {
    return path.ends_with(".zst") ? Compression::zstd : Compression::none;
}

PackedOutput::PackedOutput(std::string const& path, Compression compression)
    : output_(opened(path, compression)) {
    if (auto* const output = std::get_if<Output>(&output_); output && compression == Compression::zstd)
        packed_.emplace([output](std::string_view bytes) {
            output->write(bytes);
            return true;
        });
}

bool PackedOutput::write(std::string_view chunk) {
    if (packed_)
        return packed_->write(chunk);
    auto* const output = std::get_if<Output>(&output_);
    if (output != nullptr)
        output->write(chunk);
    return output != nullptr;
}

std::string PackedOutput::commit() {
    if (auto const* trouble = std::get_if<FileTrouble>(&output_))
        return trouble->words;
    if (packed_ && !packed_->finish())
        return "cannot compress the output: there is not enough memory";
    return std::get<Output>(output_).commit();
}

} // namespace mailflow
