#include "viz/shortcuts.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

constexpr Modifiers plain{};
constexpr Modifiers shift{true, false};
constexpr Modifiers control{false, true};
constexpr Modifiers control_shift{true, true};
constexpr Instant the_end{Duration::max()};

} // namespace

std::span<Shortcut const> shortcuts() {
    // PageUp and PageDown are the buttons of a presenter's remote control.
    // Not std::array: to count so many of them takes the compiler five seconds.
    static Shortcut const list[]{
        Shortcut{Key::space, plain, TogglePlay{}, "Space or .", "play, pause"},
        Shortcut{Key::period, plain, TogglePlay{}, "", ""},
        Shortcut{Key::left, plain, StepBack{}, "← →", "a step back, a step on"},
        Shortcut{Key::right, plain, StepForward{}, "", ""},
        Shortcut{Key::up, plain, StepBack{}, "", ""},
        Shortcut{Key::down, plain, StepForward{}, "", ""},
        Shortcut{Key::page_up, plain, StepBack{}, "", ""},
        Shortcut{Key::page_down, plain, StepForward{}, "", ""},
        Shortcut{Key::e, plain, SetStep{Step::event}, "E D G M", "steps go by event, decision, hop, message"},
        Shortcut{Key::d, plain, SetStep{Step::decision}, "", ""},
        Shortcut{Key::g, plain, SetStep{Step::hop}, "", ""},
        Shortcut{Key::m, plain, SetStep{Step::message}, "", ""},
        Shortcut{Key::p, plain, StepTo{Step::refusal, Towards::past}, "P N", "the refusal before, the next"},
        Shortcut{Key::n, plain, StepTo{Step::refusal, Towards::future}, "", ""},
        Shortcut{Key::u, plain, RunUntil{}, "U", "runs until the chosen machine acts"},
        Shortcut{Key::q, plain, TogglePredicting{}, "Q", "stops before servers decide, to predict"},
        Shortcut{Key::y, plain, Foretell{Foretold::accept}, "Y  X  Z", "it will accept, refuse, put off"},
        Shortcut{Key::x, plain, Foretell{Foretold::refuse}, "", ""},
        Shortcut{Key::z, plain, Foretell{Foretold::later}, "", ""},
        Shortcut{Key::home, plain, Seek{}, "Home End", "to the beginning, to the end"},
        Shortcut{Key::end, plain, Seek{the_end}, "", ""},
        Shortcut{Key::minus, plain, ChangeSpeed{-1}, "– +", "slower, faster"},
        Shortcut{Key::plus, plain, ChangeSpeed{1}, "", ""},
        Shortcut{Key::one, plain, SetDetail{Detail::magic}, "1 2 3", "Magic, Servers, Protocol"},
        Shortcut{Key::two, plain, SetDetail{Detail::servers}, "", ""},
        Shortcut{Key::three, plain, SetDetail{Detail::protocol}, "", ""},
        Shortcut{Key::o, plain, OpenCloud{}, "O  Shift+O", "opens the cloud a step, closes it a step"},
        Shortcut{Key::o, shift, OpenCloud{Towards::past}, "", ""},
        Shortcut{Key::s, plain, ShowCard{Card::signs}, "S", "the signs and what they mean"},
        Shortcut{Key::f, plain, ShowCard{Card::filter}, "F", "what is shown: the filter"},
        Shortcut{Key::a, plain, SetFilter{}, "A", "shows all"},
        Shortcut{Key::l, plain, Follow{}, "L", "follows the chosen message"},
        Shortcut{Key::plus, control, MoveCamera{1.25F, {}}, "Ctrl + –", "the picture closer, farther"},
        Shortcut{Key::plus, control_shift, MoveCamera{1.25F, {}}, "", ""}, // where + is typed with Shift
        Shortcut{Key::minus, control, MoveCamera{0.8F, {}}, "", ""},
        Shortcut{Key::zero, control, SetCamera{}, "Ctrl 0", "the whole picture"},
        Shortcut{Key::left, shift, MoveCamera{1, {-0.1F, 0}}, "Shift ←↑→↓", "moves the picture"},
        Shortcut{Key::right, shift, MoveCamera{1, {0.1F, 0}}, "", ""},
        Shortcut{Key::up, shift, MoveCamera{1, {0, -0.1F}}, "", ""},
        Shortcut{Key::down, shift, MoveCamera{1, {0, 0.1F}}, "", ""},
        Shortcut{Key::k, plain, ZoomTime{2}, "K  J", "the timeline closer, farther"},
        Shortcut{Key::j, plain, ZoomTime{0.5}, "", ""},
        Shortcut{Key::zero, shift, SetTimeWindow{}, "Shift 0", "the whole timeline"},
        Shortcut{Key::f5, plain, ToggleCanvasAlone{}, "F5", "the picture alone; with its panels"},
        Shortcut{Key::t, plain, ToggleText{}, "T", "this moment in words"},
        Shortcut{Key::f12, plain, Order{SavePicture{}}, "F12", "saves this moment as a picture"},
        Shortcut{Key::f11, plain, ToggleFullScreen{}, "F11", "full screen"},
        Shortcut{Key::w, plain, SetMode{Mode::watch}, "W  I  B", "Watch, What if, Build"},
        Shortcut{Key::i, plain, SetMode{Mode::what_if}, "", ""},
        Shortcut{Key::b, plain, SetMode{Mode::build}, "", ""},
        Shortcut{Key::v, plain, ToggleList{}, "V  R", "in a small window: the list; picture or panel"},
        Shortcut{Key::r, plain, TogglePanel{}, "", ""},
        Shortcut{Key::c, plain, WorkIntent{NextRuns{}}, "C", "what if: both runs, before, now"},
        Shortcut{Key::o, control, WorkIntent{ShowSheet{Sheet::open}}, "Ctrl+O", "opens another scenario"},
        Shortcut{Key::n, control, WorkIntent{NewScenario{}}, "Ctrl+N", "begins a new world"},
        Shortcut{Key::s, control, WorkIntent{SaveFile{}}, "Ctrl+S", "saves; with Shift under another name"},
        Shortcut{Key::s, control_shift, WorkIntent{ShowSheet{Sheet::save_as}}, "", ""},
        Shortcut{Key::z, control, WorkIntent{Undo{}}, "Ctrl+Z  Ctrl+Y",
                 "takes a change back, makes it again"},
        Shortcut{Key::z, control_shift, WorkIntent{Redo{}}, "", ""},
        Shortcut{Key::y, control, WorkIntent{Redo{}}, "", ""},
        Shortcut{Key::escape, plain, GoBack{}, "Esc", "closes what lies on top"},
        Shortcut{Key::q, control, Leave{}, "Ctrl+Q", "leaves"},
        Shortcut{Key::h, plain, ShowCard{Card::keys}, "H", "shows and hides this card"},
    };
    return list;
}

