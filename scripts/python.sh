# shellcheck shell=bash
# Sourced, not run: sets PYTHON to an interpreter that can read result files and plot them.
# The system's own comes second, because a version manager may put another python3 first.

PYTHON=
for candidate in python3 /usr/bin/python3; do
    if command -v "$candidate" >/dev/null && "$candidate" -c 'import h5py, matplotlib' 2>/dev/null; then
        PYTHON=$candidate
        break
    fi
done
if [[ -z "$PYTHON" ]]; then
    echo "no python3 with h5py and matplotlib: run scripts/setup.sh, or pip install h5py matplotlib" >&2
    # shellcheck disable=SC2317
    return 1 2>/dev/null || exit 1
fi
