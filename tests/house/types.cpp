#include "house/types.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <regex>

namespace mailflow::house {

namespace {

/// A name, or a sign of one character; "::" is one sign.
struct Token {
    std::string text;
    std::size_t line = 0;
};

bool is_of_name(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// The program without comments, literals and directives; the lines stay where they are.
std::string code_of(std::string const& text) {
    static std::regex const raw{R"REGEX(R"([^()\\\s]{0,16})\()REGEX"};
    std::string code;
    auto const blank = [&](std::size_t from, std::size_t end) {
        for (std::size_t i = from; i < end; ++i)
            code += text[i] == '\n' ? '\n' : ' ';
        return end;
    };
    auto const behind = [&](std::size_t place, std::size_t length) {
        return place == std::string::npos ? text.size() : place + length;
    };
    bool line_begins = true;
    for (std::size_t i = 0; i < text.size();) {
        std::smatch prefix;
        auto const here = text.begin() + static_cast<std::ptrdiff_t>(i);
        bool const starts_name = i == 0 || !is_of_name(text[i - 1]);
        if (text[i] == '#' && line_begins) {
            std::size_t end = text.find('\n', i);
            while (end != std::string::npos && text[end - 1] == '\\')
                end = text.find('\n', end + 1);
            i = blank(i, std::min(end, text.size()));
        } else if (text.compare(i, 2, "//") == 0) {
            i = blank(i, std::min(text.find('\n', i), text.size()));
        } else if (text.compare(i, 2, "/*") == 0) {
            i = blank(i, behind(text.find("*/", i + 2), 2));
        } else if (text[i] == 'R' && starts_name &&
                   std::regex_search(here, text.end(), prefix, raw, std::regex_constants::match_continuous)) {
            std::string const end = ")" + prefix[1].str() + "\"";
            i = blank(i, behind(text.find(end, i), end.size()));
        } else if (text[i] == '"' || (text[i] == '\'' && starts_name)) {
            std::size_t end = i + 1; // the apostrophe in 1'000 is none
            while (end < text.size() && text[end] != text[i])
                end += text[end] == '\\' ? 2 : 1;
            i = blank(i, std::min(end + 1, text.size()));
        } else {
            line_begins = text[i] == '\n' || (line_begins && text[i] == ' ');
            code += text[i++];
        }
    }
    return code;
}

std::vector<Token> tokens_of(std::string const& code) {
    std::vector<Token> tokens;
    std::size_t line = 1;
    for (std::size_t i = 0; i < code.size();) {
        std::size_t end = i + 1;
        if (is_of_name(code[i]))
            while (end < code.size() && (is_of_name(code[end]) || code[end] == '\''))
                ++end;
        else if (code.compare(i, 2, "::") == 0)
            ++end;
        line += code[i] == '\n' ? 1 : 0;
        if (std::isspace(static_cast<unsigned char>(code[i])) == 0)
            tokens.push_back({code.substr(i, end - i), line});
        i = end;
    }
    return tokens;
}

/// What opens a pair of braces.
struct Scope {
    bool is_named_namespace = false;
    std::string name{}; // "mailflow::viz", as it stands there
};

/// Goes through the tokens of a file, in braces and out of them.
class Reading {
public:
    explicit Reading(SourceFile const& file) : file_(file), tokens_(tokens_of(code_of(file.text))) {}

    [[nodiscard]] std::vector<TypeDefinition> result() && {
        for (; at_ < tokens_.size(); ++at_) {
            if (word(at_) == "{")
                scopes_.push_back({});
            else if (word(at_) == "}" && !scopes_.empty())
                scopes_.pop_back();
            else if (word(at_) == "namespace")
                open_namespace();
            else if (is_in_open() && introduces_type(at_))
                note_type();
        }
        return std::move(found_);
    }

private:
    [[nodiscard]] std::string_view word(std::size_t at) const {
        return at < tokens_.size() ? std::string_view{tokens_[at].text} : std::string_view{};
    }

    [[nodiscard]] bool is_in_open() const {
        return std::all_of(scopes_.begin(), scopes_.end(),
                           [](Scope const& scope) { return scope.is_named_namespace; });
    }

    /// "enum class" begins with its first word.
    [[nodiscard]] bool introduces_type(std::size_t at) const {
        bool const is_second = at > 0 && word(at - 1) == "enum";
        return !is_second &&
               (word(at) == "struct" || word(at) == "class" || word(at) == "union" || word(at) == "enum");
    }

    /// "namespace one::two {"; not an alias, and not "using namespace".
    void open_namespace() {
        std::size_t at = at_ + 1;
        std::string name;
        while (at < tokens_.size() && (is_of_name(word(at).front()) || word(at) == "::"))
            name += word(at++);
        if (word(at) != "{")
            return;
        scopes_.push_back({.is_named_namespace = !name.empty(), .name = name});
        at_ = at;
    }

    /// The place of the brace in which the type is defined; none: it is only mentioned, or declared.
    [[nodiscard]] std::optional<std::size_t> brace_behind(std::size_t name) const {
        std::size_t at = name + 1;
        if (word(at) == "final")
            ++at;
        if (word(at) == ":")
            while (at < tokens_.size() && word(at) != "{" && word(at) != ";")
                ++at;
        return word(at) == "{" ? std::optional{at} : std::nullopt;
    }

    void note_type() {
        std::size_t name = at_ + 1;
        while (word(name) == "class" || word(name) == "struct" || word(name) == "[" || word(name) == "]" ||
               word(name) == "nodiscard")
            ++name;
        if (!brace_behind(name))
            return;
        std::string whole;
        for (Scope const& scope : scopes_)
            whole += scope.name + "::";
        found_.push_back({whole + std::string{word(name)}, file_.path, tokens_[name].line});
    }

    SourceFile const& file_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::vector<Scope> scopes_;
    std::vector<TypeDefinition> found_;
};

} // namespace

std::vector<TypeDefinition> types_in(SourceFile const& file) {
    return Reading{file}.result();
}

std::vector<Complaint> check_types(std::vector<SourceFile> const& files) {
    std::vector<Complaint> complaints;
    std::map<std::string, TypeDefinition> known;
    for (SourceFile const& file : files)
        for (TypeDefinition const& type : types_in(file)) {
            auto const [first, is_new] = known.try_emplace(type.name, type);
            if (!is_new)
                complaints.push_back(
                    {type.path, type.line,
                     type.name + " is the name of a type in " + first->second.path + " too"});
        }
    return complaints;
}

} // namespace mailflow::house