bool works_while_typing(KeyPressed const& pressed) {
    bool const about_files =
        pressed.key == Key::s || pressed.key == Key::o || pressed.key == Key::n || pressed.key == Key::q;
    bool const types_nothing = pressed.key >= Key::f1;
    return types_nothing || (pressed.with.control && about_files);
}

bool is_within_reach(Intent const& intent, ViewState const& view) {
    bool const sheet = view.work.sheet != Sheet::none;
    if (!sheet && view.card == Card::none)
        return true;
    if (auto const* work = std::get_if<WorkIntent>(&intent)) {
        if (std::holds_alternative<NewScenario>(*work))
            return true; // asks first
        if (std::holds_alternative<SaveFile>(*work))
            return !sheet;
        return std::holds_alternative<ShowSheet>(*work) && view.work.sheet != Sheet::question &&
               view.work.sheet != Sheet::doubt;
    }
    bool const of_cards =
        std::holds_alternative<ShowCard>(intent) || std::holds_alternative<ToggleCanvasAlone>(intent);
    return (of_cards && !sheet) || std::holds_alternative<GoBack>(intent) ||
           std::holds_alternative<Leave>(intent) || std::holds_alternative<ToggleFullScreen>(intent) ||
           std::holds_alternative<Order>(intent);
}

std::optional<KeyPressed> key_of_sign(TextTyped const& typed) {
    switch (typed.character) {
    case U'+':
    case U'=': return KeyPressed{Key::plus}; // where + needs Shift, = is the same key without
    case U'-': return KeyPressed{Key::minus};
    default: return std::nullopt;
    }
}

Intent const* intent_of(KeyPressed const& pressed) {
    std::span<Shortcut const> const list = shortcuts();
    auto const found = std::find_if(list.begin(), list.end(), [&](Shortcut const& shortcut) {
        return shortcut.key == pressed.key && shortcut.with == pressed.with;
    });
    return found == list.end() ? nullptr : &found->intent;
}

} // namespace mailflow::viz
