#include "mail/voice.hpp"

#include "mail/voices/voices.hpp"

#include <array>

namespace mailflow {

namespace {

struct Voice {
    Reply (*say)(Saying saying, SayingContext const& context);      // over a connection
    Reply (*diagnose)(Saying saying, SayingContext const& context); // for itself
};

/// In the order of Software.
constexpr std::array<Voice, software_names.size()> voices{{
    {say_as_postfix, diagnose_as_postfix},   // postfix
    {say_as_exim, diagnose_as_postfix},      // exim
    {say_as_sendmail, diagnose_as_postfix},  // sendmail
    {say_as_opensmtpd, diagnose_as_postfix}, // opensmtpd
    {say_as_qmail, diagnose_as_postfix},     // qmail
    {say_as_exchange, diagnose_as_postfix},  // exchange
}};

} // namespace

Reply say(Software software, Saying saying, SayingContext const& context) {
    Voice const& voice = voices[static_cast<std::size_t>(software)];
    return is_diagnosis(saying) ? voice.diagnose(saying, context) : voice.say(saying, context);
}

} // namespace mailflow
