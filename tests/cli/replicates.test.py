"""`aidcsim run --replicates N`: equal bytes for any number of processes, quantiles that anybody can recompute, signals, kills."""
import hashlib
import json
import math
import pathlib
import signal
import subprocess
import time
import unittest

import h5py
import numpy as np
import xarray

import fresh

SMALL = "tests/fixtures/small_campus.json"
MANY = ("--replicates", "40", "--detail", "build", "--seed", "5", "--reproducible", "-q")


def many(name: str, *options: str) -> pathlib.Path:
    path = fresh.folder() / name
    if not path.exists():
        done = fresh.aidcsim("run", SMALL, "-o", path, *MANY, *options)
        assert done.returncode == 0, done.stderr
    return path


def start(path: pathlib.Path, *options: str) -> subprocess.Popen:
    words = [fresh.AIDCSIM, "run", SMALL, "-o", str(path), "--seed", "5", *options]
    return subprocess.Popen(words, stderr=subprocess.PIPE, text=True, cwd=fresh.ROOT)


def names(file: h5py.File, path: str) -> list[str]:
    return list(file[path].asstr()[...])


def order_statistic(column: np.ndarray, p: float) -> float:
    """Rank ceil(p n), with what was not reached (NaN in the file) as +infinity."""
    values = np.sort(np.where(np.isnan(column), np.inf, column))
    return values[math.ceil(p * len(values) - 1e-9) - 1]


