// What Exim 4.96 answers over a connection.
#include "mail/voices/voices.hpp"
#include "mail/voices/words.hpp"

namespace mailflow {

Reply say_as_exim(Saying saying, SayingContext const& context) {
    return say_as_postfix(saying, context); // FIXME: no scenario can ask for it yet
}

} // namespace mailflow
