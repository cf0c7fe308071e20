#include "viz/panels/message.hpp"

#include "bounce/meaning.hpp"

#include "report/advice/advice.hpp"
#include "report/ladder.hpp"
#include "report/letter.hpp"
#include "report/received.hpp"
#include "report/words/words.hpp"
#include "viz/draw/icons.hpp"
#include "viz/focus.hpp"
#include "viz/panels/panels.hpp"

#include <fmt/format.h>

namespace mailflow::viz {

namespace {

constexpr std::size_t most_stations = 40;

class Teller {
public:
    Teller(Flow& flow, Frame const& frame, ViewState const& view, MessageId id, Intents& intents)
        : flow_(flow)
        , brush_(flow.brush())
        , frame_(frame)
        , world_(frame.world)
        , trace_(frame.trace)
        , view_(view)
        , id_(id)
        , message_(frame.trace.messages[id])
        , intents_(intents) {}

    void tell() {
        flow_.say(brush_.fonts.head, brush_.colours.ink, title());
        flow_.gap(8);
        envelope();
        inside();
        if (!is_handed_in(message_))
            letter();
        journey();
        received();
    }

private:
    [[nodiscard]] std::string title() const {
        switch (message_.kind) {
        case MessageKind::mail:
            return world_.mail[message_.mail].subject.empty()
                       ? "A message of " + label_of(world_, message_.origin)
                       : "“" + world_.mail[message_.mail].subject + "”";
        case MessageKind::crowd: return "A message out of " + label_of(world_, message_.origin);
        case MessageKind::spam: return "Spam of " + label_of(world_, message_.origin);
        case MessageKind::bounce: return "A bounce, written by " + label_of(world_, message_.origin);
        case MessageKind::delay_warning:
            return "A delay warning, written by " + label_of(world_, message_.origin);
        }
        return {};
    }

    [[nodiscard]] std::string sender() const {
        return message_.reverse_path.valid() ? world_.book.text(message_.reverse_path) : std::string{};
    }

    /// The outside, as servers read it: an envelope with its two addresses.
    void envelope() {
        std::vector<std::string> lines{fmt::format("MAIL FROM:<{}>", sender())};
        constexpr std::uint32_t most = 4;
        for (std::uint32_t i = 0; i < std::min(message_.recipient_count, most); ++i)
            lines.push_back(fmt::format("RCPT TO:<{}>", address(i)));
        if (message_.recipient_count > most)
            lines.push_back(fmt::format("and {} more", message_.recipient_count - most));
        flow_.say(brush_.fonts.small_bold, brush_.colours.quiet, "Outside: what servers go by");
        flow_.gap(4);
        float const line = brush_.px(20);
        Rect const paper = flow_.room(line * static_cast<float>(lines.size()) + brush_.px(30));
        if (!flow_.draws())
            return;
        Colour const edge = message_.kind == MessageKind::spam ? brush_.colours.deferred
                            : is_handed_in(message_)           ? brush_.colours.ink
                                                               : brush_.colours.bounce;
        brush_.fill(paper, brush_.colours.surface, brush_.px(6));
        brush_.path({{paper.x + 1, paper.y + 2},
                     {paper.centre().x, paper.y + brush_.px(16)},
                     {paper.right() - 1, paper.y + 2}},
                    edge, brush_.px(1.6F));
        brush_.outline(paper, edge, brush_.px(1.8F), brush_.px(6));
        for (std::size_t i = 0; i < lines.size(); ++i)
            brush_.text({paper.x + brush_.px(12), paper.y + brush_.px(20) + line * static_cast<float>(i),
                         paper.w - brush_.px(24), line},
                        brush_.fonts.mono, brush_.colours.ink, lines[i]);
        brush_.drawn.shapes.insert_or_assign("envelope outside", paper);
    }

    [[nodiscard]] std::string const& address(std::uint32_t i) const {
        return world_.book.text(trace_.recipients[RecipientId{message_.first_recipient.index + i}].address);
    }

