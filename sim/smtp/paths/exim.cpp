// How Exim reads a path (parse_extract_address of its parse.c): word by word after RFC 822, until something
// does not fit, and then it says what. Source routes are dropped; only "postmaster" may do without a domain.
#include "base/text.hpp"
#include "smtp/path.hpp"

namespace mailflow {

namespace {

constexpr std::size_t longest_address = 256;
constexpr std::size_t most_echoed = 32;
constexpr std::size_t most_echoed_of_long = 64;

bool is_special(char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' ||
           std::string_view{"()<>,;\\:[]@\"."}.find(c) != std::string_view::npos;
}

bool is_of_domain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Reads on from where it stands; when something does not fit, `trouble` says what.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    [[nodiscard]] char next() const { return place_ < text_.size() ? text_[place_] : '\0'; }
    [[nodiscard]] bool at_end() const { return place_ == text_.size(); }
    [[nodiscard]] std::size_t place() const { return place_; }

    /// word *("." word), where a word is an atom or a quoted string; several dots count as one.
    std::string local_part(std::string& trouble) {
        std::string read;
        for (;;) {
            std::size_t const start = place_;
            if (next() == '"')
                quoted_string(trouble);
            else
                atom();
            if (place_ == start && trouble.empty())
                trouble = "missing or malformed local part";
            read += text_.substr(start, place_ - start);
            if (!trouble.empty() || next() != '.')
                return read;
            for (; next() == '.'; ++place_)
                read += '.';
        }
    }

    std::string domain(std::string& trouble) {
        std::size_t const start = place_;
        if (next() == '[') {
            std::size_t const end = text_.find(']', place_);
            trouble =
                end == std::string_view::npos ? "malformed domain literal" : "domain literals not allowed";
            return {};
        }
        for (;;) {
            std::size_t const label = place_;
            while (is_of_domain(next()))
                ++place_;
            if (place_ == label) {
                trouble = "domain missing or malformed";
                return {};
            }
            if (next() != '.')
                return std::string{text_.substr(start, place_ - start)};
            ++place_;
        }
    }

    /// "@a.example,@b.example:", which is thrown away.
    void route(std::string& trouble) {
        bool several = false;
        while (next() == '@') {
            ++place_;
            (void)domain(trouble);
            if (!trouble.empty())
                return;
            several = several || next() == ',';
            if (next() != ',')
                break;
            ++place_;
        }
        if (next() == ':')
            ++place_;
        else
            trouble = several ? "colon expected after route" : "no local part";
    }

private:
    void quoted_string(std::string& trouble) {
        for (++place_; !at_end() && next() != '"'; ++place_)
            if (next() == '\\' && place_ + 1 < text_.size())
                ++place_;
        if (at_end())
            trouble = "unmatched doublequote in local part";
        else
            ++place_;
    }

    void atom() {
        while (!at_end() && (!is_special(next()) || next() == '\\')) {
            if (next() == '\\' && place_ + 1 < text_.size())
                ++place_;
            ++place_;
        }
    }

    std::string_view text_;
    std::size_t place_ = 0;
};

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

} // namespace

PathReading read_as_exim(PathArgument const& argument, PathSetting const& setting) {
    if (argument.flaw == Flaw::unclosed_path)
        return stopped(Flaw::unclosed_path, "'>' missing at end of address");
    if (argument.flaw != Flaw::none)
        return {.flaw = argument.flaw};
    if (argument.inside.empty() && setting.is_sender)
        return {};
    std::string trouble;
    Reader reader{argument.inside};
    if (reader.next() == '@')
        reader.route(trouble);
    std::string const local_part = trouble.empty() ? reader.local_part(trouble) : std::string{};
    std::string domain;
    bool const has_domain = trouble.empty() && reader.next() == '@';
    if (has_domain) {
        Reader rest{argument.inside.substr(reader.place() + 1)};
        domain = rest.domain(trouble);
        std::size_t const end = reader.place() + 1 + rest.place();
        if (trouble.empty() && end < argument.inside.size()) {
            std::size_t const start = argument.path.size() - argument.inside.size() > 0 ? 1 : 0;
            return stopped(
                Flaw::second_at,
                "malformed address: " + std::string{argument.path.substr(start + end, most_echoed)} +
                    " may not follow " + std::string{argument.path.substr(0, start + end)});
        }
    } else if (trouble.empty() && !reader.at_end()) {
        trouble = "\"@\" or \".\" expected after \"" + local_part + "\"";
    }
    if (!trouble.empty())
        return stopped(flaw_of(trouble), trouble);
    std::string const address = has_domain ? local_part + "@" + domain : local_part;
    if (address.size() > longest_address)
        return stopped(Flaw::overlong_path,
                       "address is ridiculously long: " + address.substr(0, most_echoed_of_long) + "...");
    if (!has_domain && (setting.is_sender || lower_case(local_part) != "postmaster"))
        return stopped(Flaw::no_domain, {});
    PathReading reading;
    reading.shown = address;
    reading.mailbox = Mailbox{quoted_where_needed(unquoted(local_part)),
                              has_domain ? domain_for_book(domain, setting) : std::string{setting.host_name}};
    return reading;
}

} // namespace mailflow
