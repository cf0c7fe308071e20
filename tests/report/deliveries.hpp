// What real servers did with difficult destinations (tests/facts/deliveries.json: 25 destinations for each of
// four softwares), and the same played here: what a sending server tried, and which letters it wrote.
#pragma once

#include "report/letter.hpp"

#include <string>
#include <vector>

namespace deliveries {

/// A try that got as far as MAIL and was answered there or later.
struct Attempt {
    std::string address; // of the server that was called
    std::string phase;   // MAIL, RCPT or EOD, the end of the data
    std::string reply;   // "250" when it was taken

    bool operator==(Attempt const&) const = default;
};

struct Report {
    std::string subject;
    std::string type;     // of the whole letter
    std::string returned; // of the part that the message comes back in
    std::string from;
    std::string to;
    std::string human;
    std::vector<mailflow::Field> message;
    std::vector<mailflow::Field> recipient;
};

struct Outcome {
    std::vector<Attempt> attempts;
    std::vector<Report> letters;
};

/// One destination, as one software met with it.
struct Record {
    std::string software;
    std::string name; // of the destination
    std::string sender;
    std::string recipient;
    Outcome outcome;
};

[[nodiscard]] std::vector<Record> read_records();

/// Plays the record's destination in the world of the records.
[[nodiscard]] Outcome play(Record const& record);

/// The outcome without what varies from run to run: dates, ages, queue ids, sizes, the client's name, line
/// breaks.
[[nodiscard]] Outcome levelled(Outcome outcome);

} // namespace deliveries
