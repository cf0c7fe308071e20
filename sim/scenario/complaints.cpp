#include "scenario/complaints.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

/// Walks forward through a text, counting lines and characters.
class LineCounter {
public:
    explicit LineCounter(std::string_view text) : text_{text} {
        if (text_.starts_with(byte_order_mark))
            offset_ = byte_order_mark.size();
    }

    void advance_to(std::size_t offset) {
        for (; offset_ < std::min(offset, text_.size()); ++offset_) {
            if (text_[offset_] == '\n') {
                ++line;
                column = 1;
            } else if (offset_ + 1 >= text_.size() || !continues_character(text_[offset_ + 1])) {
                ++column;
            }
        }
    }

    std::size_t line = 1;
    std::size_t column = 1;

private:
    std::string_view text_;
    std::size_t offset_ = 0;
};

} // namespace

void Complaints::add(Value at, std::string what, std::string hint) {
    if (full())
        ++count_;
    else
        add_at(at.offset(), at.pointer(), std::move(what), std::move(hint));
}

void Complaints::add_at_key(Value at, std::string what, std::string hint) {
    if (full())
        ++count_;
    else
        add_at(at.key_offset(), at.pointer(), std::move(what), std::move(hint));
}

void Complaints::add_at(std::size_t offset, std::string pointer, std::string what, std::string hint) {
    if (!full())
        told_.push_back({offset, std::nullopt, std::move(pointer), std::move(what), std::move(hint)});
    ++count_;
}

void Complaints::warn(Value at, std::string what, std::string hint) {
    if (warnings_.size() < most_complaints)
        warnings_.push_back({at.offset(), std::nullopt, at.pointer(), std::move(what), std::move(hint)});
}

void Complaints::warn_at_key(Value at, std::string what, std::string hint) {
    if (warnings_.size() < most_complaints)
        warnings_.push_back({at.key_offset(), std::nullopt, at.pointer(), std::move(what), std::move(hint)});
}

void Complaints::add_about_override(std::uint32_t number, std::string pointer, std::string what,
                                    std::string hint) {
    if (!full())
        told_.push_back({0, number, std::move(pointer), std::move(what), std::move(hint)});
    ++count_;
}

Complaints Complaints::with_same_room() const {
    Complaints none;
    none.room_ = room_ - told_.size();
    return none;
}

void Complaints::add_from_change(Complaints const& found, Value change) {
    std::string const pointer = found.told_.empty() ? std::string{} : change.pointer();
    for (Complaint const& complaint : found.told_) {
        auto const is_same = [&](Complaint const& known) {
            return known.offset == complaint.offset && known.what == complaint.what;
        };
        if (complaint.pointer.starts_with(pointer + "/"))
            add_at(complaint.offset, complaint.pointer, complaint.what, complaint.hint);
        else if (std::none_of(told_.begin(), told_.end(), is_same))
            add(change, complaint.what, complaint.hint);
    }
    count_ += found.count_ - found.told_.size();
}

bool Complaints::are_about(std::string_view top, std::string_view key) const {
    std::string const start = fmt::format("/{}/", top);
    std::string const under = fmt::format("/{}/", key);
    return std::any_of(told_.begin(), told_.end(), [&](Complaint const& complaint) {
        return complaint.pointer.starts_with(start) &&
               (complaint.pointer + "/").find(under, start.size()) != std::string::npos;
    });
}

std::vector<Diagnostic> Complaints::diagnostics(Gravity gravity, PatchedText const& text,
                                                std::span<Override const> overrides) const {
    bool const are_errors = gravity == Gravity::error;
    struct Placed {
        PatchedText::Origin origin;
        Complaint const* complaint;
    };
    std::vector<Placed> sorted;
    for (Complaint const& complaint : are_errors ? told_ : warnings_)
        sorted.push_back({complaint.override_number
                              ? PatchedText::Origin{complaint.offset, complaint.override_number}
                              : text.origin(complaint.offset),
                          &complaint});
    std::stable_sort(sorted.begin(), sorted.end(), [](Placed const& a, Placed const& b) {
        return std::pair{a.origin.override_number, a.origin.offset} <
               std::pair{b.origin.override_number, b.origin.offset};
    });
    std::vector<Diagnostic> diagnostics;
    LineCounter counter{text.file()};
    for (auto const& [origin, complaint] : sorted) {
        if (!origin.override_number)
            counter.advance_to(origin.offset);
        diagnostics.push_back(
            {counter.line, counter.column, complaint->pointer, complaint->what, complaint->hint,
             origin.override_number ? overrides[*origin.override_number].pointer : "", gravity});
    }
    if (are_errors && count_ > told_.size())
        diagnostics.push_back(
            {counter.line, counter.column, "",
             fmt::format("{} not shown",
                         count_of(count_ - told_.size(), "more complaint is", "more complaints are")),
             "mend the first ones", "", gravity});
    return diagnostics;
}

std::size_t line_of(std::string_view text, std::size_t offset) {
    std::string_view const before = text.substr(0, offset);
    return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

} // namespace mailflow
