// Who has to mend what is about the sending side: its address, its machine, its login, its program.
// A part of bounce/meaning.hpp, kept apart for its length.
#pragma once

#include "bounce/meaning.hpp"
#include "bounce/names.hpp"

namespace mailflow {

[[nodiscard]] std::vector<Counsel> on_sender_not_allowed(NoticeNames const& n);
[[nodiscard]] std::vector<Counsel> on_bad_sender();
[[nodiscard]] std::vector<Counsel> on_sender_domain();
/// The DNS has no name for the sending server's address, or a false one.
[[nodiscard]] std::vector<Counsel> on_nameless_client(NoticeNames const& n);
[[nodiscard]] std::vector<Counsel> on_blocklist(NoticeNames const& n);
[[nodiscard]] std::vector<Counsel> on_helo(NoticeNames const& n);
[[nodiscard]] std::vector<Counsel> on_client(NoticeNames const& n);
[[nodiscard]] std::vector<Counsel> on_flood(NoticeNames const& n);
[[nodiscard]] std::vector<Counsel> on_sending_limit();
[[nodiscard]] std::vector<Counsel> on_recipients(NoticeNames const& n);
[[nodiscard]] std::vector<Counsel> on_encryption(NoticeNames const& n);
/// `what_to_do` is for a person whose own program said it.
[[nodiscard]] std::vector<Counsel> on_login(NoticeNames const& n, std::string what_to_do);
[[nodiscard]] std::vector<Counsel> on_login_not_offered(NoticeNames const& n);
/// The program and the server were not at the same step (RFC 5321 section 4.1.4).
[[nodiscard]] std::vector<Counsel> on_order(NoticeNames const& n);
/// Of an address, for which one of the two servers has no SMTPUTF8 (RFC 6531).
[[nodiscard]] std::vector<Counsel> on_foreign_letters(NoticeNames const& n);

} // namespace mailflow
