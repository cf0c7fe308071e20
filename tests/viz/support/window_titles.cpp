#include "window_titles.hpp"

#include <X11/Xlib.h>

namespace mailflow::viz {

std::vector<std::string> window_titles() {
    std::vector<std::string> titles;
    Display* const display = XOpenDisplay(nullptr);
    if (display == nullptr)
        return titles;
    Atom const name = XInternAtom(display, "_NET_WM_NAME", False);
    Window root = 0;
    Window parent = 0;
    Window* windows = nullptr;
    unsigned count = 0;
    XQueryTree(display, DefaultRootWindow(display), &root, &parent, &windows, &count);
    for (unsigned i = 0; i < count; ++i) {
        Atom type = 0;
        int format = 0;
        unsigned long length = 0;
        unsigned long left = 0;
        unsigned char* text = nullptr;
        XGetWindowProperty(display, windows[i], name, 0, 1024, False, AnyPropertyType, &type, &format,
                           &length, &left, &text);
        if (text != nullptr && format == 8)
            titles.emplace_back(reinterpret_cast<char const*>(text), length);
        if (text != nullptr)
            XFree(text);
    }
    if (windows != nullptr)
        XFree(windows);
    XCloseDisplay(display);
    return titles;
}

} // namespace mailflow::viz
