#include "base/text.hpp"
#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <utility>

namespace mailflow {

namespace {

std::optional<Outcome> read_outcome(Value at, Complaints& complaints) {
    auto const place = read_word(at, outcome_names, {}, complaints);
    return place ? std::optional{static_cast<Outcome>(*place)} : std::nullopt;
}

std::optional<Reason> read_reason(Value at, Complaints& complaints) {
    // The first reason is "none", which has no name in the format.
    auto const place = read_word(at, std::span{reason_names}.subspan(1), {}, complaints);
    return place ? std::optional{static_cast<Reason>(*place + 1)} : std::nullopt;
}

std::optional<std::uint32_t> read_number(Value at, Complaints& complaints) {
    auto const number = read_whole_number(at, 0, std::numeric_limits<std::uint32_t>::max(), complaints);
    return number ? std::optional{static_cast<std::uint32_t>(*number)} : std::nullopt;
}

constexpr std::array<Key<ExpectationDraft>, 11> expectation_keys{{
    {"mail", into<&ExpectationDraft::mail, located<read_line>>},
    {"spammer", into<&ExpectationDraft::spammer, located<read_line>>},
    {"population", into<&ExpectationDraft::population, located<read_line>>},
    {"to", into<&ExpectationDraft::to, located<read_mailbox>>},
    {"outcome", into<&ExpectationDraft::outcome, read_outcome>},
    {"reason", into<&ExpectationDraft::reason, located<read_reason>>},
    {"by", into<&ExpectationDraft::by, located<read_line>>},
    {"reply", into<&ExpectationDraft::reply, read_line>},
    {"fetched", into<&ExpectationDraft::fetched, located<read_bool>>},
    {"at_least", into<&ExpectationDraft::at_least, located<read_number>>},
    {"at_most", into<&ExpectationDraft::at_most, located<read_number>>},
}};

bool expects_something(Value item) {
    constexpr std::array<std::string_view, 6> of_whom{"mail", "spammer",  "population",
                                                      "to",   "at_least", "at_most"};
    return std::any_of(item.begin(), item.end(), [&](Value const member) {
        return std::find(of_whom.begin(), of_whom.end(), member.key()) == of_whom.end();
    });
}

Name const* get(std::optional<Name> const& name) {
    return name ? &*name : nullptr;
}

/// Complains unless it says of whose mail it speaks, and of how many recipients in sense.
void expect_one_subject(ExpectationDraft const& expectation, Complaints& complaints) {
    std::string_view first;
    for (auto const& [key, named] : {std::pair<std::string_view, Name const*>{"mail", get(expectation.mail)},
                                     {"spammer", get(expectation.spammer)},
                                     {"population", get(expectation.population)}})
        if (named != nullptr && !std::exchange(first, first.empty() ? key : first).empty())
            complaints.add(named->at, fmt::format("\"{}\" contradicts \"{}\"", key, first),
                           "write an expectation for each");
    if (first.empty())
        complaints.add(expectation.at, "it is not said what is expected of what",
                       R"(add "mail", "spammer" or "population", such as "mail": "mail-1")");
    if (expectation.at_least && expectation.at_most &&
        expectation.at_least->value > expectation.at_most->value)
        complaints.add(expectation.at_least->at,
                       fmt::format(R"("at_least", {}, must not be more than "at_most", {})",
                                   expectation.at_least->value, expectation.at_most->value));
}

/// The address among those that the spammer writes to, the drop box of one who probes included.
std::optional<AddressId> target_of(World const& world, SpammerId spammer, Mailbox const& mailbox) {
    std::vector<AddressId> targets = world.spammers[spammer].to;
    if (world.spammers[spammer].probe)
        targets.push_back(world.spammers[spammer].probe->drop);
    for (AddressId const to : targets) {
        AddressBook::Address const& address = world.book[to];
        if (world.book.find_local_part(unquoted(mailbox.local_part)) == address.local_part &&
            world.book.find_domain(mailbox.domain) == address.domain)
            return to;
    }
    return std::nullopt;
}

/// The address among those that the population writes to.
std::optional<AddressId> reader_of(World const& world, PopulationId population, Mailbox const& mailbox) {
    auto const local_part = world.book.find_local_part(mailbox.local_part);
    auto const domain = world.book.find_domain(mailbox.domain);
    for (Destination const& readers : world.populations[population].to)
        for (std::uint32_t n = 0; n < readers.names; ++n) {
            AddressId const reader{readers.first.index + n};
            if (local_part == world.book[reader].local_part && domain == world.book[reader].domain)
                return reader;
        }
    return std::nullopt;
}

/// The recipients of the messages that an expectation speaks of, by message and address.
class Recipients {
public:
    explicit Recipients(World const& world) : world_{world} {}

