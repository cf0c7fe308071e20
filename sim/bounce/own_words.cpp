#include "bounce/own_words.hpp"

#include "bounce/cause.hpp"

#include "base/text.hpp"
#include "mail/voices/words.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace mailflow {

namespace {

/// Stands wherever the voice was given something to mention. A control character: no voice has any of its
/// own.
constexpr std::string_view mark = "\x01";

constexpr std::string_view other_mark = "\x01\x01"; // of a host that is not the domain itself

constexpr std::uint64_t marked_number = 987'654'321; // no voice has such a number of its own
constexpr std::string_view marked_digits = "987654321";

SayingContext marked_context(int port) {
    SayingContext context;
    for (std::string_view* text :
         {&context.server_name, &context.address, &context.queue_id, &context.blocklist, &context.remote_name,
          &context.remote_address, &context.domain, &context.client_name, &context.client_address,
          &context.helo, &context.line, &context.command, &context.given, &context.argument, &context.before,
          &context.parameter})
        *text = mark;
    context.size_limit = marked_number;
    context.message_size = marked_number;
    context.length = marked_number;
    context.port = port;
    return context;
}

std::string with_marked_numbers(std::string_view text) {
    std::string marked;
    for (std::size_t at = text.find(marked_digits); at != std::string_view::npos;
         at = text.find(marked_digits)) {
        marked += text.substr(0, at);
        marked += mark;
        text.remove_prefix(at + marked_digits.size());
    }
    return marked += text;
}

/// As a letter is read: its lines are joined.
std::string in_one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::vector<std::string> parts_of(std::string const& text) {
    std::vector<std::string> parts;
    std::string_view rest = text;
    while (!rest.empty()) {
        std::size_t const end = std::min(rest.find(mark), rest.size());
        if (std::string_view const part = trimmed(rest.substr(0, end)); !part.empty())
            parts.emplace_back(part);
        rest.remove_prefix(std::min(end + mark.size(), rest.size()));
    }
    return parts;
}

/// Letters alone: brackets and colons between two marks would fit anywhere.
std::size_t letters_in(std::vector<std::string> const& parts) {
    std::size_t count = 0;
    for (std::string const& part : parts)
        count += static_cast<std::size_t>(std::count_if(part.begin(), part.end(), [](char c) {
            return std::isalpha(static_cast<unsigned char>(c)) != 0;
        }));
    return count;
}

/// What a software never finds out: its voice answers with the words for something else, which prove nothing.
bool never_says(Software software, Saying saying) {
    switch (saying) {
    case Saying::retry_time_not_reached: // only Exim remembers hosts from one message to the next
    case Saying::retry_timeout_exceeded: return software != Software::exim;
    case Saying::no_primary_relay: return software != Software::postfix;
    case Saying::suspected_loop: return software == Software::qmail || software == Software::exchange;
    default: return false;
    }
}

/// Words that the world outside knows and ours does not: Postfix looks its recipients up in other tables too.
std::vector<OwnWords> words_of_other_tables() {
    return {{Software::postfix,
             Saying::unknown_user,
             {"Recipient address rejected: User unknown in", "table"},
             0}};
}

/// The host that is named, and what is wrong with the line that is answered.
using Way = std::pair<std::string_view, Flaw>;

/// Exim has words of its own for a path without a domain.
std::vector<Way> ways_of(Saying saying) {
    std::vector<Way> ways{{mark, Flaw::none}, {other_mark, Flaw::none}};
    if (saying == Saying::bad_recipient_path)
        ways.emplace_back(mark, Flaw::no_domain);
    return ways;
}

/// What the DNS was asked for changes the words of some diagnoses, and so does whether the host is the domain
/// itself, so each is asked for in all ways.
std::vector<OwnWords> collect() {
    constexpr std::size_t fewest_letters = 8; // "denied" alone would prove nothing
    constexpr int last = static_cast<int>(last_saying);
    std::vector<OwnWords> all;
    auto const add = [&](OwnWords words) {
        words.letters = letters_in(words.parts);
        bool const known = std::any_of(all.begin(), all.end(), [&](OwnWords const& other) {
            return other.software == words.software && other.saying == words.saying &&
                   other.parts == words.parts;
        });
        if (!known && words.letters >= fewest_letters)
            all.push_back(std::move(words));
    };
    for (std::size_t number_of_software = 0; number_of_software < software_names.size(); ++number_of_software)
        for (int number = 0; number <= last; ++number) {
            auto const software = static_cast<Software>(number_of_software);
            auto const saying = static_cast<Saying>(number);
            if (cause_of(saying) == Cause::unknown || is_scripted(saying) || never_says(software, saying))
                continue;
            for (std::string_view const sought : {std::string_view{}, mark})
                for (auto const& [host, flaw] : ways_of(saying)) {
                    SayingContext context = marked_context(25);
                    context.flaw = flaw;
                    context.sought_host = sought;
                    context.remote_name = host;
                    context.offers_auth = host == other_mark; // Sendmail adds what would help
                    Reply const reply = say(software, saying, context);
                    if (reply == put_into_words({}, saying, context))
                        continue; // plain words of our own, for what the software never says
                    add({software, saying, parts_of(in_one_line(with_marked_numbers(reply.lines.front()))),
                         0});
                }
        }
    for (OwnWords& words : words_of_other_tables())
        add(std::move(words));
    return all;
}

} // namespace

std::vector<OwnWords> const& own_words() {
    static std::vector<OwnWords> const all = collect();
    return all;
}

bool says(OwnWords const& words, std::string_view text) {
    for (std::string const& part : words.parts) {
        std::size_t const at = text.find(part);
        if (at == std::string_view::npos)
            return false;
        text.remove_prefix(at + part.size());
    }
    return true;
}

} // namespace mailflow
