// Words on standard error, for whoever reads there. Where nobody can, because it is closed or its disk is
// full, they are lost and the program goes on: how it ends never depends on them.
#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace mailflow {

/// Keeps the place of a standard error that was closed, so that no file that is opened later gets it, and the
/// words with it. To be called before any file is opened.
void keep_standard_error();

void write_on_stderr(std::string_view words);

/// What a program says that std::bad_alloc has ended.
inline constexpr std::string_view no_memory_words = "the machine has no more memory for this";

/// The same, put together as by fmt::format.
template<class... Args>
void say_on_stderr(fmt::format_string<Args...> format, Args&&... args) {
    write_on_stderr(fmt::format(format, std::forward<Args>(args)...));
}

} // namespace mailflow
