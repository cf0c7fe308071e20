// Whether the window has something to say at the foot of its canvas.
#pragma once

#include "viz/presenting.hpp"

namespace mailflow::viz {

/// Whether there is a word to be said, or a film is made, whose progress stands there.
[[nodiscard]] inline bool has_notice(Presenting const& presenting) {
    return presenting.film_done || presenting.notice_left_s > 0;
}

/// What was said of that is no longer so.
inline void silence(Presenting& presenting, NoticeAbout about) {
    if (presenting.notice_about == about)
        presenting.notice_left_s = 0;
}

} // namespace mailflow::viz
