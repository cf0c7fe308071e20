#include "bench/jsonl_reference.hpp"
#include "catch.hpp"

using mailflow::bench::JsonlReference;

TEST_CASE("the reference of the workload jsonl writes the very lines that it was given") {
    std::string const lines =
        "{\"at_s\":0.0,\"kind\":\"a {brace} and \\\"quotes\\\"\",\"n\":12,\"list\":[],"
        "\"texts\":[\"x\",\"y:z\"],\"b\":true,\"none\":null}\n"
        "{\"at_s\":2740.593,\"cached\":false,\"code\":250,\"rules\":[{\"rule\":\"r\"}]}\n";
    JsonlReference const reference{lines};
    CHECK(reference.size() == 2);
    std::string written;
    reference.write([&](std::string_view chunk) { written += chunk; });
    CHECK(written == lines);
}
