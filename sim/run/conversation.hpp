// A conversation with one server of a world, by whoever types: the session code that the simulation runs
// (smtp/dialogue.hpp), fed by hand. When it is over, the world runs on with what the server has accepted.
#pragma once

#include "trace/trace.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mailflow {

/// Who calls whom.
struct Caller {
    ServerId server;
    IpAddress address; // in a network of the world, or outside all of them
    Port port = port_smtp;
};

/// The address that a new machine in the network would have.
[[nodiscard]] IpAddress address_in(World const& world, NetworkId network);

/// An address outside every network of the world.
[[nodiscard]] IpAddress address_of_stranger(World const& world);

/// Why nobody answers a call: in the words of a client, and from where it was made.
struct Unreachable {
    Saying trouble; // no_route, connection_blocked or connection_refused
    NetworkId from; // none: outside all networks
};

/// What keeps the caller from the server as the world is at its start, as in a run; nothing where a call gets
/// through. Outside all networks nothing stands in a caller's way.
[[nodiscard]] std::optional<Unreachable> trouble_on_the_way(World world, Caller const& caller);

class TypedConversation {
public:
    /// Told of every decision when it is made; what the question refers to is borrowed for the call.
    using Explain = std::function<void(HostId server, Question const& question, Decision const& decision)>;

    TypedConversation(World world, Caller const& caller, Explain explain = {});
    ~TypedConversation();
    TypedConversation(TypedConversation const&) = delete;
    TypedConversation& operator=(TypedConversation const&) = delete;

    [[nodiscard]] std::string greeting();
    /// What the server says to these octets; lines end in CRLF.
    [[nodiscard]] std::string hear(std::string_view octets);
    [[nodiscard]] bool is_over() const;

    /// How many messages the server has accepted.
    [[nodiscard]] std::size_t accepted() const;
    /// The world with the accepted messages, instead of those of its people, as mail that the server has when
    /// the run begins, ready for run/run.hpp. The conversation is finished by it.
    [[nodiscard]] World leave();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace mailflow