def binomial_ranks(n: int, p: float) -> tuple[int, int]:
    """Largest and smallest rank whose tails hold 2.5 % at most."""
    mass = [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    low = max((rank for rank in range(n + 1) if sum(mass[:rank]) <= 0.025), default=0)
    high = min((rank for rank in range(1, n + 1) if sum(mass[rank:]) <= 0.025), default=n + 1)
    return low, high


class Numbers(unittest.TestCase):
    def setUp(self):
        self.file = h5py.File(many("j1.h5", "-j", "1"))
        self.addCleanup(self.file.close)

    def values(self, path: str) -> np.ndarray:
        return self.file[path][...]

    def test_any_number_of_processes_gives_the_same_bytes(self):
        digests = {hashlib.sha256(many(f"j{jobs}.h5", "-j", str(jobs)).read_bytes()).hexdigest() for jobs in (1, 2, 7)}
        self.assertEqual(len(digests), 1)

    def test_quantiles_of_dates_are_order_statistics_of_the_rows(self):
        group = "replicate_milestones"
        actual = self.values(f"{group}/actual")
        self.assertEqual(actual.shape[0], 40)
        for p, name in ((0.1, "p10"), (0.5, "p50"), (0.9, "p90")):
            low, high = binomial_ranks(40, p)
            for m in range(actual.shape[1]):
                dates = np.sort(np.where(np.isnan(actual[:, m]), np.inf, actual[:, m]))
                stored = [self.values(f"{group}/{name}{end}")[m] for end in ("", "_low", "_high")]
                wanted = [order_statistic(actual[:, m], p), dates[low - 1] if low else 0.0, dates[high - 1] if high <= 40 else np.inf]
                np.testing.assert_array_equal(np.where(np.isnan(stored), np.inf, stored), wanted, f"{name} of milestone {m}")
        np.testing.assert_array_equal(self.values(f"{group}/reached_share"), 1.0 - np.isnan(actual).mean(axis=0))

    def test_a_milestone_after_the_end_is_counted_and_never_dropped(self):
        # Some replicates have some dates after this end.
        path = many("short.h5", "--set", '/end="2027-01-10"', "-j", "2")
        with h5py.File(path) as file:
            actual, reached = file["replicate_milestones/actual"][...], file["replicate_milestones/reached_share"][...]
            some = np.flatnonzero((reached > 0.1) & (reached < 0.9))
            self.assertGreater(len(some), 0, "the fixture has no milestone that only some replicates reach")
            for m in some:
                self.assertTrue(np.isnan(file["replicate_milestones/p90"][m]))
                self.assertEqual(file["replicate_milestones/p10"][m], order_statistic(actual[:, m], 0.1))

    def test_chances_are_shares_of_replicates_in_time(self):
        due, chance = self.values("replicate_milestones/due"), self.values("replicate_milestones/probability_in_time")
        np.testing.assert_array_equal(np.isnan(due), np.isnan(chance))
        actual = self.values("replicate_milestones/actual")
        for m in np.flatnonzero(~np.isnan(due)):
            self.assertEqual(chance[m], (actual[:, m] <= due[m]).mean())

    def test_bands_of_live_power_are_those_of_the_rows(self):
        live = self.values("replicate_live/live_W")
        for p, name in ((0.1, "p10_W"), (0.5, "p50_W"), (0.9, "p90_W")):
            np.testing.assert_array_equal(self.values(f"replicate_live/{name}"), [order_statistic(row, p) for row in live])
            # One campus: it is the total.
            np.testing.assert_array_equal(self.values(f"replicate_live/campus_{name}")[:, 0], self.values(f"replicate_live/{name}"))
        np.testing.assert_allclose(self.values("replicate_live/mean_W"), live.mean(axis=1), rtol=1e-6)
        np.testing.assert_allclose(live[-1], self.values("replicate_summary/live_W"), rtol=1e-7)
        end_s = self.file["provenance/end"][()]
        self.assertEqual(self.values("replicate_live/time")[-1], end_s)

    def test_hours_add_up_in_every_replicate_and_their_bands_are_those_of_the_rows(self):
        cause, term = self.values("replicate_cause/accelerator_h"), self.values("replicate_term/share_accelerator_h")
        planned_or_live = self.values("replicate_summary/planned_or_live_accelerator_h")
        not_live, live = self.values("replicate_summary/not_live_accelerator_h"), self.values("replicate_summary/live_accelerator_h")
        np.testing.assert_allclose(cause.sum(axis=1), planned_or_live, rtol=1e-9)
        np.testing.assert_allclose(live + not_live, planned_or_live, rtol=1e-12)
        self.assertTrue((term.sum(axis=1) <= not_live * (1 + 1e-9) + 1e-6).all())
        for rows, name in ((cause, "replicate_cause/{}_accelerator_h"), (term, "replicate_term/{}_share_accelerator_h")):
            np.testing.assert_allclose(self.values(name.format("mean")), rows.mean(axis=0), rtol=1e-12)
            for p in (10, 50, 90):
                wanted = [order_statistic(column, p / 100) for column in rows.T]
                np.testing.assert_array_equal(self.values(name.format(f"p{p}")), wanted)

    def test_the_calendar_of_gates_adds_up_to_the_mean_by_term(self):
        gate = self.values("replicate_gate/share_accelerator_h").astype(float)
        np.testing.assert_allclose(gate.sum(axis=0), self.values("replicate_term/mean_share_accelerator_h"), rtol=1e-6, atol=1e-3)

    def test_criticality_is_a_share_and_sorted_by_cost(self):
        index, cost = self.values("criticality/index"), self.values("criticality/mean_days_cost_d")
        self.assertTrue(((index > 0) & (index <= 1)).all())
        self.assertTrue((cost >= 0).all())
        milestone = names(self.file, "criticality/milestone")
        for i in range(1, len(milestone)):
            self.assertTrue(milestone[i] != milestone[i - 1] or cost[i] <= cost[i - 1])

    def test_no_item_costs_more_than_its_milestone_is_late(self):
        group = "replicate_milestones"
        milestone = np.array(names(self.file, "criticality/milestone"))
        cost = self.values("criticality/mean_days_cost_d")
        self.assertGreater(cost.max(), 1.0)
        for m, name in enumerate(names(self.file, f"{group}/milestone")):
            if self.values(f"{group}/reached_share")[m] == 1.0 and (milestone == name).any():
                late_d = (self.values(f"{group}/actual")[:, m] - self.values(f"{group}/planned")[m]) / 86400.0
                with self.subTest(name):
                    self.assertLessEqual(cost[milestone == name].max(), np.maximum(late_d, 0.0).mean() + 1e-6)

    def test_orders_are_due_their_lead_before_the_need(self):
        order_by, need = self.values("order_by/order_by"), self.values("order_by/need")
        known = ~np.isnan(order_by)
        self.assertTrue(known.any())
        np.testing.assert_allclose((need - order_by)[known] / 86400.0, self.values("order_by/lead_q80_d")[known], rtol=1e-9)
        days = (order_by - self.values("order_by/placed")) / 86400.0
        np.testing.assert_allclose(self.values("order_by/float_d")[known], days[known], atol=1e-9)

    def test_xarray_reads_every_group_with_its_dates(self):
        for group in (name for name in self.file if name != "provenance"):
            with self.subTest(group), xarray.open_dataset(many("j1.h5"), group=group) as data:
                data.load()
        with xarray.open_dataset(many("j1.h5"), group="replicate_milestones") as data:
            self.assertEqual(data.actual.dtype.kind, "M")
            self.assertEqual(data.actual.dims, ("replicate", "milestone"))


class Alone(unittest.TestCase):
    def test_a_replicate_run_alone_is_the_same(self):
        k = 17
        path = fresh.folder() / "alone.h5"
        done = fresh.aidcsim("run", SMALL, "-o", path, "--replicate", k, "--detail", "build", "--seed", "5", "-q")
        self.assertEqual(done.returncode, 0, done.stderr)
        with h5py.File(path) as one, h5py.File(many("j1.h5")) as all_of_them:
            actual = dict(zip(names(all_of_them, "replicate_milestones/milestone"), all_of_them["replicate_milestones/actual"][k]))
            live = one["events/kind"].attrs["flag_meanings"].decode().split().index("went_live")
            at, who = one["events/at"][...], np.array(names(one, "events/who"))
            amount, kind = one["events/amount"][...], one["events/kind"][...]
            for hall, complete_W in zip(names(one, "hall/hall"), one["hall/complete_W"][...]):
                mine = (kind == live) & (who == hall)
                self.assertEqual(at[mine][0], actual[f"{hall} first live"])
                full = np.cumsum(amount[mine]) >= complete_W * (1 - 1e-9)
                self.assertEqual(at[mine][full][0], actual[f"{hall} complete"])
            for name in ("live_W", "first_live", "planned_or_live_accelerator_h", "useful_accelerator_h", "ahead_accelerator_h"):
                np.testing.assert_allclose(one[f"summary/{name}"][()], all_of_them[f"replicate_summary/{name}"][k], rtol=1e-12)
            cause = one["ledger_cause/accelerator_h"][...].sum(axis=0)
            np.testing.assert_allclose(cause, all_of_them["replicate_cause/accelerator_h"][k], rtol=1e-12, atol=1e-9)

    def test_replicates_differ(self):
        with h5py.File(many("j1.h5")) as file:
            self.assertEqual(len(set(file["replicate_summary/world_hash"][...])), 40)


class Signals(unittest.TestCase):
    LONG = ("--replicates", "100000", "--detail", "build", "-j", "2", "--reproducible")

    def test_a_stopped_run_keeps_the_replicates_it_has(self):
        path = fresh.folder() / "stopped.h5"
        run = start(path, *self.LONG)
        time.sleep(2.0)
        run.send_signal(signal.SIGINT)
        _, words = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 75, words)
        self.assertFalse(path.exists())
        with h5py.File(path.with_suffix(".incomplete.h5")) as file, h5py.File(many("j1.h5")) as whole:
            self.assertEqual(file["replicate_summary/status"].asstr()[()], "incomplete")
            self.assertEqual(file["replicate_summary/asked"][()], 100000)
            both = min(40, len(file["replicate_summary/live_W"]))
            self.assertGreater(both, 0)
            for name in ("replicate_summary/world_hash", "replicate_milestones/actual"):
                np.testing.assert_array_equal(file[name][:both], whole[name][:both])
        shown = fresh.aidcsim("show", path.with_suffix(".incomplete.h5"))
        self.assertIn("incomplete", shown.stdout)

    def test_a_kill_leaves_nothing_under_the_name_and_no_process(self):
        path = fresh.folder() / "killed.h5"
        run = start(path, "--replicates", "50", "-j", "2")
        self.assertTrue(fresh.wait_for(lambda: len(fresh.children(run)) == 2))
        left = fresh.children(run)
        run.kill()
        run.communicate(timeout=60)
        self.assertFalse(path.exists())
        self.assertTrue(fresh.wait_for(lambda: not any(pathlib.Path(f"/proc/{pid}/exe").exists() for pid in left)))

    def test_a_replicate_that_dies_is_named_with_the_command_that_shows_it(self):
        path = fresh.folder() / "died.h5"
        # A step of three minutes makes a replicate last long enough to be hit.
        run = start(path, "--replicates", "50", "-j", "2", "--set", "/step_h=0.05")
        self.assertTrue(fresh.wait_for(lambda: len(fresh.children(run)) == 2))
        subprocess.run(["kill", "-KILL", str(fresh.children(run)[0])], check=True)
        _, words = run.communicate(timeout=120)
        self.assertEqual(run.returncode, 1, words)
        self.assertRegex(words, r"error: replicate (\d+) failed: child process \1 died \(signal 9\)")
        self.assertRegex(words, rf"aidcsim run {SMALL} --replicate \d+ --seed 5 --set /step_h=0.05")
        self.assertFalse(path.exists())


