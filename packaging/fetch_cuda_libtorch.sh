#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Brings the CUDA LibTorch that the CMake preset `cuda` builds against: PyPI's torch wheel with the CUDA libraries that it
# loads, about 2.7 GB to download and 4.1 GB on disk, into build/cuda-libtorch. Nothing in the wheels is run. A second call
# sees that everything is there and returns at once.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
requirements=$root/packaging/requirements-cuda.txt
target=$root/build/cuda-libtorch
source "$root/packaging/common.sh"

if cmp -s "$requirements" "$target/requirements-cuda.txt"; then
    say "CUDA LibTorch: already in $target"
    exit 0
fi
[[ $(uname -m) == x86_64 ]] || fail "the pinned CUDA wheels are for x86-64, and this machine is $(uname -m); pass another LibTorch with -DANOMALOSCOPE_LIBTORCH"
python=$(python_with_pip) || fail "no python3 with pip: install Debian's python3-pip"

staging=$target.partial
rm -rf "$staging"
mkdir -p "$staging/temporary"
trap 'rm -rf "$staging"' EXIT
# The wheels' tags are spelled out, so that any Python, not only 3.11, fetches the same files.
platforms=()
for tag in manylinux_2_28 manylinux_2_27 manylinux_2_25 manylinux_2_24 manylinux_2_18 manylinux_2_17 manylinux2014 \
           manylinux_2_12 manylinux2010 manylinux_2_5 manylinux1; do
    platforms+=(--platform "${tag}_x86_64")
done
say "CUDA LibTorch: downloading about 2.7 GB from PyPI to $target"
# pip unpacks in TMPDIR first: on a machine whose /tmp is small it would not fit there.
TMPDIR=$staging/temporary "$python" -m pip install --quiet --root-user-action=ignore --disable-pip-version-check --no-input --no-cache-dir \
    --no-compile --no-deps --only-binary=:all: --implementation cp --python-version 3.11 --abi cp311 --abi abi3 \
    --abi none "${platforms[@]}" --require-hashes --target "$staging/site-packages" --requirement "$requirements" >&2
rm -rf "$staging/temporary"
cp "$requirements" "$staging/requirements-cuda.txt"
rm -rf "$target"
mv -T "$staging" "$target"
trap - EXIT
say "CUDA LibTorch: $target/site-packages/torch"
