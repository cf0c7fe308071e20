#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"
#include "scenario/places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace mailflow {

namespace {

/// A list of addresses, or one address.
std::optional<std::vector<Located<Mailbox>>> read_recipients(Value at, Complaints& complaints) {
    if (at.kind() == Kind::text) {
        auto address = located<read_mailbox>(at, complaints);
        return address ? std::optional{std::vector{std::move(*address)}} : std::nullopt;
    }
    if (at.kind() == Kind::list && at.begin() != at.end())
        return list_of<located<read_mailbox>>(at, complaints);
    if (at.kind() == Kind::list)
        complaints.add(at, fmt::format("{} must name a recipient", subject_of(at)));
    else
        complaints.add(at, fmt::format("{} must be a list of addresses", subject_of(at)),
                       "write [\"leo@shop.example\"]");
    return std::nullopt;
}

constexpr std::array<Key<MailDraft>, 8> mail_keys{{
    {"id", into<&MailDraft::id, located<read_line>>},
    {"at", into<&MailDraft::time, located<read_duration>>},
    {"from", into<&MailDraft::from, located<read_line>>, R"("maya")"},
    {"to", into<&MailDraft::to, read_recipients>, R"(["leo@shop.example"])"},
    {"bcc", into<&MailDraft::bcc, read_recipients>},
    {"subject", into<&MailDraft::subject, read_line>},
    {"size", into<&MailDraft::size_bytes, read_size>},
    {"via", into<&MailDraft::via, located<read_line>>},
}};

/// The addresses of "to" and of "bcc", those of "to" first; what comes twice is complained about.
InlineList<AddressId, 2> recipients_of(Assembly& assembly, MailDraft const& draft) {
    AddressBook& book = assembly.world.book;
    InlineList<AddressId, 2> recipients;
    struct Named {
        std::pair<LocalPartId, DomainId> mailbox;
        std::size_t place;
    };
    std::vector<Named> named;
    std::size_t const count = draft.to.size() + draft.bcc.size();
    auto const written = [&](std::size_t place) -> Located<Mailbox> const& {
        return place < draft.to.size() ? draft.to[place] : draft.bcc[place - draft.to.size()];
    };
    for (std::size_t n = 0; n < count; ++n) {
        recipients.push_back(book.add_address(written(n).value));
        if (count > 1)
            named.push_back({{book[recipients[n]].local_part, book[recipients[n]].domain}, n});
    }
    std::sort(named.begin(), named.end(), [](Named const& a, Named const& b) {
        return std::pair{a.mailbox, a.place} < std::pair{b.mailbox, b.place};
    });
    for (std::size_t n = 1; n < named.size(); ++n)
        if (Value const at = written(named[n].place).at; named[n].mailbox == named[n - 1].mailbox)
            assembly.complaints.add(at, fmt::format("{} is a recipient of this message already", at.text()),
                                    "remove it");
    return recipients;
}

/// Who sends messages that get ids of that form, "bulk-17": the spammer or population "bulk"; none: nobody.
std::optional<std::string> sender_with_such_ids(Assembly const& assembly, std::string_view id) {
    std::size_t const dash = id.rfind('-');
    if (dash == std::string_view::npos || dash + 1 == id.size())
        return std::nullopt;
    std::string_view const number = id.substr(dash + 1);
    if (number.front() == '0' || number.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    std::string_view const key = id.substr(0, dash);
    if (assembly.spammers.find(key))
        return fmt::format("spammer \"{}\"", key);
    if (assembly.populations.find(key))
        return fmt::format("population \"{}\"", key);
    return std::nullopt;
}

/// Gives the message the name that "expect" and reports call it by.
std::string name_of(Assembly& assembly, MailDraft const& draft) {
    std::string id = draft.id ? draft.id->value : fmt::format("mail-{}", assembly.world.mail.size() + 1);
    if (!assembly.mail.add(id))
        assembly.complaints.add(draft.id ? draft.id->at : draft.at,
                                fmt::format("\"{}\" is the id of another message", id),
                                draft.id ? "" : "give this message an \"id\" of its own");
    if (auto const sender = sender_with_such_ids(assembly, id))
        assembly.complaints.add(draft.id ? draft.id->at : draft.at,
                                fmt::format("\"{}\" is the id of a message of the {}", id, *sender),
                                draft.id ? "choose another id" : "give this message an \"id\" of its own");
    return id;
}

Mail to_mail(Assembly& assembly, MailDraft draft) {
    Mail mail;
    mail.id = name_of(assembly, draft);
    mail.at = Instant{draft.time.value};
    expect_within_run(assembly, draft.time, assembly.complaints);
    if (draft.from)
        if (auto const person = look_up(assembly.people, *draft.from, "person", assembly.complaints))
            mail.from = PersonId{*person};
    mail.to = recipients_of(assembly, draft);
    auto* const blind = mail.to.begin() + draft.to.size();
    mail.bcc.append(blind, mail.to.end());
    mail.to.erase(blind, mail.to.end());
    mail.subject = std::move(draft.subject);
    mail.size_bytes = draft.size_bytes;
    if (draft.via)
        if (auto const server = look_up(assembly.servers, *draft.via, "server", assembly.complaints))
            mail.via = ServerId{*server};
    return mail;
}

} // namespace

Form<MailDraft> const mail_form{"mail", mail_keys, {}};

void read_mail(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (expect_kind(at, Kind::list, complaints))
        scenario.mail.push_back(at);
}

void set_up_mail(Assembly& assembly) {
    std::size_t count = 0;
    for (Value const list : assembly.draft.mail)
        count += count_children(list);
    assembly.world.mail.reserve(count);
    for (Value const list : assembly.draft.mail)
        for (Value const item : list) {
            MailDraft draft;
            draft.at = item;
            read_object(item, mail_form, draft, assembly.complaints);
            assembly.world.mail.add(to_mail(assembly, std::move(draft)));
        }
}

} // namespace mailflow
