#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds everything and runs every test; its result is that of the tests.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$root/packaging/common.sh"

usage() {
    cat <<'END'
usage: ./test.sh [--preset NAME] [-- CTEST ARGUMENTS]

  --preset NAME   release (default), debug, asan, tsan or cuda
  -- ...          passed on to ctest: ./test.sh -- -R '^core:'

environment: ANOMALOSCOPE_TEST_DATA   folder with real data; without it the tests that need it are skipped, and ctest
                                      lists them
END
}

preset=release
while (($#)); do
    case $1 in
        --preset)
            if [[ -z ${2:-} ]]; then
                usage >&2
                exit 2
            fi
            preset=$2
            shift 2
            ;;
        -h | --help)
            usage
            exit 0
            ;;
        --)
            shift
            break
            ;;
        *)
            printf 'test.sh: unknown argument: %s\n' "$1" >&2
            usage >&2
            exit 2
            ;;
    esac
done
case $preset in
    release | debug | asan | tsan | cuda) ;;
    *)
        printf 'test.sh: no preset named %s\n' "$preset" >&2
        usage >&2
        exit 2
        ;;
esac

prepare "$root"
if [[ $preset == cuda ]]; then "$root/packaging/fetch_cuda_libtorch.sh"; fi
build "$root" "$preset" all

# As the launchers do (app/launcher.cpp): the tests run beside each other.
export OMP_WAIT_POLICY=passive
say "test: $preset"
cd "$root"
exec ctest --preset "$preset" --output-on-failure --no-tests=error --parallel "$(nproc)" "$@"
