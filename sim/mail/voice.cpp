#include "mail/voice.hpp"

#include "mail/voices.hpp"

namespace mailflow {

Reply say(Software software, Saying saying, SayingContext const& context) {
    switch (software) {
    case Software::postfix: return say_as_postfix(saying, context);
    }
    return say_as_postfix(saying, context);
}

} // namespace mailflow
