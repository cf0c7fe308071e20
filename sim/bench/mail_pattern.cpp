#include "bench/mail_pattern.hpp"

#include "bench/bare_ladder.hpp"

#include "base/ladder_queue.hpp"
#include "base/random.hpp"
#include "base/rows.hpp"

#include <memory>

namespace mailflow::bench {

namespace {

struct PatternMessage {
    std::uint64_t submitted = 0;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
};

/// What the bare loop needs: the ladder, and messages in an array with a list of free places.
class BareLoop {
public:
    explicit BareLoop(std::uint64_t most)
        : ladder_(std::make_unique<BareLadder>(most + 2))
        , messages_(most + 2) {}

    std::uint32_t add(PatternMessage const& message) {
        std::uint32_t id = used_;
        if (free_ != none) {
            id = free_;
            free_ = messages_[id].from;
        } else {
            ++used_;
        }
        messages_[id] = message;
        return id;
    }
    void let_go(std::uint32_t id) {
        messages_[id].from = free_;
        free_ = id;
    }
    PatternMessage const& operator[](std::uint32_t id) const { return messages_[id]; }
    void push(std::uint64_t at, std::uint32_t id, std::uint32_t step) {
        ladder_->push({at, (std::uint64_t{id} << 8U) | step});
    }
    template<class Use>
    void pop(Use use) {
        BareEvent const event = ladder_->pop();
        use(event.time, static_cast<std::uint32_t>(event.what >> 8U),
            static_cast<std::uint32_t>(event.what & 255U));
    }

private:
    static constexpr std::uint32_t none = ~0U;

    std::unique_ptr<BareLadder> ladder_;
    std::vector<PatternMessage> messages_;
    std::uint32_t used_ = 0;
    std::uint32_t free_ = none;
};

class OwnLoop {
public:
    std::uint32_t add(PatternMessage const& message) { return messages_.add(message).index; }
    void let_go(std::uint32_t id) { messages_.let_go(MessageNumber{id}); }
    PatternMessage const& operator[](std::uint32_t id) const { return messages_[MessageNumber{id}]; }
    void push(std::uint64_t at, std::uint32_t id, std::uint32_t step) {
        queue_.push({Instant{Duration{static_cast<std::int64_t>(at)}}, id, step});
    }
    template<class Use>
    void pop(Use use) {
        PatternEvent const event = *queue_.pop();
        use(static_cast<std::uint64_t>(event.at.since_start.count()), event.subject, event.step);
    }

private:
    using MessageNumber = Id<struct PatternMessageTag>;
    struct PatternEvent {
        Instant at;
        std::uint32_t subject = 0;
        std::uint32_t step = 0;
    };

    LadderQueue<PatternEvent> queue_;
    RecycledRows<MessageNumber, PatternMessage> messages_;
};

template<class Loop>
class Pattern {
public:
    Pattern(PatternShape const& shape, Loop& loop)
        : shape_(shape)
        , loop_(loop)
        , delays_(exponential_delays(std::size_t{1} << 16U, shape.interval_ns))
        , sending_(shape.servers)
        , receiving_(shape.servers) {}

    PatternCount play() {
        loop_.push(0, 0, 0);
        std::uint64_t left = shape_.messages;
        while (left > 0)
            loop_.pop([&](std::uint64_t now, std::uint32_t id, std::uint32_t step) {
                ++count_.events;
                if (step == 0)
                    submit(now);
                else if (step + 1 < shape_.events_per_message)
                    go_on(now, id, step);
                else {
                    deliver(now, id);
                    --left;
                }
            });
        return count_;
    }

private:
    static constexpr std::uint64_t hand_over_ns = 5'000'000;

    /// From 5 to 35 ms to the middle of the internet, as in the worlds of the mail workloads.
    [[nodiscard]] static std::uint64_t latency_ns(std::uint32_t server) {
        return (5 + 2 * (server % 16)) * std::uint64_t{1'000'000};
    }

    void submit(std::uint64_t now) {
        PatternMessage const message{now, static_cast<std::uint32_t>(chance_.below(shape_.servers)),
                                     static_cast<std::uint32_t>(chance_.below(shape_.servers))};
        ++sending_[message.from];
        loop_.push(now + hand_over_ns, loop_.add(message), 1);
        if (++submitted_ < shape_.messages)
            loop_.push(now + delays_[submitted_ % delays_.size()], 0, 0);
    }

    void go_on(std::uint64_t now, std::uint32_t id, std::uint32_t step) {
        PatternMessage const& message = loop_[id];
        if (step + 2 == shape_.events_per_message) {
            --sending_[message.from];
            ++receiving_[message.to];
        }
        loop_.push(now + latency_ns(message.from) + latency_ns(message.to), id, step + 1);
    }

    void deliver(std::uint64_t now, std::uint32_t id) {
        PatternMessage const& message = loop_[id];
        --receiving_[message.to];
        ++count_.delivered;
        count_.delay_ns += now - message.submitted;
        loop_.let_go(id);
    }

    PatternShape shape_;
    Loop& loop_;
    std::vector<std::uint64_t> delays_;
    std::vector<std::uint32_t> sending_; // messages in the queue, by server
    std::vector<std::uint32_t> receiving_;
    RandomStream chance_{1, 1};
    std::uint64_t submitted_ = 0;
    PatternCount count_;
};

} // namespace

PatternCount play_bare(PatternShape const& shape) {
    BareLoop loop{shape.most_in_flight};
    return Pattern<BareLoop>{shape, loop}.play();
}

PatternCount play_on_own_loop(PatternShape const& shape) {
    OwnLoop loop;
    return Pattern<OwnLoop>{shape, loop}.play();
}

} // namespace mailflow::bench
