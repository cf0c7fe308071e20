// What a client says in a session by SMTP, word for word.
#include "base/text.hpp"
#include "report/moment.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mailflow {

namespace {

/// AUTH PLAIN with an initial response: RFC 4616 section 2, without an authorization identity.
std::string auth_plain(std::string const& user, std::string const& password) {
    std::string initial_response;
    initial_response += '\0';
    initial_response += user;
    initial_response += '\0';
    initial_response += password;
    return "AUTH PLAIN " + base64(initial_response);
}

/// What the client of the session logs in with; none where it has nothing of the kind.
std::optional<Account> account_of(World const& world, Session const& session) {
    Host const& client = world.hosts[session.client];
    std::uint32_t const changes = changes_by(world, session.opened);
    if (client.person.valid())
        return person_after(world, client.person, changes).account;
    if (client.spammer.valid())
        return world.spammers[client.spammer].account;
    if (client.population.valid())
        return world.populations[client.population].account;
    return server_after(world, client.server, changes).smarthost_account;
}

std::string auth_line(World const& world, Session const& session) {
    auto const account = account_of(world, session);
    return account ? auth_plain(account->user, account->password) : "AUTH PLAIN";
}

/// Whether the software's answer to EHLO names SIZE; to any other server nobody may declare one (RFC 1870
/// section 3).
bool announces_size(Software software) {
    static auto const all = [] {
        std::array<bool, software_names.size()> announcing{};
        for (std::size_t i = 0; i < announcing.size(); ++i) {
            auto const lines = say(static_cast<Software>(i), Saying::capabilities, {}).lines;
            announcing[i] = std::any_of(lines.begin(), lines.end(),
                                        [](std::string const& line) { return line.starts_with("SIZE"); });
        }
        return announcing;
    }();
    return all[static_cast<std::size_t>(software)];
}

std::string mail_line(World const& world, Trace const& trace, CommandSent const& sent) {
    Session const& session = trace.sessions[sent.session];
    std::string line =
        fmt::format("MAIL FROM:<{}>", sent.address.valid() ? world.book.text(sent.address) : "");
    Server const& server = world.servers[world.hosts[session.server].server];
    if (!says_helo(world, session) && announces_size(server.policy.software))
        line += fmt::format(" SIZE={}", trace.messages[session.message].size_bytes);
    return line;
}

/// The message itself. Where there are blind copies it is worth saying whom the headers name: the envelope
/// has the others, too.
std::string content_line(World const& world, Trace const& trace, MessageId id) {
    Message const& message = trace.messages[id];
    std::string named;
    if (message.mail.valid() && !world.mail[message.mail].bcc.empty()) {
        std::vector<std::string> names;
        for (AddressId const to : world.mail[message.mail].to)
            names.push_back(world.book.text(to));
        named = fmt::format(" with the header \"To: {}\"", fmt::join(names, ", "));
    }
    return fmt::format("[the message{}, {} octets, and a line with a lone dot]", named, message.size_bytes);
}

} // namespace

std::string ehlo_name(World const& world, Session const& session) {
    Host const& host = world.hosts[session.client];
    if (host.server.valid())
        return host.name;
    IpAddress const& address = session.client_address;
    return fmt::format("[{}{}]", address.is_v4() ? "" : "IPv6:", to_text(address));
}

bool says_helo(World const& world, Session const& session) {
    ServerId const client = world.hosts[session.client].server;
    return client.valid() && greeting_verb(world.servers[client].policy.software, session.port) == Verb::helo;
}

std::string login_of(World const& world, Session const& session) {
    auto const account = account_of(world, session);
    return account ? account->user : std::string{};
}

std::string command_line(World const& world, Trace const& trace, CommandSent const& sent) {
    Session const& session = trace.sessions[sent.session];
    switch (sent.verb) {
    case Verb::ehlo: return "EHLO " + ehlo_name(world, session);
    case Verb::helo: return "HELO " + ehlo_name(world, session);
    case Verb::starttls: return "STARTTLS";
    case Verb::tls_handshake: return "[TLS handshake]";
    case Verb::auth: return auth_line(world, session);
    case Verb::mail: return mail_line(world, trace, sent);
    case Verb::rcpt: return fmt::format("RCPT TO:<{}>", world.book.text(sent.address));
    case Verb::data: return "DATA";
    case Verb::content: return content_line(world, trace, session.message);
    case Verb::quit: return "QUIT";
    case Verb::other: break; // no simulated client says it
    }
    return {};
}

} // namespace mailflow
