#include "cli/usage.hpp"

#include "cli/option_values.hpp"

#include <algorithm>
#include <sstream>

namespace mailflow::cli {

namespace {

/// "run", or nothing as long as no command is known.
std::string name_of_command(CLI::App const& app) {
    auto const commands = app.get_subcommands();
    return commands.empty() ? std::string{} : commands.front()->get_name();
}

std::string where_more_is_said(std::string const& command) {
    return fmt::format("mailflow {}--help", command.empty() ? "" : command + " ");
}

/// "--detail" of "--detail=magic".
std::string name_of_option(std::string_view word) {
    return std::string{word.substr(0, word.find('='))};
}

/// The option that was meant, among those of the command, or of the program.
std::string meant_option(CLI::App const& app, std::string const& name) {
    std::vector<std::string> known;
    for (CLI::Option const* option : app.get_options())
        for (std::string const& longer : option->get_lnames())
            known.push_back("--" + longer);
    return did_you_mean(name, known);
}

std::string unknown_option(CLI::App const& command, std::string const& name) {
    return fmt::format("{} has no option {}{} ({} tells them all)", command.get_name(), name,
                       meant_option(command, name), where_more_is_said(command.get_name()));
}

/// Of one that stands before the command.
std::string unknown_first_option(CLI::App const& app, std::string const& name) {
    std::string const meant = meant_option(app, name);
    return meant.empty()
               ? fmt::format("{} stands before the command; options stand behind it, as in mailflow run "
                             "FILE --detail magic",
                             name)
               : fmt::format("there is no option {}{} ({} tells them all)", name, meant,
                             where_more_is_said(""));
}

bool takes_value(CLI::Option const& option) {
    return option.get_items_expected_max() > 0;
}

/// Every way in which CLI11 says that an option has not as many values as it wants.
std::string about_values(std::string const& words) {
    std::string const name = words.substr(0, words.find(':'));
    return words.find("received") != std::string::npos ? fmt::format("{} is there more than once", name)
                                                       : fmt::format("{} needs a value", name);
}

/// The words that CLI11 did not expect; it names them from the last to the first.
std::string extra_words(std::string const& words) {
    std::istringstream rest{words.substr(std::min(words.find(": ") + 2, words.size()))};
    std::string extra;
    for (std::string word; rest >> word;)
        extra = extra.empty() ? word : word + " " + extra;
    return extra;
}

} // namespace

std::string unknown_words(CLI::App const& app, std::span<char const* const> words) {
    if (words.empty() || *words.front() == '\0')
        return {};
    if (*words.front() == '-')
        return app.get_option_no_throw(name_of_option(words.front())) != nullptr
                   ? std::string{}
                   : unknown_first_option(app, words.front());
    std::vector<std::string> names;
    CLI::App const* command = nullptr;
    for (CLI::App const* one : app.get_subcommands([](CLI::App const*) { return true; })) {
        names.push_back(one->get_name());
        command = one->get_name() == words.front() ? one : command;
    }
    if (command == nullptr)
        return fmt::format("there is no command {}{} (mailflow --help tells them all)", words.front(),
                           did_you_mean(words.front(), names));
    for (std::size_t i = 1; i < words.size(); ++i) {
        std::string_view const word = words[i];
        if (word == "--")
            break;
        if (!word.starts_with("--"))
            continue; // a value, or a short option, which CLI11 takes apart
        std::string const name = name_of_option(word);
        CLI::Option const* const option = command->get_option_no_throw(name);
        if (option == nullptr)
            return unknown_option(*command, name);
        i += takes_value(*option) && name == word ? 1 : 0; // whatever that is
    }
    return {};
}

std::string complaint(CLI::App const* app, CLI::Error const& error) {
    std::string const command = name_of_command(*app);
    std::string words = error.what();
    if (dynamic_cast<CLI::ArgumentMismatch const*>(&error) != nullptr) {
        words = about_values(words);
    } else if (dynamic_cast<CLI::RequiredError const*>(&error) != nullptr && !command.empty()) {
        words = fmt::format("{} needs a {}", command, words.substr(0, words.find(' ')));
    } else if (dynamic_cast<CLI::ExtrasError const*>(&error) != nullptr) {
        words = fmt::format("{} cannot do anything with {}", command, extra_words(words));
    }
    return fmt::format("mailflow: {}\n{} says more.\n", words, where_more_is_said(command));
}

} // namespace mailflow::cli
