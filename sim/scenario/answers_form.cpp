// What a server is told to say: "answers" of a server.
#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace mailflow {

namespace {

/// "5.7.1" at the start of the text, up to a space or the end; the class must be that of the reply.
std::optional<EnhancedCode> parse_enhanced(std::string_view word) {
    std::array<std::uint16_t, 3> parts{};
    char const* at = word.data();
    char const* const end = word.data() + word.size();
    for (std::size_t n = 0; n < parts.size(); ++n) {
        auto const read = std::from_chars(at, end, parts[n]);
        if (read.ec != std::errc{} || parts[n] > 999 || (n < 2 && (read.ptr == end || *read.ptr != '.')))
            return std::nullopt;
        at = read.ptr + (n < 2 ? 1 : 0);
    }
    if (at != end || parts[0] > 9)
        return std::nullopt;
    return EnhancedCode{static_cast<std::uint8_t>(parts[0]), parts[1], parts[2]};
}

/// "452 4.2.2 mailbox full": code, perhaps enhanced code, text (RFC 5321 section 4.2, RFC 2034).
std::optional<Reply> parse_reply(std::string_view text) {
    bool const has_code = text.size() > 4 && (text[0] == '4' || text[0] == '5') && text[1] >= '0' &&
                          text[1] <= '5' && text[2] >= '0' && text[2] <= '9' && text[3] == ' ';
    if (!has_code)
        return std::nullopt;
    Reply reply{.code = (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0'),
                .enhanced = std::nullopt,
                .lines = {}};
    text.remove_prefix(4);
    std::string_view const word = text.substr(0, text.find(' '));
    if (auto const enhanced = parse_enhanced(word); enhanced && word.size() + 1 < text.size()) {
        if (enhanced->status_class != reply.code / 100)
            return std::nullopt;
        reply.enhanced = enhanced;
        text.remove_prefix(word.size() + 1);
    }
    reply.lines.emplace_back(text);
    return reply;
}

std::optional<ScriptedAnswer> read_answer(Value at, Complaints& complaints) {
    auto const text = read_line(at, complaints);
    if (!text)
        return std::nullopt;
    if (*text == "drop")
        return ScriptedAnswer{.drops = true};
    if (auto reply = parse_reply(*text))
        return ScriptedAnswer{.drops = false, .reply = *std::move(reply)};
    complaints.add(at, fmt::format("\"{}\" is no reply that refuses", *text),
                   R"(it reads like "452 4.2.2 mailbox full" or "550 no", or it is "drop")");
    return std::nullopt;
}

std::optional<std::uint32_t> read_times(Value at, Complaints& complaints) {
    auto const times = read_whole_number(at, 1, 1'000'000, complaints);
    return times ? std::optional{static_cast<std::uint32_t>(*times)} : std::nullopt;
}

constexpr std::array<Key<ScriptedAnswers>, 5> answer_keys{{
    {"greeting", into<&ScriptedAnswers::greeting, read_answer>},
    {"mail", into<&ScriptedAnswers::mail, read_answer>},
    {"rcpt", into<&ScriptedAnswers::rcpt, read_answer>},
    {"content", into<&ScriptedAnswers::content, read_answer>},
    {"times", into<&ScriptedAnswers::times, read_times>},
}};

} // namespace

Form<ScriptedAnswers> const answers_form{"answers", answer_keys, {}};

std::optional<ScriptedAnswers> read_answers(Value at, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return std::nullopt;
    ScriptedAnswers answers;
    read_object(at, answers_form, answers, complaints);
    return answers;
}

} // namespace mailflow
