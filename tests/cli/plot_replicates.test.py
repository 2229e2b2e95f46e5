"""scripts/plot_replicates.py draws every picture of every kind of file of replicates, with the numbers of the file, or says why not."""
import shutil
import struct
import subprocess
import sys
import unittest

import h5py
import numpy as np

import fresh

SCRIPTS = fresh.ROOT / "scripts"
sys.path.insert(0, str(SCRIPTS))
import plot_replicates  # noqa: E402
import plot_style  # noqa: E402

PICTURES = ["bands", "dates", "gates", "hours", "critical", "order_by"]
FEW = ("--replicates", "2", "--detail", "build")
SEVEN = ("bytedance_2026", "--replicates", "8", "--detail", "build")  # campuses
EARLY = ("langfang_2026", *FEW, "--set", '/end="2027-06-01"')


def plot(*arguments, script="plot_replicates.py") -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, SCRIPTS / script, *map(str, arguments)], capture_output=True, text=True)


def size_of(png) -> tuple[int, int]:
    return struct.unpack(">II", png.read_bytes()[16:24])


class Drawn(unittest.TestCase):
    def assert_drawn(self, done, folder, blank=()):
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout.split(), [str(folder / f"{name}.png") for name in PICTURES])
        for name in PICTURES:
            png = folder / f"{name}.png"
            width, height = size_of(png)
            self.assertEqual(width, 1600, png)
            self.assertTrue(400 <= height <= 2000, png)
            if name in blank:
                self.assertEqual(height, 400, png)
            else:
                self.assertGreater(png.stat().st_size, 25_000, png)
                self.assertGreater(plot_style.plt.imread(png)[..., :3].std(), 0.05, png)

    def test_seven_campuses_with_targets_beside_the_file(self):
        file = fresh.result(*SEVEN)
        self.assert_drawn(plot(file), file.with_suffix(""))

    def test_two_replicates_of_one_campus_without_targets_in_another_folder(self):
        folder = fresh.folder() / "two" / "pictures"
        self.assert_drawn(plot(fresh.result("langfang_2026", *FEW), "-o", folder), folder)

    def test_plot_run_hands_over(self):
        folder = fresh.folder() / "handed_over"
        self.assert_drawn(plot(fresh.result("langfang_2026", *FEW), "-o", folder, script="plot_run.py"), folder)

    def test_milestones_after_the_end(self):
        folder = fresh.folder() / "early"
        self.assert_drawn(plot(fresh.result(*EARLY), "-o", folder), folder, blank=["critical"])

    def test_a_run_with_nothing_late_and_no_orders_says_so(self):
        folder = fresh.folder() / "rack"
        self.assert_drawn(plot(fresh.result("01_one_rack", *FEW), "-o", folder), folder, blank=["gates", "hours", "critical", "order_by"])


class Refused(unittest.TestCase):
    def assert_refused(self, file, word):
        done = plot(file)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertIn(word, done.stderr)
        self.assertIn("--replicates", done.stderr)

    def test_one_run(self):
        self.assert_refused(fresh.result("01_one_rack", "--detail", "build"), "plot_run.py")

    def test_what_is_no_result(self):
        for file in (fresh.folder() / "absent.h5", SCRIPTS / "plot_run.py"):
            self.assert_refused(file, file.name)

    def test_a_file_that_lacks_a_group(self):
        for group in plot_replicates.GROUPS:
            cut = fresh.folder() / f"without_{group}.h5"
            shutil.copy(fresh.result("langfang_2026", *FEW), cut)
            with h5py.File(cut, "a") as file:
                del file[group]
            with self.subTest(group):
                self.assert_refused(cut, f"/{group}")


