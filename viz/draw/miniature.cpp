#include "viz/draw/miniature.hpp"

#include <imgui.h>

#include <algorithm>

namespace mailflow::viz {

struct Miniature::Sheet {
    Sheet(float a_width, float a_height)
        : width(a_width)
        , height(a_height)
        , list(ImGui::GetDrawListSharedData()) {
        drawn.can_be_pressed = false;
        list._ResetForNewFrame();
        list.PushTextureID(ImGui::GetIO().Fonts->TexID);
        list.PushClipRect({0, 0}, {width, height});
    }

    float width;
    float height;
    Drawn drawn;
    ImDrawList list;
};

Miniature::Miniature(Ink const& ink, float width, float height)
    : sheet_(std::make_unique<Sheet>(width, height))
    , brush_(sheet_->list, ink, sheet_->drawn) {}

Miniature::~Miniature() = default;

void Miniature::show_in(Rect place) const {
    ImDrawList& target = *ImGui::GetWindowDrawList();
    ImDrawList const& list = sheet_->list;
    float const by = std::min(place.w / sheet_->width, place.h / sheet_->height);
    Point const from{place.centre().x - sheet_->width * by / 2, place.centre().y - sheet_->height * by / 2};
    for (ImDrawCmd const& command : list.CmdBuffer) {
        if (command.ElemCount == 0 || command.UserCallback != nullptr)
            continue;
        target.PushClipRect({from.x + command.ClipRect.x * by, from.y + command.ClipRect.y * by},
                            {from.x + command.ClipRect.z * by, from.y + command.ClipRect.w * by}, true);
        // In pieces that 16-bit indices can count.
        constexpr unsigned piece = 3 * 4000;
        for (unsigned done = 0; done < command.ElemCount; done += piece) {
            unsigned const count = std::min(piece, command.ElemCount - done);
            target.PrimReserve(static_cast<int>(count), static_cast<int>(count));
            for (unsigned i = 0; i < count; ++i) {
                auto const at = static_cast<int>(command.IdxOffset + done + i);
                ImDrawVert const& v =
                    list.VtxBuffer[static_cast<int>(command.VtxOffset) + list.IdxBuffer[at]];
                target.PrimVtx({from.x + v.pos.x * by, from.y + v.pos.y * by}, v.uv, v.col);
            }
        }
        target.PopClipRect();
    }
}

} // namespace mailflow::viz
