// mailflow talk FILE SERVER
#include "base/files.hpp"
#include "base/standard_error.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/scenarios.hpp"
#include "cli/terminal.hpp"
#include "report/ladder.hpp"
#include "report/story/story.hpp"
#include "run/conversation.hpp"
#include "run/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <optional>
#include <unistd.h>

namespace mailflow::cli {

namespace {

/// "; did you mean mail.isp.example?", or the names that there are.
template<class RowId, class Row>
std::string hint(std::string const& word, Table<RowId, Row> const& rows,
                 std::string const& (*name)(Row const&), std::string_view what) {
    std::vector<std::string> names;
    for (Row const& row : rows)
        names.push_back(name(row));
    if (std::string_view const meant = nearest(word, names); !meant.empty())
        return fmt::format("did you mean {}?", meant);
    constexpr std::size_t most = 8;
    if (names.empty() || names.size() > most)
        return fmt::format("the scenario has {}", count_of(names.size(), what, fmt::format("{}s", what)));
    return fmt::format("the scenario has {}", join_words(names));
}

std::optional<ServerId> find_server(World const& world, std::string const& name) {
    for (std::size_t i = 0; i < world.servers.size(); ++i) {
        ServerId const id = world.servers.id_at(i);
        if (lower_case(world.hosts[world.servers[id].host].name) == lower_case(name))
            return id;
    }
    return std::nullopt;
}

std::string server_hint(World const& world, std::string const& word) {
    Table<ServerId, std::string> names;
    for (Server const& server : world.servers)
        names.add(world.hosts[server.host].name);
    return hint<ServerId, std::string>(
        word, names, [](std::string const& name) -> std::string const& { return name; }, "server");
}

std::optional<IpAddress> find_address(World const& world, std::string const& from) {
    if (from.empty())
        return address_of_stranger(world);
    for (std::size_t i = 0; i < world.networks.size(); ++i)
        if (world.networks[world.networks.id_at(i)].name == from)
            return address_in(world, world.networks.id_at(i));
    return parse_ip(from);
}

/// Why nobody is there to talk with: "the network jail lets nothing out to port 25".
std::string explain_silence(World const& world, std::string const& server, Port port,
                            Unreachable const& unreachable) {
    switch (unreachable.trouble) {
    case Saying::no_route:
        return fmt::format("there is no way from {} to {}", world.networks[unreachable.from].name, server);
    case Saying::connection_blocked:
        return fmt::format("the network {} lets nothing out to port {}",
                           world.networks[unreachable.from].name, port);
    default: return fmt::format("nobody listens at {}, port {}: the server is down", server, port);
    }
}

void print_ladder(World const& world, Ladder const& ladder) {
    std::string text =
        fmt::format("  {}, about {}: {}\n", label_of(world, ladder.server), ladder.about, ladder.question);
    if (!ladder.read_as.empty())
        text += fmt::format("     it takes that for {}\n", ladder.read_as);
    std::size_t longest = 0;
    for (Rung const& rung : ladder.rungs)
        longest = std::max(longest, rung.sentence.size());
    for (Rung const& rung : ladder.rungs)
        text += fmt::format("     {}  {:<{}}  {}\n", rung.match == Match::yes ? "yes" : "no ", rung.sentence,
                            longest, rung.because);
    text += fmt::format("     = {} ({})\n", verdict_words(ladder), ladder.rungs.back().source);
    say_on_stderr("{}", text);
}

/// Replies as lines of text; false when nobody reads them any more.
bool say(std::string const& replies) {
    std::string text = replies;
    std::erase(text, '\r');
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

enum class Ending : std::uint8_t { finished, cannot_read, cannot_write };

/// Line by line, so that what is explained stands before the reply that it explains.
Ending converse(TypedConversation& conversation) {
    if (!say(conversation.greeting()))
        return Ending::cannot_write;
    std::array<char, 65536> buffer{};
    while (!conversation.is_over()) {
        ssize_t const count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return Ending::cannot_read;
        if (count == 0)
            break;
        std::string_view heard{buffer.data(), static_cast<std::size_t>(count)};
        while (!heard.empty() && !conversation.is_over()) {
            std::string_view const line = heard.substr(
                0, heard.find('\n') == std::string_view::npos ? heard.size() : heard.find('\n') + 1);
            heard.remove_prefix(line.size());
            std::string const replies = conversation.hear(line);
            if (!replies.empty() && !say(replies))
                return Ending::cannot_write;
        }
    }
    return Ending::finished;
}

} // namespace

Status talk_with_server(TalkOptions const& options) {
    if (options.file == "-") {
        return complain(Status::bad_usage,
                        "talk reads the conversation from standard input, so the scenario must be a file");
    }
    auto opened = open_scenario(resolve(options.file));
    if (auto const* status = std::get_if<Status>(&opened))
        return *status;
    World& world = std::get<World>(opened);
    auto const server = find_server(world, options.server);
    if (!server) {
        return complain(Status::bad_usage, fmt::format("there is no server {}; {}", options.server,
                                                       server_hint(world, options.server)));
    }
    auto const address = find_address(world, options.from);
    if (!address) {
        return complain(
            Status::bad_usage,
            fmt::format("{} is neither a network of the scenario nor an address; {}", options.from,
                        hint<NetworkId, Network>(
                            options.from, world.networks,
                            [](Network const& network) -> std::string const& { return network.name; },
                            "network")));
    }

    Caller const caller{*server, *address, options.port};
    if (auto const unreachable = trouble_on_the_way(world, caller)) {
        std::string const& name = world.hosts[world.servers[*server].host].name;
        return complain(Status::bad_usage, explain_silence(world, name, caller.port, *unreachable));
    }

    World const start = world; // for the names in explanations
    TypedConversation::Explain explain;
    if (options.explain)
        explain = [&](HostId host, Question const& question, Decision const& decision) {
            print_ladder(start, ladder_of(host, question, decision));
        };
    TypedConversation conversation{std::move(world), caller, std::move(explain)};
    Ending const ending = converse(conversation);
    if (ending == Ending::cannot_read)
        return complain(Status::file_trouble, "cannot read from standard input");
    if (ending == Ending::cannot_write)
        return complain(Status::file_trouble, "cannot write to standard output");
    if (conversation.accepted() == 0)
        return Status::done;
    World const after = conversation.leave();
    std::string const trouble = write_stdout("\n" + story(after, run(after), Detail::servers, Colour::off));
    return trouble.empty() ? Status::done : complain(Status::file_trouble, trouble);
}

} // namespace mailflow::cli
