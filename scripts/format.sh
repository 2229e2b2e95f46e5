#!/usr/bin/env bash
# Says which C++ files clang-format would change; --fix changes them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=(--dry-run -Werror)
case "${1:-}" in
    "") ;;
    --fix) mode=(-i) ;;
    *) echo "usage: scripts/format.sh [--fix]" >&2; exit 2 ;;
esac
command -v clang-format >/dev/null || { echo "format: no clang-format; apt-get install clang-format" >&2; exit 1; }

find models sim tests \( -name '*.cpp' -o -name '*.hpp' \) -print0 | xargs -0 --no-run-if-empty clang-format --style=file "${mode[@]}"
