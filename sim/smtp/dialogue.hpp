// A conversation in text with one server: octets in, replies out. It reads lines, turns them into commands,
// has the session (smtp/server_session.hpp) answer them, and puts the answers into words. Whoever owns it
// says what the server knows of the client and of the DNS, and takes what was accepted. It keeps no more of
// what it hears than a line or a field of a header, however much comes.
#pragma once

#include "smtp/content.hpp"
#include "smtp/line.hpp"
#include "smtp/recollection.hpp"
#include "smtp/server_session.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// Who talks with whom. What it refers to must live as long as the dialogue.
struct DialogueSetting {
    ServerPolicy const& policy;
    AddressBook& book; // grows by what is accepted
    std::string host_name;
    IpAddress host_address;
    IpAddress client;
    std::string client_name; // of its address in the DNS
    ReverseName reverse = ReverseName::confirmed;
    Port port = port_smtp;
    std::optional<std::uint32_t> listed_on{}; // in policy.blocklists, the first that lists the client
};

/// A message that the server has taken responsibility for.
struct AcceptedMessage {
    AddressId reverse_path; // none: the null path
    std::vector<AddressId> recipients;
    std::uint64_t size_bytes = 0;
    std::uint32_t received_lines = 0;
    std::string subject;
};

/// What the dialogue asks of its owner, and tells it.
struct DialogueOwner {
    std::function<DomainStatus(DomainId)> status_of;               // of a sender's domain in the DNS
    std::function<void(Response const&, Question const&)> decided; // about MAIL, RCPT or VRFY
    std::function<std::string(AcceptedMessage)> accepted;          // comes back with the queue id
    std::function<bool()> storage_full;
    std::function<AddressId(AddressId)> alias_target; // of a mailbox here; none: it is no alias
};

class Dialogue {
public:
    Dialogue(DialogueSetting setting, DialogueOwner owner);

    /// What the server says first.
    [[nodiscard]] std::string greeting();
    /// What it says to these octets, which may end anywhere. Lines end in CRLF or LF.
    [[nodiscard]] std::string hear(std::string_view octets);
    /// Whether the server has closed the connection.
    [[nodiscard]] bool is_over() const { return is_over_; }

private:
    /// What the next line is.
    enum class Expects : std::uint8_t { command, content, chunk, plain_message, username, password, digest };

    void end_of_line(bool with_return);
    void command(std::string_view text);
    void obey(Line const& line);
    void auth(Line const& line);
    void auth_line(std::string_view text);
    [[nodiscard]] bool is_cut(std::string_view base64_text) const;
    void log_in(std::optional<PlainMessage> const& message);
    void challenge(AuthArgument::Mechanism mechanism, std::optional<std::string> said, Response& response);
    [[nodiscard]] std::optional<PlainMessage> proven(std::optional<DigestMessage> const& message) const;
    void path_command(Line const& line);
    void chunk_command(Line const& line);
    void flush_command(Line const& line);
    void judge_name(Line& line) const;
    void judge_web_command(Line& line);
    void end_of_content(ContentReader::Ended ended);
    void end_of_chunk();

    Response respond_to(Command const& typed, Credentials const& credentials = {});
    void answer(Response const& response);
    void say_next(Saying saying);
    void begin_transaction(AddressBook::Mark const& mark, bool takes_utf8);
    [[nodiscard]] AddressId address_of(Mailbox const& mailbox);
    [[nodiscard]] Saying expand(AddressId address);
    [[nodiscard]] bool is_own(std::string_view domain) const;
    void forget_transaction();
    [[nodiscard]] bool are_twins(AddressId one, AddressId other) const;
    [[nodiscard]] std::string_view user() const;
    [[nodiscard]] ServerSetting server_setting(Command const& command) const;

    struct Named {
        AddressId recipient;
        AddressId written; // before it is found out where that leads
        std::string shown; // as the client wrote it
    };
    void note_recipient(Named const& recipient);

    DialogueSetting setting_;
    DialogueOwner owner_;
    Habits const& habits_;
    ServerSession session_;
    Recollection memory_;
    Expects expects_ = Expects::command;
    bool is_over_ = false;
    bool sends_crlf_ = false;
    std::string line_; // as much as the server reads of one
    bool line_is_overlong_ = false;
    std::string output_;
    SayingContext context_;

    // What the context speaks of.
    std::string line_text_;
    std::string word_;
    std::string given_;
    std::string argument_;
    std::string before_;
    std::string shown_;
    std::string resolved_;
    std::string helo_;
    std::string client_address_;
    std::string blocklist_; // on which the client stands; empty: on none
    std::string queue_id_;

    std::optional<AddressBook::Mark> before_transaction_; // what the book held then
    bool session_takes_utf8_ = false;                     // as its MAIL has asked (RFC 6531)
    std::vector<Named> recipients_;
    std::string username_;
    std::string challenge_;
    std::uint32_t challenges_ = 0;
    ContentReader content_;
    std::uint64_t chunk_left_ = 0;
    bool chunk_is_last_ = false;
    bool chunk_is_taken_ = false; // else it comes all the same, and is thrown away
};

} // namespace mailflow
