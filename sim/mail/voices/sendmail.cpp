// What Sendmail 8.17 answers over a connection.
#include "mail/voices/voices.hpp"
#include "mail/voices/words.hpp"

namespace mailflow {

Reply say_as_sendmail(Saying saying, SayingContext const& context) {
    return say_as_postfix(saying, context); // FIXME: no scenario can ask for it yet
}

} // namespace mailflow
