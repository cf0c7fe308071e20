#include "viz/view_state.hpp"

#include <algorithm>

namespace mailflow::viz {

ViewState apply(ViewState view, Intent const& intent, Pace const& pace, StoryRows const& rows) {
    std::visit(Overloaded{[&](Seek const& seek) {
                              view.now = std::clamp(seek.to, Instant{}, pace.end());
                              view.playing = false;
                          },
                          [&](TogglePlay const&) {
                              view.playing = !view.playing;
                              if (!view.playing)
                                  return;
                              view.subject = {};
                              if (view.now >= pace.end())
                                  view.now = {};
                          },
                          [&](StepBack const&) {
                              view.now = rows.before(view.detail, view.now);
                              view.playing = false;
                          },
                          [&](StepForward const&) {
                              view.now = rows.after(view.detail, view.now, pace.end());
                              view.playing = false;
                          },
                          [&](SetDetail const& set) { view.detail = set.detail; },
                          [&](SetSpeed const& set) { view.speed = std::min(set.speed, speeds.size() - 1); },
                          [&](Choose const& choose) { view.subject = choose.subject; },
                          [&](ToggleKeysCard const&) { view.keys_card = !view.keys_card; }},
               intent);
    return view;
}

} // namespace mailflow::viz
