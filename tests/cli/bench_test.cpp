// What `mailflow bench` prints. How fast it is, no test asks.
#include "process.hpp"

#include <nlohmann/json.hpp>

using Json = nlohmann::json;

TEST_CASE("bench measures a named workload beside its reference, as JSON") {
    Ended const ended = mailflow_program("bench hold-1e3 --format json");
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    Json const measured = Json::parse(ended.out);
    REQUIRE(measured.size() == 1);
    CHECK(measured[0]["work"] == "hold-1e3");
    CHECK(measured[0]["events"].get<std::uint64_t>() > 100'000);
    CHECK(measured[0]["ns_per_event"].get<double>() > 0);
    CHECK(measured[0]["reference_ns_per_event"].get<double>() > 0);
    double const ratio =
        measured[0]["ns_per_event"].get<double>() / measured[0]["reference_ns_per_event"].get<double>();
    CHECK(measured[0]["ratio"].get<double>() == Approx(ratio).epsilon(0.01));
    CHECK(measured[0]["target_ratio"] == 1.25);
    CHECK(measured[0]["met"] == (measured[0]["ratio"].get<double>() <= 1.25));
    CHECK(measured[0]["memory_met"].is_null());
}

TEST_CASE("bench prints a table for people") {
    Ended const ended = mailflow_program("bench hold-1e3");
    CHECK(ended.status == 0);
    CHECK(ended.out.find("ns/event") != std::string::npos);
    CHECK(ended.out.find("\nhold-1e3 ") != std::string::npos);
    bool const met = ended.out.find(" 1.25 met ") != std::string::npos;
    bool const missed = ended.out.find(" 1.25 missed ") != std::string::npos;
    CHECK(met != missed);
}

TEST_CASE("bench starts the program, plays a batch and loads a world for its memory") {
    Ended const ended = mailflow_program("bench start-up batch-2-threads load-memory --format json");
    CHECK(ended.status == 0);
    Json const measured = Json::parse(ended.out);
    REQUIRE(measured.size() == 3);
    CHECK(measured[0]["reference_ns_per_event"] == 15e6);
    CHECK(measured[0]["ratio"].get<double>() > 0);
    CHECK(measured[1]["events"] == 30'000);
    CHECK(measured[1]["ratio"].get<double>() > 0.3); // two threads are not more than twice as fast
    CHECK(measured[2]["ratio"].get<double>() > 0.5); // and a world does not fit into half of its text
}

TEST_CASE("bench loads a large scenario beside the bare parse of its text") {
    Ended const ended = mailflow_program("bench load-10MB --format json");
    CHECK(ended.status == 0);
    Json const measured = Json::parse(ended.out);
    CHECK(measured[0]["messages"].get<std::uint64_t>() > 50'000);
    CHECK(measured[0]["events"].get<std::uint64_t>() > 7 * measured[0]["messages"].get<std::uint64_t>());
    CHECK(measured[0]["ratio"].get<double>() > 0);
}

TEST_CASE("bench says which workloads there are when a name is none") {
    Ended const ended = mailflow_program("bench hold-1e4");
    CHECK(ended.status == 2);
    CHECK(ended.out.empty());
    CHECK(ended.err.find("there is no workload hold-1e4; did you mean hold-1e") != std::string::npos);
}

TEST_CASE("bench plays a stream of mail and says what a message in flight needs") {
    Ended const ended = mailflow_program("bench mail-stream-1e4 --format json");
    CHECK(ended.status == 0);
    Json const measured = Json::parse(ended.out).at(0);
    CHECK(measured["messages"] == 10'000);
    CHECK(measured["events"].get<std::uint64_t>() > 300'000); // full dialogues: some 40 a message
    double const bytes = measured["bytes_per_message_in_flight"].get<double>();
    double const target = measured["target_bytes_per_message_in_flight"].get<double>();
    CHECK(bytes > 0);
    CHECK(target > 0);
    CHECK(measured["memory_met"] == (bytes <= target));
}
