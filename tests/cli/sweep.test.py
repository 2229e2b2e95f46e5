"""`aidcsim sweep` plan, run, status, collect, script: what each says, what it writes, and that a run of a sweep is the run of `aidcsim run`."""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import unittest

import h5py
import numpy as np
import xarray

import fresh

SMALL = "tests/fixtures/small_campus.json"
BACKLOG = ("--vary", "backlog:/makers/gensets/backlog_units=40,60,80")
TEAMS = ("--vary", "teams:/crews/builders/teams=1,2")
BUILD = ("--detail", "build", "-q")


def sweep(*words, code: int = 0) -> subprocess.CompletedProcess:
    done = fresh.aidcsim("sweep", *words)
    assert done.returncode == code, f"{words}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
    return done


def plan(name: str, *words, code: int = 0) -> pathlib.Path:
    folder = fresh.folder() / name
    sweep("plan", SMALL, "-o", folder, *words, code=code)
    return folder


def run_and_collect(folder: pathlib.Path, *words) -> str:
    """Runs it and gives the sha256 of its data."""
    sweep("run", folder, "-q", "-j", "2")
    return sweep("collect", folder, "-q", *words).stdout.split()[-1]


class Numbers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = plan("numbers", *BACKLOG, *TEAMS, "--replicates", "2", "--block", "5", *BUILD)
        cls.sha = run_and_collect(cls.folder)

    def test_a_run_is_the_run_that_its_command_makes(self):
        # Point 5, replicate 0, by the command that status names, into a file of its own.
        shown = sweep("status", self.folder, "--point", "5").stdout.splitlines()
        self.assertEqual(shown[0], "backlog=80, teams=2")
        words = shlex.split(shown[1])
        self.assertEqual(words[0], "aidcsim")
        alone = fresh.folder() / "point_5.h5"
        done = fresh.aidcsim(*words[1:], "-o", alone, "-q")
        self.assertEqual(done.returncode, 0, done.stderr)
        with h5py.File(alone) as one, h5py.File(self.folder / "index.h5") as index:
            run = 10
            self.assertEqual((index["run/point"][run], index["run/replicate"][run]), (5, 0))
            compared = 0
            for name, value in one["summary"].items():
                if name not in ("status", "simulated_until"):
                    np.testing.assert_array_equal(index[f"run/{name}"][run], value[()], name)
                    compared += 1
            self.assertGreaterEqual(compared, 10)
            dates = dict(zip(one["dates/name"].asstr()[...], one["dates/actual"][...]))
            for name, column in index["run"].items():
                if name.startswith("date_"):
                    np.testing.assert_array_equal(column[run], dates[column.attrs["long_name"].decode()], name)

    def test_replicates_of_a_point_are_those_of_aidcsim_run(self):
        many = fresh.folder() / "many.h5"
        done = fresh.aidcsim("run", SMALL, "-o", many, "--replicates", "2", "--set", "/makers/0/backlog_units=80", "--set",
                             "/crews/0/teams=2", "--detail", "build", "-q")
        self.assertEqual(done.returncode, 0, done.stderr)
        with h5py.File(many) as file, h5py.File(self.folder / "index.h5") as index:
            for r in range(2):
                self.assertEqual(int(file["replicate_summary/world_hash"][r]) % 2**64, int(index["run/world_hash"].asstr()[10 + r], 16))

    def test_points_differ_and_replicates_of_common_streams_belong_together(self):
        with h5py.File(self.folder / "index.h5") as index:
            self.assertEqual(len(set(index["run/world_hash"].asstr()[...])), 12)
            late = index["run/date_site_A_1_complete"][...].reshape(3, 2, 2)  # backlog, teams, replicate
            self.assertTrue((late[:, 1] <= late[:, 0]).all(), "more builders with the same draws are never later here")

    def test_blocks_of_any_size_and_order_give_the_same_data(self):
        other = plan("other_blocks", *BACKLOG, *TEAMS, "--replicates", "2", "--block", "1", *BUILD)
        for task in (2, 0, 1):
            sweep("run", other, "-q", "--task", f"{task}/3")
        self.assertEqual(sweep("collect", other, "-q").stdout.split()[-1], self.sha)

    def test_a_copy_holds_what_the_virtual_index_holds_and_needs_no_blocks(self):
        virtual = fresh.folder() / "virtual.sweep"
        shutil.copytree(self.folder, virtual)
        alone = fresh.folder() / "alone.h5"
        copied = sweep("collect", self.folder, "-q", "--copy").stdout.split()[-1]
        self.assertEqual(copied, self.sha)
        shutil.copy(self.folder / "index.h5", alone)
        with h5py.File(virtual / "index.h5") as a, h5py.File(alone) as b:
            self.assertTrue(a["run_month/live_W"].is_virtual)
            self.assertFalse(b["run_month/live_W"].is_virtual)
            for group in a:
                self.assertEqual(set(a[group]), set(b[group]))
                for name in a[group]:
                    np.testing.assert_array_equal(a[group][name][()], b[group][name][()], name)

    def test_xarray_reads_every_group(self):
        for group in ("point", "run", "run_month"):
            with self.subTest(group), xarray.open_dataset(self.folder / "index.h5", group=group) as data:
                data.load()
        with xarray.open_dataset(self.folder / "index.h5", group="run_month") as data:
            self.assertEqual(data.live_W.dims, ("run", "month", "campus"))
            self.assertEqual(str(data.month.values[0])[:10], "2026-02-01")
        with xarray.open_dataset(self.folder / "index.h5", group="run") as data:
            self.assertEqual(data.date_site_complete.dtype.kind, "M")


