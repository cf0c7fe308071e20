// How often each message has met with the answers that the world prescribes to a server: some are said a few
// times only. What they are is policy/scripted_answers.hpp.
#pragma once

#include "policy/scripted_answers.hpp"
#include "trace/trace.hpp"

#include <map>
#include <utility>

namespace mailflow {

class PrescribedAnswers {
public:
    /// Whether the message has met with them often enough.
    [[nodiscard]] bool are_over(std::optional<ScriptedAnswers> const& answers, HostId server,
                                MessageId message) const {
        if (!answers || !answers->times)
            return false;
        auto const tries = tries_.find({message, server});
        return tries != tries_.end() && tries->second >= *answers->times;
    }
    void note_session(HostId server, MessageId message) { ++tries_[{message, server}]; }

    /// The message is over.
    void forget(MessageId message) {
        tries_.erase(tries_.lower_bound({message, HostId{0}}), tries_.upper_bound({message, HostId{}}));
    }

private:
    std::map<std::pair<MessageId, HostId>, std::uint32_t> tries_; // sessions
};

} // namespace mailflow
