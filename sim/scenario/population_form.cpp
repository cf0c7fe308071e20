// What is written of people by the thousand, and of domains by the hundred.
#include "mail/voice.hpp"
#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace mailflow {

namespace {

constexpr std::uint32_t most_people = 1'000'000;
constexpr std::uint32_t most_domains = 20'000;
constexpr std::uint32_t thousand = 1000;
constexpr std::uint32_t most_mail_per_day = 1000;
constexpr std::size_t hours_of_day = 24;

template<std::uint32_t least, std::uint32_t most>
std::optional<std::uint32_t> read_number(Value at, Complaints& complaints) {
    auto const number = read_whole_number(at, least, most, complaints);
    return number ? std::optional{static_cast<std::uint32_t>(*number)} : std::nullopt;
}

constexpr char const* at_most_three = "it has at most three decimals";

/// 2, 0.25, "2" or "0.25" in thousandths; nothing where it is not a whole number of them.
std::optional<std::uint64_t> read_thousandths(Value at) {
    constexpr int places = 3;
    return shifted_number(at.kind() == Kind::number ? at.written() : at.text(), places);
}

/// Whether it is a number that needs more decimals than there are thousandths.
bool has_finer_parts(Value at) {
    constexpr int finest_places = 15;
    return !read_thousandths(at) && at.kind() == Kind::number && shifted_number(at.written(), finest_places);
}

std::optional<std::uint32_t> read_mail_per_day(Value at, Complaints& complaints) {
    constexpr std::uint64_t most = std::uint64_t{most_mail_per_day} * thousand;
    auto const mail = read_thousandths(at);
    if (mail && *mail > 0 && *mail <= most)
        return static_cast<std::uint32_t>(*mail);
    complaints.add(
        at, fmt::format("{} must be from 0.001 to {}, such as 5 or 0.2", subject_of(at), most_mail_per_day),
        has_finer_parts(at) ? at_most_three : "");
    return std::nullopt;
}

/// "2%" or "0.5%", in millionths.
std::optional<std::uint32_t> read_share(Value at, Complaints& complaints) {
    constexpr std::uint32_t whole = 1'000'000;
    std::string_view const text = at.kind() == Kind::text ? at.text() : std::string_view{};
    std::uint32_t percent = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
    std::uint32_t share = percent > 100 ? whole + 1 : percent * (whole / 100);
    std::string_view rest{end, static_cast<std::size_t>(text.data() + text.size() - end)};
    if (error == std::errc{} && rest.starts_with('.')) {
        rest.remove_prefix(1);
        for (std::uint32_t unit = whole / 1000; unit > 0 && !rest.empty() && rest[0] >= '0' && rest[0] <= '9';
             unit /= 10, rest.remove_prefix(1))
            share += static_cast<std::uint32_t>(rest[0] - '0') * unit;
    }
    if (error == std::errc{} && rest == "%" && share <= whole)
        return share;
    complaints.add(
        at, fmt::format(R"({} must be a share from "0%" to "100%", such as "2%" or "0.5%")", subject_of(at)),
        at.whole_number() ? fmt::format("did you mean \"{}%\"?", *at.whole_number()) : "");
    return std::nullopt;
}

/// A share that leaves something of the rest.
std::optional<std::uint32_t> read_spam_share(Value at, Complaints& complaints) {
    constexpr std::uint32_t most = 950'000;
    auto const share = read_share(at, complaints);
    if (!share || *share <= most)
        return share;
    complaints.add(at, fmt::format("{} must be at most \"95%\"", subject_of(at)));
    return std::nullopt;
}

constexpr std::array<std::string_view, 3> rhythm_words{"even", "office", "home"};
/// From midnight on; how much is written in each hour, beside the others.
constexpr std::array<std::uint32_t, hours_of_day> office_hours{
    2, 1, 1, 1, 1, 3, 10, 35, 80, 100, 100, 95, 60, 75, 95, 95, 85, 55, 25, 15, 10, 8, 5, 3};
constexpr std::array<std::uint32_t, hours_of_day> home_hours{
    20, 10, 5, 3, 3, 5, 15, 30, 35, 35, 35, 40, 50, 45, 40, 40, 45, 55, 70, 90, 100, 100, 75, 45};

std::optional<std::vector<std::uint32_t>> read_rhythm(Value at, Complaints& complaints) {
    if (at.kind() == Kind::list) {
        auto hours = list_of<read_number<0, 1000>>(at, complaints);
        bool const some =
            hours && std::any_of(hours->begin(), hours->end(), [](std::uint32_t n) { return n > 0; });
        if (some && hours->size() == hours_of_day)
            return hours;
        complaints.add(at,
                       fmt::format("{} must have 24 numbers from 0 to 1000, one for each hour of the day, "
                                   "not all of them 0",
                                   subject_of(at)));
        return std::nullopt;
    }
    auto const word = read_word(at, rhythm_words, {}, complaints);
    if (!word)
        return std::nullopt;
    if (*word == 1)
        return std::vector<std::uint32_t>(office_hours.begin(), office_hours.end());
    if (*word == 2)
        return std::vector<std::uint32_t>(home_hours.begin(), home_hours.end());
    return std::vector<std::uint32_t>{};
}

constexpr std::array<Key<MailSizeDraft>, 2> size_keys{{
    {"median", into<&MailSizeDraft::median_bytes, read_size>, R"("4kB")"},
    {"spread", into<&MailSizeDraft::spread, read_number<1, 100>>},
}};

/// One size for all, or the law that they follow.
std::optional<MailSizeDraft> read_mail_size(Value at, Complaints& complaints) {
    MailSizeDraft size;
    if (at.kind() == Kind::object) {
        constexpr std::uint32_t usual_spread = 4;
        size.spread = usual_spread;
        read_object(at, mail_size_form, size, complaints);
        return size;
    }
    auto const bytes = read_size(at, complaints);
    if (!bytes)
        return std::nullopt;
    size.median_bytes = *bytes;
    return size;
}

std::optional<std::uint64_t> read_most_mail(Value at, Complaints& complaints) {
    return read_whole_number(at, 1, 1'000'000'000, complaints);
}

constexpr std::array<Key<PopulationDraft>, 15> population_keys{{
    {"name", into<&PopulationDraft::name, read_line>},
    {"network", into<&PopulationDraft::network, located<read_line>>},
    {"server", into<&PopulationDraft::server, located<read_line>>, R"("mail.isp.example")"},
    {"people", into<&PopulationDraft::people, read_number<1, most_people>>},
    {"mail_per_day", into<&PopulationDraft::mail_per_day_thousandths, read_mail_per_day>},
    {"rhythm", into<&PopulationDraft::hours, read_rhythm>},
    {"size", into<&PopulationDraft::size, read_mail_size>},
    {"mistyped", into<&PopulationDraft::mistyped_millionths, read_share>},
    {"unknown", into<&PopulationDraft::unknown_millionths, read_share>},
    {"without_login", into<&PopulationDraft::without_login_millionths, read_share>},
    {"spam", into<&PopulationDraft::spam_millionths, read_spam_share>},
    {"to", into<&PopulationDraft::to, list_of<located<read_line>>>},
    {"start", into<&PopulationDraft::start, located<read_duration>>},
    {"end", into<&PopulationDraft::end, located<read_duration>>},
    {"at_most", into<&PopulationDraft::most_mail, read_most_mail>},
}};

void read_law(Value at, DomainsDraft& domains, Complaints& complaints) {
    constexpr std::array<std::string_view, 2> words{"equal", "zipf"};
    if (auto const word = read_word(at, words, {}, complaints))
        domains.law = static_cast<SizeLaw>(*word);
}

/// 1, "1" or "0.8", in thousandths.
std::optional<std::uint32_t> read_exponent(Value at, Complaints& complaints) {
    auto const exponent = read_thousandths(at);
    if (exponent && *exponent <= 3 * thousand)
        return static_cast<std::uint32_t>(*exponent);
    complaints.add(at, fmt::format(R"({} must be from 0 to 3, such as 1 or "0.8")", subject_of(at)),
                   has_finer_parts(at) ? at_most_three : "");
    return std::nullopt;
}

/// What the names of the generated domains begin with.
std::optional<std::string> read_stem(Value at, Complaints& complaints) {
    constexpr std::size_t longest = 40;
    auto stem = read_line(at, complaints);
    if (!stem || (stem->size() <= longest && is_domain_name(*stem + "1.example")))
        return stem;
    complaints.add(at, fmt::format("\"{}1.example\" is no domain name", *stem),
                   "write letters and digits, such as \"shop\"");
    return std::nullopt;
}

void read_offered_software(Value at, DomainsDraft& domains, Complaints& complaints) {
    if (auto const word = read_word(at, software_names, {}, complaints))
        domains.software = static_cast<Software>(*word);
}

constexpr std::array<Key<DomainsDraft>, 7> domains_keys{{
    {"count", into<&DomainsDraft::count, read_number<1, most_domains>>},
    {"people", into<&DomainsDraft::people, located<read_number<1, most_people>>>},
    {"sizes", read_law},
    {"exponent", into<&DomainsDraft::exponent_thousandths, read_exponent>},
    {"name", into<&DomainsDraft::name, read_stem>},
    {"network", into<&DomainsDraft::network, located<read_line>>},
    {"software", read_offered_software},
}};

} // namespace

Form<PopulationDraft> const population_form{"population", population_keys, {}};
Form<MailSizeDraft> const mail_size_form{"mail_size", size_keys, {}};
Form<DomainsDraft> const domains_form{"domains", domains_keys, {}};

void read_populations(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return;
    for (Value const member : at) {
        PopulationDraft population;
        population.at = member;
        population.key = member.key();
        expect_local_part_in_key(member, complaints);
        read_object(member, population_form, population, complaints);
        if (population.mistyped_millionths + population.unknown_millionths > 1'000'000)
            complaints.add(member, "\"mistyped\" and \"unknown\" are more than all of the mail");
        scenario.populations.push_back(std::move(population));
    }
}

void read_domains(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    read_object(at, domains_form, scenario.domains, complaints);
    if (at.kind() == Kind::object)
        scenario.domains.at = at;
}

} // namespace mailflow
