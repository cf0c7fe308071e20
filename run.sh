#!/usr/bin/env bash
# Opens the visualizer on a scenario; where there is no display, tells the story in the terminal and paints pictures.
set -euo pipefail
top=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
source "$top/.ci/prepare.sh"

usage="Usage: run.sh [SCENARIO.json]   (default: the relaying-denied lesson in scenarios/)"
case "${1-}" in
-h | --help) echo "$usage" && exit 0 ;;
-*) say "$usage" && exit 2 ;;
esac
[ $# -le 1 ] || { say "$usage" && exit 2; }

# The moments worth a picture, a line each: on the first message's way, and just after it was settled.
picture_moments() {
    "$top/build/mailflow" run "$1" --format json 2>/dev/null | awk '
        function number(key,  text) {
            if (!match($0, "\"" key "\": *[0-9.]+")) return
            text = substr($0, RSTART, RLENGTH)
            sub(/.*: */, "", text)
            if (!(key in value)) value[key] = text
        }
        { number("submitted_at_s"); number("settled_at_s"); number("ended_at_s") }
        END {
            from = value["submitted_at_s"] + 0
            to = ("settled_at_s" in value ? value["settled_at_s"] : value["ended_at_s"]) + 0
            for (part = 1; part <= 3; ++part) printf "%.3fs\n", from + (to - from) * part / 4
            printf "%.3fs\n", to + 0.001
        }'
}

# Paints the run into pictures/, on a virtual display.
paint() {
    local scenario=$1 name
    name=$(basename -- "$scenario" .json)
    local -a moments
    mapfile -t moments < <(picture_moments "$scenario")
    mkdir -p -- "$top/pictures"
    if ! quietly xvfb-run -a -s "-screen 0 1920x1080x24 -noreset" bash -c '
        viz=$1 scenario=$2 stem=$3
        shift 3
        for at in "$@"; do
            "$viz" "$scenario" --screenshot "$stem-$((++n)).png" --at "$at" --size 1280x720 || exit
        done' paint "$top/build/mailflow-viz" "$scenario" "$top/pictures/$name" "${moments[@]}"; then
        say "The pictures could not be painted; the words above say why."
        return
    fi
    say "Pictures of the run, at ${moments[*]}:"
    printf '  %s\n' "$top/pictures/$name"-[1-${#moments[@]}].png
}

ensure_packages window-optional
if [ "$have_window" -eq 1 ]; then
    build_targets mailflow mailflow-viz
else
    build_targets mailflow
fi

scenario=${1-}
if [ -z "$scenario" ]; then
    scenario=$(find "$top/scenarios" -name '*relaying-denied*.json' | sort | head -n 1)
    [ -n "$scenario" ] || die "The relaying-denied lesson is missing from $top/scenarios."
fi
# The short name that `mailflow list` shows will do, too.
if [ ! -e "$scenario" ] && [ -e "$top/scenarios/$scenario.json" ]; then
    scenario=$top/scenarios/$scenario.json
fi
"$top/build/mailflow" check "$scenario" >/dev/null || exit

if [ "$have_window" -eq 1 ] && [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ]; then
    status=0
    "$top/build/mailflow-viz" "$scenario" || status=$?
    [ "$status" -ge 3 ] || exit "$status"
    say "The window could not be kept open on this display, so here is the story."
elif [ "$have_window" -eq 1 ]; then
    say "There is no display to open the window on, so here is the story."
else
    say "The window was not built, so here is the story."
fi
say ""
status=0
"$top/build/mailflow" run "$scenario" || status=$?
if [ "$have_window" -eq 1 ] && [ "$status" -le 1 ]; then
    say ""
    paint "$scenario"
fi
exit "$status"
