#!/usr/bin/env bash
# Installs what is missing, builds aidcsim, runs one scenario and plots its results.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
    cat <<'EOF'
usage: scripts/run.sh [SCENARIO]

SCENARIO is a .json or .jsonc file, or the name of one in scenarios/ (default: langfang_2026).
Results go to results/<name>.h5, plots to results/<name>/.
EOF
}

find_scenario() {
    local file
    for file in "$1" "$root/scenarios/$1" "$root/scenarios/$1.json" "$root/scenarios/$1.jsonc"; do
        if [[ -f "$file" ]]; then
            realpath "$file"
            return
        fi
    done
    echo "run: no scenario '$1'; the ones that come with aidcsim are:" >&2
    (cd "$root/scenarios" 2>/dev/null && ls -- *.json *.jsonc 2>/dev/null) >&2 || true
    return 2
}

case "${1:-}" in
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
esac
if (($# > 1)); then
    usage >&2
    exit 2
fi

scenario=$(find_scenario "${1:-langfang_2026}")
name=$(basename "$scenario")
name=${name%.json}
name=${name%.jsonc}
cd "$root"

scripts/setup.sh
# shellcheck source=scripts/python.sh
source scripts/python.sh

echo "== build"
cmake --preset release >/dev/null
cmake --build --preset release --target aidcsim

echo "== run ${scenario#"$root"/}"
mkdir -p results
build/release/aidcsim run "$scenario" -o "results/$name.h5" --force

echo "== plot"
"$PYTHON" scripts/plot_run.py "results/$name.h5"
"$PYTHON" scripts/plot_use.py "results/$name.h5" --ladder -o "results/$name/use.png"

cat <<EOF

results  $root/results/$name.h5
plots    $root/results/$name/
next     cd $root && build/release/aidcsim show results/$name.h5
EOF
