#include "bounce/program_window.hpp"

#include "bounce/recognition.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <regex>

namespace mailflow {

namespace {

/// In lower case; of Thunderbird (English, German, French), Outlook (with its numbers), Apple Mail and K-9.
/// Of these only what says that there was no connection, or that it broke.
constexpr std::array<std::string_view, 30> window_sentences{"outgoing server (smtp)",
                                                            "outgoing mail server (smtp)",
                                                            "outgoing (smtp)",
                                                            "sending (smtp)",
                                                            "outgoing server",
                                                            "postausgangsserver",
                                                            "postausgang-server",
                                                            "serveur sortant",
                                                            "0x80042108",
                                                            "0x80042109",
                                                            "0x8004210b",
                                                            "0x800ccc0d",
                                                            "0x800ccc0e",
                                                            "0x800ccc0f",
                                                            "0x800ccc13",
                                                            "0x800ccc19",
                                                            "unable to connect to smtp server",
                                                            "unable to open connection to smtp server",
                                                            "could not connect to smtp server",
                                                            "could not connect to smtp host",
                                                            "could not connect to this smtp server",
                                                            "can't send message using the server",
                                                            "cannot send message using the server",
                                                            "can\xe2\x80\x99t send message using the server",
                                                            "cannot be contacted on port",
                                                            "can't be contacted on port",
                                                            "can\xe2\x80\x99t be contacted on port",
                                                            "the connection to the server",
                                                            "refused to allow a connection on port",
                                                            "unable to resolve host"};

} // namespace

bool is_said_by_program(std::string_view words) {
    std::string const lower = lower_case(words);
    return std::any_of(window_sentences.begin(), window_sentences.end(),
                       [&](std::string_view sentence) { return lower.find(sentence) != std::string::npos; });
}

std::optional<Block> program_window_in(std::vector<std::string> const& lines) {
    constexpr std::size_t longest = 2000; // regular expressions recurse
    std::string text;
    for (std::string const& line : lines)
        if (std::string_view const part = trimmed(line); !part.empty() && text.size() + part.size() < longest)
            text += (text.empty() ? "" : " ") + std::string{part};
    if (!is_said_by_program(text) || reply_code_in(text) != 0 ||
        recognise(text).causes != std::vector{Cause::unreachable})
        return std::nullopt;
    static std::regex const server{R"re((?:\(SMTP\)|[Ss]erver|host|Server:)(?: name)?)re"
                                   R"re([ :]*(?:"|'|“|„|‘|« ?)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+))re"};
    Block block;
    block.words = text;
    std::smatch found;
    if (std::regex_search(text, found, server))
        block.remote_server = found[1];
    return block;
}

} // namespace mailflow
