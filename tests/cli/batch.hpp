// What the tests of `batch` and `merge` share.
#pragma once

#include "process.hpp"

#include "base/csv.hpp"

#include <map>
#include <vector>

/// A small world whose outcome hangs on its seed: which of two equal servers is tried first, one of them
/// being down.
inline std::string const chancy_world = R"({
  "format": 1,
  "title": "Heads, or tails",
  "servers": {
    "mail.isp.example": { "handles": ["isp.example"], "retry": { "first": "5m" } },
    "mx1.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] },
    "mx2.shop.example": { "handles": ["shop.example"], "mailboxes": [], "trusts": [] }
  },
  "dns": { "shop.example": { "mx": [ { "host": "mx1.shop.example", "preference": 10 },
                                     { "host": "mx2.shop.example", "preference": 10 } ] } },
  "people": { "maya": { "address": "maya@isp.example" } },
  "mail": [ { "id": "hello", "from": "maya", "to": ["leo@shop.example"] } ],
  "expect": [ { "mail": "hello", "outcome": "delivered" } ]
})";

/// A CSV output as rows of fields by the names of their columns.
inline std::vector<std::map<std::string, std::string>> rows_of(std::string const& csv) {
    mailflow::CsvReader reader{csv};
    std::vector<std::string> names;
    REQUIRE(reader.next(names));
    std::vector<std::string> fields;
    std::vector<std::map<std::string, std::string>> rows;
    while (reader.next(fields)) {
        REQUIRE(fields.size() == names.size());
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < names.size(); ++i)
            row[names[i]] = fields[i];
    }
    return rows;
}
