#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <array>
#include <set>

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

constexpr std::array<Key<MailDraft>, 8> keys{{
    {"id", into<&MailDraft::id, located<read_line>>},
    {"at", into<&MailDraft::time, located<read_duration>>},
    {"from", into<&MailDraft::from, located<read_line>>, R"("maya")"},
    {"to", into<&MailDraft::to, read_recipients>, R"(["leo@shop.example"])"},
    {"bcc", into<&MailDraft::bcc, read_recipients>},
    {"subject", into<&MailDraft::subject, read_line>},
    {"size", into<&MailDraft::size_bytes, read_size>},
    {"via", into<&MailDraft::via, located<read_line>>},
}};

/// The addresses of "to" or "bcc"; `seen` are those that the message goes to already.
std::vector<AddressId> recipients_of(Assembly& assembly, std::vector<Located<Mailbox>> const& named,
                                     std::set<std::pair<LocalPartId, DomainId>>& seen) {
    AddressBook& book = assembly.world.book;
    std::vector<AddressId> recipients;
    for (Located<Mailbox> const& to : named) {
        AddressId const address = book.add_address(to.value);
        if (seen.emplace(book[address].local_part, book[address].domain).second)
            recipients.push_back(address);
        else
            assembly.complaints.add(
                to.at, fmt::format("{} is a recipient of this message already", to.at.text()), "remove it");
    }
    return recipients;
}

} // namespace

Form<MailDraft> const mail_form{"mail", keys, {}};

void read_mail(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::list, complaints))
        return;
    for (Value const item : at) {
        MailDraft mail;
        mail.at = item;
        read_object(item, mail_form, mail, complaints);
        scenario.mail.push_back(std::move(mail));
    }
}

void set_up_mail(Assembly& assembly) {
    World& world = assembly.world;
    for (std::size_t n = 0; n < assembly.draft.mail.size(); ++n) {
        MailDraft const& draft = assembly.draft.mail[n];
        Mail mail;
        mail.id = draft.id ? draft.id->value : fmt::format("mail-{}", n + 1);
        mail.at = Instant{draft.time.value};
        expect_within_run(assembly, draft.time, assembly.complaints);
        if (draft.from)
            if (auto const person = look_up(assembly.people, *draft.from, "person", assembly.complaints))
                mail.from = PersonId{*person};
        std::set<std::pair<LocalPartId, DomainId>> seen;
        mail.to = recipients_of(assembly, draft.to, seen);
        mail.bcc = recipients_of(assembly, draft.bcc, seen);
        mail.subject = draft.subject;
        mail.size_bytes = draft.size_bytes;
        if (draft.via)
            if (auto const server = look_up(assembly.servers, *draft.via, "server", assembly.complaints))
                mail.via = ServerId{*server};
        world.mail.add(std::move(mail));
    }
}

} // namespace mailflow
