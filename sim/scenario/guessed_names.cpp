#include "scenario/guessed_names.hpp"

#include <array>
#include <string_view>
#include <unordered_set>

namespace mailflow {

namespace {

/// As in the word lists of such programs: what firms have, and given names of several countries.
constexpr std::array<std::string_view, 192> common_names{
    "info",      "sales",    "office",    "admin",     "contact",   "support", "mail",    "service",
    "help",      "team",     "webmaster", "shop",      "orders",    "billing", "jobs",    "press",
    "marketing", "accounts", "hello",     "news",      "john",      "mary",    "david",   "anna",
    "michael",   "maria",    "peter",     "paul",      "mark",      "james",   "robert",  "linda",
    "thomas",    "susan",    "daniel",    "laura",     "chris",     "sarah",   "martin",  "julia",
    "max",       "lisa",     "tom",       "eva",       "alex",      "nina",    "leo",     "maya",
    "ben",       "emma",     "sam",       "mia",       "noah",      "lena",    "luis",    "sofia",
    "jan",       "clara",    "tim",       "sara",      "felix",     "ida",     "oscar",   "alice",
    "bob",       "carol",    "dave",      "eve",       "frank",     "grace",   "henry",   "irene",
    "jack",      "kate",     "luke",      "megan",     "nick",      "olivia",  "patrick", "rachel",
    "simon",     "tina",     "victor",    "wendy",     "adam",      "amy",     "andrea",  "andrew",
    "angela",    "anne",     "anton",     "barbara",   "bernd",     "bill",    "brian",   "carlos",
    "carmen",    "caroline", "charles",   "charlotte", "claudia",   "claire",  "daniela", "diana",
    "diego",     "edward",   "elena",     "elias",     "elizabeth", "ella",    "emil",    "emily",
    "eric",      "erika",    "ethan",     "fabian",    "fatima",    "finn",    "florian", "francesca",
    "fred",      "gabriel",  "george",    "gloria",    "greta",     "hanna",   "hans",    "harry",
    "helen",     "hugo",     "ian",       "igor",      "ines",      "isabel",  "ivan",    "jacob",
    "jana",      "jane",     "jason",     "jean",      "jennifer",  "jessica", "joe",     "johanna",
    "jonas",     "jose",     "joseph",    "juan",      "karin",     "karl",    "katja",   "kevin",
    "klaus",     "lara",     "lea",       "liam",      "lucas",     "lucia",   "lucy",    "manuel",
    "marco",     "marie",    "mario",     "marta",     "matt",      "mike",    "mona",    "monica",
    "natalie",   "nicole",   "nora",      "olga",      "omar",      "pablo",   "paula",   "pedro",
    "philip",    "pia",      "ralf",      "rosa",      "ruth",      "sandra",  "scott",   "sonja",
    "stefan",    "steve",    "theo",      "tony",      "uwe",       "vera",    "yusuf",   "zoe"};

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";

} // namespace

std::vector<std::string> guessed_names(std::size_t count) {
    std::vector<std::string> names;
    names.reserve(count);
    std::unordered_set<std::string> seen;
    auto const add = [&](std::string name) {
        if (names.size() < count && seen.insert(name).second)
            names.push_back(std::move(name));
    };
    for (std::string_view const name : common_names)
        add(std::string{name});
    // "a.john", "ajohn" for every initial, then "john1", "mary1", ... without end.
    for (char const initial : letters)
        for (std::string_view const name : common_names) {
            add(std::string{initial} + "." + std::string{name});
            add(initial + std::string{name});
        }
    for (std::size_t number = 1; names.size() < count; ++number)
        for (std::string_view const name : common_names)
            add(std::string{name} + std::to_string(number));
    return names;
}

} // namespace mailflow
