// What makers and postmasters call the softwares and their settings, for advice that can be followed to the
// letter.
#pragma once

#include "mail/voice.hpp"

#include <array>
#include <string_view>

namespace mailflow {

/// As their makers write them, in the order of Software.
inline constexpr std::array<std::string_view, software_names.size()> product_names{
    "Postfix", "Exim", "Sendmail", "OpenSMTPD", "qmail", "Exchange"};

[[nodiscard]] constexpr std::string_view product_name(Software software) {
    return product_names[static_cast<std::size_t>(software)];
}

/// The list of the domains that a server of that software is the final destination for, as its manual names
/// it: postconf(5), the specification of Exim (chapter 7), Sendmail's cf/README, smtpd.conf(5),
/// qmail-control(5), the accepted domains of Exchange.
[[nodiscard]] constexpr std::string_view local_domains_setting(Software software) {
    constexpr std::array<std::string_view, software_names.size()> settings{
        "mydestination or virtual_mailbox_domains",
        "domainlist local_domains",
        "local-host-names",
        "a rule \"match from any for domain\"",
        "control/rcpthosts and control/locals",
        "the accepted domains"};
    return settings[static_cast<std::size_t>(software)];
}

} // namespace mailflow
