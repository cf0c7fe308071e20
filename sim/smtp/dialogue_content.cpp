// The part of a dialogue in which a message comes: after DATA (RFC 5321 section 4.1.1.4), or in chunks with
// BDAT (RFC 3030).
#include "base/text.hpp"
#include "smtp/dialogue.hpp"

#include <utility>

namespace mailflow {

void Dialogue::end_of_content(ContentReader::Ended ended) {
    expects_ = Expects::command;
    if (ended != ContentReader::Ended::by_dot) {
        say_next(ended == ContentReader::Ended::by_bare_return ? Saying::bare_carriage_return
                                                               : Saying::bare_line_feed);
        is_over_ = true;
        return;
    }
    ContentMeasure const& measure = content_.measure();
    context_.message_size = measure.octets;
    if (context_.command != "BDAT")
        context_.length = measure.longest_line;
    else if (measure.headless && habits_.adds_empty_line)
        ++context_.message_size;
    context_.flaw = measure.flaw;
    AddressId const reverse_path = session_.reverse_path;
    Response const response =
        respond_to({.verb = Verb::content,
                    .size_bytes = habits_.measures_as_stored ? measure.octets_stored : measure.octets,
                    .received_lines = measure.received_lines,
                    .longest_line = measure.longest_line,
                    .headless = measure.headless,
                    .flaw = measure.flaw});
    if (response.effect == Effect::content_accepted) {
        std::vector<AddressId> taken;
        for (Named const& named : recipients_)
            taken.push_back(named.recipient);
        queue_id_ = owner_.accepted({.reverse_path = reverse_path,
                                     .recipients = std::move(taken),
                                     .size_bytes = measure.octets,
                                     .received_lines = measure.received_lines,
                                     .subject = printable(measure.subject)});
        context_.queue_id = queue_id_;
        before_transaction_.reset(); // what the message needs of the book stays
    }
    forget_transaction();
    answer(response);
}

void Dialogue::chunk_command(Line const& line) {
    ChunkArgument chunk = read_chunk(line.argument, habits_.reads_chunks_loosely);
    bool const is_readable = chunk.flaw == Flaw::none;
    if (is_readable && habits_.refused_chunk_spoils_rest) {
        if (chunk.octets == 0 && !chunk.last)
            chunk.flaw = Flaw::null_chunk;
        else if (memory_.transaction.chunks_are_spoilt)
            chunk.flaw = Flaw::after_bad_chunk;
    }
    context_.flaw = chunk.flaw;
    context_.length = chunk.octets;
    bool const continues = session_.awaits_content;
    Response const response = respond_to({.verb = Verb::other, .keyword = Keyword::bdat, .flaw = chunk.flaw});
    chunk_is_taken_ = response.saying == Saying::chunk_taken;
    if (!chunk_is_taken_)
        answer(response);
    bool const comes_anyway = is_readable && response.saying != Saying::unknown_command &&
                              response.saying != Saying::chunks_unavailable &&
                              response.saying != Saying::starttls_first;
    if (!chunk_is_taken_ && !comes_anyway)
        return;
    if (!chunk_is_taken_ && habits_.refused_chunk_spoils_rest) {
        if (chunk.last) {
            end_transaction(session_);
            forget_transaction();
        } else {
            memory_.transaction.chunks_are_spoilt = true;
        }
    }
    if (!continues)
        content_.begin(habits_, true);
    chunk_left_ = chunk.octets;
    chunk_is_last_ = chunk.last;
    if (chunk_left_ > 0)
        expects_ = Expects::chunk;
    else
        end_of_chunk();
}

void Dialogue::end_of_chunk() {
    expects_ = Expects::command;
    if (!chunk_is_taken_)
        return; // it was answered before it came
    if (!chunk_is_last_)
        return say_next(Saying::chunk_taken);
    content_.end_chunks();
    end_of_content(ContentReader::Ended::by_dot);
}

} // namespace mailflow
