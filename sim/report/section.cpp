#include "report/section.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace mailflow {

namespace {

/// More ways than this are not told one by one.
constexpr std::size_t most_ways = 5;

/// How one recipient of a message fared, without times and addresses.
using Course = std::tuple<Outcome, Reason, HostId, std::vector<HostId>>;
/// The same for all recipients of a message.
using Way = std::set<Course>;

std::map<MessageId, Way> ways_of(Trace const& trace, Summary const& summary) {
    std::map<MessageId, Way> ways;
    for (auto const* many : {&summary.spam, &summary.crowd})
        for (RecipientSummary const& came : *many)
            ways[trace.recipients[came.recipient].message].insert(
                {came.outcome, came.reason, came.by, came.path});
    return ways;
}

} // namespace

void fold_spam(Trace const& trace, Summary const& summary, std::vector<Section>& sections) {
    std::map<MessageId, Way> const ways = ways_of(trace, summary);
    std::map<HostId, std::map<Way, std::size_t>> told; // the section for each way
    std::map<HostId, std::size_t> last_told;
    std::vector<Section> left;
    for (Section& section : sections) {
        if (!section.message.valid() || !is_one_of_many(trace.messages[section.message])) {
            left.push_back(std::move(section));
            continue;
        }
        HostId const sender = trace.messages[section.message].origin;
        std::map<Way, std::size_t>& sections_told = told[sender];
        Way const& way = ways.at(section.message);
        if (auto const like = sections_told.find(way); like != sections_told.end()) {
            ++left[like->second].alike;
            left[like->second].last_alike = section.events.front()->at;
        } else if (sections_told.size() == most_ways) {
            ++left[last_told[sender]].others;
        } else {
            sections_told[way] = left.size();
            last_told[sender] = left.size();
            left.push_back(std::move(section));
        }
    }
    sections = std::move(left);
}

} // namespace mailflow
