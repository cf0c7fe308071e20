#include "report/story/section.hpp"

#include "report/probe.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace mailflow {

namespace {

/// More ways than this are not told one by one.
constexpr std::size_t most_ways = 5;

/// Whose messages they are, and whether they only try whether a server relays.
using Sort = std::pair<HostId, bool>;

/// How one recipient of a message fared, without times and addresses. Whichever server handles the
/// recipient's domain is no host in it: mail to a hundred domains goes one way.
using Course = std::tuple<Outcome, Reason, HostId, std::vector<HostId>>;
/// The same for all recipients of a message.
using Way = std::set<Course>;

/// The way of each of very many messages, and the servers at the end of it.
struct Ways {
    std::map<MessageId, Way> ways;
    std::map<MessageId, std::set<HostId>> ends;
};

Ways ways_of(World const& world, Trace const& trace, Summary const& summary) {
    Ways found;
    for (auto const* many : {&summary.spam, &summary.crowd})
        for (RecipientSummary const& came : *many) {
            Recipient const& recipient = trace.recipients[came.recipient];
            DomainId const domain = world.book[aim_of(world, trace, came.recipient)].domain;
            auto const unless_end = [&](HostId host) {
                bool const is_end = host.valid() && is_server(world, host) &&
                                    handled_at(world.servers[world.hosts[host].server].policy, domain);
                if (is_end)
                    found.ends[recipient.message].insert(host);
                return is_end ? HostId{} : host;
            };
            std::vector<HostId> path;
            std::transform(came.path.begin(), came.path.end(), std::back_inserter(path), unless_end);
            found.ways[recipient.message].insert(
                {came.outcome, came.reason, unless_end(came.by), std::move(path)});
        }
    return found;
}

} // namespace

void fold_spam(World const& world, Trace const& trace, Summary const& summary,
               std::vector<Section>& sections) {
    Ways const all = ways_of(world, trace, summary);
    auto const ends_of = [&](MessageId message) {
        auto const found = all.ends.find(message);
        return found == all.ends.end() ? std::set<HostId>{} : found->second;
    };
    std::map<Sort, std::map<Way, std::size_t>> told; // the section for each way
    std::map<Sort, std::size_t> last_told;
    std::vector<Section> left;
    for (Section& section : sections) {
        if (!section.message.valid() || !is_one_of_many(trace.messages[section.message])) {
            left.push_back(std::move(section));
            continue;
        }
        Sort const sort{trace.messages[section.message].origin,
                        try_of(world, trace, section.message) != nullptr};
        std::map<Way, std::size_t>& sections_told = told[sort];
        Way const& way = all.ways.at(section.message);
        if (auto const like = sections_told.find(way); like != sections_told.end()) {
            Section& one = left[like->second];
            ++one.alike;
            one.last_alike = section.events.front()->at;
            one.ends_differ = one.ends_differ || ends_of(one.message) != ends_of(section.message);
        } else if (sections_told.size() == most_ways) {
            ++left[last_told[sort]].others;
        } else {
            sections_told[way] = left.size();
            last_told[sort] = left.size();
            left.push_back(std::move(section));
        }
    }
    sections = std::move(left);
}

} // namespace mailflow
