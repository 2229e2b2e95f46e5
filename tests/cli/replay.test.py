"""`aidcsim replay`: small logs by hand, a file that adds up, bad rows, interruptions; Philly where the data sets are."""
import json
import os
import pathlib
import signal
import subprocess
import time
import unittest

import h5py
import numpy as np

import fresh

# Four processors. FCFS: 1 at 0-10 (2), 2 at 10-20 (4, waits 9), 3 behind it at 20-25 (waits 18). EASY: 3 fills the two that are free, 2-7.
LOG = "submit_s,run_s,processors,id\n0,10,2,1\n1,10,4,2\n2,5,2,3\n"
WAITS = {"fcfs": [0, 9, 18], "easy": [0, 9, 0]}


def log(name: str, text: str) -> pathlib.Path:
    path = fresh.folder() / name
    path.write_text(text)
    return path


def replay(*words, code: int = 0) -> subprocess.CompletedProcess:
    done = fresh.aidcsim("replay", *words)
    assert done.returncode == code, f"{words}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
    return done


def facts(*words) -> dict:
    return json.loads(replay(*words, "--json", "-q").stdout)


def written(name: str, *words) -> pathlib.Path:
    path = fresh.folder() / name
    replay(*words, "-o", path, "-q")
    return path


class Replay(unittest.TestCase):
    def test_three_jobs_by_hand(self):
        path = log("three.csv", LOG)
        for policy, waits in WAITS.items():
            with self.subTest(policy):
                got = facts(path, "--processors", "4", "--policy", policy)
                end = 25 if policy == "fcfs" else 20
                self.assertAlmostEqual(got["mean_wait_s"], sum(waits) / 3)
                self.assertEqual(got["longest_wait_s"], max(waits))
                self.assertAlmostEqual(got["mean_slowdown"], sum(max(1, (w + r) / 10) for w, r in zip(waits, (10, 10, 5))) / 3)
                self.assertEqual(got["makespan_s"], end)
                self.assertAlmostEqual(got["utilization"], (2 * 10 + 4 * 10 + 2 * 5) / (4 * end))
                self.assertEqual((got["jobs"], got["goodput"], got["interruptions"]), (3, 1, 0))
        self.assertEqual(facts(path, "--processors", "4", "--jobs", "2")["jobs"], 2)

    def test_the_page_has_the_same_figures_and_says_how_fast_it_was(self):
        done = replay(log("three.csv", LOG), "--processors", "4", "--policy", "fcfs")
        for line in (r"3 jobs on 4 processors, policy fcfs", r"mean wait +9 s", r"longest wait +18 s", r"utilization +0\.70000",
                     r"makespan +25 s"):
            self.assertRegex(done.stdout, line)
        self.assertRegex(done.stderr, r"3 jobs in [\d.]+ s: \d+ jobs/s\nnext: ")

    def test_priority_sends_jobs_away(self):
        path = log("priority.csv", "submit_s,run_s,processors,priority\n0,10,4,0\n5,10,4,1\n")
        got = facts(path, "--processors", "4", "--policy", "priority")
        # The second takes over at 5 until 15; the first has no checkpoint and works 10 s anew.
        self.assertEqual((got["makespan_s"], got["evictions"], got["held_s"]), (25, 1, 4 * 25))
        self.assertAlmostEqual(got["goodput"], 80 / 100)
        self.assertEqual(facts(path, "--processors", "4")["makespan_s"], 20)  # easy looks at no priority

    def test_checkpoints_cost_their_time(self):
        path = log("one.csv", "submit_s,run_s,processors\n0,3600,8\n")
        got = facts(path, "--processors", "8", "--checkpoint-every-min", "10", "--checkpoint-write-s", "36")
        self.assertEqual(got["makespan_s"], 3600 + 5 * 36)  # after every ten minutes but the last
        self.assertAlmostEqual(got["goodput"], 3600 / 3780)

    def test_interruptions_stretch_a_long_job_as_theory_says(self):
        # One failure a day of the whole job, a checkpoint an hour, 100 s to write, 600 s to restart; 2,000 days of work.
        path = log("long.csv", "submit_s,run_s,processors\n0,172800000,1000\n")
        rules = ("--checkpoint-every-min", "60", "--checkpoint-write-s", "100", "--restart-min", "10", "--interruptions-per-year", "0.36525")
        got = facts(path, "--processors", "1000", *rules)
        m, every, write, restart = 86400.0, 3600.0, 100.0, 600.0
        # Each piece of work and its checkpoint is tried anew after a failure; failures strike work and writing, not the restart. A piece then
        # takes (m + restart) (e^((every + write)/m) - 1), in which the second factor is its mean number of failures: closed form.
        # (Daly 2006, equation 20, has e^(restart/m) m instead of m + restart: failures that strike restarts, too.)
        expected = every / ((m + restart) * np.expm1((every + write) / m))
        self.assertAlmostEqual(got["goodput"], expected, delta=0.002)  # three standard errors: 2,100 failures of 2,450 +- 1,070 s each
        self.assertAlmostEqual(got["interruptions"], 172.8e6 * np.expm1((every + write) / m) / every, delta=4 * np.sqrt(2100))
        self.assertEqual(facts(path, "--processors", "1000", *rules), got)
        self.assertNotEqual(facts(path, "--processors", "1000", *rules, "--seed", "1")["makespan_s"], got["makespan_s"])

    def test_cells_and_machines(self):
        path = log("cells.csv", "submit_s,run_s,processors\n0,10,3\n1,10,3\n2,10,2\n")
        with h5py.File(written("cells.h5", path, "--cells", "4,4")) as file:
            self.assertEqual((file["summary/processors"][()], file["summary/cells"][()]), (8, 2))
            # One goes to each cell, the last has one processor left in each.
            self.assertEqual(list(file["jobs/spans"]), [0, 0, 1])
            self.assertEqual(list(file["jobs/start"]), [0, 1, 2])
        self.assertIn("8 machines of one processor", replay("--processors", "8", "--machines", path).stdout)
        self.assertIn("8 processors in 2 cells", replay("--cells", "4,4", path).stdout)  # what follows the list is the log

    def test_the_log_may_say_how_large_its_machine_is(self):
        job = "{} {} 0 {} {} -1 -1 {} -1 -1 1 1 1 1 1 1 -1 -1\n"
        path = log("own.swf", "; MaxProcs: 4\n" + job.format(1, 0, 10, 4, 4) + job.format(2, 5, 10, 4, 4))
        got = facts(path)
        self.assertEqual((got["processors"], got["format"], got["makespan_s"]), (4, "swf", 20))
        large = log("large.swf", "; MaxProcs: 4\n" + job.format(1, 0, 10, 8, 8))
        self.assertIn("large.swf:2", replay(large, code=2).stderr)
        self.assertIn("--processors", replay(log("three.csv", LOG), code=2).stderr)


