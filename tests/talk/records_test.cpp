// Real servers' recorded sessions, held with the simulated ones: every reply in code, enhanced code and
// words.
#include "catch.hpp"
#include "talk/records.hpp"

#include "run/conversation.hpp"
#include "scenario/load.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <set>

using namespace mailflow;
using namespace mailflow::test;

namespace {

/// A session in which some reply still differs, and why.
struct KnownDifference {
    std::string_view session; // "exim/l_lfdotlf"
    std::string_view reason;
};

/// The voices that are held to the records.
constexpr std::array measured_voices{std::string_view{"postfix"}, std::string_view{"exim"},
                                     std::string_view{"sendmail"}, std::string_view{"opensmtpd"}};

/// To be shortened, never to be lengthened without a reason that holds.
constexpr std::array<KnownDifference, 0> known_differences{};

/// The same for the sessions that were measured afterwards.
constexpr std::array<KnownDifference, 0> known_further{};

std::vector<std::string> replay(RecordedSession const& session) {
    auto const loaded = load_scenario(world_of_records(session.voice));
    REQUIRE(std::holds_alternative<World>(loaded));
    TypedConversation conversation{std::get<World>(loaded),
                              {ServerId{0}, *parse_ip(session.client), static_cast<Port>(session.port)}};
    std::string said = conversation.greeting();
    for (std::string const& command : session.commands) {
        std::string const reply = conversation.hear(octets_of(command));
        said += reply;
        if (reply.empty())
            said += conversation.is_over() ? "<connection closed>\r\n" : "<timeout>\r\n";
    }
    return split_replies(said);
}

struct Agreement {
    bool codes = false; // of the reply that the session is about, the enhanced one included
    bool words = false; // of the same
    bool everything = false;
    std::string first_difference;
};

/// The place of the reply that the session is about: the last before the goodbye.
std::size_t place_of_subject(RecordedSession const& session) {
    for (std::size_t i = session.replies.size(); i-- > 1;) {
        ParsedReply const reply = parse_reply(session.replies[i]);
        if (reply.code == session.code && (session.commands[i - 1] != "QUIT" || i == 1))
            return i;
    }
    return session.replies.size() - 1;
}

Agreement compare(RecordedSession const& session, std::vector<std::string> const& replies) {
    Agreement agreement;
    std::size_t const place = place_of_subject(session);
    if (place < replies.size()) {
        ParsedReply const wanted = parse_reply(without_chance(session.replies[place]));
        ParsedReply const got = parse_reply(without_chance(replies[place]));
        agreement.codes = got.code == wanted.code && got.enhanced == wanted.enhanced;
        agreement.words = got.text == wanted.text;
    }
    agreement.everything = replies.size() == session.replies.size();
    for (std::size_t i = 0; i < std::min(replies.size(), session.replies.size()); ++i) {
        std::string const wanted = without_chance(session.replies[i]);
        std::string const got = without_chance(replies[i]);
        bool const same = got == wanted || (got.starts_with("<conn") && wanted == "<ConnectionResetError>");
        agreement.everything = agreement.everything && same;
        if (!same && agreement.first_difference.empty())
            agreement.first_difference = "it said " + wanted + "\n   we say " + got;
    }
    return agreement;
}

struct Share {
    int sessions = 0;
    int codes = 0;
    int words = 0;
    int everything = 0;
};

bool is_measured(std::string const& voice) {
    return std::find(measured_voices.begin(), measured_voices.end(), voice) != measured_voices.end();
}

} // namespace

TEST_CASE("The servers answer as real ones have answered") {
    std::map<std::string, Share> shares;
    std::set<std::string> differing;
    for (RecordedSession const& session : recorded_sessions("replies.jsonl")) {
        if (!is_measured(session.voice))
            continue;
        std::vector<std::string> const replies = replay(session);
        Agreement const agreement = compare(session, replies);
        Share& share = shares[session.voice];
        ++share.sessions;
        share.codes += agreement.codes ? 1 : 0;
        share.words += agreement.words ? 1 : 0;
        share.everything += agreement.everything ? 1 : 0;
        if (agreement.everything && agreement.codes && agreement.words)
            continue;
        std::string const id = session.voice + "/" + session.name;
        differing.insert(id);
        bool const is_known = std::any_of(known_differences.begin(), known_differences.end(),
                                          [&](KnownDifference const& known) { return known.session == id; });
        INFO(id << ": " << session.what << "\n   " << agreement.first_difference);
        CHECK(is_known);
    }
    for (KnownDifference const& known : known_differences) {
        INFO(known.session << " agrees now: take it out of the list");
        CHECK(differing.contains(std::string{known.session}));
    }
    CHECK(shares.size() == measured_voices.size());
    for (auto const& [voice, share] : shares) {
        std::string const line = voice + ": of " + std::to_string(share.sessions) + " sessions " +
                                 std::to_string(share.codes) + " agree in codes, " +
                                 std::to_string(share.words) + " in words, " +
                                 std::to_string(share.everything) + " in every reply";
        std::cout << line << "\n";
        INFO(line);
        CHECK(share.sessions == 112);
        CHECK(share.codes * 100 >= share.sessions * 97);
        CHECK(share.words * 100 >= share.sessions * 95);
    }
}

TEST_CASE("The servers answer as real ones did when they were asked once more, and other things") {
    std::map<std::string, Share> shares;
    std::set<std::string> differing;
    for (RecordedSession const& session : recorded_sessions("more_replies.jsonl")) {
        Agreement const agreement = compare(session, replay(session));
        Share& share = shares[session.voice];
        ++share.sessions;
        share.everything += agreement.everything ? 1 : 0;
        if (agreement.everything)
            continue;
        std::string const id = session.voice + "/" + session.name;
        differing.insert(id);
        bool const is_known = std::any_of(known_further.begin(), known_further.end(),
                                          [&](KnownDifference const& known) { return known.session == id; });
        INFO(id << ": " << session.what << "\n   " << agreement.first_difference);
        CHECK(is_known);
    }
    for (KnownDifference const& known : known_further) {
        INFO(known.session << " agrees now: take it out of the list");
        CHECK(differing.contains(std::string{known.session}));
    }
    CHECK(shares.size() == measured_voices.size());
    for (auto const& [voice, share] : shares) {
        INFO(voice << ": of " << share.sessions << " sessions " << share.everything << " agree");
        CHECK(share.sessions >= 40);
        CHECK(share.everything * 100 >= share.sessions * 90);
    }
}
