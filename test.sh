#!/usr/bin/env bash
# Builds mailflow and runs every test, the window's on a virtual display. Arguments go to ctest: ./test.sh -R house
set -euo pipefail
top=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
source "$top/.ci/prepare.sh"

window_packages+=(ffmpeg) # the window's tests make films
ensure_packages window-needed
build_targets
cd -- "$top"
exec ctest --preset release --parallel "$(nproc)" "$@"
