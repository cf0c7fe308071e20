// The paths of MAIL and RCPT as they are typed (RFC 5321 section 4.1.2): taking the argument apart is the
// same everywhere; what makes a mailbox of the path is one function a software, in smtp/paths. Where the mail
// for a mailbox is really to go is not decided here but in policy/routing.hpp.
#pragma once

#include "mail/address.hpp"
#include "mail/command.hpp"
#include "mail/ip.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mailflow {

/// "FROM:<a@b.example> SIZE=1000", taken apart.
struct PathArgument {
    Flaw flaw = Flaw::none;      // missing_argument, wrong_keyword or unclosed_path
    std::string_view given;      // all that stands after the keyword
    std::string_view path;       // with its brackets
    std::string_view inside;     // without them
    std::string_view glued;      // what stands between the closing bracket and the next blank
    std::string_view parameters; // all that stands behind the path, that included
};

/// `keyword` is "FROM:" or "TO:"; empty where a command has none.
[[nodiscard]] PathArgument take_apart(std::string_view argument, std::string_view keyword);

/// What the path of MAIL and RCPT stands behind; empty for other commands, which have no such word.
[[nodiscard]] constexpr std::string_view path_keyword(Verb verb) {
    return verb == Verb::mail ? "FROM:" : verb == Verb::rcpt ? "TO:" : "";
}

/// Who reads the path.
struct PathSetting {
    std::string_view host_name;
    IpAddress host_address;
    bool is_sender = false;
    bool takes_parameters = true;                   // none after HELO, where a server is strict
    bool takes_utf8 = false;                        // the client has asked for SMTPUTF8 (RFC 6531)
    std::function<bool(std::string_view)> is_own{}; // whether mail for the domain stays here; none: only for
                                                    // the host itself
};

/// What a server makes of a path.
struct PathReading {
    Flaw flaw = Flaw::none;
    std::optional<Mailbox> mailbox{};   // none: the null path, or nothing that could be read
    std::string shown{};                // how the server speaks of it
    std::string argument{};             // what is wrong ...
    std::string before{};               // ... and what stands before that
    std::optional<std::string> given{}; // how the server has it in mind, where that is not as it was typed
    bool is_bare_postmaster = false;    // as in Command
    std::optional<std::string> parameters{}; // what it takes for them; none: all that stands behind the path
    bool yields_to_parameters = false;       // it says what is wrong with them first
};

using ReadPath = PathReading (*)(PathArgument const& argument, PathSetting const& setting);

[[nodiscard]] PathReading read_as_postfix(PathArgument const& argument, PathSetting const& setting);
[[nodiscard]] PathReading read_as_exim(PathArgument const& argument, PathSetting const& setting);
[[nodiscard]] PathReading read_as_sendmail(PathArgument const& argument, PathSetting const& setting);
[[nodiscard]] PathReading read_as_opensmtpd(PathArgument const& argument, PathSetting const& setting);
[[nodiscard]] PathReading read_as_qmail(PathArgument const& argument, PathSetting const& setting);
[[nodiscard]] PathReading read_as_exchange(PathArgument const& argument, PathSetting const& setting);

// -- parts of them

/// Whether OpenSMTPD takes it for a domain: what res_hnok(3) finds fit, or an address in brackets.
[[nodiscard]] bool is_domain_for_opensmtpd(std::string_view text);

/// The same for a whole address, whose domain may be missing.
[[nodiscard]] bool is_address_for_opensmtpd(std::string_view text);
/// Whether Postfix takes it for a domain: letters, digits, hyphens and underscores, or an address in
/// brackets.
[[nodiscard]] bool is_domain_for_postfix(std::string_view text);

/// Whether Exim can read every address in a header field (verify_check_headers() of its verify.c): with or
/// without names, in groups or not, and each with a domain. There may be none at all.
[[nodiscard]] bool are_addresses_for_exim(std::string_view value);

/// The path without the source route, "@a.example,@b.example:", at its front (RFC 5321 appendix C).
[[nodiscard]] std::string_view without_source_route(std::string_view inside);

/// The place of the last "@" outside quotes; npos when there is none.
[[nodiscard]] std::size_t last_at(std::string_view text);

/// The domain as the address book shall have it: the host's own name for "localhost" and for the host's own
/// address in brackets, else the text.
[[nodiscard]] std::string domain_for_book(std::string_view domain, PathSetting const& setting);

/// A local part like "user%there" or "there!user", with `there` as the address book shall have it. Where
/// `minds_empty`, nothing comes back if `there` is empty, and no user is the postmaster.
[[nodiscard]] std::string route_for_book(std::string_view local_part, PathSetting const& setting,
                                         bool minds_empty);

/// Whether the text is an address in brackets: "[203.0.113.25]" (RFC 5321 section 4.1.3).
[[nodiscard]] bool is_domain_literal(std::string_view domain);

/// Without comments in parentheses, and without the blanks outside quotes (RFC 5322 section 3.2.2).
[[nodiscard]] std::string without_comments(std::string_view text);

} // namespace mailflow
