#!/usr/bin/env bash
# Builds with warnings as errors and runs the tests. The last line is CTest's verdict.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
    cat <<'EOF'
usage: scripts/test.sh [--all]

Runs every test but those labelled bench.
  --all   the benchmarks too, then everything but those labelled cluster again under the address and undefined-behaviour sanitizers
Tests that need large data sets look for them in the folder $AIDCSIM_DATA and are skipped without it.
EOF
}

all=no
case "${1:-}" in
    "") ;;
    --all) all=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac
cd "$root"
scripts/setup.sh --tests

# check PRESET [ctest options]: configure, build, test; the whole output is kept beside the build.
check() {
    local preset=$1
    shift
    echo "== build ($preset)"
    cmake --preset "$preset" >/dev/null
    cmake --build --preset "$preset"
    echo "== test ($preset)"
    log=build/$preset/test.log
    ctest --test-dir "build/$preset" -j "$(nproc)" --output-on-failure --no-tests=error "$@" 2>&1 | tee "$log"
}

if [[ $all == yes ]]; then
    check dev
    check asan -LE '^(bench|cluster)$'
else
    check dev -LE '^bench$'
fi

# Only reached when every test passed: a failure has ended the script with CTest's own code.
echo "== summary"
echo "output of every test: build/dev/Testing/Temporary/LastTest.log"
echo "data sets: ${AIDCSIM_DATA:-none, tests that need them were skipped (set AIDCSIM_DATA)}"
grep -E '^[0-9]+% tests passed' "$log" | tail -n 1