    /// The inside, as people read it, and where the two do not say the same.
    void inside() {
        flow_.gap(10);
        float const top = flow_.height();
        flow_.say(brush_.fonts.small_bold, brush_.colours.quiet, "Inside: what people read");
        if (!is_handed_in(message_)) {
            flow_.say(brush_.fonts.body, brush_.colours.ink, "The report below.");
            return;
        }
        std::string to;
        bool blind = false;
        for (std::uint32_t i = 0; i < message_.recipient_count; ++i)
            if (is_blind(world_, trace_, RecipientId{message_.first_recipient.index + i}))
                blind = true;
            else
                to += (to.empty() ? "" : ", ") + address(i);
        bool const mail = message_.kind == MessageKind::mail;
        flow_.say(brush_.fonts.mono, brush_.colours.ink, "From: " + sender());
        flow_.say(brush_.fonts.mono, brush_.colours.ink, "To: " + to);
        if (mail && !world_.mail[message_.mail].subject.empty())
            flow_.say(brush_.fonts.mono, brush_.colours.ink,
                      "Subject: " + world_.mail[message_.mail].subject);
        flow_.name_since(top, "envelope inside");
        flow_.say(brush_.fonts.small, brush_.colours.quiet, fmt::format("{} bytes", message_.size_bytes));
        if (blind)
            flow_.say(brush_.fonts.small, brush_.colours.quiet,
                      "One of the recipients outside stands in no header: a blind copy.");
        if (message_.kind == MessageKind::spam)
            flow_.say(brush_.fonts.small, brush_.colours.quiet,
                      "The sender may be anybody: nothing checks what stands there.");
    }

    /// The fields of the report: each to be pressed, to see who said it and why.
    void letter() {
        Letter const letter = letter_of(world_, trace_, frame_.index, id_);
        flow_.gap(10);
        flow_.say(brush_.fonts.small_bold, brush_.colours.quiet,
                  "The report. Press a line: it lights up who said it.");
        flow_.gap(2);
        field_lines(letter.per_message, LitLine::whole_letter);
        for (std::size_t group = 0; group < letter.per_recipient.size(); ++group)
            field_lines(letter.per_recipient[group], group);
        if (letter.per_message.empty() && letter.per_recipient.empty()) {
            std::vector<std::string> const lines = explanations_of(world_, trace_, frame_.index, id_);
            for (std::size_t group = 0; group < lines.size(); ++group)
                letter_line(lines[group], {group, 0}, {});
        }
    }

    void field_lines(std::vector<Field> const& fields, std::size_t group) {
        for (std::size_t i = 0; i < fields.size(); ++i)
            letter_line(fields[i].name + ": " + fields[i].value, {group, i},
                        meaning_of({fields[i].name, fields[i].value}));
    }

    /// With the answer right below it, where it is lit.
    void letter_line(std::string const& words, LitLine line, std::string const& meaning) {
        bool const lit = view_.lit == line;
        std::string const group = line.group == LitLine::whole_letter ? "letter" : std::to_string(line.group);
        if (flow_.line("bounce:" + group + ":" + std::to_string(line.field), brush_.fonts.mono,
                       brush_.colours.ink, words, lit))
            intents_.push_back(LightUp{lit ? std::nullopt : std::optional{line}});
        if (!lit)
            return;
        float const top = flow_.height();
        if (!meaning.empty())
            flow_.say(brush_.fonts.small, brush_.colours.ink, with_capital(meaning) + ".");
        why();
        flow_.gap(6);
        flow_.name_since(top, "bounce answer");
    }

    /// Of the line that is lit: the machine, its words, the rule.
    void why() {
        std::optional<Lit> const lit = lit_by(frame_, view_);
        if (!lit)
            return;
        flow_.gap(6);
        std::string const name = label_of(world_, lit->machine);
        if (lit->reply == never) {
            flow_.say(brush_.fonts.bold, brush_.colours.accent, name + " says this itself.");
            return;
        }
        Event const& event = trace_.events[lit->reply];
        auto const& sent = std::get<ReplySent>(event.happening);
        flow_.say(brush_.fonts.bold, brush_.colours.accent, name + " said, at " + say_clock(event.at) + ":");
        flow_.say(brush_.fonts.mono_bold, brush_.colours.refused,
                  to_line(reply_of(world_, trace_, sent, event.at)));
        if (!lit->decision.valid())
            return;
        Ladder const ladder = ladder_of(world_, trace_, trace_.decisions[lit->decision]);
        flow_.say(brush_.fonts.body, brush_.colours.ink,
                  fmt::format("The rule: {}. {}", ladder.rungs.back().sentence, ladder.rungs.back().because));
        if (flow_.line("bounce rule", brush_.fonts.small_bold, brush_.colours.accent, "Show the whole ladder",
                       false))
            intents_.push_back(Choose{lit->decision});
    }

