// A server's settings and the questions put to it, from plain texts, as the tests of the rules write them.
#pragma once

#include "catch.hpp"

#include "policy/decide.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace mailflow::testing {

/// What the postmaster has set, in words.
struct Settings {
    std::vector<std::string> handles{};
    std::vector<std::string> mailboxes{"*"};
    std::vector<std::string> trusts{};
    std::vector<std::string> relays_for{};
    bool open_relay = false;
};

/// Who asks, and for whom. `account` is empty where the client has not authenticated.
struct Asked {
    std::string client = "198.51.100.7";
    Port port = port_smtp;
    std::string account{};
    std::string recipient{};
};

/// A server with these settings and the accounts "maya" and "zoe", and the address book that goes with it.
class Desk {
public:
    explicit Desk(Settings const& settings) {
        for (std::string const& domain : settings.handles)
            server_.handles.push_back(book_.add_domain(domain));
        for (std::string const& domain : settings.relays_for)
            server_.relays_for.push_back(book_.add_domain(domain));
        server_.any_mailbox = settings.mailboxes == std::vector<std::string>{"*"};
        if (!server_.any_mailbox)
            for (std::string const& name : settings.mailboxes)
                server_.mailboxes.push_back(book_.add_local_part(name));
        for (std::string const& text : settings.trusts)
            server_.trusts.push_back(parse_range(text).value());
        server_.accounts = {{"maya", "secret"}, {"zoe", "other"}};
        server_.open_relay = settings.open_relay;
        std::sort(server_.handles.begin(), server_.handles.end());
        std::sort(server_.relays_for.begin(), server_.relays_for.end());
        std::sort(server_.mailboxes.begin(), server_.mailboxes.end());
    }

    [[nodiscard]] Question question(Asked const& asked) {
        Question question{.server = server_,
                          .book = book_,
                          .client = parse_ip(asked.client).value(),
                          .port = asked.port,
                          .account = std::nullopt,
                          .sender = {},
                          .recipient = book_.add_address(parse_mailbox(asked.recipient).value())};
        if (!asked.account.empty())
            question.account = account_at(server_, asked.account).value();
        question.user = asked.account;
        return question;
    }

    [[nodiscard]] ServerPolicy const& server() const { return server_; }
    [[nodiscard]] AddressBook& book() { return book_; }

private:
    AddressBook book_;
    ServerPolicy server_;
};

/// The decision as lines: "no trusted-network: 198.51.100.7 is not in 192.0.2.0/24".
inline std::vector<std::string> ladder(Question const& question, Decision const& decision) {
    std::vector<std::string> lines;
    for (Finding const& finding : decision.findings()) {
        Rule const& asked = rule(finding.rule);
        lines.push_back((finding.match == Match::yes ? "yes " : "no ") + std::string{asked.name} + ": " +
                        asked.because(question, finding));
    }
    return lines;
}

} // namespace mailflow::testing
