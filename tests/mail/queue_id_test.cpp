// What servers call the messages that they take.
#include "catch.hpp"

#include "mail/queue_id.hpp"

#include <regex>
#include <set>

using namespace mailflow;

TEST_CASE("queue ids look like those of their software, and differ") {
    struct Form {
        Software software;
        std::string written; // ECMAScript
    };
    for (Form const& form : {Form{Software::postfix, "[0-9A-F]{9}"},
                             {Software::exim, "[0-9A-Za-z]{6}-[0-9A-Za-z]{6}-[0-9A-Za-z]{2}"},
                             {Software::sendmail, "[0-9A-Za-x]{8}[0-9]{6}"},
                             {Software::opensmtpd, "[0-9a-f]{8}"},
                             {Software::exchange, "[0-9A-F]{9}"}}) {
        INFO(software_names[static_cast<std::size_t>(form.software)]);
        std::regex const right{form.written};
        std::set<std::string> ids;
        std::size_t wrong = 0;
        for (std::uint32_t number = 0; number < 10'000; ++number) {
            std::string const id = queue_id(form.software, number);
            wrong += std::regex_match(id, right) ? 0U : 1U;
            ids.insert(id);
        }
        CHECK(wrong == 0);
        CHECK(ids.size() == 10'000);
    }
}

TEST_CASE("qmail calls a message by the number of a process") {
    for (std::uint32_t number = 0; number < 10'000; ++number) {
        unsigned long const process = std::stoul(queue_id(Software::qmail, number));
        CHECK(process >= 300);
        CHECK(process < 32'768);
    }
    CHECK(queue_id(Software::qmail, 0) != queue_id(Software::qmail, 1));
}