class Numbers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.result = plot_style.Result(fresh.result(*SEVEN))
        cls.file = cls.result.file

    def rows(self, path):
        return list(self.file[path].asstr()[...])

    def test_bands_are_those_of_the_file(self):
        for name, watts in plot_replicates.bands(self.result).items():
            np.testing.assert_array_equal(watts, self.file[f"replicate_live/{name}_W"][...])
        for name, watts in plot_replicates.bands(self.result, 2).items():
            np.testing.assert_array_equal(watts, self.file[f"replicate_live/campus_{name}_W"][:, 2])

    def test_targets_have_the_watts_of_the_scenario_and_the_chances_of_the_file(self):
        drawn = plot_replicates.targets(self.result)
        self.assertEqual([(target.name, target.it_W) for target in drawn], [(f"{MW} MW", MW * 1e6) for MW in (120, 330, 520, 600)])
        names, chance = self.rows("replicate_milestones/milestone"), self.file["replicate_milestones/probability_in_time"]
        for target in drawn:
            self.assertEqual(target.chance, chance[names.index(target.name)])

    def test_the_widest_gap_is_found(self):
        dates = np.array(["2027-02-01", "2027-03-01"], "datetime64[s]")
        watts = {"planned": np.array([4e6, 9e6]), "p10": np.array([1e6, 5e6]), "p50": np.array([2e6, 8e6]), "p90": np.array([3e6, 9e6])}
        self.assertIn("end of Jan 2027: 2 of 4 MW (P10 1, P90 3)", plot_replicates.widest_gap(dates, watts, (1e6, "MW")))
        self.assertIn("never", plot_replicates.widest_gap(dates, watts | {"planned": watts["p50"]}, (1e6, "MW")))

    def test_milestones_are_targets_and_three_steps_a_campus(self):
        drawn = plot_replicates.milestones(self.result)
        self.assertEqual(len(drawn), 4 + 3 * 7)
        names = self.rows("replicate_milestones/milestone")
        start = np.datetime64("2026-01-01", "s")
        for row in drawn:
            k = names.index(row.name)
            for key in ("planned", "p10", "p50", "p90"):
                seconds = self.file[f"replicate_milestones/{key}"][k]
                self.assertEqual((row.dates[key] - start) / np.timedelta64(1, "s"), np.floor(seconds), (row.name, key))
            self.assertEqual(row.reached, self.file["replicate_milestones/reached_share"][k])

    def test_a_verdict_says_what_is_known(self):
        early = plot_style.Result(fresh.result("bytedance_2026", *FEW, "--set", '/end="2027-12-01"'))
        words = {row.name: plot_replicates.verdict(row, early.end) for row in plot_replicates.milestones(early)}
        self.assertEqual(words["600 MW"], "P50 after the end, reached by 0%, due after it")
        self.assertRegex(words["120 MW"], r"^P50 2027-\d\d-\d\d \([+-]\d+ d\), in time \d+%$")
        self.assertEqual(words["langfang_old power"], "P50 2026-01-01 (on plan)")

    def test_the_calendar_has_all_hours_largest_term_first(self):
        terms, hours = plot_replicates.gate_calendar(self.result)
        np.testing.assert_allclose(hours.sum(), self.file["replicate_gate/share_accelerator_h"][...].astype(float).sum())
        self.assertTrue((np.diff(hours.sum(axis=1)) <= 0).all())
        k = self.rows("replicate_gate/term").index(terms[0])
        np.testing.assert_array_equal(hours[0], self.file["replicate_gate/share_accelerator_h"][:, k])

    def test_hours_by_cause_are_those_not_live(self):
        for statistic in ("mean", "p90"):
            hours = plot_replicates.cause_hours(self.result, statistic)
            self.assertEqual(len(hours), len(plot_style.CAUSE_COLOURS) - len(plot_style.LIVE_CAUSES))
            stored = dict(zip(self.rows("replicate_cause/cause"), self.file[f"replicate_cause/{statistic}_accelerator_h"]))
            self.assertEqual(hours, {cause: stored[cause] for cause in hours})
        mean = self.file["replicate_summary/not_live_accelerator_h"][...].mean()
        self.assertAlmostEqual(sum(plot_replicates.cause_hours(self.result, "mean").values()) / mean, 1.0, 9)

    def test_items_are_the_dearest_and_never_the_plan(self):
        rows, top = plot_replicates.items(self.result), plot_replicates.top_items(self.result)
        self.assertEqual(len(top), len({row.item for row in top}))
        self.assertLessEqual(len(top), plot_replicates.TOP_ITEMS)
        self.assertNotIn("plan", {row.cause for row in rows})
        wanted = {"120 MW", "pinghu complete"}
        self.assertTrue(wanted <= set(plot_replicates.chased(self.result)))
        cost, cause = self.file["criticality/mean_days_cost_d"][...], self.rows("criticality/cause")
        chased = set(plot_replicates.chased(self.result))
        in_file = [days for days, why, name in zip(cost, cause, self.rows("criticality/milestone")) if why != "plan" and name in chased]
        self.assertEqual(top[0].cost_d, max(in_file))
        stacked = plot_replicates.cost_by_cause(rows, plot_replicates.chased(self.result))
        self.assertAlmostEqual(sum(days.sum() for days in stacked.values()), sum(in_file), 6)

    def test_orders_come_with_least_float_first(self):
        drawn = plot_replicates.orders(self.result)
        floats = self.file["order_by/float_d"][...]
        np.testing.assert_array_equal([row.float_d for row in drawn], np.sort(floats[~np.isnan(floats)]))
        names = self.rows("order_by/order")
        for row in drawn:
            self.assertEqual(row.float_d, floats[names.index(row.order)])
            self.assertLessEqual(abs(plot_replicates.days_between(row.placed, row.order_by) - row.float_d), 1)


if __name__ == "__main__":
    unittest.main()
