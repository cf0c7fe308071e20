#include "talk/records.hpp"

#include "catch.hpp"

#include "base/text.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <regex>
#include <sstream>

namespace mailflow::test {

namespace {

using nlohmann::json;

std::ifstream open_fact(std::string const& name) {
    std::ifstream file{std::string{MAILFLOW_SOURCE_DIR "/tests/facts/"} + name};
    REQUIRE(file);
    return file;
}

std::string repeated(std::string const& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

int number_in(std::string const& text) {
    std::smatch found;
    REQUIRE(std::regex_search(text, found, std::regex{R"((\d+))"}));
    return std::stoi(found[1].str());
}

/// The message that a placeholder stands for, to its end.
std::string content_of(std::string const& placeholder) {
    std::string const header =
        "From: sender@foreign.example\r\nTo: alice@example.org\r\nSubject: test\r\n\r\n";
    std::string const end = ".\r\n";
    if (placeholder == "<message>")
        return header + "Hello.\r\n" + end;
    if (placeholder == "<empty message>")
        return end;
    if (placeholder == "<message ended by LF . LF>")
        return header + "Hello.\n.\n";
    if (placeholder == "<150 kB message>")
        return header + repeated(std::string(70, 'x') + "\r\n", 2100) + end;
    if (placeholder.starts_with("<message with a line of ")) // its end counted
        return header + std::string(static_cast<std::size_t>(number_in(placeholder) - 2), 'x') + "\r\n" + end;
    REQUIRE(placeholder.ends_with(" Received>"));
    return repeated("Received: from a.example by b.example; Mon, 5 Jan 2026 09:00:00 +0000\r\n",
                    number_in(placeholder)) +
           header + "Hello.\r\n" + end;
}

/// Where "up to 1200 recipients" are abbreviated to some: all of them, and the replies to them.
void spell_out(RecordedSession& session) {
    std::regex const number{R"(^(.*)  \[recipient number (\d+)\]$)"};
    std::smatch found;
    std::string const text = session.text;
    if (!std::regex_match(text, found, number))
        return;
    auto const count = static_cast<std::size_t>(std::stoi(found[2].str()));
    session.text = found[1].str();
    std::string const command = session.commands[2];
    std::string const accepted = session.replies[3];
    std::string const last = session.replies[session.replies.size() - 2];
    std::string const goodbye = session.replies.back();
    session.commands.resize(2);
    session.commands.insert(session.commands.end(), count, command);
    session.commands.emplace_back("QUIT");
    session.replies.resize(3);
    session.replies.insert(session.replies.end(), count - 1, accepted);
    session.replies.push_back(last);
    session.replies.push_back(goodbye);
}

} // namespace

std::vector<RecordedSession> recorded_sessions(std::string const& name) {
    std::ifstream file = open_fact(name);
    std::string line;
    REQUIRE(std::getline(file, line));
    auto const often = json::parse(line).at("often").get<std::vector<std::string>>();
    std::vector<RecordedSession> sessions;
    while (std::getline(file, line)) {
        json const row = json::parse(line);
        std::string const id = row.at("id");
        RecordedSession session;
        session.voice = id.substr(0, id.find('/'));
        session.name = id.substr(id.find('/') + 1);
        session.client = row.at("client");
        session.port = row.at("port");
        session.what = row.value("what", session.name);
        session.commands = row.at("commands").get<std::vector<std::string>>();
        for (json const& reply : row.at("replies"))
            session.replies.push_back(reply.is_string() ? reply.get<std::string>()
                                                        : often.at(reply.get<std::size_t>()));
        session.code = row.value("code", 0);
        if (row.contains("enhanced") && row.at("enhanced").is_string())
            session.enhanced = row.at("enhanced");
        session.text = row.value("template", "");
        spell_out(session);
        sessions.push_back(std::move(session));
    }
    return sessions;
}

std::string world_of_records(std::string const& software) {
    std::ostringstream text;
    text << open_fact("world.json").rdbuf();
    std::string world = text.str();
    std::string const key = R"("software": "postfix")";
    std::size_t const place = world.find(key);
    REQUIRE(place != std::string::npos);
    return world.replace(place, key.size(), R"("software": ")" + software + "\"");
}

std::string octets_of(std::string const& command) {
    if (command.starts_with('<'))
        return content_of(command);
    std::smatch found;
    if (std::regex_match(command, found, std::regex{R"(AUTH PLAIN <(\w+)/(\w+)>)"})) {
        std::string const message = '\0' + found[1].str() + '\0' + found[2].str();
        return "AUTH PLAIN " + base64(message) + "\r\n";
    }
    if (std::regex_match(command, found, std::regex{R"((\w+) xxx\.\.\. \((\d+) octets\))"})) {
        std::string const start = found[1].str() + " ";
        auto const length = static_cast<std::size_t>(std::stoi(found[2].str()));
        return start + std::string(length - start.size() - 2, 'x') + "\r\n";
    }
    if (command.starts_with("raw:")) // with its own ends of lines
        return command.substr(4);
    return command + "\r\n";
}

std::string without_chance(std::string const& reply) {
    static std::regex const date{R"(\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d (\+0000|GMT))"};
    static std::regex const id{R"((id=|queued as )\S+)"};
    static std::regex const first_id{R"(\S+ (Message accepted))"};
    static std::regex const challenge{R"(^334 [A-Za-z0-9+/=]{20,}$)"};
    std::string said = std::regex_replace(reply, date, "{date}");
    said = std::regex_replace(said, id, "$1{id}");
    said = std::regex_replace(said, first_id, "{id} $1");
    return std::regex_replace(said, challenge, "334 {challenge}");
}

ParsedReply parse_reply(std::string const& reply) {
    static std::regex const form{R"((\d{3})[ -](?:([245]\.\d{1,3}\.\d{1,3})(?: |$))?(.*))"};
    ParsedReply parsed;
    std::istringstream lines{reply};
    for (std::string line; std::getline(lines, line);) {
        std::smatch found;
        if (!std::regex_match(line, found, form))
            return {.code = 0, .enhanced = std::nullopt, .text = reply};
        parsed.text += (parsed.code == 0 ? "" : "\n") + found[3].str();
        parsed.code = std::stoi(found[1].str());
        if (found[2].matched)
            parsed.enhanced = found[2].str();
    }
    return parsed;
}

std::vector<std::string> split_replies(std::string const& octets) {
    std::vector<std::string> replies;
    std::string reply;
    std::istringstream lines{octets};
    for (std::string line; std::getline(lines, line);) {
        REQUIRE(line.ends_with('\r'));
        line.pop_back();
        reply += line;
        if (line.size() > 3 && line[3] == '-') {
            reply += '\n';
            continue;
        }
        replies.push_back(std::move(reply));
        reply.clear();
    }
    CHECK(reply.empty());
    return replies;
}

} // namespace mailflow::test