class Words(unittest.TestCase):
    def test_what_makes_no_sense_is_bad_input(self):
        path = fresh.folder() / "never.h5"
        for options in (("--replicates", "0"), ("--replicates", "2", "--replicate", "1"), ("--replicates", "2", "-j", "0"), ("-j", "2"),
                        ("--replicates", "two")):
            with self.subTest(options):
                done = fresh.aidcsim("run", SMALL, "-o", path, *options)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertFalse(path.exists())

    def test_a_result_is_not_replaced_and_a_missing_folder_is_known_at_once(self):
        done = fresh.aidcsim("run", SMALL, "-o", many("j1.h5"), *MANY)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--force", done.stderr)
        began = time.monotonic()
        done = fresh.aidcsim("run", SMALL, "-o", fresh.folder() / "no/such/x.h5", "--replicates", "100000", "--detail", "build")
        self.assertEqual(done.returncode, 1)
        self.assertLess(time.monotonic() - began, 30.0)

    def test_closing_words_say_dates_and_what_is_next(self):
        path = fresh.folder() / "words.h5"
        done = fresh.aidcsim("run", SMALL, "-o", path, "--replicates", "3", "--detail", "build")
        self.assertEqual(done.returncode, 0, done.stderr)
        for word in ("P10", "P50", "P90", "site power", "3 replicates", f"next: aidcsim show {path}"):
            self.assertIn(word, done.stderr)
        self.assertEqual(fresh.aidcsim("run", SMALL, "-o", path, "--force", "--replicates", "3", "--detail", "build", "-q").stderr, "")

    def test_the_page_fits_a_terminal_and_json_has_the_dates_of_the_file(self):
        done = fresh.aidcsim("show", many("j1.h5"))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertLessEqual(max(map(len, done.stdout.splitlines())), 100)
        for heading in ("small_campus", "Milestones", "Accelerator-hours", "What helps most", "Orders to place earlier"):
            self.assertTrue(any(line.startswith(heading) for line in done.stdout.splitlines()), heading)
        facts = json.loads(fresh.aidcsim("show", many("j1.h5"), "--json").stdout)
        self.assertEqual((facts["replicates"], facts["replicates_asked"], facts["seed"]), (40, 40, 5))
        with xarray.open_dataset(many("j1.h5"), group="replicate_milestones") as data:
            for row, p90 in zip(facts["milestones"], data.p90.values):
                self.assertEqual(row["p90"], str(p90)[:10])


if __name__ == "__main__":
    unittest.main()
