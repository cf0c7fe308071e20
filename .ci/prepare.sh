# What run.sh and test.sh share; sourced, not run. Installs the packages that are missing, configures, builds.
# $top is the checkout. Leaves $have_window at 1 or 0. Nothing is fetched, and no root is asked for, when everything
# is installed.

build_packages=(g++ cmake ninja-build libfmt-dev nlohmann-json3-dev libcli11-dev catch2 libvalijson-dev
                libsqlite3-dev libzstd-dev)
window_packages=(libsfml-dev libimgui-dev pkg-config libx11-dev libgl-dev libfreetype-dev fonts-inter
                 xvfb xauth libgl1-mesa-dri libglx-mesa0)
have_window=1

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

# Runs a command silently; when it fails, shows what it printed.
quietly() {
    local output status=0
    output=$("$@" 2>&1 </dev/null) || status=$?
    [ "$status" -eq 0 ] || say "$output"
    return "$status"
}

# Prints those of the named packages that are not installed, a line each.
missing_of() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
    done
}

# Installs the named packages; the lists are fetched only when what is known of the archive does not do. Of what
# apt-get prints, only its errors are shown, and only the last ones.
install_packages() {
    local -a as_root=(env DEBIAN_FRONTEND=noninteractive)
    [ "$(id -u)" -eq 0 ] || as_root=(sudo "${as_root[@]}")
    local -a install=("${as_root[@]}" apt-get install -y --no-install-recommends "$@")
    "${install[@]}" >/dev/null 2>&1 </dev/null && return
    "${as_root[@]}" apt-get update >/dev/null 2>&1 </dev/null || true # one bad source of many need not matter
    local output
    output=$("${install[@]}" 2>&1 </dev/null) && return
    grep '^E: ' <<<"$output" >&2 || say "$output"
    return 1
}

# Makes sure of all packages. Those of the window may be missing when $1 is "window-optional".
ensure_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "This is neither Debian nor Ubuntu: building with what is installed."
        return
    fi
    local -a build window missing
    mapfile -t build < <(missing_of "${build_packages[@]}")
    mapfile -t window < <(missing_of "${window_packages[@]}")
    missing=("${build[@]}" "${window[@]}")
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        die "These packages are missing, and only root or sudo can install them: ${missing[*]}"
    fi
    say "Installing ${missing[*]} ..."
    install_packages "${missing[@]}" && return
    if [ "$1" = window-optional ] && [ ${#window[@]} -gt 0 ]; then
        mapfile -t build < <(missing_of "${build[@]}")
        if [ ${#build[@]} -eq 0 ] || install_packages "${build[@]}"; then
            have_window=0
            say "The window's packages could not be installed: ${window[*]}. Going on without the window."
            return
        fi
    fi
    die "These packages could not be installed: $(missing_of "${missing[@]}" | tr '\n' ' ')"
}

configure() {
    local viz=ON
    [ "$have_window" -eq 1 ] || viz=OFF
    (cd "$top" && cmake --preset release -DMAILFLOW_VIZ=$viz -DMAILFLOW_TESTS=ON)
}

# Configures the preset `release` and builds the named targets (none: all) on every core.
build_targets() {
    [ -e "$top/build/build.ninja" ] || say "The first build takes some minutes."
    if ! configure >/dev/null 2>&1; then
        # A cache from another place or another generator stands in the way; only the cache is thrown away.
        rm -rf -- "$top/build/CMakeCache.txt" "$top/build/CMakeFiles"
        quietly configure || die "The build could not be configured; the words above say why."
    fi
    say "Building ..."
    quietly cmake --build "$top/build" ${1:+--target "$@"} -- --quiet || die "The build failed; the words above say where."
}
