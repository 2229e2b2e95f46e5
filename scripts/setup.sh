#!/usr/bin/env bash
# Installs what aidcsim needs to build, run and plot, on Debian 12 and Ubuntu 24.04.
# Run it as often as you like: what is installed is left alone, and then no network is needed.
set -euo pipefail

packages=(
    g++ cmake ninja-build pkg-config ccache
    libsimgrid-dev libboost-dev libboost-iostreams-dev nlohmann-json3-dev libhdf5-dev libfmt-dev libcli11-dev libssl-dev libmuparser-dev libnlopt-dev libnlopt-cxx-dev catch2
    python3 python3-h5py python3-matplotlib python3-numpy python3-xarray python3-netcdf4
    netcdf-bin hdf5-tools
)
# An integrator that tests compare with, and what sweeps are tried on: a real Slurm, an MPI launcher, GNU parallel. No program links them.
test_packages=(libsundials-dev slurm-wlm slurm-wlm-basic-plugins munge openmpi-bin parallel)

if [[ "${1:-}" == "--help" || "${1:-}" == "-h" ]]; then
    echo "usage: scripts/setup.sh [--tests]"
    echo "Installs with apt-get what is missing of: ${packages[*]}"
    echo "  --tests  and of: ${test_packages[*]}"
    exit 0
fi
if [[ "${1:-}" == "--tests" ]]; then
    packages+=("${test_packages[@]}")
fi

fail() {
    printf 'setup: %s\n' "$@" >&2
    exit 1
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    fail "this is not Debian or Ubuntu (no apt-get): install your system's equivalents of" "${packages[*]}"
fi

installed() { [[ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]; }

missing=()
for package in "${packages[@]}"; do
    installed "$package" || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
    exit 0
fi

as_root=(env)
if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "these packages are missing and there is no sudo; ask an administrator to run:" \
        "apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo env)
    echo "setup: using sudo to install packages; it may ask for your password"
fi
echo "setup: installing ${missing[*]}"

update() { "${as_root[@]}" apt-get update -qq; }
update || { echo "setup: apt-get update failed, trying once more" >&2; sleep 3; update; } \
    || echo "setup: apt-get update failed twice; going on with the package lists at hand" >&2

unavailable=()
for package in "${missing[@]}"; do
    candidate=$(LC_ALL=C apt-cache policy "$package" | sed -n 's/^  Candidate: //p')
    [[ -n "$candidate" && "$candidate" != "(none)" ]] || unavailable+=("$package")
done
if ((${#unavailable[@]} > 0)); then
    fail "not available in this distribution: ${unavailable[*]}" \
        "use Debian 12 or Ubuntu 24.04 (there, enable the component 'universe'), or build these from source," \
        "or check the network: apt-get update must succeed at least once"
fi
"${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    || fail "apt-get could not install: ${missing[*]}" "its own message above says why; mend that and run this again"
echo "setup: done"
