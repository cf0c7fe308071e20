#include "scenario/patched_text.hpp"

#include <algorithm>

namespace mailflow {

void PatchedText::replace(std::size_t begin, std::size_t end, std::string_view text,
                          std::uint32_t override_number) {
    std::vector<Piece> pieces = pieces_.empty() ? std::vector<Piece>{{}} : pieces_;
    Piece const after{begin + text.size(), origin(end)};
    std::string replaced{this->text()};
    replaced.replace(begin, end - begin, text);
    auto const from = std::lower_bound(pieces.begin(), pieces.end(), begin,
                                       [](Piece const& piece, std::size_t at) { return piece.begin < at; });
    auto const to = std::upper_bound(pieces.begin(), pieces.end(), end,
                                     [](std::size_t at, Piece const& piece) { return at < piece.begin; });
    std::vector<Piece> now{pieces.begin(), from};
    now.push_back({begin, {0, override_number}});
    now.push_back(after);
    for (auto piece = to; piece != pieces.end(); ++piece)
        now.push_back({piece->begin - (end - begin) + text.size(), piece->origin});
    pieces_ = std::move(now);
    text_ = std::move(replaced);
}

PatchedText::Origin PatchedText::origin(std::size_t offset) const {
    if (pieces_.empty())
        return {offset, std::nullopt};
    auto const next = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                       [](std::size_t at, Piece const& piece) { return at < piece.begin; });
    Piece const& piece = *std::prev(next);
    return {piece.origin.override_number ? 0 : piece.origin.offset + (offset - piece.begin),
            piece.origin.override_number};
}

} // namespace mailflow
