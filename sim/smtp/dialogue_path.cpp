// The part of a dialogue that is about paths: MAIL, RCPT, VRFY and EXPN.
#include "base/text.hpp"
#include "policy/routing.hpp"
#include "smtp/dialogue.hpp"

#include <algorithm>

namespace mailflow {

namespace {

constexpr std::string_view utf8_keyword = "SMTPUTF8";

/// Whether a word after the first asks for addresses beyond ASCII (RFC 6531 section 3.7.4.2).
bool names_utf8(std::string_view argument) {
    std::string const words = upper_case(argument) + ' ';
    return words.find(' ' + std::string{utf8_keyword} + ' ') != std::string::npos;
}

/// The argument of VRFY as a path of its own, without what is a parameter.
PathArgument as_one_path(std::string_view argument) {
    std::string_view path = argument;
    if (names_utf8(argument) && upper_case(argument).ends_with(utf8_keyword))
        path = trimmed(argument.substr(0, argument.size() - utf8_keyword.size()));
    PathArgument parts{.given = path, .path = path, .inside = path, .glued = {}, .parameters = {}};
    if (path.empty())
        parts.flaw = Flaw::missing_argument;
    if (path.ends_with('>') && !path.starts_with('<') && path.find('<') != std::string_view::npos)
        parts.given = parts.path = path.substr(path.rfind('<')); // behind a phrase
    return parts;
}

} // namespace

void Dialogue::path_command(Line const& line) {
    bool const is_sender = line.verb == Verb::mail;
    std::string_view const keyword = path_keyword(line.verb);
    AddressBook::Mark const mark = setting_.book.mark();
    bool const is_whole = keyword.empty() && habits_.verifies_whole_argument;
    bool const asks_for_utf8 = is_sender || is_whole ? names_utf8(line.argument) : session_takes_utf8_;
    PathArgument const path = is_whole ? as_one_path(line.argument) : take_apart(line.argument, keyword);
    bool const takes_parameters =
        !keyword.empty() && (!habits_.parameters_need_ehlo || session_.greeted == Greeted::ehlo);
    PathReading const reading =
        habits_.read_path(path, {setting_.host_name, setting_.host_address, is_sender, takes_parameters,
                                 asks_for_utf8, [this](std::string_view domain) { return is_own(domain); }});
    std::span<ParameterForm const> const known =
        is_sender ? habits_.mail_parameters : habits_.rcpt_parameters;
    Parameters const parameters =
        read_parameters(reading.parameters ? std::string_view{*reading.parameters} : path.parameters,
                        takes_parameters ? known : std::span<ParameterForm const>{}, habits_.parameter_bounds,
                        memory_.transaction.notified);
    if (!is_sender && session_.in_transaction && reading.flaw == Flaw::none)
        memory_.transaction.notified = parameters.notify;
    bool const blames_path =
        reading.flaw != Flaw::none && (parameters.flaw == Flaw::none || !reading.yields_to_parameters);
    Command command{.verb = line.verb,
                    .size_bytes = parameters.size_bytes,
                    .to_bare_postmaster = reading.is_bare_postmaster,
                    .keyword = line.keyword,
                    .flaw = blames_path ? reading.flaw : parameters.flaw};
    if (is_sender && habits_.keeps_declared_size) {
        if (parameters.tells_size)
            memory_.transaction.declared_size = parameters.size_bytes;
        command.size_bytes = memory_.transaction.declared_size;
    }
    if (reading.mailbox)
        command.address = address_of(*reading.mailbox);
    if (reading.mailbox && !command.address.valid())
        command.flaw = Flaw::bad_domain;
    if (reading.given)
        given_ = printable(*reading.given);
    else if (is_whole)
        given_ = printable(path.inside);
    else if (!path.path.empty())
        given_ = printable(parameters.flaw == Flaw::unknown_parameter ? path.given : path.path);
    context_.flaw = command.flaw;
    shown_ = printable(reading.shown);
    context_.parameter = parameters.keyword;
    bool const has_bad_value =
        parameters.flaw >= Flaw::missing_value && parameters.flaw <= Flaw::repeated_parameter;
    std::string_view const offending = has_bad_value ? parameters.value : parameters.offending;
    argument_ = printable(blames_path ? std::string_view{reading.argument} : offending);
    before_ = printable(blames_path ? std::string_view{reading.before} : path.path);
    context_.given = given_;
    context_.address = shown_;
    context_.argument = argument_;
    context_.before = before_;

    Response response = respond_to(command);
    if (response.saying == Saying::expanded)
        response.saying = expand(command.address);
    else if (response.saying == Saying::verified_local || response.saying == Saying::verified_foreign)
        resolved_ = setting_.book.text(resolve(setting_.policy, setting_.book, command.address));
    context_.resolved = resolved_;
    if (response.effect == Effect::recipient_accepted)
        note_recipient({response.recipient, command.address, shown_});
    else if (is_sender && response.saying == Saying::sender_ok)
        begin_transaction(mark, asks_for_utf8);
    else
        setting_.book.roll_back(mark);
    answer(response);
}

/// Whether the two are one mailbox: of its own, all domains have the same, and letters of either case mean
/// that.
bool Dialogue::are_twins(AddressId one, AddressId other) const {
    auto const& a = setting_.book[one];
    auto const& b = setting_.book[other];
    bool const are_own = handled_at(setting_.policy, a.domain).has_value() &&
                         handled_at(setting_.policy, b.domain).has_value();
    return one == other || (are_own && lower_case(setting_.book.name(a.local_part)) ==
                                           lower_case(setting_.book.name(b.local_part)));
}

/// One more recipient of the transaction. Some know a mailbox that they have taken already, and name it as it
/// was named first.
void Dialogue::note_recipient(Named const& recipient) {
    auto const twin = std::find_if(recipients_.begin(), recipients_.end(), [&](Named const& known) {
        return are_twins(known.written, recipient.written);
    });
    if (habits_.names_first_of_twins && twin != recipients_.end()) {
        shown_ = twin->shown;
        context_.address = shown_;
    }
    recipients_.push_back({recipient.recipient, recipient.written, shown_});
}

bool Dialogue::is_own(std::string_view domain) const {
    auto const known = setting_.book.find_domain(domain);
    return known && handled_at(setting_.policy, *known);
}

/// The number of a mailbox. Where it asks this server to pass the mail on to one that is here as well, the
/// host in it has the name that the book knows it by. None where it asks for a host without a name.
AddressId Dialogue::address_of(Mailbox const& mailbox) {
    AddressId const address = setting_.book.add_address(mailbox);
    if (!handled_at(setting_.policy, setting_.book[address].domain))
        return address;
    std::string const asked = unquoted(mailbox.local_part);
    PathSetting const setting{setting_.host_name, setting_.host_address};
    std::string const route = route_for_book(asked, setting, habits_.minds_empty_routes);
    if (route.empty() && !asked.empty())
        return {};
    return route == asked ? address : setting_.book.add_address({quoted_where_needed(route), mailbox.domain});
}

/// EXPN tells where the aliases of a mailbox lead, if they lead anywhere (RFC 5321 section 3.5.2).
Saying Dialogue::expand(AddressId address) {
    constexpr int most_aliases = 10;
    AddressId end = resolve(setting_.policy, setting_.book, address);
    for (int n = 0; owner_.alias_target && n < most_aliases; ++n) {
        AddressId const target = owner_.alias_target(end);
        if (!target.valid())
            break;
        end = target;
        shown_ = setting_.book.text(end);
        given_ = shown_;
        context_.address = shown_;
        context_.given = given_;
    }
    resolved_ = setting_.book.text(end);
    bool const stays = handled_at(setting_.policy, setting_.book[end].domain).has_value();
    return stays ? Saying::expanded : Saying::verified_foreign;
}

/// Where a second MAIL is no error, the recipients of the first are forgotten.
void Dialogue::begin_transaction(AddressBook::Mark const& mark, bool takes_utf8) {
    if (!before_transaction_)
        before_transaction_ = mark;
    memory_.transaction.refusal.reset();
    memory_.transaction.refusals_differ = false;
    memory_.transaction.notified = {};
    session_takes_utf8_ = takes_utf8;
    recipients_.clear();
}

} // namespace mailflow
