"""`aidcsim sweep analyze`: every number of its page, its JSON and its file is that of the runs, whatever is missing is told, and the best point is the best."""
import functools
import json
import math
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
TEAMS = ("--vary", "teams:/crews/builders/teams=1,2,3")
BACKLOG = ("--vary", "backlog:/makers/gensets/backlog_units=80,40")
RANGES = ("--vary", "backlog:/makers/gensets/backlog_units=40:80", "--vary", "placed:/orders/racks/placed=2026-01-15:2026-06-01")
EARLY = ("--set", '/end="2026-12-01"')
DAY = 86400


def sweep(*words, code: int = 0) -> subprocess.CompletedProcess:
    done = fresh.aidcsim("sweep", *words)
    assert done.returncode == code, f"{words}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
    return done


@functools.cache
def made(name: str, *words: str) -> pathlib.Path:
    """A sweep of the small campus, run and collected once."""
    folder = fresh.folder() / name
    sweep("plan", SMALL, "-o", folder, "--detail", "build", "-q", *words)
    sweep("run", folder, "-q", "-j", "2")
    sweep("collect", folder, "-q")
    return folder


def grid() -> pathlib.Path:
    return made("grid", *TEAMS, *BACKLOG, "--replicates", "5", "--block", "4", *EARLY)


def copy_of(folder: pathlib.Path, name: str) -> pathlib.Path:
    return pathlib.Path(shutil.copytree(folder, fresh.folder() / name))


def analyze(folder: pathlib.Path, *words, code: int = 0) -> str:
    return sweep("analyze", folder, "-q", *words, code=code).stdout


def facts(folder: pathlib.Path, *words, code: int = 0) -> dict:
    return json.loads(analyze(folder, "--json", *words, code=code))


def column(folder: pathlib.Path, name: str) -> np.ndarray:
    """A figure of every run, from the index; a date that was not reached is infinite."""
    with h5py.File(folder / "index.h5") as index:
        data = index[f"run/{name}"]
        values = data[...]
        units = data.attrs["units"].decode()
        return np.where(np.isnan(values), np.inf, values) if units.startswith("seconds since") else values


def quantile(values: np.ndarray, p: float) -> float:
    """Value of rank ceil(p n)."""
    return np.sort(values)[math.ceil(round(p * len(values), 9)) - 1]