    std::optional<AddressId> find(MailId mail, Mailbox const& mailbox) {
        auto const local_part = world_.book.find_local_part(unquoted(mailbox.local_part));
        auto const domain = world_.book.find_domain(mailbox.domain);
        if (!local_part || !domain)
            return std::nullopt;
        auto [known, is_new] = by_mail_.try_emplace(mail);
        if (is_new)
            for (auto const* addresses : {&world_.mail[mail].to, &world_.mail[mail].bcc})
                for (AddressId const to : *addresses)
                    known->second.emplace(std::pair{world_.book[to].local_part, world_.book[to].domain}, to);
        auto const found = known->second.find({*local_part, *domain});
        return found == known->second.end() ? std::nullopt : std::optional{found->second};
    }

private:
    World const& world_;
    std::map<MailId, std::map<std::pair<LocalPartId, DomainId>, AddressId>> by_mail_;
};

std::string hint_for_recipient(World const& world, MailId mail, std::string_view written) {
    constexpr std::size_t most_candidates = 100;
    std::vector<std::string> candidates;
    for (AddressId const to : world.mail[mail].to)
        if (candidates.size() < most_candidates)
            candidates.push_back(world.book.text(to));
    return hint_among(written, candidates);
}

/// The recipient that is meant; a complaint when the subject does not write to them.
void find_recipient(Assembly& assembly, Recipients& recipients, Located<Mailbox> const& to,
                    Expectation& expectation) {
    World const& world = assembly.world;
    std::optional<AddressId> address;
    std::string what;
    std::string hint;
    if (expectation.spammer.valid()) {
        address = target_of(world, expectation.spammer, to.value);
        what =
            fmt::format("\"{}\" does not write to {}", world.spammers[expectation.spammer].key, to.at.text());
    } else if (expectation.population.valid()) {
        address = reader_of(world, expectation.population, to.value);
        what = fmt::format("\"{}\" does not write to {}", world.populations[expectation.population].key,
                           to.at.text());
    } else if (expectation.mail.valid()) {
        address = recipients.find(expectation.mail, to.value);
        what = fmt::format("{} is no recipient of \"{}\"", to.at.text(), world.mail[expectation.mail].id);
        if (!address)
            hint = hint_for_recipient(world, expectation.mail, to.at.text());
    } else {
        return;
    }
    if (address)
        expectation.to = *address;
    else
        assembly.complaints.add(to.at, std::move(what), std::move(hint));
}

/// The most recipients that the expectation can find; none where the file sets no limit to them.
std::optional<std::uint64_t> most_recipients(World const& world, Expectation const& expectation) {
    if (expectation.population.valid())
        return world.populations[expectation.population].most_mail;
    if (expectation.mail.valid()) {
        Mail const& mail = world.mail[expectation.mail];
        return expectation.to.valid() ? 1 : mail.to.size() + mail.bcc.size();
    }
    if (!expectation.spammer.valid())
        return std::nullopt;
    Spammer const& spammer = world.spammers[expectation.spammer];
    if (spammer.is_drawn || spammer.probe)
        return std::nullopt;
    bool const is_one_each = spammer.guesses || expectation.to.valid();
    return std::uint64_t{spammer.count} * (is_one_each ? 1 : spammer.to.size());
}

void warn_of_too_many(World const& world, Expectation const& expectation, ExpectationDraft const& draft,
                      Complaints& complaints) {
    auto const most = most_recipients(world, expectation);
    if (draft.at_least && most && draft.at_least->value > *most)
        complaints.warn(draft.at_least->at,
                        fmt::format("\"at_least\", {}, can never be reached: there {} here",
                                    draft.at_least->value, count_of(*most, "recipient is", "recipients are")),
                        fmt::format("{} is the most", *most));
}

/// Only what is in a mailbox is fetched. Where at most so many are expected, none is right.
void warn_of_fetched_without_mailbox(ExpectationDraft const& draft, Complaints& complaints) {
    bool const elsewhere = draft.reason || (draft.outcome && draft.outcome != Outcome::delivered);
    bool const may_be_none = draft.at_most && (!draft.at_least || draft.at_least->value == 0);
    if (draft.fetched && draft.fetched->value && elsewhere && !may_be_none)
        complaints.warn(draft.fetched->at,
                        fmt::format("this can never be met: a message {} is in no mailbox to be fetched from",
                                    draft.outcome ? fmt::format("that is {}", name_of(*draft.outcome))
                                                  : "that has a \"reason\""),
                        R"(expect "outcome": "delivered", or remove "fetched")");
}

} // namespace

Form<ExpectationDraft> const expectation_form{"expectation", expectation_keys, {}};

void read_expectations(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::list, complaints))
        return;
    for (Value const item : at) {
        ExpectationDraft expectation;
        expectation.at = item;
        read_object(item, expectation_form, expectation, complaints);
        if (item.kind() == Kind::object && !expects_something(item))
            complaints.add(item, "nothing is expected here", "add an \"outcome\"");
        if (item.kind() == Kind::object)
            expect_one_subject(expectation, complaints);
        if (expectation.outcome == Outcome::delivered && expectation.reason)
            complaints.add(expectation.reason->at, "a message that is delivered has no \"reason\"",
                           "remove it");
        scenario.expectations.push_back(std::move(expectation));
    }
}

