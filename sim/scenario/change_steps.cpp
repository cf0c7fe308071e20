// What changes make of the drafts of the things that they change, one after the other.
#include "base/text.hpp"
#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"
#include "scenario/generate.hpp"

#include <fmt/format.h>

#include <array>
#include <type_traits>

namespace mailflow {

namespace {

/// Each change of a server describes it whole: with all its mailboxes, accounts and so on, of which the
/// changes of a world together may have so many.
constexpr std::size_t most_entries = 3'000'000;

std::size_t entries_of(ServerDraft const& server) {
    return server.handles.size() + (server.mailboxes ? server.mailboxes->size() : 0) +
           (server.accounts ? server.accounts->size() : 0) + server.trusts.size() + server.relays_for.size() +
           server.aliases.size() + server.routes.size() + server.blocklists.size();
}
template<class Draft>
std::size_t entries_of(Draft const&) {
    return 0;
}

/// What may not change of each kind of thing.
constexpr std::array<std::string_view, 3> fixed_of_server{"network", "software", "at"};
constexpr std::array<std::string_view, 3> fixed_of_person{"name", "address", "at"};
constexpr std::array<std::string_view, 3> fixed_of_network{"label", "range", "at"};

bool is_among(std::string_view word, std::span<std::string_view const> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

template<class Draft>
ObjectKeys settable(Form<Draft> const& form, std::span<std::string_view const> fixed) {
    ObjectKeys words;
    words.object = fmt::format("{}_set", form.object);
    for (Key<Draft> const& key : form.keys)
        if (!is_among(key.name, fixed))
            words.keys.emplace_back(key.name);
    words.not_built.assign(form.not_built.begin(), form.not_built.end());
    return words;
}

/// Whether the key can be set, with a complaint when not.
template<class Draft>
bool expect_settable(Value member, Form<Draft> const& form, std::span<std::string_view const> fixed,
                     Complaints& complaints) {
    ObjectKeys const words = settable(form, fixed);
    if (std::find(words.keys.begin(), words.keys.end(), member.key()) != words.keys.end())
        return true;
    if (is_among(member.key(), fixed))
        complaints.add_at_key(
            member,
            fmt::format("\"{}\" of a {} cannot change while the clock runs", member.key(), form.object),
            fmt::format("what can is {}", join_words(words.keys)));
    else
        complain_about_unknown_key(member, words.keys, form.not_built, complaints);
    return false;
}

/// The members of one thing of the scenario, as the changes so far have left them.
using Members = std::vector<Value>;

Members members_of(Value object) {
    Members members;
    if (object.kind() == Kind::object)
        for (Value const member : object)
            members.push_back(member);
    return members;
}

/// Sets keys in `members`, and reads all of them anew into the draft, in which nothing has been read yet.
template<class Draft>
void set_members(Members& members, Value set, Form<Draft> const& form,
                 std::span<std::string_view const> fixed, Draft& draft, Complaints& complaints) {
    Members replacements;
    for (Value const member : set) {
        if (!expect_settable(member, form, fixed, complaints))
            continue;
        std::erase_if(members, [&](Value const& old) { return old.key() == member.key(); });
        if (member.kind() != Kind::null)
            replacements.push_back(member);
    }
    Complaints told_before;
    for (Value const member : members)
        read_member(member, form, draft, told_before);
    for (Value const member : replacements)
        read_member(member, form, draft, complaints);
    members.insert(members.end(), replacements.begin(), replacements.end());
}

/// A draft that is only named.
template<class Draft>
Draft blank(Draft const& like) {
    Draft draft;
    draft.at = like.at;
    draft.name = like.name;
    return draft;
}
PersonDraft blank(Value person) {
    return named_person(person);
}

/// Whether the object has the key, with null or with a value.
bool names(Value object, std::string_view key) {
    for (Value const member : object)
        if (member.key() == key)
            return true;
    return false;
}

/// Complains about records that are set beside others that contradict them. That a domain with records fails
/// is no contradiction: they come back when it answers again.
void complain_about_clashes(Members const& before, Value set, Complaints& complaints) {
    DnsDraft alone;
    Complaints told_elsewhere;
    for (Value const member : set)
        read_member(member, dns_form, alone, told_elsewhere);
    complain_about_contradictions(alone, complaints);
    for (Value const member : set) {
        bool const is_records = member.key() == "mx" || member.key() == "null_mx";
        if (!is_records || member.kind() == Kind::null)
            continue;
        for (Value const standing : before)
            if ((standing.key() == "mx" || standing.key() == "null_mx" || standing.key() == "fails") &&
                !names(set, standing.key()))
                complaints.add(
                    member,
                    fmt::format("\"{}\" contradicts \"{}\", which stands", member.key(), standing.key()),
                    fmt::format("add \"{}\": null", standing.key()));
    }
}

/// Follows the changes in the order of time.
class Follower {
public:
    explicit Follower(Assembly& assembly) : assembly_{assembly}, complaints_{assembly.complaints} {
        for (std::size_t n = 0; n < assembly.draft.dns.size(); ++n)
            dns_entries_.try_emplace(lower_case(assembly.draft.dns[n].name), n);
    }

    /// Whether no more changes can be followed.
    [[nodiscard]] bool overflowed() const { return entries_ > most_entries; }

    void follow(ChangeDraft const& change) {
        ScenarioDraft const& scenario = assembly_.draft;
        if (change.server)
            follow(change, *change.server, assembly_.servers, scenario.servers, server_form, fixed_of_server);
        else if (change.person)
            follow(change, *change.person, assembly_.people, scenario.people, person_form, fixed_of_person);
        else if (change.network)
            follow(change, *change.network, assembly_.networks, scenario.networks, network_form,
                   fixed_of_network);
        else if (change.dns)
            follow_dns(change);
    }

private:
    /// `things` are those of the scenario, one of which the change names.
    template<class Thing, class Draft>
    void follow(ChangeDraft const& change, Name const& name, Names const& names,
                std::vector<Thing> const& things, Form<Draft> const& form,
                std::span<std::string_view const> fixed) {
        auto const number = look_up(names, name, form.object, complaints_);
        if (!change.set)
            return;
        if (!number)
            return only_check<Draft>(*change.set, form, fixed);
        Thing const& start = things[*number];
        Draft after = blank(start);
        auto [members, is_first] = members_.try_emplace(fmt::format("/{}/{}", form.object, *number));
        bool const is_written = !is_generated(after.at);
        if (is_first && is_written)
            members->second = members_of(after.at);
        if constexpr (std::is_same_v<Thing, Draft>)
            if (!is_written)
                after = start;
        if constexpr (std::is_same_v<Draft, ServerDraft>)
            assembly_.changed_servers[*number] = true;
        set_members(members->second, *change.set, form, fixed, after, complaints_);
        if constexpr (std::is_same_v<Draft, ServerDraft>)
            settle_in(assembly_.draft, after);
        add_entries(change, entries_of(after));
        assembly_.steps.push_back({&change, *number, std::move(after)});
    }

    /// What would be changed of a thing that is not there: its keys and values can be wrong all the same.
    template<class Draft>
    void only_check(Value set, Form<Draft> const& form, std::span<std::string_view const> fixed) {
        Members none;
        Draft nobody;
        nobody.at = set;
        set_members(none, set, form, fixed, nobody, complaints_);
    }

    /// Whether no object of the file describes it: it stands for one of the generated domains.
    [[nodiscard]] bool is_generated(Value at) const {
        auto const& domains = assembly_.draft.domains.at;
        return domains && domains->pointer() == at.pointer();
    }

    void add_entries(ChangeDraft const& change, std::size_t entries) {
        entries_ += entries;
        if (overflowed())
            complaints_.add(change.at,
                            fmt::format("up to here the changes of servers repeat more than {} mailboxes, "
                                        "accounts and so on: each keeps all that its server has",
                                        most_entries),
                            "make fewer changes of the large servers");
    }

    void follow_dns(ChangeDraft const& change) {
        if (!change.set)
            return;
        auto const entry = dns_entries_.find(lower_case(change.dns->value));
        auto [members, is_first] = members_.try_emplace("/dns/" + lower_case(change.dns->value));
        if (is_first && entry != dns_entries_.end())
            members->second = members_of(assembly_.draft.dns[entry->second].at);
        complain_about_clashes(members->second, *change.set, complaints_);
        DnsDraft after;
        after.at = entry != dns_entries_.end() ? assembly_.draft.dns[entry->second].at : *change.set;
        after.name = change.dns->value;
        set_members(members->second, *change.set, dns_form, {}, after, complaints_);
        after.is_entry = entry != dns_entries_.end() || !members->second.empty();
        assembly_.steps.push_back({&change, 0, std::move(after)});
    }

    Assembly& assembly_;
    Complaints& complaints_;
    std::unordered_map<std::string, std::size_t> dns_entries_; // the first for each domain
    std::unordered_map<std::string, Members> members_;         // by kind and number, or domain
    std::size_t entries_ = 0;
};

} // namespace

std::vector<ObjectKeys> settable_keys() {
    return {settable(server_form, fixed_of_server), settable(dns_form, {}),
            settable(person_form, fixed_of_person), settable(network_form, fixed_of_network)};
}

void follow_changes(Assembly& assembly) {
    std::vector<ChangeDraft const*> by_time;
    for (ChangeDraft const& change : assembly.draft.changes)
        by_time.push_back(&change);
    std::stable_sort(by_time.begin(), by_time.end(), [](ChangeDraft const* a, ChangeDraft const* b) {
        return a->time.value < b->time.value;
    });
    assembly.changed_servers.resize(assembly.draft.servers.size());
    Follower follower{assembly};
    for (ChangeDraft const* change : by_time) {
        expect_within_run(assembly, change->time, assembly.complaints);
        follower.follow(*change);
        if (follower.overflowed())
            return;
    }
}

} // namespace mailflow
