#include "smtp/paths/exim_reader.hpp"

#include "base/text.hpp"
#include "mail/address.hpp"

#include <fmt/format.h>

#include <utility>

namespace mailflow {

namespace {

constexpr std::size_t most_echoed = 32;

bool is_special(char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' ||
           std::string_view{"()<>,;\\:[]@\"."}.find(c) != std::string_view::npos;
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// What stands in brackets, or without them behind a source route.
EximAddress read_bracketed(EximReader& reader) {
    bool const bracketed = reader.take('<');
    reader.skip();
    EximAddress read;
    bool const routed = reader.route();
    if (!reader.stopped() && (routed || reader.next() != '>'))
        read.local_part = reader.local_part();
    if (!reader.stopped() && reader.take('@'))
        read.domain = reader.domain();
    else if (!reader.stopped() && !(bracketed ? reader.next() == '>' : reader.at_end()))
        reader.stop(fmt::format("\"@\" or \".\" expected after \"{}\"", read.local_part.written));
    else if (!reader.stopped() && routed)
        reader.stop("domain missing in source-routed address");
    if (bracketed && !reader.stopped() && reader.at_end())
        reader.stop("'>' missing at end of address");
    else if (bracketed && !reader.stopped() && !reader.take('>'))
        reader.stop_at_rest();
    reader.skip();
    return read;
}

} // namespace

void EximReader::stop(std::string trouble) {
    trouble_ = std::move(trouble);
}

void EximReader::stop_at_rest() {
    stop(fmt::format("malformed address: {} may not follow {}", text_.substr(place_, most_echoed),
                     text_.substr(0, place_)));
}

bool EximReader::take(char wanted) {
    if (next() != wanted || at_end())
        return false;
    ++place_;
    return true;
}

void EximReader::skip() {
    int depth = 0;
    for (; !at_end() && (depth > 0 || is_blank_for_exim(next()) || next() == '('); ++place_)
        depth += next() == '(' ? 1 : next() == ')' ? -1 : 0;
}

EximLocalPart EximReader::local_part(bool may_be_empty) {
    EximLocalPart read;
    while (!stopped()) {
        std::size_t const length = read.written.size();
        if (next() == '"')
            quoted_string(read);
        else
            atom(read);
        skip();
        for (; next() == '.' && !stopped(); ++place_)
            read.add(".");
        skip();
        if (read.written.size() == length || !read.written.ends_with('.'))
            break;
    }
    if (read.written.empty() && !stopped() && !may_be_empty)
        stop("missing or malformed local part");
    return read;
}

std::string EximReader::domain(bool takes_literal) {
    skip();
    std::size_t const start = place_;
    if (next() == '[' && takes_literal)
        return literal();
    if (next() == '[') {
        stop("domain literals not allowed");
        return {};
    }
    for (;;) {
        std::size_t const label = place_;
        while (is_letter_or_digit(next()) || (next() == '-' && place_ > label))
            ++place_;
        if (place_ == label) {
            stop("domain missing or malformed");
            return {};
        }
        if (!take('.')) {
            std::string read{text_.substr(start, place_ - start)};
            skip();
            return read;
        }
    }
}

bool EximReader::route() {
    if (next() != '@')
        return false;
    bool several = false;
    while (take('@')) {
        (void)domain();
        if (stopped())
            return true;
        if (!take(','))
            break;
        several = true;
    }
    if (!take(':'))
        stop(several ? "colon expected after route list" : "no local part");
    skip();
    return true;
}

std::string EximReader::literal() {
    std::size_t const start = place_;
    std::size_t const end = text_.find_first_of(" []\\\t", start + 1);
    if (end == std::string_view::npos || text_[end] != ']') {
        stop("malformed domain literal");
        return {};
    }
    place_ = end + 1;
    skip();
    return std::string{text_.substr(start, end + 1 - start)};
}

void EximReader::quoted_string(EximLocalPart& read) {
    std::size_t const start = place_;
    for (++place_; !at_end() && next() != '"'; ++place_)
        if (next() == '\\' && place_ + 1 < text_.size())
            ++place_;
    if (at_end())
        return stop("unmatched doublequote in local part");
    ++place_;
    read.written += text_.substr(start, place_ - start);
    read.meant += unquoted(text_.substr(start, place_ - start));
}

void EximReader::atom(EximLocalPart& read) {
    for (; !at_end() && (!is_special(next()) || next() == '\\'); ++place_) {
        if (next() == '\\' && place_ + 1 < text_.size()) {
            read.written += next();
            ++place_;
        }
        read.add(text_.substr(place_, 1));
    }
}

EximAddress read_exim_address(EximReader& reader, EximGroup& group) {
    if (reader.next() == '<')
        return read_bracketed(reader);
    if (reader.at_end()) {
        reader.stop(std::string{no_exim_address});
        return {};
    }
    EximAddress read;
    if (reader.next() == '@') // a route needs no brackets
        return read_bracketed(reader);
    read.local_part = reader.local_part(true);
    if (!reader.stopped() && reader.next() == ';' && read.local_part.written.empty())
        reader.stop(std::string{no_exim_address});
    if (reader.stopped() || reader.at_end() || reader.next() == ';')
        return read;
    if (reader.take('@')) {
        read.domain = reader.domain(true);
        return read;
    }
    while (!reader.stopped() && reader.next() != '<' && !(group.may_begin && reader.next() == ':')) {
        (void)reader.local_part();
        if (reader.stopped())
            reader.stop(reader.trouble() + " (expected word or \"<\")");
    }
    if (reader.stopped())
        return read;
    if (!reader.take(':'))
        return read_bracketed(reader);
    group = {.may_begin = false, .is_open = true};
    reader.skip();
    return read_exim_address(reader, group);
}

} // namespace mailflow