void set_up_expectations(Assembly& assembly) {
    World& world = assembly.world;
    Recipients recipients{world};
    for (ExpectationDraft const& draft : assembly.draft.expectations) {
        Expectation expectation;
        if (draft.mail)
            if (auto const mail = look_up(assembly.mail, *draft.mail, "message", assembly.complaints))
                expectation.mail = MailId{*mail};
        if (draft.spammer)
            if (auto const spammer =
                    look_up(assembly.spammers, *draft.spammer, "spammer", assembly.complaints))
                expectation.spammer = SpammerId{*spammer};
        if (draft.population)
            if (auto const population =
                    look_up(assembly.populations, *draft.population, "population", assembly.complaints))
                expectation.population = PopulationId{*population};
        if (draft.to)
            find_recipient(assembly, recipients, *draft.to, expectation);
        if (draft.by)
            if (auto const server = look_up(assembly.servers, *draft.by, "server", assembly.complaints))
                expectation.by = world.servers[ServerId{*server}].host;
        expectation.outcome = draft.outcome;
        if (draft.reason)
            expectation.reason = draft.reason->value;
        expectation.reply = draft.reply.value_or("");
        if (draft.fetched)
            expectation.fetched = draft.fetched->value;
        if (draft.at_least)
            expectation.at_least = draft.at_least->value;
        if (draft.at_most)
            expectation.at_most = draft.at_most->value;
        warn_of_too_many(world, expectation, draft, assembly.complaints);
        warn_of_fetched_without_mailbox(draft, assembly.complaints);
        world.expectations.push_back(std::move(expectation));
    }
}

} // namespace mailflow
