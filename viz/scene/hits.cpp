#include "viz/scene/hits.hpp"

#include <algorithm>

namespace mailflow::viz {

void Hits::add(std::string const& name, Rect rect, Intent intent, Reach reach) {
    // What the camera has left outside cannot be pressed.
    float const x = std::max(rect.x, canvas_.x);
    float const y = std::max(rect.y, canvas_.y);
    Rect const seen{x, y, std::min(rect.right(), canvas_.right()) - x,
                    std::min(rect.bottom(), canvas_.bottom()) - y};
    if (seen.w < 1 || seen.h < 1)
        return;
    drawn_.widgets.insert_or_assign(name, seen);
    bool const focused = reach == Reach::mouse_and_keyboard && take_focus(drawn_, name, seen);
    if (focused && drawn_.focus_pressed)
        from_keyboard_ = intent;
    hits_.push_back({seen, std::move(intent)});
}

Intent const* Hits::clicked() const {
    if (from_keyboard_)
        return &*from_keyboard_;
    if (!mouse_.clicked || mouse_.dragged)
        return nullptr;
    auto const on_top = std::find_if(hits_.rbegin(), hits_.rend(),
                                     [this](Hit const& hit) { return hit.rect.contains(mouse_.at); });
    return on_top == hits_.rend() ? nullptr : &on_top->intent;
}

} // namespace mailflow::viz
