// Every letter that the simulated servers write, in the words of each software, is read back: who wrote it,
// about whom, and why. The trace knows the truth; the reader sees the text alone.
#include "bounce/notice.hpp"
#include "bounce/recognition.hpp"
#include "bounce/written.hpp"

#include <algorithm>

using namespace mailflow;

namespace {

/// What the reader makes of the text; empty when all of it is right.
std::string misread(Written const& letter, std::string const& text, bool whole) {
    Notice const notice = read_notice(text);
    if (notice.recipients.size() != 1)
        return "recipients";
    NoticeRecipient const& read = notice.recipients.front();
    if (whole && notice.reporting_server != letter.reporting_server)
        return "reporting server " + notice.reporting_server;
    if (read.address != letter.recipient && read.address != letter.led_to)
        return "address " + read.address;
    bool const same_remote =
        read.remote_server == letter.remote_server || read.remote_address == letter.remote_address;
    if (whole && !letter.remote_server.empty() && !read.remote_server.empty() && !same_remote)
        return "remote server " + read.remote_server;
    std::vector<Cause> const causes = recognise(read.words, read.status).causes;
    bool const right = std::find_first_of(causes.begin(), causes.end(), letter.causes.begin(),
                                          letter.causes.end()) != causes.end();
    if (!right)
        return "cause " + std::string{causes.empty() ? "nothing" : name_of(causes.front())} + " out of " +
               read.words;
    return {};
}

} // namespace

TEST_CASE("every letter of the library is understood, in the words of each software") {
    for (std::size_t i = 0; i < software_names.size(); ++i) {
        std::vector<Written> const letters = letters_in(static_cast<Software>(i));
        INFO(software_names[i]);
        CHECK(letters.size() > 20);
        for (Written const& letter : letters) {
            INFO(letter.text);
            CHECK(misread(letter, letter.text, true) == "");
        }
    }
}

TEST_CASE("the part for people is enough to tell whom it is about, and why") {
    for (std::size_t i = 0; i < software_names.size(); ++i)
        for (Written const& letter : letters_in(static_cast<Software>(i))) {
            INFO(software_names[i] << ": " << letter.human);
            CHECK(misread(letter, letter.human, false) == "");
        }
}
