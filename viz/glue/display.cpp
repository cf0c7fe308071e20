// Alone in its file, because the headers of X define words like None and Bool.
#include "viz/glue/display.hpp"

#include <X11/Xlib.h>
#include <utility>

namespace mailflow::viz {

struct Display::Connection {
    ::Display* display = nullptr;

    explicit Connection(::Display* opened) : display(opened) {}
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;
    ~Connection() { XCloseDisplay(display); }
};

Display::Display(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Display::Display(Display&&) noexcept = default;
Display& Display::operator=(Display&&) noexcept = default;
Display::~Display() = default;

std::variant<Display, std::string> Display::open() {
    ::Display* const display = XOpenDisplay(nullptr);
    if (display == nullptr)
        return std::string{"there is no display to open a window on (DISPLAY is not set or nobody answers "
                           "there); on a machine without one, xvfb-run makes a virtual one"};
    auto connection = std::make_unique<Connection>(display);
    int opcode = 0;
    int event = 0;
    int error = 0;
    if (XQueryExtension(display, "GLX", &opcode, &event, &error) == 0)
        return std::string{"the display cannot draw with OpenGL (it has no GLX)"};
    return Display{std::move(connection)};
}

} // namespace mailflow::viz
