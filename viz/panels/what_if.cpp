// What if: the switches of one machine, and what comes of them. Each is a key of the scenario; the world runs
// again from the start with the same seed.
#include "scenario/places.hpp"
#include "viz/forms/form_pen.hpp"
#include "viz/panels/work_panels.hpp"
#include "viz/workbench/things.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <span>

namespace mailflow::viz {

namespace {

/// A switch: the key below the thing, and what people call it.
struct Switch {
    char const* path;
    char const* label;
};

constexpr std::array server_switches{Switch{"/open_relay", "Open relay"},
                                     Switch{"/trusts", "Trusts (no login needed)"},
                                     Switch{"/handles", "Handles these domains"},
                                     Switch{"/relays_for", "Relays for these domains"},
                                     Switch{"/up", "Is up"},
                                     Switch{"/smarthost", "Passes everything to"},
                                     Switch{"/greylist", "Greylisting"},
                                     Switch{"/pop_before_smtp", "POP before SMTP"},
                                     Switch{"/blocklists", "Asks blocklists"},
                                     Switch{"/mailboxes", "Knows these names"},
                                     Switch{"/accounts", "Who may log in"},
                                     Switch{"/software", "Software"},
                                     Switch{"/max_size", "Largest message"}};
constexpr std::array person_switches{
    Switch{"/outgoing/authenticate", "Logs in when sending"}, Switch{"/outgoing/port", "Port for sending"},
    Switch{"/password", "Password in the mail program"}, Switch{"/network", "Is at"},
    Switch{"/outgoing/server", "Outgoing server"}};
constexpr std::array spammer_switches{Switch{"/through", "Sends through"}, Switch{"/network", "Is at"},
                                      Switch{"/rate", "How fast"}, Switch{"/count", "How many"}};
constexpr std::array population_switches{Switch{"/people", "How many people"},
                                         Switch{"/mail_per_day", "Messages of each in a day"},
                                         Switch{"/spam", "How much of all mail is spam"},
                                         Switch{"/without_login", "How much is sent without a login"}};
constexpr std::array network_switches{Switch{"/up", "Is up"}, Switch{"/blocks", "Blocks calls to ports"},
                                      Switch{"/latency", "Latency"}, Switch{"/reaches", "Has a way to"}};
constexpr std::array dns_switches{Switch{"/mx", "MX records"}, Switch{"/null_mx", "Takes no mail"},
                                  Switch{"/fails", "Fails"}};

/// The things of one section that have switches.
struct Things {
    char const* section;
    char const* words;
    std::span<Switch const> switches;
};

std::array<Things, 6> const kinds{{{"servers", "Servers", server_switches},
                                   {"people", "People", person_switches},
                                   {"spammers", "Spammers", spammer_switches},
                                   {"populations", "Crowds", population_switches},
                                   {"networks", "Places", network_switches},
                                   {"dns", "DNS", dns_switches}}};

Things const* kind_of(std::string const& thing) {
    for (Things const& kind : kinds)
        if (thing.starts_with(fmt::format("/{}/", kind.section)))
            return &kind;
    return nullptr;
}

/// The names of the kind, also of domains that only servers speak of.
std::vector<std::string> names_of(Things const& kind, Value scenario) {
    return std::string_view{kind.section} == "dns" ? domains_in(scenario) : names_in(scenario, kind.section);
}

/// What things are called in the picture, by their pointers.
std::map<std::string, std::string> labels_of(World const& world) {
    std::map<std::string, std::string> labels;
    for (std::size_t n = 0; n < world.hosts.size(); ++n)
        labels.emplace(pointer_of(world, world.hosts.id_at(n)), label_of(world, world.hosts.id_at(n)));
    for (std::size_t n = 0; n < world.networks.size(); ++n) {
        Network const& network = world.networks[world.networks.id_at(n)];
        labels.emplace("/networks/" + escape_for_pointer(network.name), network.label);
    }
    return labels;
}

/// As it is called in the picture; what stands not in it, by its key.
std::string called_in_picture(std::map<std::string, std::string> const& labels, std::string const& pointer,
                              std::string const& key) {
    auto const label = labels.find(pointer);
    return label == labels.end() || label->second.empty() ? key : label->second;
}

void draw_choice(FormPen& pen, Workbench const& work, World const& world, Intents& intents) {
    std::map<std::string, std::string> const labels = labels_of(world);
    auto const root = work.scenario().root();
    for (Things const& kind : kinds) {
        std::vector<std::string> const names = root ? names_of(kind, *root) : std::vector<std::string>{};
        if (names.empty())
            continue;
        pen.words(kind.words, pen.brush().colours.quiet);
        pen.begin_chips();
        for (std::string const& name : names) {
            std::string const pointer = fmt::format("/{}/{}", kind.section, escape_for_pointer(name));
            std::string const words = called_in_picture(labels, pointer, name);
            pen.brush().drawn.shapes.insert_or_assign("choice:" + words, pen.rest());
            if (pen.chip("thing:" + pointer, words, ButtonLook::plain))
                intents.push_back(WorkIntent{ShowThing{pointer}});
        }
        pen.end_chips();
    }
}

/// Which of the two runs are seen.
void draw_runs(FormPen& pen, ViewState const& view, Intents& intents) {
    struct Choice {
        Runs runs;
        char const* name;
        char const* words;
    };
    constexpr std::array<Choice, 4> choices{{{Runs::both, "runs:both", "Both"},
                                             {Runs::beside, "runs:beside", "Side by side"},
                                             {Runs::before, "runs:before", "Before"},
                                             {Runs::now, "runs:now", "Now"}}};
    pen.begin_chips();
    for (Choice const& one : choices)
        if (pen.chip(one.name, one.words,
                     view.work.runs == one.runs ? ButtonLook::chosen : ButtonLook::plain))
            intents.push_back(WorkIntent{ShowRuns{one.runs}});
    pen.end_chips();
}

/// What the DNS says of the domains that the server handles stands elsewhere in the scenario, but it is here
/// that people look for it.
void draw_ways_to_dns(FormPen& pen, Workbench const& work, std::string const& thing, Intents& intents) {
    auto const handled = work.scenario().find(thing + "/handles");
    if (!handled || handled->kind() != mailflow::Kind::list)
        return;
    pen.begin_chips();
    for (Value const domain : *handled)
        if (domain.kind() == mailflow::Kind::text) {
            std::string const name{domain.text()};
            if (pen.chip("mx of:" + name, fmt::format("MX records of {}  ›", name), ButtonLook::plain))
                intents.push_back(WorkIntent{ShowThing{"/dns/" + escape_for_pointer(name)}});
        }
    pen.end_chips();
}

/// What the changes so far have brought about.
void draw_outcome(FormPen& pen, Frame const& frame, ViewState const& view, Intents& intents) {
    Workbench const& work = frame.work;
    Palette const& colours = pen.brush().colours;
    if (!work.diagnostics().empty()) {
        pen.words(fmt::format("This cannot be played yet; the picture shows {}.",
                              work.shows_another() ? name_of_shown(work, frame.world)
                                                   : "the last world that could"),
                  colours.refused);
        pen.complaints("");
        return;
    }
    if (work.is_running()) {
        pen.words("The world runs again from the start ...", colours.quiet);
        return;
    }
    if (!work.is_compared()) {
        pen.words("Flip a switch: the world runs again from the start, with the same seed, and both runs "
                  "stand side by side.",
                  colours.quiet);
        return;
    }
    pen.words(to_words(work.difference()), colours.ink);
    pen.begin_chips();
    if (work.difference() && pen.chip("to difference", "Go to the difference", ButtonLook::plain))
        intents.push_back(Seek{work.difference()->at});
    pen.end_chips();
    if (view.work.comparing)
        draw_runs(pen, view, intents);
    if (work.difference())
        pen.pass(draw_changed(pen.brush(), pen.rest(), frame, view, intents));
}

} // namespace

void draw_what_if(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& outer = panel.brush;
    draw_sheet_ground(outer, rect);
    Rect const inside = rect.inset(outer.px(14));
    Workbench const& work = frame.work;
    float const buttons = draw_history_buttons(outer, inside, work, intents);
    FlowArea area{outer, "what if list", {inside.x, inside.y, inside.w, inside.h - buttons}};
    FormPen pen{area.brush(), {area.origin().x, area.origin().y, area.width(), 0}, work, view, intents};
    pen.heading("What if ...");
    if (!work.is_open()) {
        pen.words(words_on_bare_run, outer.colours.quiet);
        area.end_at(pen.y());
        return;
    }
    draw_outcome(pen, frame, view, intents);
    pen.gap(10);
    if (Things const* const kind = kind_of(view.work.thing)) {
        pen.begin_chips();
        if (pen.chip("all things", "‹ Another one", ButtonLook::plain))
            intents.push_back(WorkIntent{ShowThing{}});
        pen.end_chips();
        pen.heading(
            called_in_picture(labels_of(frame.world), view.work.thing, tokens_of(view.work.thing)->back()));
        for (Switch const& one : kind->switches)
            pen.row(view.work.thing, one.path, one.label, {});
        if (std::string_view{kind->section} == "servers")
            draw_ways_to_dns(pen, work, view.work.thing, intents);
        if (pen.wide_button("all settings", "All settings, in Build  ›", ButtonLook::plain))
            intents.push_back(SetMode{Mode::build});
    } else {
        draw_choice(pen, work, frame.world, intents);
    }
    area.end_at(pen.y());
}

} // namespace mailflow::viz
