// Bounces, answers and lines of logs as the servers of the world outside write them
// (tests/bounce/world/*.txt): each with the cause that is known, and what is to be told of it.
#include "bounce/meaning.hpp"
#include "bounce/notice.hpp"
#include "catch.hpp"

#include "base/text.hpp"

#include <filesystem>
#include <fstream>
#include <map>

using namespace mailflow;

namespace {

/// "=== NAME", then a line "key value" for each thing to be told, "---", and the text up to the next one.
struct Case {
    std::string name;
    std::map<std::string, std::string> told;
    std::string text;
};

std::vector<Case> cases_in(std::filesystem::path const& file) {
    std::ifstream stream{file};
    std::vector<Case> cases;
    bool in_text = false;
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with("=== ")) {
            cases.push_back({line.substr(4), {}, {}});
            in_text = false;
        } else if (in_text) {
            cases.back().text += line + "\n";
        } else if (line == "---") {
            in_text = true;
        } else {
            std::size_t const blank = std::min(line.find(' '), line.size());
            cases.back().told[line.substr(0, blank)] = line.substr(std::min(blank + 1, line.size()));
        }
    }
    return cases;
}

std::string kind_of(Notice const& notice, NoticeRecipient const& recipient) {
    if (notice.log_of)
        return "log";
    if (!notice.letter)
        return "answer";
    return is_success(recipient) ? "success" : recipient.action == "delayed" ? "warning" : "bounce";
}

std::string action_of(NoticeRecipient const& recipient) {
    return recipient.caller.empty() ? recipient.action : "refused";
}

std::string who_of(Notice const& notice, NoticeRecipient const& recipient, Cause cause) {
    std::string who;
    for (Counsel const& counsel : counsel_on(notice, recipient, cause))
        who += (who.empty() ? "" : "; ") + counsel.who;
    return who;
}

/// What the first of them has to do.
std::string advice_of(Notice const& notice, NoticeRecipient const& recipient, Cause cause) {
    std::vector<Counsel> const counsels = counsel_on(notice, recipient, cause);
    return counsels.empty() ? "" : counsels.front().what;
}

} // namespace

TEST_CASE("what servers of the world outside write is read for what it is") {
    std::size_t count = 0;
    for (char const* const name : {"providers.txt", "servers.txt", "reports.txt"})
        for (Case const& one :
             cases_in(std::filesystem::path{MAILFLOW_SOURCE_DIR} / "tests/bounce/world" / name)) {
            INFO(one.name << "\n" << one.text);
            ++count;
            Notice const notice = read_notice(one.text);
            CHECK(notice.recipients.size() == 1);
            if (notice.recipients.empty())
                continue;
            NoticeRecipient const& recipient = notice.recipients.front();
            std::vector<Cause> const causes = recognise(recipient.words, recipient.status).causes;
            Cause const cause = causes.empty() ? Cause::unknown : causes.front();
            std::map<std::string, std::string> const read{{"about", recipient.address},
                                                          {"cause", std::string{name_of(cause)}},
                                                          {"kind", kind_of(notice, recipient)},
                                                          {"action", action_of(recipient)},
                                                          {"remote", recipient.remote_server.empty()
                                                                         ? recipient.remote_address
                                                                         : recipient.remote_server},
                                                          {"writer", notice.reporting_server},
                                                          {"who", who_of(notice, recipient, cause)},
                                                          {"account", account_of(notice, recipient, cause)},
                                                          {"advice", advice_of(notice, recipient, cause)}};
            for (auto const& [key, value] : one.told) {
                INFO(key);
                CHECK(read.at(key) == value);
            }
        }
    CHECK(count > 130);
}
