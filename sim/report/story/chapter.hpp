// One message on its way, event by event, with the bounces and warnings that it brought about and the changes
// of the world meanwhile: the middle of a story.
#pragma once

#include "report/detail.hpp"
#include "report/letter.hpp"
#include "report/page.hpp"
#include "report/story/rounds.hpp"
#include "trace/trace.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace mailflow {

/// The networks of which a story has told that they are slow, and how slow they were then.
using SlowNetworks = std::map<NetworkId, Duration>;

class Chapter {
public:
    /// `detail` is servers or protocol. The times told are those since `start`; `time_column` is as wide as
    /// the longest of them. `slow` goes from chapter to chapter.
    Chapter(World const& world, Trace const& trace, TraceIndex const& index, Detail detail, Page& page,
            SlowNetworks& slow, Instant start, std::size_t time_column)
        : world_(world)
        , trace_(trace)
        , index_(index)
        , detail_(detail)
        , page_(page)
        , slow_(slow)
        , start_(start)
        , time_column_(time_column)
        , now_(start)
        , told_(start) {}

    /// Tells the next event of the message; the events come in the order of the trace.
    void tell(Event const& event);

    /// Tells of tries that went as the one before, or of several side by side; the last of them ended with
    /// this event.
    void tell_repetition(std::size_t tries, std::size_t side_by_side, Event const& last);

    /// Tells of rounds that went as the one before.
    void tell_rounds(Rounds const& rounds);

private:
    void tell(MessageSubmitted const& event);
    void tell(ConnectionOpened const& event);
    void tell(ConnectionEstablished const& event);
    void tell(ConnectionFailed const& event);
    void tell(CommandSent const& event);
    void tell(DecisionMade const& event);
    void tell(ReplySent const& event);
    void tell(SessionClosed const& event);
    void tell(LookupSent const& event);
    void tell(LookupAnswered const& event);
    void tell(LookupTimedOut const& event);
    void tell(MessageQueued const& event);
    void tell(AliasFollowed const& event);
    void tell(MessageDeferred const& event);
    void tell(MessageDequeued const& event);
    void tell(MessageFiled const& event);
    void tell(BounceWritten const& event);
    void tell(DelayWarningWritten const& event);
    void tell(AddressListed const& event);
    void tell(AddressDelisted const& event);
    void tell(WorldChanged const& event);
    void tell(RecipientSettled const& event);
    void tell(MailCheckStarted const& event);
    void tell(AccessCommandSent const& event);
    void tell(AccessReplySent const& event);
    void tell(MessageFetched const& event);
    void tell(MessageRemoved const& event);
    void tell(MailCheckEnded const& event);
    void tell_letter(MessageId written);
    void tell_header(RecipientId recipient);
    void tell_slowness(HostId host);
    void tell_call_into_the_void(Lookup const& lookup);
    void tell_refused(RecipientSettled const& event);
    void tell_bounced(RecipientSettled const& event);
    void pass_time();
    void say(std::string_view mark, std::string_view text, Tone tone = Tone::plain);
    void wire(SessionId session, std::string_view arrow, std::string_view text, Tone tone);
    void wire(std::string_view arrow, std::string_view text, Tone tone);
    [[nodiscard]] std::string const& web_mail_of(MessageId message) const;
    [[nodiscard]] std::string ends_of(SessionId id) const;
    [[nodiscard]] std::string margin();
    /// Who asks or calls: a server, or for a message a person's mail program or browser, or a device that
    /// looks for mail.
    [[nodiscard]] bool is_device(HostId host) const;
    [[nodiscard]] std::string caller(HostId host, MessageId message = {}) const;
    [[nodiscard]] bool in_protocol() const { return detail_ == Detail::protocol; }

    World const& world_;
    Trace const& trace_;
    TraceIndex const& index_;
    Detail detail_;
    Page& page_;
    SlowNetworks& slow_;
    Instant start_;
    std::size_t time_column_;
    Instant now_;
    std::optional<std::string> time_shown_;
    bool told_of_servers_ = false;
    SessionId speaking_;      // whose dialogue the last line belonged to
    SessionId session_known_; // whose server's knowledge was told last
    using AliasStep = std::tuple<QueueEntryId, RecipientId, AddressId>;
    std::set<AliasStep> alias_steps_; // told so far; with no address: that they lead in a circle
    std::map<RecipientId, AddressId> destinations_; // of the copies that an alias sent elsewhere
    std::vector<std::string> header_told_;          // of the copy before
    Instant told_;                                  // when the line before happened
};

/// "leo@shop.example and mia@shop.example": the recipients of a message; those that only the envelope names
/// as such: "leo@shop.example (with a blind copy to maya@isp.example)".
[[nodiscard]] std::string recipient_list(World const& world, Trace const& trace, Message const& message);

} // namespace mailflow