class Folders(unittest.TestCase):
    def test_a_folder_is_moved_and_read_from_anywhere(self):
        folder = plan("to move", *BACKLOG, *BUILD)
        sha = run_and_collect(folder)
        moved = fresh.folder() / "moved's \"place\""
        folder.rename(moved)
        self.assertEqual(sweep("collect", moved, "-q").stdout.split()[-1], sha)
        with h5py.File(moved / "index.h5") as index:
            self.assertFalse(np.isnan(index["run_month/live_W"][...]).any())
        done = subprocess.run([fresh.AIDCSIM, "sweep", "status", "."], cwd=moved, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sweep("run", moved, "-q").returncode, 0)

    def test_a_sweep_file_is_the_same_sweep_as_its_words(self):
        study = fresh.folder() / "study.json"
        scenario = os.path.relpath(fresh.ROOT / SMALL, study.parent)
        study.write_text(json.dumps({"format": "aidcsim-sweep", "version": 1, "scenario": scenario,
                                     "vary": [BACKLOG[1]], "replicates": 2, "detail": "build"}))
        by_file, by_words = fresh.folder() / "by_file", plan("by_words", *BACKLOG, "--replicates", "2", *BUILD)
        sweep("plan", study, "-o", by_file, "-q")
        self.assertEqual(run_and_collect(by_file), run_and_collect(by_words))
        study.write_text(json.dumps({"format": "aidcsim-sweep", "version": 1, "scenario": scenario, "vary": [BACKLOG[1]], "replicate": 2}))
        self.assertIn('did you mean "replicates"?', sweep("plan", study, "-n", code=2).stderr)

    def test_inputs_beside_the_scenario_go_along(self):
        base = fresh.folder() / "project"
        shutil.copytree(fresh.ROOT / "scenarios", base / "scenarios")
        folder = fresh.folder() / "along"
        sweep("plan", base / "scenarios/01_one_rack.json", "--vary", "/seed=1,2", "-o", folder, *BUILD)
        shutil.rmtree(base)
        self.assertEqual(run_and_collect(folder), sweep("collect", folder, "-q").stdout.split()[-1])

    def test_the_same_plan_again_changes_nothing_and_another_is_refused(self):
        folder = plan("again", *BACKLOG, *BUILD)
        before = (folder / "manifest.json").read_bytes()
        self.assertIn("was planned already in", sweep("plan", SMALL, "-o", folder, *BACKLOG, *BUILD).stdout)
        self.assertIn("holds another sweep", sweep("plan", SMALL, "-o", folder, *TEAMS, *BUILD, code=2).stderr)
        self.assertEqual((folder / "manifest.json").read_bytes(), before)

    def test_a_dry_plan_writes_nothing(self):
        folder = fresh.folder() / "dry"
        shown = sweep("plan", SMALL, "-o", folder, *BACKLOG, *TEAMS, "-n", *BUILD).stdout
        self.assertIn("6 points x 1 replicates = 6 runs", shown)
        self.assertIn("point      5: backlog=80, teams=2", shown)
        self.assertFalse(folder.exists())


