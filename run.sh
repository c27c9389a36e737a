#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds Anomaloscope and runs it. May be called from any directory, again and again.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$root/packaging/common.sh"

usage() {
    cat <<'END'
usage: ./run.sh [--build]

Installs the missing Debian packages (packaging/debian-packages.txt), brings the default weights, builds with the CMake
preset `release` and runs Anomaloscope: the window where there is one and a display; otherwise the main job on a
generated set of parts, which ends with the path of a report.

  --build   stop after the build

environment: ANOMALOSCOPE_DEMO   folder of the generated set and of the results (default: build/demo)
END
}

# The main job with the command line: learn from good parts, choose a cut from good parts alone, score, evaluate.
run_main_job() {
    local cli=$root/build/release/bin/anomaloscope-cli
    local demo=${ANOMALOSCOPE_DEMO:-$root/build/demo}
    local parameters="--good 60 --defect 40 --seed 1"
    mkdir -p "$demo"
    demo=$(cd "$demo" && pwd)

    # The stamp names what made the set. It is empty while the set is being made, so that an interrupted one is made
    # again, and a folder without a stamp is somebody else's.
    local stamp
    stamp="$parameters $(sha256sum <"$cli")"
    if [[ -f $demo/parts.stamp && $(<"$demo/parts.stamp") == "$stamp" ]]; then
        say "sample set: $demo/parts is there already"
    else
        if [[ -e $demo/parts && ! -f $demo/parts.stamp ]]; then
            fail "$demo/parts is there and was not made by this script; set ANOMALOSCOPE_DEMO to another folder"
        fi
        say "sample set: $demo/parts"
        : >"$demo/parts.stamp"
        rm -rf "$demo/parts"
        # shellcheck disable=SC2086  # the parameters are words
        "$cli" sample "$demo/parts" $parameters
        printf '%s\n' "$stamp" >"$demo/parts.stamp"
    fi

    say "fit: learning from the good parts"
    "$cli" fit "$demo/parts" --out "$demo/parts.anomaly"
    say "threshold: from good parts alone, at most 1 in 100 of them rejected"
    "$cli" threshold "$demo/parts.anomaly" "$demo/parts" --false-reject 0.01
    say "score: every part, overlays in $demo/overlays"
    "$cli" score "$demo/parts.anomaly" "$demo/parts/test" --csv "$demo/scores.csv" --overlays "$demo/overlays"
    say "evaluate: against the labels and masks of the set"
    "$cli" evaluate "$demo/parts.anomaly" "$demo/parts" --json "$demo/evaluation.json" --report "$demo/report.html"
    say "report:"
    printf '%s\n' "$demo/report.html"
}

build_only=false
for argument in "$@"; do
    case $argument in
        --build) build_only=true ;;
        -h | --help)
            usage
            exit 0
            ;;
        *)
            printf 'run.sh: unknown argument: %s\n' "$argument" >&2
            usage >&2
            exit 2
            ;;
    esac
done

prepare "$root"
build "$root" release anomaloscope anomaloscope-cli
if $build_only; then exit 0; fi

window=$root/build/release/bin/anomaloscope
if [[ -x $window && -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
    exec "$window"
fi
run_main_job