class File(unittest.TestCase):
    def test_the_file_adds_up(self):
        with h5py.File(written("three.h5", log("three.csv", LOG), "--processors", "4", "--policy", "fcfs")) as file:
            self.assertEqual(file.attrs["aidcsim_format"], b"replay 1")
            jobs, use, summary = file["jobs"], file["use"], file["summary"]
            self.assertEqual(list(jobs["id"]), [1, 2, 3])
            self.assertEqual(list(jobs["start"]), [0, 10, 20])
            self.assertEqual(list(jobs["end"]), [10, 20, 25])
            self.assertEqual(jobs["submit"].attrs["units"], b"s")  # no date that the log does not have
            self.assertNotIn("calendar", jobs["submit"].attrs)
            # 25 steps of a second: two processors, then four, then two; asked for are 4 from 1 s on, 6 from 2 s on, 2 from 10 s on.
            np.testing.assert_array_equal(use["from_s"], np.arange(25))
            np.testing.assert_array_equal(use["used_processors"], [2] * 10 + [4] * 10 + [2] * 5)
            np.testing.assert_array_equal(use["queued_processors"], [0, 4] + [6] * 8 + [2] * 10 + [0] * 5)
            self.assertEqual(summary["held_s"][()], 2 * 10 + 4 * 10 + 2 * 5)
            self.assertEqual(summary["policy"].asstr()[()], "fcfs")

    def test_long_logs_have_round_steps_that_lose_nothing(self):
        rng = np.random.default_rng(1)
        submit = np.sort(rng.uniform(3e5, 4.0e6, 500)).round(3)
        rows = "".join(f"{s:.3f},{r:.3f},{p}\n" for s, r, p in zip(submit, rng.exponential(6e4, 500) + 1, rng.integers(1, 9, 500)))
        with h5py.File(written("long.h5", log("random.csv", "submit_s,run_s,processors\n" + rows), "--processors", "40")) as file:
            jobs, use, summary = file["jobs"], file["use"], file["summary"]
            start, length = use["from_s"][...], use["length_s"][...]
            self.assertTrue(200 <= len(start) <= 2000, len(start))
            self.assertEqual(set(length[:-1]), {3600.0})  # 1,000 to 2,000 hours
            self.assertEqual(start[0], submit[0])
            self.assertAlmostEqual(start[-1] + length[-1], summary["last_end_s"][()], places=6)
            # Each step from the table of jobs: what of [start, end) lies in it.
            begin, end, gang = jobs["start"][...], jobs["end"][...], jobs["accelerators"][...]
            inside = np.clip(np.minimum(end, (start + length)[:, None]) - np.maximum(begin, start[:, None]), 0, None)
            np.testing.assert_allclose(use["used_processors"] * length, inside @ gang, rtol=1e-6, atol=1e-3)
            waiting = np.clip(np.minimum(begin, (start + length)[:, None]) - np.maximum(jobs["submit"][...], start[:, None]), 0, None)
            np.testing.assert_allclose(use["queued_processors"] * length, waiting @ gang, rtol=1e-6, atol=1e-3)
            np.testing.assert_allclose(jobs["wait_s"], begin - jobs["submit"][...], atol=1e-6)

    def test_the_same_words_give_the_same_bytes(self):
        path = log("three.csv", LOG)
        words = (path, "--processors", "4", "--interruptions-per-year", "1e6", "--restart-min", "0.1")
        a, b, other = written("a.h5", *words), written("b.h5", *words), written("c.h5", *words, "--seed", "1")
        self.assertEqual(a.read_bytes(), b.read_bytes())
        self.assertNotEqual(a.read_bytes(), other.read_bytes())

    def test_a_file_is_never_replaced_silently(self):
        path, out = log("three.csv", LOG), fresh.folder() / "kept.h5"
        out.write_text("mine")
        self.assertIn("--force", replay(path, "--processors", "4", "-o", out, code=2).stderr)
        self.assertEqual(out.read_text(), "mine")
        replay(path, "--processors", "4", "-o", out, "--force", "-q")
        with h5py.File(out) as file:
            self.assertEqual(file["summary/jobs"][()], 3)


