// The checks of smtp/habits.hpp, asked: whether a command may be obeyed in the state that the session is in.
// They change nothing.
#pragma once

#include "smtp/habits.hpp"
#include "smtp/server_session.hpp"

namespace mailflow {

/// A command that is about to be obeyed, and by whom.
struct Turn {
    ServerSession const& session;
    ServerSetting const& setting;
    Habits const& habits;
    Command const& command;
};

/// Asks the checks of the procedure in their order. When one fails, it puts its answer into the response and
/// the rest is not asked. The decisions of rule lists are kept in the response in any case.
[[nodiscard]] bool pass_checks(Procedure const& procedure, Turn const& turn, Response& response);

} // namespace mailflow
