"""What goes wrong under `aidcsim sweep run`: signals, killed simulations and workers, full disks, damaged files. Nothing is lost, the rest goes on."""
import functools
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time
import unittest

import h5py

import fresh

BACKLOG = ("--vary", "backlog:/makers/gensets/backlog_units=40,60,80")
SHORT = (*BACKLOG, "--detail", "build", "-q")
LONG = (*BACKLOG, "--set", "/step_h=0.1", "--block", "1", "-q")  # three runs of half a second each, long enough to be hit


def sweep(*words, code: int = 0) -> subprocess.CompletedProcess:
    done = fresh.aidcsim("sweep", *words)
    assert done.returncode == code, f"{words}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
    return done


@functools.cache
def scenario() -> pathlib.Path:
    """The small campus with a frozen plan: every child of a worker is then a simulation of the sweep."""
    folder = fresh.folder() / "scenario"
    folder.mkdir()
    small = fresh.ROOT / "tests/fixtures/small_campus.json"
    done = fresh.aidcsim("baseline", small, "-o", folder / "plan.json")
    assert done.returncode == 0, done.stderr
    text = small.read_text()
    frozen = text.replace('"seed": 1', '"seed": 1, "baseline": "plan.json"')
    assert frozen != text
    (folder / "small_campus.json").write_text(frozen)
    return folder / "small_campus.json"


def plan(name: str, *words) -> pathlib.Path:
    folder = fresh.folder() / name
    sweep("plan", scenario(), "-o", folder, *words)
    return folder


def start(folder: pathlib.Path, *words) -> subprocess.Popen:
    return subprocess.Popen([fresh.AIDCSIM, "sweep", "run", str(folder), *words], stderr=subprocess.PIPE, text=True, cwd=fresh.ROOT)


def blocks(folder: pathlib.Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "blocks").iterdir())}


def undisturbed(words: tuple) -> dict[str, bytes]:
    folder = fresh.folder() / f"undisturbed{abs(hash(words))}"
    if not folder.exists():
        sweep("plan", scenario(), "-o", folder, *words)
        sweep("run", folder, "-q", "-j", "2")
    return blocks(folder)


