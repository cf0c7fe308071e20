#include "report/story/check_choice.hpp"

#include <map>
#include <utility>

namespace mailflow {

namespace {

/// Goes through the looks of all devices in order.
class Choice {
public:
    Choice(World const& world, Trace const& trace, Detail detail)
        : world_(world)
        , trace_(trace)
        , detail_(detail)
        , told_(trace.checks.size()) {}

    void see(MailCheckEnded const& ended) {
        MailCheck const& check = trace_.checks[ended.check];
        auto const last = trouble_.try_emplace(check.device, Saying::goodbye).first;
        bool const is_news =
            std::exchange(last->second, ended.trouble) != ended.trouble && ended.trouble != Saying::goodbye;
        bool const in_protocol = detail_ == Detail::protocol;
        bool const from_new_place = is_from_new_place(check); // whether or not the rest matters
        told_[ended.check.index] = is_news || check.missed > 0 || (in_protocol && ended.fetched > 0) ||
                                   (from_new_place && opens_relay(check));
    }

    [[nodiscard]] std::vector<bool> result() && { return std::move(told_); }

private:
    bool is_from_new_place(MailCheck const& check) {
        if (!check.session.valid())
            return false;
        IpAddress const address = trace_.sessions[check.session].client_address;
        auto const [place, is_new] = places_.try_emplace(check.device, address);
        return is_new || std::exchange(place->second, address) != address;
    }

    /// Whether the server lets people relay who have fetched their mail.
    [[nodiscard]] bool opens_relay(MailCheck const& check) const {
        return world_.servers[world_.hosts[check.server].server].policy.pop_before_smtp.has_value();
    }

    World const& world_;
    Trace const& trace_;
    Detail detail_;
    std::vector<bool> told_;
    std::map<HostId, Saying> trouble_; // of the last look
    std::map<HostId, IpAddress> places_;
};

} // namespace

std::vector<bool> checks_worth_telling(World const& world, Trace const& trace, Detail detail) {
    Choice choice{world, trace, detail};
    for (Event const& event : trace.events)
        if (auto const* ended = std::get_if<MailCheckEnded>(&event.happening))
            choice.see(*ended);
    return std::move(choice).result();
}

} // namespace mailflow
