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
    {say_as_postfix, diagnose_as_postfix},     // postfix
    {say_as_exim, diagnose_as_exim},           // exim
    {say_as_sendmail, diagnose_as_sendmail},   // sendmail
    {say_as_opensmtpd, diagnose_as_opensmtpd}, // opensmtpd
    {say_as_qmail, diagnose_as_qmail},         // qmail
    {say_as_exchange, diagnose_as_exchange},   // exchange
}};

} // namespace

Verb greeting_verb(Software software, Port port) {
    return software == Software::qmail && !is_submission(port) ? Verb::helo : Verb::ehlo;
}

Reply say(Software software, Saying saying, SayingContext const& context) {
    if (is_scripted(saying))
        return context.scripted != nullptr ? *context.scripted : Reply{};
    Voice const& voice = voices[static_cast<std::size_t>(software)];
    return is_diagnosis(saying) ? voice.diagnose(saying, context) : voice.say(saying, context);
}

bool is_common(Software software, Saying saying, SayingContext const& context) {
    if (is_scripted(saying) || is_diagnosis(saying) || !context.line.empty())
        return false; // what is said of a line that somebody has typed may cite it
    SayingContext nobody = context;
    nobody.address = nobody.queue_id = nobody.blocklist = nobody.client_name = nobody.client_address = {};
    nobody.at = {};
    nobody.reverse = ReverseName::missing;
    SayingContext somebody = context;
    somebody.address = "someone@elsewhere.example";
    somebody.queue_id = "40F1E2D3C";
    somebody.blocklist = "list.example";
    somebody.client_name = "client.example";
    somebody.client_address = "2001:db8::1";
    somebody.at = context.at + std::chrono::hours{25} + std::chrono::seconds{61};
    somebody.reverse = ReverseName::forged;
    Reply const reply = say(software, saying, context);
    return reply == say(software, saying, nobody) && reply == say(software, saying, somebody);
}

} // namespace mailflow
