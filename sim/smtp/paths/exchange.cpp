// How Microsoft Exchange reads a path: as RFC 5321 section 4.1.2 writes it, with or without the brackets.
// Source routes are dropped, a name without a domain is the host's own, and nothing is read out of a name.
// "localhost" and the host's address in brackets are no accepted domains, and so no names of its own.
#include "smtp/path.hpp"

namespace mailflow {

PathReading read_as_exchange(PathArgument const& argument, PathSetting const& setting) {
    if (argument.flaw != Flaw::none)
        return {.flaw = argument.flaw};
    std::string_view const path = without_source_route(argument.inside);
    if (path.empty())
        return {.flaw = setting.is_sender ? Flaw::none : Flaw::empty_path};
    std::size_t const at = last_at(path);
    std::string const domain{at == std::string_view::npos ? setting.host_name : path.substr(at + 1)};
    bool const literal = is_domain_literal(domain) && parse_ip(domain.substr(1, domain.size() - 2));
    // The local part is read with a name that is one, so that what is wrong with the domain is not its fault.
    auto const mailbox = parse_mailbox(std::string{path.substr(0, at)} + "@domain.example");
    if (!mailbox)
        return {.flaw = Flaw::bad_local_part};
    if (!literal && !is_domain_name(domain))
        return {.flaw = Flaw::bad_domain};
    return {.mailbox = Mailbox{mailbox->local_part, domain}, .shown = mailbox->local_part + "@" + domain};
}

} // namespace mailflow
