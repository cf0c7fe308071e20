// Addresses that ask their host to pass the mail on, and whom each software takes them for.
#include "catch.hpp"

#include "policy/decide.hpp"
#include "policy/lists/lists.hpp"

using namespace mailflow;

namespace {

/// What a server that handles example.org, as mx.example.org, reads in the address.
std::string read_by(Software software, std::string const& local_part, std::string const& domain) {
    AddressBook book;
    ServerPolicy server;
    server.software = software;
    server.own_name = book.add_domain("mx.example.org");
    server.handles = {book.add_domain("example.org")};
    return book.text(resolve(server, book, book.add_address({local_part, domain})));
}

} // namespace

TEST_CASE("Postfix follows what an address of its own asks for, step by step") {
    auto const read = [](std::string const& local_part, std::string const& domain = "example.org") {
        return read_by(Software::postfix, local_part, domain);
    };
    CHECK(read("alice") == "alice@example.org");
    CHECK(read("rcpt%foreign.example") == "rcpt@foreign.example");
    CHECK(read("foreign.example!rcpt") == "rcpt@foreign.example");
    CHECK(read("\"rcpt@foreign.example\"") == "rcpt@foreign.example");
    CHECK(read("\"rcpt%foreign.example\"") == "rcpt@foreign.example");
    CHECK(read("rcpt%foreign.example", "mx.example.org") == "rcpt@foreign.example");
    CHECK(read("rcpt%foreign.example%example.org") == "rcpt@foreign.example");
    CHECK(read("\"rcpt%foreign.example@mx.example.org\"") == "rcpt@foreign.example");
    CHECK(read("a.example!b.example!rcpt") == "b.example!rcpt@a.example"); // the rest is a.example's business
    CHECK(read("bang.example!rcpt%percent.example") == "rcpt%percent.example@bang.example");
}

TEST_CASE("addresses of others, and what is no address, are left as they are") {
    for (Software const software : {Software::postfix, Software::exim, Software::qmail}) {
        CHECK(read_by(software, "rcpt%foreign.example", "partner.example") ==
              "rcpt%foreign.example@partner.example");
        CHECK(read_by(software, "100%", "example.org") == "100%@example.org");
        CHECK(read_by(software, "!", "example.org") == "!@example.org");
        CHECK(read_by(software, "a%-b-", "example.org") == "a%-b-@example.org");
    }
    CHECK(read_by(Software::exim, "rcpt%foreign.example", "example.org") ==
          "rcpt%foreign.example@example.org");
}

TEST_CASE("the deepest address that fits is unwrapped in the end") {
    std::string local_part = "a";
    for (int i = 0; i < 15; ++i)
        local_part += "%b.c";
    CHECK(read_by(Software::postfix, local_part, "example.org").ends_with("@b.c"));
}

TEST_CASE("every software has its lists, and all of them end") {
    for (std::size_t i = 0; i < software_names.size(); ++i) {
        auto const software = static_cast<Software>(i);
        for (RuleListId const list : {RuleListId::relay, RuleListId::submission, RuleListId::spam,
                                      RuleListId::recipient, RuleListId::sender}) {
            auto const rules = rules_of(software, list);
            CAPTURE(software_names[i], static_cast<int>(list));
            CHECK((!rules.empty() || list == RuleListId::sender));
            CHECK(rules.size() <= longest_rule_list);
            if (!rules.empty())
                CHECK(rule(rules.back()).stands == nullptr);
        }
    }
}
