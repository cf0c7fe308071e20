// What a server is told to say, and what a domain's address is told to be.
#include "loading.hpp"

#include <fmt/format.h>

using namespace mailflow;
using namespace mailflow::test;

namespace {

std::string with_answers(std::string_view members) {
    return fmt::format(R"({{ "format": 1, "servers": {{ "a.example": {{ "answers": {{ {} }} }} }} }})",
                       members);
}

ScriptedAnswers answers_of(std::string_view members) {
    return world_of(with_answers(members)).servers[ServerId{0}].policy.answers.value();
}

} // namespace

TEST_CASE("A server is told what to say: code, perhaps an enhanced code, and text, or to break the line") {
    ScriptedAnswers const answers = answers_of(
        R"("greeting": "554 5.3.2 no service", "mail": "drop", "rcpt": "452 4.2.2 <{address}> is full",
           "content": "451 4.3 later", "times": 2)");
    CHECK(to_line(answers.greeting.value().reply) == "554 5.3.2 no service");
    CHECK(answers.greeting.value().reply.enhanced == EnhancedCode{5, 3, 2});
    CHECK(answers.mail.value().drops);
    CHECK(answers.rcpt.value().reply.lines.front() == "<{address}> is full");
    CHECK_FALSE(answers.content.value().reply.enhanced);
    CHECK(answers.content.value().reply.lines.front() == "4.3 later");
    CHECK(answers.times == 2U);
    CHECK_FALSE(answers_of(R"("rcpt": "550 no")").greeting);
    CHECK_FALSE(answers_of("").times);
}

TEST_CASE("Replies that refuse nothing, or contradict themselves, are no answers") {
    for (char const* reply :
         {"250 ok", "354 go on", "no", "55 no", "550", "550no", "660 no", "452 5.2.2 full"}) {
        INFO(reply);
        auto const complaints = complaints_about(with_answers(fmt::format(R"("rcpt": "{}")", reply)));
        REQUIRE(complaints.size() == 1);
        CHECK(complaints.front().find("is no reply that refuses") != std::string::npos);
    }
}

TEST_CASE("The address of a domain leads to a machine of the file, to nobody, or to whoever asks") {
    World const world = world_of(R"({ "format": 1, "networks": { "n": { "range": "192.0.2.0/24" } },
      "servers": { "a.example": { "network": "n" } },
      "dns": { "b.example": { "address": "192.0.2.1" }, "c.example": { "address": "127.0.0.1" },
               "d.example": { "address": "198.51.100.7" } } })");
    CHECK(records_of(world, "b.example").address == world.servers[ServerId{0}].host);
    CHECK_FALSE(is_loopback(records_of(world, "b.example")));
    CHECK(is_loopback(records_of(world, "c.example")));
    CHECK_FALSE(is_loopback(records_of(world, "d.example")));
    CHECK(to_text(address_in(world, records_of(world, "d.example"))) == "198.51.100.7");
}
