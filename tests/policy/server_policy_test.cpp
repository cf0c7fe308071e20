// Looking things up in a server's settings.
#include "policy/settings.hpp"

using namespace mailflow;
using namespace mailflow::testing;

TEST_CASE("domains are found whatever the order in which they were set") {
    Desk desk{{.handles = {"c.example", "a.example", "b.example"}}};
    for (char const* name : {"a.example", "b.example", "c.example"}) {
        auto const place = handled_at(desk.server(), desk.book().add_domain(name));
        REQUIRE(place.has_value());
        CHECK(desk.book().name(desk.server().handles[*place]) == name);
    }
    CHECK_FALSE(handled_at(desk.server(), desk.book().add_domain("d.example")).has_value());
    CHECK_FALSE(handled_at(desk.server(), desk.book().add_domain("x.a.example")).has_value());
    CHECK_FALSE(handled_at(desk.server(), *desk.book().find_domain("example")).has_value());
}

TEST_CASE("of two relayed domains the nearest above is found") {
    Desk desk{{.relays_for = {"partner.example", "eu.partner.example"}}};
    auto const listed = [&desk](char const* name) {
        auto const place = relayed_at(desk.server(), desk.book(), desk.book().add_domain(name));
        return place ? desk.book().name(desk.server().relays_for[*place]) : std::string{};
    };
    CHECK(listed("partner.example") == "partner.example");
    CHECK(listed("us.partner.example") == "partner.example");
    CHECK(listed("eu.partner.example") == "eu.partner.example");
    CHECK(listed("mail.eu.partner.example") == "eu.partner.example");
    CHECK(listed("example").empty());
    CHECK(listed("other.example").empty());
}

TEST_CASE("accounts are found by their whole name, in any case of its letters") {
    Desk desk{{}};
    CHECK(account_at(desk.server(), "maya") == 0U);
    CHECK(account_at(desk.server(), "zoe") == 1U);
    CHECK(account_at(desk.server(), "MAYA") == 0U);
    CHECK(account_at(desk.server(), "Zoe") == 1U);
    for (char const* name : {"", "a", "may", "mayaa", "MAY", "nobody", "zzz", "m\xc3\x84ya"})
        CHECK_FALSE(account_at(desk.server(), name).has_value());
}

TEST_CASE("mailboxes are found by their name in any case") {
    Desk desk{{.handles = {"isp.example"}, .mailboxes = {"zoe", "Maya"}}};
    CHECK(has_mailbox(desk.server(), desk.book(), desk.book().add_local_part("MAYA")));
    CHECK(has_mailbox(desk.server(), desk.book(), desk.book().add_local_part("zoe")));
    CHECK(has_mailbox(desk.server(), desk.book(), desk.book().add_local_part("Postmaster")));
    CHECK_FALSE(has_mailbox(desk.server(), desk.book(), desk.book().add_local_part("leo")));
}
