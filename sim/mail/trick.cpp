#include "mail/trick.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// RFC 5321 section 4.1.3.
std::string literal(IpAddress const& address) {
    return fmt::format("[{}{}]", address.is_v4() ? "" : "IPv6:", to_text(address));
}

WovenPath at(std::string local_part, std::string_view written_domain, std::string_view domain) {
    std::string text = fmt::format("{}@{}", local_part, written_domain);
    return {std::move(text), {std::move(local_part), std::string{domain}}};
}

} // namespace

WovenPath weave_recipient(Trick trick, Mailbox const& aim, TrickTarget const& target) {
    std::string_view const host = target.host;
    std::string const address = literal(target.address);
    std::string const whole = fmt::format("{}@{}", aim.local_part, aim.domain);
    std::string const percent = fmt::format("{}%{}", aim.local_part, aim.domain);
    std::string const bang = fmt::format("{}!{}", aim.domain, aim.local_part);
    std::string const quoted = fmt::format("\"{}\"", whole);
    switch (trick) {
    case Trick::null_sender:
    case Trick::plain:
    case Trick::own_sender:
    case Trick::literal_sender: break;
    case Trick::percent_literal: return at(percent, address, host);
    case Trick::percent: return at(percent, host, host);
    case Trick::quoted: return {quoted, {quoted, std::string{host}}};
    case Trick::quoted_percent: return {fmt::format("\"{}\"", percent), {percent, std::string{host}}};
    case Trick::at_literal: return {whole + "@" + address, {quoted, std::string{host}}};
    case Trick::quoted_literal: return at(quoted, address, host);
    case Trick::at: return {fmt::format("{}@{}", whole, host), {quoted, std::string{host}}};
    case Trick::route_literal: return {fmt::format("@{}:{}", address, whole), aim};
    case Trick::route: return {fmt::format("@{}:{}", host, whole), aim};
    case Trick::bang: return {bang, {bang, std::string{host}}};
    case Trick::bang_literal: return at(bang, address, host);
    case Trick::bang_host: return at(bang, host, host);
    case Trick::route_and_percent:
        return {fmt::format("@{}:{}@{}", host, percent, host), {percent, std::string{host}}};
    case Trick::percent_domain: return at(percent, target.domain, target.domain);
    case Trick::bang_domain: return at(bang, target.domain, target.domain);
    }
    return {whole, aim};
}

std::optional<WovenPath> weave_sender(Trick trick, Mailbox const& usual, TrickTarget const& target) {
    switch (trick) {
    case Trick::null_sender: return std::nullopt;
    case Trick::own_sender: return at(usual.local_part, target.host, target.host);
    case Trick::literal_sender: return at(usual.local_part, literal(target.address), target.host);
    default: return WovenPath{fmt::format("{}@{}", usual.local_part, usual.domain), usual};
    }
}

} // namespace mailflow