class Signals(unittest.TestCase):
    def test_a_stopped_worker_leaves_whole_blocks_and_goes_on_later(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
            with self.subTest(number.name):
                folder = plan(f"stop {number.name}", *LONG)
                run = start(folder, "-j", "1")
                self.assertTrue(fresh.wait_for(lambda: len(blocks(folder)) == 1 and len(fresh.children(run)) == 1))
                left = fresh.children(run)
                run.send_signal(number)
                _, words = run.communicate(timeout=60)
                self.assertEqual(run.returncode, 75, words)
                self.assertIn("run it again", words)
                self.assertFalse(any(pathlib.Path(f"/proc/{pid}/exe").exists() for pid in left))
                there = blocks(folder)
                self.assertTrue(0 < len(there) < 3, list(there))
                self.assertEqual(there.items() & undisturbed(LONG).items(), there.items())
                sweep("run", folder, "-q", "-j", "2")
                self.assertEqual(blocks(folder), undisturbed(LONG))

    def test_a_signal_before_the_first_run_is_a_stop_too(self):
        folder = plan("early", *LONG)
        run = start(folder, "-j", "1")
        self.assertTrue(fresh.wait_for(lambda: len(fresh.children(run)) == 1))
        run.send_signal(signal.SIGTERM)
        run.communicate(timeout=60)
        self.assertEqual(run.returncode, 75)
        self.assertEqual(blocks(folder), {})


class Kills(unittest.TestCase):
    def test_a_simulation_that_is_killed_once_is_run_again(self):
        folder = plan("killed once", *LONG)
        run = start(folder, "-j", "2")
        self.assertTrue(fresh.wait_for(lambda: len(fresh.children(run)) == 2))
        os.kill(fresh.children(run)[0], signal.SIGKILL)
        _, words = run.communicate(timeout=120)
        self.assertEqual(run.returncode, 0, words)
        self.assertNotIn("failed", words)
        self.assertEqual(blocks(folder), undisturbed(LONG))

    def killed_always(self, name: str, *words) -> pathlib.Path:
        """A sweep whose simulations were all killed as soon as they were there."""
        folder = plan(name, *LONG)
        run = start(folder, *words)
        while run.poll() is None:
            for pid in fresh.children(run):
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.002)
        _, said = run.communicate()
        self.assertEqual(run.returncode, 0, said)
        self.assertRegex(said, r"(\d) of \1 runs failed")
        return folder

    def test_a_simulation_that_is_killed_always_is_recorded_and_retried_when_asked(self):
        folder = self.killed_always("killed always", "-j", "1")
        self.assertIn("its process died (signal 9)", sweep("status", folder, code=3).stdout)
        other = self.killed_always("killed in parts", "-j", "1", "--task", "2/3")
        self.assertEqual(blocks(other), {"000002.h5": blocks(folder)["000002.h5"]})  # whoever did it, it is the same block
        sweep("collect", folder, "-q", code=3)
        sweep("run", folder, "-q")  # not asked: they stay
        self.assertIn("3 failed", sweep("status", folder, code=3).stdout)
        sweep("run", folder, "-q", "-j", "2", "--retry-failed")
        self.assertEqual(blocks(folder), undisturbed(LONG))
        sweep("status", folder)

    def test_a_worker_that_is_killed_leaves_no_partial_block_and_no_process(self):
        folder = plan("worker killed", *LONG)
        run = start(folder, "-j", "2")
        self.assertTrue(fresh.wait_for(lambda: len(blocks(folder)) >= 1 and len(fresh.children(run)) >= 1))
        left = fresh.children(run)
        run.kill()
        run.communicate(timeout=60)
        self.assertTrue(fresh.wait_for(lambda: not any(pathlib.Path(f"/proc/{pid}/exe").exists() for pid in left)))
        sweep("run", folder, "-q", "-j", "2")
        there = blocks(folder)
        self.assertEqual({name: there[name] for name in undisturbed(LONG)}, undisturbed(LONG))
        sweep("status", folder)

    def test_limits_are_recorded_with_their_reason(self):
        folder = plan("limits", *LONG)
        sweep("run", folder, "-q", "--time-limit", "0.02")
        self.assertIn("it took longer than the 0.02 s", sweep("status", folder, code=3).stdout)
        for megabytes in (1, 4):  # what fails first, and how, depends on the limit
            sweep("run", folder, "-q", "--retry-failed", "--memory-limit", megabytes)
            failed = json.loads(sweep("status", folder, "--json", code=3).stdout)["failed"]
            self.assertEqual(len(failed), 3)
            for run in failed:
                self.assertIn("memory", run["error"])
        sweep("run", folder, "-q", "--retry-failed", "--memory-limit", "4000", "--time-limit", "60")
        self.assertEqual(blocks(folder), undisturbed(LONG))

    def test_two_workers_on_the_same_task(self):
        words = ("--replicates", "20", "--block", "2", *SHORT)
        folder = plan("two workers", *words)
        workers = [start(folder, "-j", "2") for _ in range(2)]
        for worker in workers:
            _, said = worker.communicate(timeout=120)
            self.assertEqual(worker.returncode, 0, said)
        self.assertEqual(blocks(folder), undisturbed(words))