    void journey() {
        flow_.gap(12);
        flow_.say(brush_.fonts.small_bold, brush_.colours.quiet, "Its journey so far");
        std::size_t told = 0;
        RepeatedReplies repeats{trace_};
        for (EventNumber const number : happened(frame_.lists.of(id_), frame_.state.applied)) {
            Event const& event = trace_.events[number];
            if (repeats(event) || !shown_at(trace_, event, Detail::servers) || told == most_stations)
                continue;
            ++told;
            bool const refused = mark_of(trace_, event) == Mark::refused;
            std::string const words = say_clock(event.at) + "  " + sentence(world_, trace_, event);
            if (flow_.line("station:" + std::to_string(number), brush_.fonts.small,
                           refused ? brush_.colours.refused : brush_.colours.ink, words, false)) {
                intents_.push_back(Seek{event.at});
            }
        }
        if (told == 0)
            flow_.say(brush_.fonts.small, brush_.colours.quiet, "It has not set out yet.");
        if (told == most_stations)
            flow_.say(brush_.fonts.small, brush_.colours.quiet, "and so on.");
    }

    /// As the last server that has it keeps them, the newest on top.
    void received() {
        std::span<EventNumber const> const entries =
            happened(frame_.lists.entries_of(id_), frame_.state.applied);
        flow_.gap(12);
        flow_.say(brush_.fonts.small_bold, brush_.colours.quiet, "Received lines so far");
        if (entries.empty()) {
            flow_.say(brush_.fonts.small, brush_.colours.quiet, "None: no server has taken it yet.");
            return;
        }
        auto const& queued = std::get<MessageQueued>(trace_.events[entries.back()].happening);
        std::size_t number = 0;
        for (ReceivedLine const& line : received_lines(world_, trace_, frame_.index, queued.entry)) {
            float const top = flow_.height();
            std::string words;
            for (std::string const& folded : line.folded)
                words += (words.empty() ? "" : "\n") + folded;
            flow_.say(brush_.fonts.mono, brush_.colours.ink, words);
            flow_.name_since(top, "received:" + std::to_string(number++));
            flow_.gap(4);
        }
    }

    Flow& flow_;
    Brush& brush_;
    Frame const& frame_;
    World const& world_;
    Trace const& trace_;
    ViewState const& view_;
    MessageId id_;
    Message const& message_;
    Intents& intents_;
};

/// What a recipient's group of lines speaks of: what settled the recipient, or put it off.
std::optional<RecipientSettled> told_in(Frame const& frame, MessageId bounce, std::size_t group) {
    if (auto const found = frame.index.returned.find(bounce); found != frame.index.returned.end())
        if (group < found->second.size())
            return found->second[group];
    if (auto const found = frame.index.delayed.find(bounce); found != frame.index.delayed.end())
        if (group < found->second.size())
            return as_if_settled(frame.trace.deferrals[found->second[group]]);
    return std::nullopt;
}

/// The reply in that session with those words, and the decision before it.
void find_words(Frame const& frame, RecipientSettled const& settled, Lit& lit) {
    for (EventNumber const number : frame.lists.of(settled.session)) {
        Happening const& happening = frame.trace.events[number].happening;
        if (auto const* made = std::get_if<DecisionMade>(&happening)) {
            DecisionRecord const& record = frame.trace.decisions[made->decision];
            AddressId const address = frame.trace.recipients[settled.recipient].address;
            if (record.decision.verdict == Verdict::refuse &&
                (!record.recipient.valid() || record.recipient == address || !lit.decision.valid()))
                lit.decision = made->decision;
        } else if (auto const* sent = std::get_if<ReplySent>(&happening)) {
            if (sent->saying == settled.saying && lit.reply == never)
                lit.reply = number;
        }
    }
}

} // namespace

std::optional<Lit> lit_by(Frame const& frame, ViewState const& view) {
    auto const* const bounce = std::get_if<MessageId>(&view.subject);
    if (bounce == nullptr || !view.lit || is_handed_in(frame.trace.messages[*bounce]) ||
        still_to_come(frame, view.subject))
        return std::nullopt;
    Lit lit{.machine = frame.trace.messages[*bounce].origin, .reply = never, .decision = {}};
    if (view.lit->group == LitLine::whole_letter)
        return lit;
    std::optional<RecipientSettled> const settled = told_in(frame, *bounce, view.lit->group);
    if (!settled || !settled->session.valid())
        return lit;
    find_words(frame, *settled, lit);
    if (lit.reply != never)
        lit.machine = frame.trace.sessions[settled->session].server;
    return lit;
}

void tell_message(Flow& flow, Frame const& frame, ViewState const& view, MessageId message,
                  Intents& intents) {
    Teller{flow, frame, view, message, intents}.tell();
}

} // namespace mailflow::viz