class BadInput(unittest.TestCase):
    def test_each_is_exit_code_2_in_words_and_writes_nothing(self):
        folder = fresh.folder() / "never"
        for words, part in (
            (("--vary", "/makers/genset/backlog_units=1,2"), 'did you mean "gensets"?'),
            (("--vary", "/makers/gensets/backlog_unit=1,2"), 'did you mean "backlog_units"?'),
            (("--vary", "/makers/gensets/backlog_units=2:1"), "empty range"),
            (("--vary", "/makers/gensets/backlog_units=1,2,1"), "has 1 twice"),
            (("--vary", "/makers/gensets/backlog_units=1,1.0"), "twice"),
            (("--vary", "/makers/gensets/backlog_units=1:2"), "range without steps"),
            (("--vary", "backlog_units=1,2"), "has not the form"),
            ((*BACKLOG, *BACKLOG), "is varied twice"),
            ((*BACKLOG, "--sample", "lhs"), "lhs needs a number of points"),
            ((*BACKLOG, "--sample", "lhs:0"), "whole number above 0"),
            ((*BACKLOG, "--sample", "sobel:8"), 'did you mean "sobol"?'),
            ((*BACKLOG, "--set", "/no/such=1"), "no such place"),
            (("--vary", "point:/makers/gensets/backlog_units=1,2"), "has the name point"),
            ((*BACKLOG, "--replicates", "0"), "replicates"),
            ((*BACKLOG, "--block", "0"), "block"),
            ((*BACKLOG, "-j", "0"), "jobs"),
        ):
            with self.subTest(words):
                done = sweep("plan", SMALL, "-o", folder, *words, "--detail", "build", code=2)
                self.assertIn(part, done.stderr)
                self.assertFalse(folder.exists())
        self.assertIn("no_such.json", sweep("plan", "no_such.json", *BACKLOG, code=2).stderr)

    def test_what_is_no_folder_of_a_sweep(self):
        for command in (("run",), ("status",), ("collect",), ("script", "slurm")):
            for folder in (fresh.folder() / "nowhere", fresh.ROOT / "sim", fresh.ROOT / SMALL):
                self.assertIn("aidcsim sweep plan", sweep(*command, folder, code=2).stderr)

    def test_tasks_points_and_systems_that_do_not_exist(self):
        folder = plan("tasks", *BACKLOG, *BUILD)
        for words, part in ((("run", folder, "--task", "3/3"), "does not exist"), (("run", folder, "--task", "one"), "neither auto nor k/K"),
                            (("run", folder, "--task", "auto"), "no batch system"), (("status", folder, "--point", "3"), "0 ... 2"),
                            (("script", "lsf", folder), "lsf"), (("run", folder, "--time-limit", "0"), "time-limit")):
            with self.subTest(words[1:]):
                environment = {k: v for k, v in os.environ.items() if not re.match("SLURM|PBS|SGE|LSB|OMPI|PMI", k)}
                done = subprocess.run([fresh.AIDCSIM, "sweep", *map(str, words)], capture_output=True, text=True, env=environment)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(part, done.stderr)
        self.assertEqual(list((folder / "blocks").iterdir()), [])