class Files(unittest.TestCase):
    def small_disk(self, name: str, size: str) -> pathlib.Path:
        """A file system of its own, for as long as the test."""
        disk = fresh.folder() / name
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
            self.skipTest("needs a small file system of its own, which only root may mount")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        return disk

    def remount(self, disk: pathlib.Path, option: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{option}", disk], check=True)

    def test_a_full_disk(self):
        disk = self.small_disk("disk", "128k")
        words = ("--replicates", "20", "--block", "2", *SHORT)
        folder = disk / "s"
        sweep("plan", scenario(), "-o", folder, *words)
        done = sweep("run", folder, "-q", code=1)
        self.assertIn("check the folder, its permissions and the free space", done.stderr)
        there = blocks(folder)
        self.assertGreater(len(there), 0)
        self.assertEqual(there.items() & undisturbed(words).items(), there.items(), "a block that is there is whole")
        self.assertFalse((folder / "index.h5").exists())
        sweep("collect", folder, "-q", code=1)
        self.assertFalse((folder / "index.h5").exists())
        self.remount(disk, "size=4m")
        sweep("run", folder, "-q")
        self.assertEqual(blocks(folder), undisturbed(words))
        sweep("collect", folder, "-q")

    def test_a_plan_on_a_full_disk(self):
        disk = self.small_disk("small disk", "12k")
        self.assertIn("cannot be written", sweep("plan", scenario(), "-o", disk / "s", *SHORT, code=2).stderr)
        self.assertFalse((disk / "s/manifest.json").exists())

    def test_folders_that_cannot_be_written(self):
        # Permissions do not bind root: a file where a folder should be stands for them.
        folder = plan("no logs", *SHORT)
        shutil.rmtree(folder / "logs")
        (folder / "logs").write_text("a file")
        self.assertIn("logs", sweep("run", folder, "-q", code=2).stderr)
        (folder / "logs").unlink()
        (folder / "logs").mkdir()
        (folder / "blocks").rmdir()
        (folder / "blocks").write_text("a file")
        self.assertIn("blocks", sweep("run", folder, "-q", code=1).stderr)
        (folder / "blocks").unlink()
        (folder / "blocks").mkdir()
        sweep("run", folder, "-q")
        (folder / "index.h5").mkdir()
        self.assertIn("index.h5", sweep("collect", folder, "-q", code=1).stderr)
        file = fresh.folder() / "file"
        file.write_text("mine")
        for place in (file, file / "below"):
            sweep("plan", scenario(), "-o", place, *SHORT, code=2)
        sweep("script", "slurm", folder, "-o", file / "below.sh", code=2)
        self.assertEqual(file.read_text(), "mine")

    def test_a_read_only_folder(self):
        disk = self.small_disk("read only", "4m")
        folder = disk / "s"
        sweep("plan", scenario(), "-o", folder, *SHORT)
        self.remount(disk, "ro")
        self.assertIn("cannot be written", sweep("run", folder, "-q", code=2).stderr)
        self.assertIn("index.h5", sweep("collect", folder, "-q", code=1).stderr)
        self.assertIn("cannot be written", sweep("plan", scenario(), "-o", disk / "t", *SHORT, code=2).stderr)
        sweep("status", folder, code=3)
        self.remount(disk, "rw")
        sweep("run", folder, "-q")
        self.assertEqual(blocks(folder), undisturbed(SHORT))

    def test_damaged_blocks_are_told_put_aside_and_done_again(self):
        words = ("--block", "1", *SHORT)
        folder, other = plan("damaged", *words), plan("another", *words, "--set", "/seed=2")
        sweep("run", folder, "-q")
        sweep("run", other, "-q")
        sound = sweep("collect", folder, "-q").stdout.split()[-1]
        flipped = bytearray((folder / "blocks/000000.h5").read_bytes())
        with h5py.File(folder / "blocks/000000.h5") as file:
            at = file["run/figures"].chunks and file["run/figures"].id.get_chunk_info(0).byte_offset or file["run/figures"].id.get_offset()
        flipped[at + 3] ^= 0x10
        (folder / "blocks/000000.h5").write_bytes(flipped)
        (folder / "blocks/000001.h5").write_bytes(b"")
        shutil.copy(other / "blocks/000002.h5", folder / "blocks/000002.h5")
        shown = sweep("status", folder, code=3).stdout
        self.assertIn("0 of 3 there, 3 damaged", shown)
        done = sweep("collect", folder, "-q", code=3)
        self.assertIn("3 missing", done.stdout)
        self.assertIn("taken as missing", done.stderr)
        done = sweep("run", folder, "-q")
        self.assertEqual(done.stderr.count("put aside and done again"), 3)
        self.assertIn("belongs to another sweep", done.stderr)
        self.assertEqual((folder / "blocks/000000.h5.damaged").read_bytes(), flipped)
        self.assertEqual(sweep("collect", folder, "-q").stdout.split()[-1], sound)

    def test_a_folder_that_was_changed_is_refused_before_anything_runs(self):
        for name, change, part in (
            ("manifest.json", lambda text: text.replace('"program": "aidcsim ', '"program": "aidcsim 9'), "was planned by aidcsim 9"),
            ("manifest.json", lambda text: text.replace("=40,60,80", "=40,60,90"), "it was edited"),
            ("manifest.json", lambda text: text[: len(text) // 2], "manifest.json"),
            ("points.csv", lambda text: text.replace("1,60", "1,61"), "points.csv"),
            ("inputs/small_campus.json", lambda text: text.replace('"seed": 1', '"seed": 2'), "was changed after the sweep was planned"),
        ):
            with self.subTest(part):
                folder = fresh.folder() / "changed"
                shutil.rmtree(folder, ignore_errors=True)
                plan("changed", *SHORT)
                before = (folder / name).read_text()
                self.assertNotEqual(change(before), before)
                (folder / name).write_text(change(before))
                self.assertIn(part, sweep("run", folder, "-q", code=2).stderr)
                self.assertEqual(blocks(folder), {})
                (folder / name).write_text(before)
                sweep("run", folder, "-q")


if __name__ == "__main__":
    unittest.main()
