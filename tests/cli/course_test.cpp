// scenarios/README.md is the course as the files tell it; UPDATE_GOLDEN=1 writes it anew.
#include "cli/process.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

namespace {

std::vector<std::filesystem::path> course() {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator{MAILFLOW_SOURCE_DIR "/scenarios"})
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

/// What has to be shown, and the scenarios that show it.
struct Row {
    std::string_view what;
    std::vector<std::string_view> shown_by;
};

std::vector<Row> const rows{
    {"The magic picture, and what is behind it", {"01-magic"}},
    {"Submission: the mail program logs in at its own provider's server", {"01-magic", "03-authenticated"}},
    {"MX look-up: preference, fall-back, no MX, null MX, no such domain, trouble",
     {"08-dns-answers", "12-mistyped-domain"}},
    {"... and how long answers are kept", {"16-old-answer"}},
    {"Server to server: whoever handles the domain takes the message from anyone",
     {"01-magic", "05-handled-domain"}},
    {"The mailbox: the part before the @, known or not, full, or leading elsewhere",
     {"11-mistyped-name", "22-mailbox-full", "28-aliases"}},
    {"Download: POP3 and IMAP, one device or several", {"07-two-devices"}},
    {"Relays: the provider's own server, for whoever logs in", {"03-authenticated"}},
    {"... from hand to hand in the early internet", {"25-early-internet"}},
    {"... a provider that blocks port 25", {"26-port-25-blocked"}},
    {"... a company's smarthost", {"27-company-smarthost"}},
    {"... a backup MX", {"23-backup-mx"}},
    {"... a gateway before a company's server", {"36-backscatter"}},
    {"... that lead in a circle", {"47-round-and-round"}},
    {"The rule: logged in, or the domain is handled here, or relaying is denied",
     {"02-relaying-denied", "03-authenticated", "04-trusted-network", "05-handled-domain",
      "33-names-in-the-dns"}},
    {"Open relays: once common, today a hole", {"06-open-relay"}},
    {"... found by probing", {"43-probing", "44-two-closed-servers"}},
    {"... abused: no accountability, listed, honest mail refused", {"34-open-relay-abused"}},
    {"... the queue grows", {"37-queue-of-spam"}},
    {"... bounces rain on a forged victim", {"36-backscatter"}},
    {"A spammer at a closed server", {"35-closed-relay-holds"}},
    {"Bots that go straight to the MX", {"38-bot-without-patience", "39-bot-on-a-blocklist"}},
    {"... and what somebody on a blocklist can still do", {"48-asking-the-postmaster"}},
    {"A stolen account", {"40-stolen-account"}},
    {"Names that are guessed", {"41-guessed-names"}},
    {"A flood", {"42-too-many-at-once"}},
    {"Numbers instead of single messages: a day's mail of many people, and the spam in it",
     {"45-a-town-writes", "46-half-of-it-is-spam"}},
    {"Culprits: no login; repaired", {"02-relaying-denied", "03-authenticated"}},
    {"... a wrong password; repaired", {"09-wrong-password"}},
    {"... a wrong outgoing server; repaired", {"10-wrong-server"}},
    {"... a mistyped address; repaired", {"11-mistyped-name", "12-mistyped-domain"}},
    {"... a server that was never told that it handles the domain; repaired",
     {"13-domain-not-set-up", "14-admin-mends-it"}},
    {"... an MX record that points at the wrong server; repaired", {"15-mx-points-wrong"}},
    {"... a backup MX that was not told to relay; repaired", {"24-backup-not-told"}},
    {"... a tester inside the trusted network", {"17-tester-inside"}},
    {"What to do: try again later, for hours", {"18-hours-of-waiting", "20-line-is-cut", "21-greylisting"}},
    {"... and in the end give up", {"19-gave-up"}},
    {"... the postmaster mends it while the clock runs", {"14-admin-mends-it"}},
    {"The traveller: at home trusted, in the hotel not", {"02-relaying-denied", "04-trusted-network"}},
    {"... who logs in", {"03-authenticated"}},
    {"... who checks mail first", {"31-pop-before-smtp"}},
    {"... who uses the hotel's own server, and may still be refused",
     {"29-hotels-server", "30-hotel-refused"}},
    {"... who writes web mail, with a blind copy to herself", {"32-web-mail"}},
    {"The bounce: who wrote it, which server refused, line by line (`--detail protocol`; "
     "`mailflow explain` tells what each line means)",
     {"13-domain-not-set-up", "11-mistyped-name"}},
    {"Accountability: from the spam back to where it got in",
     {"34-open-relay-abused", "40-stolen-account", "44-two-closed-servers"}},
};

std::string table_of_rows() {
    std::string table = "\n## What is shown where\n\n| what | scenarios |\n|---|---|\n";
    for (Row const& row : rows) {
        table += "| " + std::string{row.what} + " | ";
        for (std::string_view const name : row.shown_by)
            table += (name == row.shown_by.front() ? "[" : ", [") + std::string{name} + "](" +
                     std::string{name} + ".json)";
        table += " |\n";
    }
    return table;
}

std::string course_page() {
    std::string page =
        "# The scenarios\n\n"
        "A course from the magic picture to the business of spammers. Each file tells one thing and checks\n"
        "itself: `mailflow run scenarios/02-relaying-denied.json`, or `./run.sh` with the file for the\n"
        "window.\n\n"
        "| scenario | what it tells |\n|---|---|\n";
    for (std::filesystem::path const& file : course()) {
        auto const scenario = nlohmann::json::parse(content_of(file), nullptr, true, true);
        page += "| [" + file.stem().string() + "](" + file.filename().string() + ") | **" +
                scenario["title"].get<std::string>() + ".** " + scenario["summary"].get<std::string>() +
                " |\n";
    }
    return page + table_of_rows();
}

} // namespace

TEST_CASE("no file of the course is warned of") {
    std::string files;
    for (std::filesystem::path const& file : course())
        files += " " + shell_word(file);
    Ended const checked = mailflow_program("check" + files);
    CHECK(checked.status == 0);
    CHECK(checked.err.empty());
}

TEST_CASE("the page of the scenarios says what the scenarios say") {
    std::filesystem::path const page{MAILFLOW_SOURCE_DIR "/scenarios/README.md"};
    if (std::getenv("UPDATE_GOLDEN") != nullptr)
        write(page, course_page());
    CHECK(content_of(page) == course_page());
}

TEST_CASE("the scenarios are numbered without a gap") {
    int number = 0;
    for (std::filesystem::path const& file : course())
        CHECK(std::stoi(file.filename().string()) == ++number);
}

TEST_CASE("whatever has to be shown is shown by scenarios that there are, and each of them shows something") {
    std::vector<std::string> named;
    for (Row const& row : rows) {
        CHECK_FALSE(row.shown_by.empty());
        named.insert(named.end(), row.shown_by.begin(), row.shown_by.end());
    }
    std::sort(named.begin(), named.end());
    named.erase(std::unique(named.begin(), named.end()), named.end());
    std::vector<std::string> there;
    for (std::filesystem::path const& file : course())
        there.push_back(file.stem().string());
    CHECK(named == there);
}