class Words(unittest.TestCase):
    def test_status_before_between_and_after(self):
        folder = plan("status", *BACKLOG, *TEAMS, "--block", "2", *BUILD)
        self.assertIn(f"next: aidcsim sweep run {folder}", sweep("status", folder, code=3).stdout)
        sweep("run", folder, "-q", "--task", "0/2")
        facts = json.loads(sweep("status", folder, "--json", code=3).stdout)
        self.assertEqual((facts["blocks"], facts["blocks_there"], facts["runs"], facts["runs_there"]), (3, 2, 6, 4))
        sweep("run", folder, "-q")
        self.assertIn(f"next: aidcsim sweep collect {folder}", sweep("status", folder).stdout)
        self.assertTrue(json.loads(sweep("status", folder, "--json").stdout)["complete"])

    def test_invalid_points_that_are_kept_fail_in_words_and_leave_the_rest(self):
        words = ("--vary", "backlog:/makers/gensets/backlog_units=40,-1", "--replicates", "2", *BUILD)
        plan("invalid", *words, code=2)
        folder = plan("invalid", *words, "--keep-invalid")
        self.assertIn("2 of 4 runs failed", sweep("run", folder, "-j", "2").stderr)  # the run as such went well
        facts = json.loads(sweep("status", folder, "--json", code=3).stdout)
        self.assertEqual([(row["run"], row["point"]) for row in facts["failed"]], [(2, 1), (3, 1)])
        self.assertIn("must be at least 0", facts["failed"][0]["error"])
        self.assertIn("--retry-failed", sweep("status", folder, code=3).stdout)
        self.assertIn("4 runs, 2 failed, 0 missing", sweep("collect", folder, "-q", code=3).stdout)
        with h5py.File(folder / "index.h5") as index:
            np.testing.assert_array_equal(index["run/status"][...], [1, 1, 2, 2])
            self.assertIn("must be at least 0", index["run/error"].asstr()[3])
            np.testing.assert_array_equal(np.isnan(index["run/live_W"][...]), [False, False, True, True])

    def test_an_error_in_any_language_is_json(self):
        # A long value in the message: it is cut within letters of several bytes.
        long = "京" * 90
        folder = plan("language", "--vary", f"/makers/gensets/backlog_units=40,{long}", "--keep-invalid", *BUILD)
        sweep("run", folder, "-q")
        shown = subprocess.run([fresh.AIDCSIM, "sweep", "status", folder, "--json"], capture_output=True)
        self.assertIn("backlog_units", json.loads(shown.stdout.decode("utf-8"))["failed"][0]["error"])
        sweep("collect", folder, "-q", code=3)

    def test_batch_files_are_shell(self):
        folder = plan("batch two", *BACKLOG, "--block", "1", *BUILD)
        for system in ("slurm", "mpi", "parallel", "pbs"):
            path = fresh.folder() / f"{system} job.sh"
            sweep("script", system, folder, "--tasks", "3", "--time", "01:30:00", "--memory-limit", "500", "-o", path)
            self.assertEqual(subprocess.run(["bash", "-n", path]).returncode, 0, system)
            text = path.read_text()
            self.assertEqual(text, sweep("script", system, folder, "--tasks", "3", "--time", "01:30:00", "--memory-limit", "500").stdout.replace(
                "this file", str(path)))
            self.assertIn(str(pathlib.Path(fresh.AIDCSIM).resolve()), text)
        self.assertIn("has 3 blocks", sweep("script", "slurm", folder, "--tasks", "4", code=2).stderr)
        self.assertIn("no time limit", sweep("script", "slurm", folder, "--time", "soon", code=2).stderr)

    def test_quiet_is_quiet(self):
        folder = plan("quiet", *BACKLOG, *BUILD)
        done = sweep("run", folder, "-q")
        self.assertEqual((done.stdout, done.stderr), ("", ""))


if __name__ == "__main__":
    unittest.main()
