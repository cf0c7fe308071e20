#include "viz/glue/triangles.hpp"

#include <SFML/Graphics/RenderTarget.hpp>
#include <SFML/Graphics/Texture.hpp>
#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

/// Sets the view; whether anything is left to be seen.
bool clip_to(ImDrawCmd const& command, sf::Vector2f size, sf::View& view) {
    float const left = std::max(std::floor(command.ClipRect.x), 0.0F);
    float const top = std::max(std::floor(command.ClipRect.y), 0.0F);
    float const right = std::min(std::floor(command.ClipRect.z), size.x);
    float const bottom = std::min(std::floor(command.ClipRect.w), size.y);
    if (right <= left || bottom <= top || command.UserCallback != nullptr)
        return false;
    view.reset(sf::FloatRect{left, top, right - left, bottom - top});
    view.setViewport({left / size.x, top / size.y, (right - left) / size.x, (bottom - top) / size.y});
    return true;
}

void take_vertices(ImDrawList const& list, ImDrawCmd const& command, Triangles& run) {
    auto const* const texture = static_cast<sf::Texture const*>(command.GetTexID());
    sf::Vector2f const texels{texture->getSize()};
    run.states.texture = texture;
    run.vertices.resize(command.ElemCount);
    ImDrawVert const* const from = list.VtxBuffer.Data + command.VtxOffset;
    ImDrawIdx const* const indices = list.IdxBuffer.Data + command.IdxOffset;
    for (unsigned i = 0; i < command.ElemCount; ++i) {
        ImDrawVert const& v = from[indices[i]];
        run.vertices[i] = {{v.pos.x, v.pos.y},
                           {static_cast<sf::Uint8>(v.col), static_cast<sf::Uint8>(v.col >> 8U),
                            static_cast<sf::Uint8>(v.col >> 16U), static_cast<sf::Uint8>(v.col >> 24U)},
                           {v.uv.x * texels.x, v.uv.y * texels.y}};
    }
}

} // namespace

void for_each_run(std::function<void(Triangles const&)> const& take) {
    ImDrawData const* const data = ImGui::GetDrawData();
    if (data == nullptr || !data->Valid)
        return;
    Triangles run;
    for (int n = 0; n < data->CmdListsCount; ++n)
        for (ImDrawCmd const& command : data->CmdLists[n]->CmdBuffer)
            if (clip_to(command, {data->DisplaySize.x, data->DisplaySize.y}, run.clip)) {
                take_vertices(*data->CmdLists[n], command, run);
                take(run);
            }
}

std::vector<Triangles> all_runs() {
    std::vector<Triangles> runs;
    for_each_run([&runs](Triangles const& run) { runs.push_back(run); });
    return runs;
}

void draw_bare(std::vector<Triangles> const& runs, sf::RenderTarget& target) {
    for (Triangles const& run : runs) {
        target.setView(run.clip);
        target.draw(run.vertices.data(), run.vertices.size(), sf::Triangles, run.states);
    }
}

} // namespace mailflow::viz
