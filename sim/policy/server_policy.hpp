// What a server's postmaster has set, as far as a decision looks at it. Plain values: no world, no clock, no
// text to read at decision time.
#pragma once

#include "base/inline_list.hpp"
#include "base/time.hpp"
#include "mail/address.hpp"
#include "mail/ip.hpp"
#include "mail/voice.hpp"
#include "policy/scripted_answers.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// Who may authenticate on a server (RFC 4954).
struct Account {
    std::string user;
    std::string password;
};

/// What is asked at every command stands first.
struct ServerPolicy {
    Software software = Software::postfix;
    bool open_relay = false;
    bool any_mailbox = true;                       // every local part exists
    DomainId own_name{};                           // of the host itself
    std::optional<std::uint64_t> max_size_bytes{}; // of a message; none: as the software does
    std::optional<Duration> greylist{};            // strangers are asked to come back after this long
    std::optional<Duration>
        pop_before_smtp{};                // who fetched mail from an address may relay from it for this long
    InlineList<LocalPartId, 2> mailboxes; // unless every local part exists, these do; sorted
    InlineList<DomainId, 2> handles;      // final destination for these, sorted
    std::vector<DomainId> relays_for;     // to these, and what lies below them, for anyone; sorted
    std::vector<IpRange> trusts;          // who may relay without authentication
    std::vector<Account> accounts;        // sorted by stands_before
    std::vector<LocalPartId> alias_names{};      // local parts that are aliases: known, too; sorted
    std::vector<LocalPartId> dead_alias_names{}; // the same, but they lead to no mailbox: unknown; sorted
    std::vector<DomainId> blocklists{}; // clients that one of these lists are refused; as the file has them
    std::optional<ScriptedAnswers> answers{}; // what it says whatever it would decide
};

/// The place of the domain in the server's list `handles`; empty when it is not the final destination for it.
/// A server that is the final destination for anything is so for its own name, too, which has the place after
/// the last.
[[nodiscard]] std::optional<std::uint32_t> handled_at(ServerPolicy const& server, DomainId domain);

/// The place in `relays_for` of the domain or, with a software that matches the domains below a listed one as
/// well, of the nearest domain above it.
[[nodiscard]] std::optional<std::uint32_t> relayed_at(ServerPolicy const& server, AddressBook const& book,
                                                      DomainId domain);

/// Whether the local part has a mailbox here. "postmaster" always has (RFC 5321 section 4.5.1).
[[nodiscard]] bool has_mailbox(ServerPolicy const& server, AddressBook const& book, LocalPartId local_part);

/// Whether the local part leads on to another address.
[[nodiscard]] bool is_alias(ServerPolicy const& server, LocalPartId local_part);

/// Whether the local part is an alias, and the server has found that it leads to no mailbox.
[[nodiscard]] bool is_dead_alias(ServerPolicy const& server, LocalPartId local_part);

/// The order of a server's accounts: by their names in small letters.
[[nodiscard]] bool stands_before(Account const& one, Account const& other);

/// The account with that name, in any case of its ASCII letters, as mailboxes and aliases go: Dovecot makes
/// small letters of a user name (auth_username_format, by default %Lu). Empty when there is none.
[[nodiscard]] std::optional<std::uint32_t> account_at(ServerPolicy const& server, std::string_view user);

} // namespace mailflow
