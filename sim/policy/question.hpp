// The question that a server asks itself at RCPT, as plain values: who asks, and for whom.
#pragma once

#include "mail/command.hpp"
#include "policy/server_policy.hpp"

namespace mailflow {

/// What the DNS says of the domain of a sender: it can be written to, it cannot, or the DNS does not tell.
enum class DomainStatus : std::uint8_t { exists, missing, unsure };

/// Everything that a rule may look at. What it refers to is borrowed for the call.
struct Question {
    ServerPolicy const& server;
    AddressBook const& book;
    IpAddress client;
    Port port = port_smtp;
    std::optional<std::uint32_t> account; // in server.accounts, as they were when the client authenticated
    AddressId sender;                     // none: the null reverse path
    AddressId recipient;
    std::string_view user{}; // the name of that account
    AddressId written{};     // what the client said, where the server reads `recipient` out of it
    ReverseName reverse = ReverseName::confirmed;
    DomainStatus sender_domain = DomainStatus::exists;
    std::optional<std::uint32_t> listed_on{}; // in server.blocklists, the first that lists the client
    std::optional<Duration> known_for{}; // since when the server knows client, sender and recipient together
    std::optional<Duration>
        fetched_ago{}; // since somebody last logged in from the client's address to fetch mail
};

} // namespace mailflow
