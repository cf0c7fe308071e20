// Every letter that the simulated servers write, in the words of each software, is read back: who wrote it,
// about whom, and why. The trace knows the truth; the reader sees the text alone.
#include "bounce/notice.hpp"
#include "bounce/recognition.hpp"

#include "report/letter.hpp"
#include "report/library.hpp"
#include "report/trace_index.hpp"

#include <algorithm>

using namespace mailflow;

namespace {

struct Written {
    std::string text;  // the whole letter
    std::string human; // only the part for people
    std::string reporting_server;
    std::string recipient;     // as the message had it
    std::string led_to;        // where aliases led it
    std::string remote_server; // empty: the reporting server found out by itself
    std::string remote_address;
    std::vector<Cause> causes; // what kept it back, and that the time was over where it was
};

/// The letters about one recipient each, with what the trace knows of them.
std::vector<Written> letters_of(World const& world) {
    Trace const trace = run(world);
    TraceIndex const index = index_of(world, trace);
    std::vector<Written> letters;
    for (auto const& [bounce, settled] : index.returned) {
        if (settled.size() != 1 || settled.front().reason == Reason::scripted_answer)
            continue;
        RecipientSettled const& end = settled.front();
        bool const remote = end.session.valid() && !is_diagnosis(end.saying);
        Host const* const other = remote ? &world.hosts[trace.sessions[end.session].server] : nullptr;
        std::vector<Cause> causes{cause_of(end.saying)};
        if (end.reason == Reason::expired)
            causes.push_back(Cause::expired);
        Letter const letter = letter_of(world, trace, index, bounce);
        letters.push_back({to_text(letter), letter.human, world.hosts[trace.messages[bounce].origin].name,
                           world.book.text(trace.recipients[end.recipient].address),
                           world.book.text(index.settling[end.recipient.index].address),
                           other ? other->name : "", other ? to_text(other->address) : "", causes});
    }
    return letters;
}

/// All letters of the library, as if all servers ran this software.
std::vector<Written> letters_in(Software software) {
    std::vector<Written> all;
    for (auto const& file : library_files()) {
        World world = world_of(text_of(file));
        for (Server& server : world.servers)
            server.policy.software = software;
        std::vector<Written> const letters = letters_of(world);
        constexpr std::size_t enough = 5; // backscatter repeats itself
        all.insert(all.end(), letters.begin(),
                   letters.begin() + static_cast<std::ptrdiff_t>(std::min(enough, letters.size())));
    }
    return all;
}

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