def day(seconds: float) -> str | None:
    return str(np.datetime64("2026-01-01") + int(seconds // DAY)) if np.isfinite(seconds) else None


class Numbers(unittest.TestCase):
    def test_quantiles_are_order_statistics_of_all_runs(self):
        said = facts(grid(), "--of", "not_live_accelerator_h", "--of", "date_site_first_live", "--of", "date_site_complete")
        hours, first, complete = said["outputs"]
        values = column(grid(), "not_live_accelerator_h")
        self.assertEqual(hours["all"]["reached"], 30)
        self.assertAlmostEqual(hours["all"]["mean"], values.mean(), delta=1e-9 * values.mean())
        for key, p in (("p5", 0.05), ("p10", 0.1), ("p50", 0.5), ("p80", 0.8), ("p90", 0.9)):
            self.assertEqual(hours["all"][key], quantile(values, p))
            self.assertEqual(first["all"][key], day(quantile(column(grid(), "date_site_first_live"), p)))
        never = int(np.isinf(column(grid(), "date_site_complete")).sum())
        self.assertEqual(never, 30, "the test wants a date that no run reaches")
        self.assertEqual((complete["all"]["never"], complete["varies"], complete["all"]["p50"]), (30, False, None))

    def test_dates_that_some_runs_do_not_reach_are_last_in_quantiles_and_not_in_means(self):
        values = column(grid(), "date_site_first_live")
        never = np.isinf(values)
        self.assertTrue(0 < never.sum() < 30, "the test wants a date that some runs reach")
        said = facts(grid(), "--of", "date_site_first_live")["outputs"][0]
        self.assertEqual(said["all"]["never"], never.sum())
        self.assertEqual(said["all"]["mean"], day(values[~never].mean()))
        page = analyze(grid(), "--of", "date_site_first_live")
        self.assertRegex(page, rf"(?m)^ +date_site_first_live .* {never.sum()}$")
        self.assertIn("never: not reached before the end", page)

    def test_levels_are_averages_over_everything_else(self):
        said = facts(grid(), "--of", "not_live_accelerator_h")["outputs"][0]
        values = column(grid(), "not_live_accelerator_h").reshape(3, 2, 5)  # teams, backlog as listed, replicates
        by_name = {row["parameter"]: row for row in said["by_parameter"]}
        means = {"teams": values.mean((1, 2)), "backlog": values.mean((0, 2))[::-1]}
        for name, expected in means.items():
            levels = by_name[name]["levels"]
            self.assertEqual([level["level"] for level in levels], {"teams": ["1", "2", "3"], "backlog": ["40", "80"]}[name])
            np.testing.assert_allclose([level["output"]["mean"] for level in levels], expected, rtol=1e-12)
            self.assertAlmostEqual(by_name[name]["swing"], np.ptp(expected), delta=1e-9 * expected.max())
        self.assertEqual([row["parameter"] for row in said["by_parameter"]], sorted(means, key=lambda name: -np.ptp(means[name])))

    def test_a_statistic_is_taken_over_the_replicates_of_each_point(self):
        said = facts(grid(), "--of", "P80: not_live_accelerator_h", "--of", "max: not_live_accelerator_h/1e3 + teams")
        values = column(grid(), "not_live_accelerator_h").reshape(6, 5)
        by_point = [quantile(row, 0.8) for row in values]
        self.assertEqual(said["outputs"][0]["over"], "points")
        self.assertEqual(said["outputs"][0]["all"]["reached"], 6)
        self.assertEqual(said["outputs"][0]["all"]["p50"], quantile(np.array(by_point), 0.5))
        expected = (values / 1e3 + np.repeat([1, 2, 3], 2)[:, None]).max(axis=1)
        self.assertAlmostEqual(said["outputs"][1]["all"]["mean"], expected.mean(), delta=1e-9 * expected.mean())


class Page(unittest.TestCase):
    def test_it_fits_a_hundred_columns_and_names_what_does_not_vary_once(self):
        page = analyze(grid())
        self.assertTrue(all(len(line) <= 100 for line in page.splitlines()), page)
        self.assertEqual(page.count("date_site_complete"), 1, page)
        self.assertRegex(page, r"The same everywhere, and left out below: .*date_site_complete never")
        self.assertIn("30 of 30 runs are there", page)
        self.assertIn("teams: 1, 2, 3 at /crews/builders/teams", page)
        self.assertRegex(page, r"not_live_accelerator_h \[(thousand|million) h\]: accelerator-hours planned and not live")

    def test_closing_words_say_where_the_file_is(self):
        done = sweep("analyze", grid())
        self.assertIn(f"written to {grid() / 'analysis.h5'}\nnext: scripts/plot_sweep.py {grid()}", done.stderr)
        self.assertEqual(sweep("analyze", grid(), "-q").stderr, "")

    def test_parameters_of_a_list_move_together_and_the_page_says_so(self):
        folder = made("list", "--vary", "teams:/crews/builders/teams=1,2", *BACKLOG, "--sample", "list")
        self.assertIn("Parameters of a list move together", analyze(folder))


class Effects(unittest.TestCase):
    def test_morris_says_how_much_each_parameter_matters(self):
        folder = made("morris", *RANGES, "--vary", "teams:/crews/builders/teams=1,2,3", "--sample", "morris:4", "--replicates", "2")
        said = facts(folder, "--of", "not_live_accelerator_h")["outputs"][0]
        self.assertIsNone(said["sobol"])
        self.assertEqual(said["morris"]["used"], 4)
        page = analyze(folder, "--of", "not_live_accelerator_h")
        self.assertRegex(page, r"effect over the whole range +mu\* +\(95 % interval\) +mu +sigma")
        self.assertIn("A list of values is taken as a range", page)
        for effect in said["morris"]["effects"]:
            self.assertIn(effect["parameter"], page)
            self.assertGreaterEqual(effect["mu_star"], abs(effect["mu"]))
        with h5py.File(folder / "analysis.h5") as file:
            np.testing.assert_array_equal(file["morris/mu_star"][0], [effect["mu_star"] for effect in said["morris"]["effects"]])
            self.assertIn("whole range", file["morris"].attrs["title"].decode())

    def test_sobol_says_whose_doing_the_variance_is(self):
        folder = made("saltelli", *RANGES, "--sample", "saltelli:8")
        said = facts(folder, "--of", "not_live_accelerator_h")["outputs"][0]
        self.assertEqual(said["sobol"]["used"], 8)
        page = analyze(folder, "--of", "not_live_accelerator_h")
        self.assertRegex(page, r"Single parameters explain \d+ % of the variance; the other \d+ % come of several at once")
        with h5py.File(folder / "analysis.h5") as file:
            for key in ("first", "total"):
                np.testing.assert_array_equal(file[f"sobol/{key}"][0], [index[key] for index in said["sobol"]["indices"]])

    def test_trajectories_with_a_date_that_was_not_reached_are_left_out_and_counted(self):
        folder = made("late", *RANGES, "--sample", "morris:4", *EARLY)
        used = facts(folder, "--of", "date_site_first_live")["outputs"][0]["morris"]["used"]
        reached = np.isfinite(column(folder, "date_site_first_live")).reshape(4, 3).all(axis=1).sum()
        self.assertEqual(used, reached)
        self.assertLess(used, 4, "the test wants one that is left out")
        self.assertIn(f"{4 - used} of 4 trajectories are left out", re.sub(r"\s+", " ", analyze(folder, "--of", "date_site_first_live")))


class Best(unittest.TestCase):
    OBJECTIVE = "not_live_accelerator_h/1e3 + 100*teams"

    def points(self) -> tuple[np.ndarray, np.ndarray]:
        """Objective and P80 of the first live date of every point, from the index."""
        hours, first = (column(grid(), name).reshape(6, 5) for name in ("not_live_accelerator_h", "date_site_first_live"))
        return (hours / 1e3).mean(axis=1) + 100 * np.repeat([1, 2, 3], 2), np.array([quantile(row, 0.8) for row in first])

    def test_it_is_the_best_of_those_that_meet_the_conditions(self):
        objective, first = self.points()
        reached = np.sort(first[np.isfinite(first)])
        limit = day(reached[len(reached) // 2])
        meets = np.array([day(date) is not None and day(date) <= limit for date in first])
        self.assertTrue(0 < meets.sum() < 6, "the test wants points that meet it and others")
        said = facts(grid(), "--minimize", self.OBJECTIVE, "--where", f"P80: date_site_first_live <= {limit}")["best"]
        self.assertEqual(said["meeting"], meets.sum())
        expected = sorted(np.flatnonzero(meets), key=lambda point: objective[point])
        self.assertEqual([row["point"] for row in said["points"]], expected)
        for row in said["points"]:
            self.assertAlmostEqual(row["objective"], objective[row["point"]], delta=1e-9 * objective.max())
            self.assertEqual(row["conditions"], [day(first[row["point"]])])
        greatest = facts(grid(), "--maximize", self.OBJECTIVE, "--best", "2")["best"]
        self.assertEqual([row["point"] for row in greatest["points"]], list(np.argsort(-objective, kind="stable")[:2]))

    def test_the_command_runs_the_best_point_alone(self):
        page = analyze(grid(), "--minimize", "not_live_accelerator_h")
        words = shlex.split(page[page.index("    aidcsim run") :].replace("\\\n", " "))
        alone = fresh.folder() / "best.h5"
        done = fresh.aidcsim(*words[1:], "-o", alone, "-q", "--force")
        self.assertEqual(done.returncode, 0, done.stderr)
        best = facts(grid(), "--minimize", "not_live_accelerator_h")["best"]
        self.assertEqual(shlex.split(best["command"]), words)
        with h5py.File(alone) as file:
            self.assertEqual(file["summary/not_live_accelerator_h"][()], column(grid(), "not_live_accelerator_h")[5 * best["points"][0]["point"]])

    def test_if_no_point_meets_the_conditions_the_nearest_is_shown(self):
        values = column(grid(), "not_live_accelerator_h").reshape(6, 5).mean(axis=1)
        page = analyze(grid(), "--minimize", "teams", "--where", "not_live_accelerator_h <= -1")
        self.assertIn("None of 6 points meets every condition; nearest ones", page)
        self.assertIn("the nearest alone", page)
        said = facts(grid(), "--minimize", "teams", "--where", "not_live_accelerator_h <= -1")["best"]
        self.assertEqual((said["meeting"], said["points"][0]["point"], said["points"][0]["meets"]), (0, int(values.argmin()), False))


class File(unittest.TestCase):
    def test_xarray_reads_every_group_and_the_same_question_gives_the_same_bytes(self):
        words = ("--minimize", "not_live_accelerator_h", "--where", "P80: date_site_first_live <= 2026-11-30")
        analyze(grid(), *words)
        first = (grid() / "analysis.h5").read_bytes()
        with h5py.File(grid() / "analysis.h5") as file:
            groups = sorted(file)
            self.assertEqual(file.attrs["minimize"].decode(), "not_live_accelerator_h")
            self.assertTrue(all(file[group].attrs["title"] for group in groups))
        self.assertEqual(groups, ["condition", "output", "parameter", "point", "point_value", "response", "run_value", "tornado"])
        for group in groups:
            with xarray.open_dataset(grid() / "analysis.h5", group=group) as data:
                self.assertTrue(len(data.data_vars) > 0, group)
                for name, variable in data.data_vars.items():
                    self.assertTrue(variable.attrs.get("long_name"), f"{group}/{name}")
        with xarray.open_dataset(grid() / "analysis.h5", group="run_value") as data:
            reached = np.isfinite(column(grid(), "first_live"))
            np.testing.assert_array_equal(~np.isnat(data["first_live"].values), reached)
            np.testing.assert_array_equal(data["not_live_accelerator_h"].values, column(grid(), "not_live_accelerator_h"))
        analyze(grid(), *words)
        self.assertEqual((grid() / "analysis.h5").read_bytes(), first)

    def test_without_a_place_for_the_file_the_page_is_there_and_the_exit_code_says_so(self):
        folder = copy_of(grid(), "no_place")
        (folder / "analysis.h5").unlink(missing_ok=True)
        (folder / "analysis.h5.part").mkdir()
        (folder / "analysis.h5.part" / "in_the_way").touch()
        done = sweep("analyze", folder, "-q", code=1)
        self.assertIn("Over all runs", done.stdout)
        self.assertIn("analysis.h5", done.stderr)

    def test_the_index_is_not_needed(self):
        folder = copy_of(grid(), "no_index")
        (folder / "index.h5").unlink()
        self.assertEqual(facts(folder)["outputs"], facts(grid())["outputs"])


class Incomplete(unittest.TestCase):
    def test_what_is_missing_is_left_out_and_told(self):
        folder = copy_of(grid(), "missing")
        (folder / "blocks" / "000001.h5").unlink()
        page = analyze(folder, "--of", "not_live_accelerator_h", code=3)
        self.assertIn("26 of 30 runs are there; 4 missing and 0 failed are left out", page)
        self.assertIn(f"see: aidcsim sweep status {folder}"[:100], page)
        said = facts(folder, "--of", "not_live_accelerator_h", code=3)
        values = np.delete(column(grid(), "not_live_accelerator_h"), slice(4, 8))
        self.assertEqual((said["runs_missing"], said["outputs"][0]["all"]["reached"]), (4, 26))
        self.assertEqual(said["outputs"][0]["all"]["p50"], quantile(values, 0.5))
        ranked = facts(folder, "--minimize", "not_live_accelerator_h", code=3)["best"]["points"]
        self.assertEqual({row["point"]: row["runs"] for row in ranked}, {0: 4, 1: 2, 2: 5, 3: 5, 4: 5, 5: 5})
        self.assertRegex(analyze(folder, "--minimize", "not_live_accelerator_h", code=3), r"teams=1, backlog=40; 2 of 5 runs")

    def test_failed_runs_are_left_out_and_told(self):
        folder = fresh.folder() / "failed"
        sweep("plan", SMALL, "-o", folder, "--detail", "build", "-q", "--vary", "backlog:/makers/gensets/backlog_units=40,60,-1", "--keep-invalid")
        sweep("run", folder, "-q")
        page = analyze(folder, "--of", "not_live_accelerator_h", "--minimize", "backlog", code=3)
        self.assertIn("2 of 3 runs are there; 0 missing and 1 failed", page)
        self.assertRegex(page, r"1 of those that meet them have no value|backlog=-1; 0 of 1 runs")

    def test_a_damaged_block_is_taken_as_missing(self):
        folder = copy_of(grid(), "damaged")
        (folder / "blocks" / "000002.h5").write_bytes(b"no HDF5")
        done = sweep("analyze", folder, "-q", code=3)
        self.assertRegex(done.stderr, r"warning: .*000002\.h5.*; taken as missing")


class Refused(unittest.TestCase):
    def assert_refused(self, *words: str, because: tuple[str, ...]):
        done = sweep("analyze", *words, code=2)
        self.assertEqual(done.stdout, "")
        for text in because:
            self.assertIn(text, done.stderr)

    def test_unknown_names_all_at_once_with_the_nearest(self):
        self.assert_refused(grid(), "--of", "live_w", "--minimize", "P80: date_site_complet", "--where", "team <= 3",
                            because=('did you mean "live_W"?', 'did you mean "date_site_complete"?', 'did you mean "teams"?'))

    def test_bad_expressions_and_bounds(self):
        self.assert_refused(grid(), "--of", "live_W +", because=("is no expression",))
        self.assert_refused(grid(), "--of", "median: live_W", because=("P1 ... P99",))
        self.assert_refused(grid(), "--where", "live_W < 3", because=("MEASURE <= BOUND",))
        self.assert_refused(grid(), "--where", "first_live <= 3", because=("needs a day",))

    def test_two_objectives(self):
        self.assert_refused(grid(), "--minimize", "teams", "--maximize", "teams", because=("--m",))

    def test_a_folder_without_runs_or_without_a_sweep(self):
        folder = fresh.folder() / "nothing"
        sweep("plan", SMALL, "-o", folder, "--detail", "build", "-q", *TEAMS)
        self.assert_refused(folder, because=("has no run to look at (3 missing, 0 failed)", "aidcsim sweep run"))
        self.assert_refused(fresh.folder() / "absent", because=("absent",))


if __name__ == "__main__":
    unittest.main(warnings="ignore")  # of xarray, about dates that are missing
