# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Shell functions shared by run.sh, test.sh and the scripts in packaging/. To be sourced by bash; runs nothing by itself.

say() { printf '==> %s\n' "$*" >&2; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Prints a python3 that has pip: the first in PATH, or the system's (a pyenv or conda Python may come first and lack it).
python_with_pip() {
    local candidate
    for candidate in python3 /usr/bin/python3; do
        if "$candidate" -m pip --version >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

# Prints the packages of a list that are not installed, one a line.
missing_packages() {
    local list=$1 wanted installed
    wanted=$(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$list" | LC_ALL=C sort -u)
    # dpkg-query fails when it does not know a package; what it does know it prints all the same.
    # shellcheck disable=SC2086  # one word a package
    installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
        sed -n 's/^installed //p' | LC_ALL=C sort -u) || true
    LC_ALL=C comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$installed")
}

# Installs the packages of a list that are missing; asks the network for nothing if none is.
install_packages() {
    local list=$1 missing as_root=()
    if ! command -v dpkg-query >/dev/null; then
        say "packages: this is no Debian; the build needs what $list names"
        return 0
    fi
    missing=$(missing_packages "$list" | tr '\n' ' ')
    if [[ -z ${missing// /} ]]; then
        say "packages: all there"
        return 0
    fi
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "packages are missing; as root, run: apt-get install $missing"
        as_root=(sudo)
        # Without a terminal sudo cannot ask for a password: it may only go on if it needs none.
        [[ -t 0 ]] || as_root+=(--non-interactive)
        "${as_root[@]}" true || fail "packages are missing; as root, run: apt-get install $missing"
    fi
    say "packages: installing $missing"
    as_root+=(env DEBIAN_FRONTEND=noninteractive)
    "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 update -qq >&2 ||
        fail "apt-get update failed; check the network and /etc/apt/sources.list"
    # shellcheck disable=SC2086  # one word a package
    "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 install -qq -y --no-install-recommends $missing >&2 </dev/null ||
        fail "apt-get could not install $missing"
}

# What every build needs: packages and weights. Tells the programs and the tests where the weights are.
prepare() {
    local root=$1
    install_packages "$root/packaging/debian-packages.txt"
    "$root/packaging/fetch_weights.sh"
    export ANOMALOSCOPE_WEIGHTS=$root/build/weights
}

# Configures a preset, if it has not been or the presets have changed, and builds targets. (Ninja itself configures again
# when a CMakeLists.txt changes.)
build() {
    local root=$1 preset=$2
    shift 2
    local folder=$root/build/$preset
    cd "$root" || fail "cannot enter $root"
    if [[ ! -f $folder/build.ninja || $root/CMakePresets.json -nt $folder/build.ninja ]]; then
        say "configure: $folder"
        cmake --preset "$preset" >&2
    fi
    say "build: $folder"
    cmake --build --preset "$preset" --parallel "$(nproc)" --target "$@" >&2
}
