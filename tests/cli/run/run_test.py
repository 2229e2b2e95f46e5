#!/usr/bin/env python3
"""`aidcsim run` as its users meet it: equal bytes, signals, kills, full and unwritable disks.

usage: run_test.py AIDCSIM PROJECT
"""
import hashlib
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

BINARY, PROJECT = sys.argv[1], pathlib.Path(sys.argv[2])
SMALL = PROJECT / "tests/fixtures/small_campus.json"
failures = []


def run(*words, **options):
    return subprocess.run([BINARY, *map(str, words)], capture_output=True, text=True, timeout=120, **options)


def expect(what, condition, seen=""):
    if not condition:
        failures.append(f"{what}: {seen}")


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def equal_bytes(folder):
    for name in ("a.h5", "b.h5"):
        result = run("run", SMALL, "-o", folder / name, "--seed", "1", "--reproducible")
        expect("run succeeds", result.returncode == 0, result.stderr)
        time.sleep(1.1)  # a time stamp of seconds would differ
    expect("equal inputs give equal bytes", digest(folder / "a.h5") == digest(folder / "b.h5"))
    run("run", SMALL, "-o", folder / "c.h5", "--seed", "2", "--reproducible")
    expect("another seed gives another file", digest(folder / "a.h5") != digest(folder / "c.h5"))


def no_silent_replacement(folder):
    before = digest(folder / "a.h5")
    result = run("run", SMALL, "-o", folder / "a.h5")
    expect("an existing result is refused with exit code 2", result.returncode == 2 and "--force" in result.stderr, result.stderr)
    expect("an existing result is not touched", digest(folder / "a.h5") == before)
    expect("--force replaces", run("run", SMALL, "-o", folder / "a.h5", "--force").returncode == 0)


def start_long(folder, name):
    # A step of three minutes makes the run long enough to be interrupted in its middle.
    words = [BINARY, "run", str(SMALL), "-o", str(folder / name), "--set", "/step_h=0.05"]
    child = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    time.sleep(1.0)
    return child


def stopped(folder):
    child = start_long(folder, "stopped.h5")
    child.send_signal(signal.SIGINT)
    _, words = child.communicate(timeout=60)
    expect("SIGINT ends with exit code 75", child.returncode == 75, f"{child.returncode} {words}")
    expect("a stopped run leaves no file under its name", not (folder / "stopped.h5").exists())
    left = folder / "stopped.incomplete.h5"
    expect("a stopped run leaves NAME.incomplete.h5", left.exists(), os.listdir(folder))
    if left.exists():
        shown = run("show", left)
        expect("the incomplete file is whole", shown.returncode == 0 and "incomplete" in shown.stdout, shown.stderr)


def killed(folder):
    child = start_long(folder, "killed.h5")
    child.kill()
    child.communicate(timeout=60)
    expect("a killed run leaves no file under its name", not (folder / "killed.h5").exists())
    again = run("run", SMALL, "-o", folder / "killed.h5")
    expect("and running again succeeds", again.returncode == 0 and (folder / "killed.h5").exists(), again.stderr)


def bad_disks(folder):
    result = run("run", SMALL, "-o", folder / "no/such/folder/x.h5")
    expect("a missing folder is exit code 1 with its name", result.returncode == 1 and "no/such/folder" in result.stderr, result.stderr)

    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))

    result = run("run", SMALL, "-o", folder / "full.h5", preexec_fn=small_files)
    expect("a full disk is exit code 1", result.returncode == 1, f"{result.returncode} {result.stderr}")
    expect("a full disk leaves nothing under the name", not (folder / "full.h5").exists(), os.listdir(folder))


with tempfile.TemporaryDirectory() as name:
    place = pathlib.Path(name)
    for check in (equal_bytes, no_silent_replacement, stopped, killed, bad_disks):
        check(place)
print("\n".join(failures) or "run: all as expected")
sys.exit(1 if failures else 0)
