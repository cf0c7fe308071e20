// The parameters of MAIL and RCPT, after a software's table of them.
#include "catch.hpp"

#include "smtp/parameters.hpp"

#include <array>
#include <string>

using namespace mailflow;

namespace {

constexpr std::array known{
    ParameterForm{.keyword = "SIZE", .value = ParameterValue::number, .bare = Flaw::missing_value},
    ParameterForm{"BODY", ParameterValue::body},
    ParameterForm{"RET", ParameterValue::ret, Flaw::bad_value, Flaw::missing_value, true},
    ParameterForm{"ENVID", ParameterValue::loose_xtext, Flaw::bad_value},
    ParameterForm{"NOTIFY", ParameterValue::notify, Flaw::bad_value},
    ParameterForm{"ORCPT", ParameterValue::original_recipient, Flaw::bad_value},
    ParameterForm{"SMTPUTF8", ParameterValue::nothing},
};

Flaw flaw_of(std::string_view text) {
    return read_parameters(text, known).flaw;
}

} // namespace

TEST_CASE("parameters are read up to the first that is wrong") {
    CHECK(read_parameters("size=1000 BODY=8BITMIME", known).size_bytes == 1000);
    CHECK(flaw_of("") == Flaw::none);
    CHECK(flaw_of("  SIZE=1   ret=hdrs ENVID=a+2Bb SMTPUTF8") == Flaw::none);
    Parameters const unknown = read_parameters("SIZE=1 FOO=BAR BAZ", known);
    CHECK(unknown.flaw == Flaw::unknown_parameter);
    CHECK(unknown.offending == "FOO=BAR");
}

TEST_CASE("a size is a number that can be counted") {
    CHECK(flaw_of("SIZE=abc") == Flaw::bad_size);
    CHECK(flaw_of("SIZE=") == Flaw::bad_size);
    CHECK(flaw_of("SIZE=1.5") == Flaw::bad_size);
    CHECK(flaw_of("SIZE=99999999999999999999999") == Flaw::huge_size);
    CHECK(flaw_of("SIZE=-1") == Flaw::negative_size);
    CHECK(flaw_of("SIZE=-x") == Flaw::bad_size);
    CHECK(flaw_of("SIZE") == Flaw::missing_value);
}

TEST_CASE("where keywords bound them, whatever can be none parts parameters") {
    auto const read = [](std::string_view text) {
        return read_parameters(text, known, ParameterBounds::keyword_and_value);
    };
    CHECK(read("SIZE=1 ret=hdrs\tENVID=a+2Bb").flaw == Flaw::none);
    CHECK(read("SIZE=5 SIZE=6").size_bytes == 6);
    CHECK(read("BODY= 5").flaw == Flaw::unknown_parameter);
    CHECK(read("SIZE=5=6").offending == "6");
    CHECK(read("SIZE:5").flaw == Flaw::missing_value);
    CHECK(read("F_OO").offending == "F");
    CHECK(read("(c)").flaw == Flaw::unknown_parameter);
    CHECK(read("ENVID=a=b").offending == "b");
}

TEST_CASE("values have a form, and what else they are is the software's to say") {
    CHECK(flaw_of("BODY=FOO") == Flaw::unknown_parameter);
    CHECK(flaw_of("BODY") == Flaw::unknown_parameter);
    CHECK(flaw_of("SMTPUTF8=1") == Flaw::unknown_parameter);
    CHECK(flaw_of("RET=FOO") == Flaw::bad_value);
    CHECK(flaw_of("RET") == Flaw::missing_value);
    CHECK(flaw_of("RET=HDRS RET=FULL") == Flaw::repeated_parameter);
    for (char const* bad : {"ENVID=", "ENVID=a+b", "ENVID=a+", "ORCPT=foo", "ORCPT=", "ORCPT=;x"})
        CHECK(flaw_of(bad) == Flaw::bad_value);
    CHECK(flaw_of("ORCPT=rfc822;alice@example.org") == Flaw::none);
}

TEST_CASE("NEVER is notified of alone") {
    for (char const* fine : {"NOTIFY=NEVER", "NOTIFY=SUCCESS,delay", "NOTIFY=FAILURE"})
        CHECK(flaw_of(fine) == Flaw::none);
    CHECK(read_parameters("NOTIFY=NEVER,SUCCESS", known).value == "NEVER");
    CHECK(read_parameters("NOTIFY=DELAY,FOO", known).value == "FOO");
    CHECK(flaw_of("NOTIFY=") == Flaw::bad_value);
}

TEST_CASE("some servers take lists and xtext as loosely as they decode them") {
    static constexpr std::array loose{
        ParameterForm{"ENVID", ParameterValue::loose_xtext, Flaw::bad_value},
        ParameterForm{"NOTIFY", ParameterValue::loose_notify, Flaw::bad_value},
        ParameterForm{"ORCPT", ParameterValue::loose_recipient, Flaw::bad_value},
    };
    for (char const* fine : {"NOTIFY=NEVER,NEVER", "NOTIFY=SUCCESS,", "NOTIFY=,delay,,DELAY", "ENVID=a=b",
                             "ENVID=+2b", "ORCPT=rfc822;a=b", "ORCPT=rfc822;"}) {
        INFO(fine);
        CHECK(read_parameters(fine, loose).flaw == Flaw::none);
    }
    for (char const* bad : {"NOTIFY=", "NOTIFY=,", "NOTIFY=NEVER,DELAY", "NOTIFY=DELAY,FOO",
                            "ENVID=", "ENVID=+2", "ORCPT=rfc822;a+b", "ORCPT=;a"}) {
        INFO(bad);
        CHECK(read_parameters(bad, loose).flaw == Flaw::bad_value);
    }
}
