// Small worlds written from the contract of the scenario format alone, each with what real servers would do
// in it; their files check themselves.
#include "library.hpp"

#include "report/expect.hpp"
#include "report/story/story.hpp"
#include "report/summary.hpp"

#include <sstream>

using namespace mailflow;

namespace {

std::vector<std::filesystem::path> world_files() {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator{MAILFLOW_SOURCE_DIR "/tests/contract"})
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

TEST_CASE("every world that is written from the contract comes out as real servers have it") {
    CHECK(world_files().size() > 50);
    for (std::filesystem::path const& file : world_files()) {
        INFO(file.filename().string());
        World const world = world_of(text_of(file));
        Trace const trace = run(world);
        Summary const summary = summarize(world, trace);
        Verification const verification = verify(world, trace, summary);
        CHECK(verification.failed == std::vector<std::string>{});
        CHECK(verification.met > 0);
        Totals const& totals = summary.totals;
        CHECK(totals.recipients ==
              totals.delivered + totals.refused + totals.bounced + totals.queued + totals.discarded);
    }
}

TEST_CASE("wherever something is refused for good, the story says who has to mend it") {
    for (std::filesystem::path const& file : world_files()) {
        INFO(file.filename().string());
        World const world = world_of(text_of(file));
        Trace const trace = run(world);
        Summary const summary = summarize(world, trace);
        bool const is_refused = std::any_of(
            summary.recipients.begin(), summary.recipients.end(), [](RecipientSummary const& came) {
                return came.outcome == Outcome::refused || came.outcome == Outcome::bounced;
            });
        bool const is_well = summary.totals.delivered == summary.totals.recipients;
        std::string const told = story(world, trace, Detail::servers, Colour::off);
        bool const says_who = told.find("Who has to mend it") != std::string::npos;
        CHECK((says_who || !is_refused));
        CHECK((!says_who || !is_well));
    }
}

TEST_CASE("who has to mend it is whoever can") {
    struct Answer {
        char const* file;
        char const* words;
    };
    for (Answer const& answer :
         {Answer{"tests/contract/alias-away",
                 "The postmaster of mx1.shop.example: An alias of this server leads "
                 "to nobody@isp.example, but nobody of that name has a mailbox there."},
          Answer{"tests/contract/smarthost-stranger",
                 "The postmaster of mail.isp.example: The server is told "
                 "to hand this mail to relay.example, and "
                 "relay.example does not know it."},
          Answer{"tests/contract/via-without-rights",
                 "Maya: mail.hotel.example has no account for you, and does well"},
          Answer{"tests/contract/5xx-is-final",
                 "because mx1.shop.example had not been told that it handles shop.example. It was for the "
                 "postmaster of mx1.shop.example to mend"},
          Answer{"tests/contract/blocked-25", "Whoever runs the network of mail.isp.example"},
          Answer{"tests/contract/domain-gained", "Nobody: The DNS knows shop.example by now"},
          Answer{"tests/contract/mx-unknown-host", "Whoever keeps the DNS records of u.example"},
          Answer{"tests/contract/dns-of-own-server-fails",
                 "Whoever keeps the DNS records of mail.isp.example: The name servers give no usable answer"},
          Answer{"scenarios/16-old-answer", "Nobody: The DNS names another server for shop.example by now"},
          Answer{"scenarios/17-tester-inside",
                 "Ines: mail.isp.example has no account for you, and does well"},
          Answer{"scenarios/22-mailbox-full",
                 "Whoever owns the mailbox eve@club.example: The mailbox is full."},
          Answer{"scenarios/27-company-smarthost",
                 "The postmaster of mail.office.example: relay.isp.example does "
                 "not accept the name and password"}}) {
        INFO(answer.file);
        World const world = world_of(text_of(std::string{MAILFLOW_SOURCE_DIR "/"} + answer.file + ".json"));
        std::istringstream words{story(world, run(world), Detail::servers, Colour::off)};
        std::string told;
        for (std::string word; words >> word;)
            told += (told.empty() ? "" : " ") + word;
        CHECK(told.find(answer.words) != std::string::npos);
    }
}
