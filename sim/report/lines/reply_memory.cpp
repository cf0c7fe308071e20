#include "report/lines/reply_memory.hpp"

#include "report/moment.hpp"
#include "report/words/words.hpp"

namespace mailflow {

namespace {

void write_reply(JsonText& line, Reply const& reply) {
    line.key("code");
    line.number(static_cast<std::uint64_t>(reply.code));
    line.key("lines");
    line.raw("[");
    for (std::string const& text : reply.code == 0 ? reply.lines : to_wire(reply)) {
        line.item();
        line.text(text);
    }
    line.raw("]");
}

std::uint64_t key_of(Session const& session, Saying saying) {
    return std::uint64_t{session.server.index} << 32U | std::uint64_t{session.port} << 16U |
           static_cast<std::uint64_t>(saying);
}

} // namespace

ReplyMemory::ReplyMemory(World const& world, Trace const& trace)
    : world_(world)
    , trace_(trace)
    , now_(world) {}

Present const& ReplyMemory::opening_of(ReplySent const& sent) {
    std::uint32_t const changes = changes_by(world_, trace_.sessions[sent.session].opened);
    if (changes == now_.changes_applied())
        return now_;
    if (!earlier_ || changes < earlier_->changes_applied())
        earlier_.emplace(world_);
    while (earlier_->changes_applied() < changes)
        earlier_->apply_next();
    return *earlier_;
}

void ReplyMemory::write(JsonText& line, ReplySent const& sent, Instant at) {
    for (std::uint32_t const changes = changes_by(world_, at); now_.changes_applied() < changes;) {
        now_.apply_next();
        common_.clear();
    }
    auto const [place, is_new] = common_.try_emplace(key_of(trace_.sessions[sent.session], sent.saying));
    if (is_new)
        if (auto const reply = common_reply_of(world_, trace_, sent, at, opening_of(sent))) {
            JsonText text;
            write_reply(text, *reply);
            place->second = text.view();
        }
    if (place->second.empty())
        write_reply(line, reply_of(world_, trace_, sent, at, opening_of(sent)));
    else
        line.raw(place->second);
}

} // namespace mailflow