class BadInput(unittest.TestCase):
    def refused(self, text: str, *words, name: str = "bad.csv") -> str:
        out = fresh.folder() / "refused.h5"
        said = replay(log(name, text), *words, "-o", out, code=2).stderr
        self.assertEqual(list(fresh.folder().glob("refused*")), [], "something was written")
        return said

    def test_bad_rows_are_named(self):
        said = self.refused(LOG + "3,ten,1,4\n4,10,8,5\n", "--processors", "4")
        self.assertRegex(said, r"bad\.csv:5: has \"ten\"")
        self.assertRegex(said, r"bad\.csv:6: asks for 8 processors and the machine has 4")
        self.assertIn("2 problems; nothing was written", said)

    def test_bad_rows_are_left_out_and_counted_where_asked_for(self):
        path = log("skipped.csv", LOG + "3,ten,1,4\n4,10,8,5\n5,0,1,6\n")
        got = facts(path, "--processors", "4", "--skip-bad-rows")
        self.assertEqual([got[name] for name in ("rows", "jobs", "skipped", "left_out")], [6, 3, 2, 1])
        self.assertRegex(got["skipped_why"][0]["where"], r"skipped\.csv:5$")
        page = replay(path, "--processors", "4", "--skip-bad-rows").stdout
        self.assertRegex(page, r"6 rows; left out 1 that ran nothing(.|\n)*skipped 2 bad rows, the first:\n.*skipped\.csv:5: has")

    def test_words_that_make_no_sense(self):
        self.assertIn("--checkpoint-every-min", self.refused(LOG, "--processors", "4", "--checkpoint-write-s", "9"))
        self.assertIn("--cells", self.refused(LOG, "--processors", "4", "--cells", "4,4"))
        # 4 processors, a failure of one every 1,000 s: the job of 1e6 s gets through once in e^4000 trials.
        endless = "submit_s,run_s,processors\n0,1e6,4\n"
        self.assertIn("hardly ever end", self.refused(endless, "--processors", "4", "--interruptions-per-year", "31557.6"))
        for words in (("--policy", "lifo"), ("--processors", "0"), ("--cells", "2,2", "--machines"), ("--format", "xls"), ("--jobs", "0")):
            self.refused(LOG, *words)
        self.assertIn("absent.csv", replay(fresh.folder() / "absent.csv", "--processors", "4", code=2).stderr)

    def test_a_signal_ends_it_and_nothing_is_written(self):
        # 4,000 jobs of a day that are struck every 2.2 h: each is done once in e^11 trials, minutes of work.
        path = log("endless.csv", "submit_s,run_s,processors\n" + "0,86400,100\n" * 4000)
        out = fresh.folder() / "stopped.h5"
        words = [fresh.AIDCSIM, "replay", path, "--processors", "100", "--interruptions-per-year", "40", "-o", out]
        run = subprocess.Popen(list(map(str, words)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=fresh.ROOT)
        self.assertTrue(fresh.wait_for(lambda: out.with_name(out.name + ".part").exists()))
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 75, said)
        self.assertIn("nothing was written", said)
        self.assertEqual(list(fresh.folder().glob("stopped*")), [])


class Philly(unittest.TestCase):
    """82,247 jobs, Microsoft Philly 2017 (msr-fiddle/philly-traces, CC BY 4.0); expected: an independent simulator of the same rules."""

    @unittest.skipUnless("AIDCSIM_DATA" in os.environ, "AIDCSIM_DATA is not set")
    def test_philly_on_768_accelerators(self):
        path = pathlib.Path(os.environ["AIDCSIM_DATA"]) / "jobs" / "philly.csv.gz"
        for policy, wait, slowdown in (("easy", 1151.0022493, 7.3101951), ("fcfs", 1341.8562136, 10.3595689)):
            got = facts(path, "--processors", "768", "--policy", policy)
            self.assertEqual(got["jobs"], 82247)
            np.testing.assert_allclose([got["mean_wait_s"], got["mean_slowdown"]], [wait, slowdown], rtol=1e-8)
            self.assertAlmostEqual(got["utilization"], 0.48728, delta=5e-6)
            self.assertEqual(got["makespan_s"], 9408754)


if __name__ == "__main__":
    unittest.main()
