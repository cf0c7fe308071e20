// Whether there is a display that a window can be opened on. SFML does not ask: without a display it aborts,
// without GLX it crashes.
#pragma once

#include <memory>
#include <string>
#include <variant>

namespace mailflow::viz {

/// A connection to the X server that has GLX. It is kept open until the window exists, so that a server which
/// ends with its last client does not end in between.
class Display {
public:
    /// The display, or one sentence that says what is missing.
    [[nodiscard]] static std::variant<Display, std::string> open();

    Display(Display&&) noexcept;
    Display& operator=(Display&&) noexcept;
    ~Display();

private:
    struct Connection;
    explicit Display(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

} // namespace mailflow::viz
