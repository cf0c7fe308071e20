// How Exim reads a path (parse_extract_address of its parse.c): word by word after RFC 822, until something
// does not fit, and then it says what. Source routes are dropped; only "postmaster" may do without a domain.
#include "base/text.hpp"
#include "smtp/path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace mailflow {

namespace {

constexpr std::size_t longest_address = 256;
constexpr std::size_t most_echoed = 32;
constexpr std::size_t most_echoed_of_long = 64;

bool is_special(char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' ||
           std::string_view{"()<>,;\\:[]@\"."}.find(c) != std::string_view::npos;
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/// A local part without blanks and comments, and what it means without what escapes.
struct LocalPart {
    std::string written;
    std::string meant;

    void add(std::string_view text) {
        written += text;
        meant += text;
    }
};

/// What was read of an address.
struct ReadAddress {
    LocalPart local_part;
    std::string domain;
};

/// Reads on from where it stands; when something does not fit, `trouble` says what.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) { skip(); }

    [[nodiscard]] char next() const { return place_ < text_.size() ? text_[place_] : '\0'; }
    [[nodiscard]] bool at_end() const { return place_ == text_.size(); }
    [[nodiscard]] bool stopped() const { return !trouble_.empty(); }
    [[nodiscard]] std::string const& trouble() const { return trouble_; }

    void stop(std::string trouble) { trouble_ = std::move(trouble); }

    /// Whatever is left does not belong there.
    void stop_at_rest() {
        stop(fmt::format("malformed address: {} may not follow {}", text_.substr(place_, most_echoed),
                         text_.substr(0, place_)));
    }

    bool take(char wanted) {
        if (next() != wanted || at_end())
            return false;
        ++place_;
        return true;
    }

    /// Passes over blanks and comments (RFC 822 section 3.1.4).
    void skip() {
        int depth = 0;
        for (; !at_end() && (depth > 0 || is_blank(next()) || next() == '('); ++place_)
            depth += next() == '(' ? 1 : next() == ')' ? -1 : 0;
    }

    /// Atoms and quoted strings with dots between them, or dots alone.
    LocalPart local_part(bool may_be_empty = false) {
        LocalPart read;
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

    /// Between brackets a domain literal is an error; without them it is taken as message ids have it.
    std::string domain(bool takes_literal = false) {
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

    /// "@a.example,@b.example:", which is thrown away. Whether there was one.
    bool route() {
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

private:
    std::string literal() {
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

    void quoted_string(LocalPart& read) {
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

    void atom(LocalPart& read) {
        for (; !at_end() && (!is_special(next()) || next() == '\\'); ++place_) {
            if (next() == '\\' && place_ + 1 < text_.size()) {
                read.written += next();
                ++place_;
            }
            read.add(text_.substr(place_, 1));
        }
    }

    std::string_view text_;
    std::size_t place_ = 0;
    std::string trouble_;
};

/// What stands in brackets, or without them behind a source route.
ReadAddress read_bracketed(Reader& reader) {
    bool const bracketed = reader.take('<');
    reader.skip();
    ReadAddress read;
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

/// An address with or without brackets, which may have a name before it: "Alice <alice@shop.example>".
ReadAddress read_address(Reader& reader) {
    if (reader.next() == '<')
        return read_bracketed(reader);
    if (reader.at_end()) {
        reader.stop("empty address");
        return {};
    }
    ReadAddress read;
    if (reader.next() == '@') // a route needs no brackets
        return read_bracketed(reader);
    read.local_part = reader.local_part(true);
    if (reader.stopped() || reader.at_end() || reader.next() == ';')
        return read;
    if (reader.take('@')) {
        read.domain = reader.domain(true);
        return read;
    }
    while (!reader.stopped() && reader.next() != '<') {
        (void)reader.local_part();
        if (reader.stopped())
            reader.stop(reader.trouble() + " (expected word or \"<\")");
    }
    return reader.stopped() ? read : read_bracketed(reader);
}

constexpr std::array<std::string_view, 7> known_options{"SIZE",     "BODY", "AUTH", "PRDR",
                                                        "SMTPUTF8", "RET",  "ENVID"};

/// The argument of MAIL or RCPT, parted.
struct Options {
    std::string address;
    std::string parameters;
};

/// The place of the last "=" or blank outside quotes, at which an option could begin; 0 when there is none.
std::size_t last_break(std::string_view text) {
    std::size_t place = text.empty() ? 0 : text.size() - 1;
    bool quoted = false;
    for (; place > 0; --place) {
        quoted = quoted != (text[place] == '"');
        if (!quoted && (text[place] == '=' || is_blank(text[place])))
            break;
    }
    return place;
}

/// Takes options off the end, one after the other, as long as it knows them. At the first that it does not
/// know it puts back what it took off; in RCPT that is a "=", whether there was one or not.
Options split_options(std::string_view given, bool is_sender) {
    Options parted{std::string{given.substr(0, given.find_last_not_of(" \t") + 1)}, {}};
    std::string& left = parted.address;
    for (std::size_t mark = last_break(left); mark > 0; mark = last_break(left)) {
        std::size_t start = mark + 1;
        if (left[mark] == '=') {
            for (start = mark; start > 0 && std::isalpha(static_cast<unsigned char>(left[start - 1])) != 0;)
                --start;
            if (start == 0 || !is_blank(left[start - 1]))
                break;
        }
        std::string const option = left.substr(start);
        std::string const keyword = upper_case(option.substr(0, option.find('=')));
        bool const known = is_sender && std::find(known_options.begin(), known_options.end(), keyword) !=
                                            known_options.end();
        if (!known) {
            if (!is_sender)
                left[mark] = '=';
            break;
        }
        if (!option.ends_with('='))
            parted.parameters = option + " " + parted.parameters;
        left.resize(left.find_last_not_of(" \t", start - 1) + 1);
    }
    return parted;
}

PathReading stopped(Flaw flaw, std::string trouble) {
    PathReading reading;
    reading.flaw = flaw;
    reading.argument = std::move(trouble);
    return reading;
}

Flaw flaw_of(std::string const& trouble) {
    if (trouble.starts_with("domain literals"))
        return Flaw::domain_literal;
    if (trouble.find("domain") != std::string::npos)
        return Flaw::bad_domain;
    return trouble == "no local part" ? Flaw::no_local_part : Flaw::bad_local_part;
}

/// What it makes of an address that it could read.
PathReading judged(ReadAddress const& read, PathSetting const& setting) {
    bool const has_domain = !read.domain.empty();
    if (read.local_part.written.empty() && !has_domain)
        return setting.is_sender ? PathReading{}
                                 : stopped(Flaw::empty_path, "missing or malformed local part");
    std::string const name = quoted_where_needed(read.local_part.meant);
    std::string const address = has_domain ? name + "@" + read.domain : name;
    if (address.size() > longest_address)
        return stopped(Flaw::overlong_path,
                       "address is ridiculously long: " + address.substr(0, most_echoed_of_long) + "...");
    if (!has_domain && (setting.is_sender || lower_case(read.local_part.written) != "postmaster"))
        return stopped(Flaw::no_domain, {});
    PathReading reading;
    reading.shown = address;
    if (!has_domain)
        reading.mailbox = Mailbox{name, std::string{setting.host_name}};
    else if (is_domain_literal(read.domain)) // which is none of its local domains
        reading.mailbox = Mailbox{name, read.domain};
    else
        reading.mailbox = Mailbox{name, domain_for_book(read.domain, setting)};
    return reading;
}

} // namespace

PathReading read_as_exim(PathArgument const& argument, PathSetting const& setting) {
    if (argument.flaw != Flaw::none && argument.flaw != Flaw::unclosed_path)
        return {.flaw = argument.flaw};
    Options const options = setting.takes_parameters ? split_options(argument.given, setting.is_sender)
                                                     : Options{std::string{argument.given}, {}};
    Reader reader{options.address};
    ReadAddress const read = read_address(reader);
    if (!reader.stopped() && !reader.at_end())
        reader.stop_at_rest();
    PathReading reading;
    if (reader.stopped())
        reading = stopped(flaw_of(reader.trouble()), reader.trouble());
    else
        reading = judged(read, setting);
    reading.given = options.address;
    reading.parameters = options.parameters;
    return reading;
}

} // namespace mailflow
