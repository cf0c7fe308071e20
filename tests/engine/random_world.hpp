// Worlds made up from a seed, as scenario text.
#pragma once

#include "base/random.hpp"

#include <fmt/format.h>

#include <string>

namespace mailflow {

/// A small world of chance: servers with all kinds of settings, people, DNS with and without trouble,
/// changes, mail.
class RandomWorld {
public:
    explicit RandomWorld(std::uint64_t seed) : chance_(seed, 0) {}

    std::string text() {
        std::string servers;
        for (int i = 0; i < server_count; ++i)
            servers += fmt::format("{}\"{}\": {{ {} }}", i == 0 ? "" : ",\n", server(i), settings(i));
        std::string people;
        for (int i = 0; i < 3; ++i)
            people += fmt::format(
                R"({}"p{}": {{ "address": "p{}@d{}.example", "network": "n{}",
                               "outgoing": {{ "server": "{}", "authenticate": {} }} }})",
                i == 0 ? "" : ",\n", i, i, some(domain_count), some(network_count),
                server(some(server_count)), truth());
        std::string mail;
        for (int i = 0; i < 6; ++i)
            mail += fmt::format(R"({}{{ "at": "{}m", "from": "p{}", "to": [{}], "size": "{}kB"{} }})",
                                i == 0 ? "" : ",\n", some(300), some(3), recipients(), 1 + some(60),
                                one_in(4) ? fmt::format(R"(, "via": "{}")", server(some(server_count))) : "");
        return fmt::format(R"({{ "format": 1, "seed": {}, "networks": {{ {} }},
"servers": {{ {} }},
"people": {{ {} }},
"dns": {{ {} }},
"changes": [ {} ],
"mail": [ {} ] }})",
                           some(1000), networks(), servers, people, dns(), changes(), mail);
    }

private:
    static constexpr int server_count = 5;
    static constexpr int domain_count = 4;
    static constexpr int network_count = 3;

    int some(int bound) { return static_cast<int>(chance_.below(static_cast<std::uint64_t>(bound))); }
    bool one_in(int n) { return some(n) == 0; }
    char const* truth() { return one_in(2) ? "true" : "false"; }
    static std::string server(int i) { return fmt::format("s{}.example", i); }

    std::string networks() {
        std::string text;
        for (int i = 0; i < network_count; ++i)
            text += fmt::format(R"({}"n{}": {{ "latency": "{}ms"{}{} }})", i == 0 ? "" : ", ", i,
                                1 + some(80), one_in(6) ? R"(, "blocks": [ { "port": 25 } ])" : "",
                                one_in(8) ? R"(, "reaches": ["n0"])" : "");
        return text;
    }

    /// Domain i is at home on server i; some servers handle a second one, some were never told of their own.
    std::string settings(int i) {
        std::string text = fmt::format(R"("network": "n{}", "handles": [)", some(network_count));
        if (i < domain_count && !one_in(8))
            text += fmt::format(R"("d{}.example")", i);
        text += "]";
        if (one_in(3))
            text += fmt::format(R"(, "mailboxes": ["p0", "p1", "box"])");
        if (one_in(3))
            text += R"(, "trusts": ["n1"])";
        if (one_in(4))
            text += fmt::format(R"(, "relays_for": ["d{}.example"])", some(domain_count));
        if (one_in(8))
            text += R"(, "open_relay": true)";
        if (one_in(5))
            text += fmt::format(R"(, "aliases": {{ "box": "box@d{}.example", "p2": "p0@d{}.example" }})",
                                some(domain_count), some(domain_count));
        if (one_in(6))
            text += fmt::format(R"(, "smarthost": "{}")", server(some(server_count)));
        if (one_in(6))
            text += R"(, "max_size": "30kB")";
        if (one_in(5))
            text += R"(, "greylist": "7m")";
        if (one_in(3))
            text += R"(, "retry": { "first": "3m", "most": "40m", "give_up": "8h", "warn": "2h" })";
        if (one_in(7))
            text += R"(, "up": false)";
        return text;
    }

    std::string dns() {
        std::string text;
        for (int i = 0; i < domain_count; ++i) {
            if (!one_in(2))
                continue;
            std::string const records =
                one_in(5)   ? R"("fails": "servfail")"
                : one_in(5) ? R"("fails": "timeout")"
                : one_in(6) ? R"("null_mx": true)"
                            : fmt::format(
                                  R"("mx": [ {{ "host": "{}", "preference": {} }},
                                      {{ "host": "{}", "preference": 20 }} ], "ttl": "{}m")",
                                  server(some(server_count)), one_in(2) ? 10 : 20,
                                  one_in(4) ? "gone.example" : server(some(server_count)), 1 + some(90));
            text += fmt::format(R"({}"d{}.example": {{ {} }})", text.empty() ? "" : ", ", i, records);
        }
        return text;
    }

    std::string changes() {
        std::string text;
        for (int i = 0; i < 4; ++i) {
            std::string const what =
                one_in(3)   ? fmt::format(R"("person": "p{}", "set": {{ "network": "n{}" }})", some(3),
                                          some(network_count))
                : one_in(2) ? fmt::format(R"("server": "{}", "set": {{ "up": {} }})",
                                          server(some(server_count)), truth())
                            : fmt::format(R"("server": "{}", "set": {{ "open_relay": {} }})",
                                          server(some(server_count)), truth());
            text += fmt::format(R"({}{{ "at": "{}m", {} }})", i == 0 ? "" : ", ", some(600), what);
        }
        return text;
    }

    std::string recipients() {
        std::string text;
        int const count = 1 + some(4);
        for (int i = 0; i < count; ++i) // told apart by their number, so that none comes twice
            text += fmt::format(R"({}"{}@{}.example")", i == 0 ? "" : ", ",
                                one_in(2) ? fmt::format("p{}", i)
                                          : fmt::format("box{}", i == 0 ? "" : std::to_string(i)),
                                one_in(9) ? "nowhere" : fmt::format("d{}", some(domain_count)));
        return text;
    }

    RandomStream chance_;
};

} // namespace mailflow
