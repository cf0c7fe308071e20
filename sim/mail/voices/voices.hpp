// The voices: for each software one file with what it answers over a connection, and one with what it finds
// out for itself as a sender. mail/voice.cpp chooses among them.
#pragma once

#include "mail/voice.hpp"

namespace mailflow {

/// Postfix 3.7, as Debian 12 ships it.
[[nodiscard]] Reply say_as_postfix(Saying saying, SayingContext const& context);
[[nodiscard]] Reply diagnose_as_postfix(Saying saying, SayingContext const& context);

/// Exim 4.96, as Debian 12 ships it.
[[nodiscard]] Reply say_as_exim(Saying saying, SayingContext const& context);

/// Sendmail 8.17, as Debian 12 ships it.
[[nodiscard]] Reply say_as_sendmail(Saying saying, SayingContext const& context);

/// What it says of a topic of HELP; empty: of all of them.
[[nodiscard]] Reply help_of_sendmail(std::string_view asked);

/// OpenSMTPD 7.4, from the backports of Debian 12.
[[nodiscard]] Reply say_as_opensmtpd(Saying saying, SayingContext const& context);

/// qmail, after its source.
[[nodiscard]] Reply say_as_qmail(Saying saying, SayingContext const& context);

/// Microsoft Exchange, after its documentation.
[[nodiscard]] Reply say_as_exchange(Saying saying, SayingContext const& context);

[[nodiscard]] Reply diagnose_as_exim(Saying saying, SayingContext const& context);
[[nodiscard]] Reply diagnose_as_sendmail(Saying saying, SayingContext const& context);
[[nodiscard]] Reply diagnose_as_opensmtpd(Saying saying, SayingContext const& context);
[[nodiscard]] Reply diagnose_as_qmail(Saying saying, SayingContext const& context);
[[nodiscard]] Reply diagnose_as_exchange(Saying saying, SayingContext const& context);

} // namespace mailflow
