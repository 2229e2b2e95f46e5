"""scripts/plot_sweep.py draws every picture of every kind of sweep, with the numbers of the analysis, or says why not."""
import functools
import pathlib
import struct
import subprocess
import sys
import unittest

import numpy as np

import fresh

SCRIPTS = fresh.ROOT / "scripts"
sys.path.insert(0, str(SCRIPTS))
import plot_style  # noqa: E402
import plot_sweep  # noqa: E402

SMALL = "tests/fixtures/small_campus.json"
TEAMS = ("--vary", "teams:/crews/builders/teams=3,1,2")
BACKLOG = ("--vary", "backlog:/makers/gensets/backlog_units=40,80")
RANGES = ("--vary", "backlog:/makers/gensets/backlog_units=40:80", "--vary", "placed:/orders/racks/placed=2026-01-15:2026-06-01")
OF = ("--of", "not_live_accelerator_h", "--of", "date_site_first_live", "--of", "live_W")
EARLY = ("--set", '/end="2026-12-01"')


def aidcsim(*words, code: int = 0) -> None:
    done = fresh.aidcsim(*words)
    assert done.returncode == code, done.stderr


@functools.cache
def made(name: str, plan: tuple[str, ...], questions: tuple[str, ...] = OF) -> pathlib.Path:
    """A sweep of the small campus, run and analysed once."""
    folder = fresh.folder() / name
    aidcsim("sweep", "plan", SMALL, "-o", folder, "--detail", "build", "-q", *plan)
    aidcsim("sweep", "run", folder, "-q", "-j", "2")
    aidcsim("sweep", "analyze", folder, "-q", *questions)
    return folder


def grid() -> pathlib.Path:
    best = ("--minimize", "not_live_accelerator_h", "--where", "P80: date_site_first_live <= 2026-11-30", "--where", "teams >= 2")
    return made("grid", (*TEAMS, *BACKLOG, "--replicates", "4", *EARLY), (*OF, *best))


def plot(*words) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, SCRIPTS / "plot_sweep.py", *map(str, words)], capture_output=True, text=True)


def size_of(png: pathlib.Path) -> tuple[int, int]:
    return struct.unpack(">II", png.read_bytes()[16:24])


class Drawn(unittest.TestCase):
    def assert_drawn(self, done, folder: pathlib.Path, names: list[str]):
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(sorted(done.stdout.split()), sorted(str(folder / f"{name}.png") for name in names))
        for name in names:
            width, height = size_of(folder / f"{name}.png")
            self.assertEqual(width, 1600, name)
            self.assertTrue(400 <= height <= 2400, (name, height))
            self.assertGreater(plot_style.plt.imread(folder / f"{name}.png")[..., :3].std(), 0.05, name)

    MOVES = ["moves_not_live_accelerator_h", "moves_date_site_first_live", "moves_live_W"]

    def test_a_grid_of_two_with_best_points_beside_the_sweep(self):
        self.assert_drawn(plot(grid()), grid() / "pictures", ["distributions", *self.MOVES, "map", "best"])

    def test_ranges_in_another_folder(self):
        into = fresh.folder() / "elsewhere" / "pictures"
        folder = made("lhs", (*RANGES, "--sample", "lhs:24", *EARLY), (*OF, "--maximize", "live_W"))
        self.assert_drawn(plot(folder, "-o", into), into, ["distributions", *self.MOVES, "best"])

    def test_words_as_levels(self):
        crew = ("--vary", "crew:/templates/hall/activities/fit_out/crew=builders,installers")
        folder = made("words", (*crew, *TEAMS, "--replicates", "2"))
        done = plot(folder)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(plot_sweep.Analysis(folder).kinds, ["text", "number"])
        self.assertLessEqual({"distributions", "moves_not_live_accelerator_h", "map"}, {pathlib.Path(line).stem for line in done.stdout.split()})

    def test_effects_and_indices(self):
        folder = made("morris", (*RANGES, "--sample", "morris:4", "--replicates", "2"))
        done = plot(folder)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual({pathlib.Path(line).stem for line in done.stdout.split()}, {"distributions", "morris"})
        folder = made("saltelli", (*RANGES, "--sample", "saltelli:8"))
        done = plot(folder)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("sobol", {pathlib.Path(line).stem for line in done.stdout.split()})

    def test_one_output_alone(self):
        into = fresh.folder() / "one"
        self.assert_drawn(plot(grid(), "-o", into, "--of", "not_live_accelerator_h"), into, ["distributions", self.MOVES[0], "map"])


class Refused(unittest.TestCase):
    def assert_refused(self, word: str, *words):
        done = plot(*words)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertIn(word, done.stderr)
        self.assertIn("aidcsim sweep analyze", done.stderr)

    def test_a_folder_without_an_analysis(self):
        self.assert_refused("analysis.h5", fresh.folder() / "absent")

    def test_a_file_that_is_none(self):
        folder = fresh.folder() / "broken"
        folder.mkdir()
        (folder / "analysis.h5").write_bytes(b"no HDF5")
        self.assert_refused("broken", folder)

    def test_an_unknown_output(self):
        self.assert_refused('"zzz" (there are: not_live_accelerator_h', grid(), "--of", "zzz")

    def test_nothing_that_varies(self):
        self.assert_refused("the same in all runs", made("same", ("--vary", "teams:/crews/builders/teams=1,2"), ("--of", "date_site_power - date_site_power",)))


class Numbers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sweep = plot_sweep.Analysis(grid())
        cls.outputs = {output.measure: output for output in cls.sweep.outputs}

    def test_parameters_are_drawn_by_swing(self):
        output = self.outputs["not_live_accelerator_h"]
        swing = self.sweep.file["tornado/swing"][output.row]
        order = plot_sweep.by_swing(self.sweep, output)
        self.assertEqual(sorted(order), [0, 1])
        self.assertGreaterEqual(swing[order[0]], swing[order[1]])

    def test_a_distribution_has_all_that_was_reached_and_counts_the_rest(self):
        output = self.outputs["date_site_first_live"]
        self.assertGreater(output.never, 0)
        self.assertEqual(len(output.values) + output.never, 24)
        self.assertEqual(output.never, self.sweep.file["output/never"][output.row])

    def test_a_map_has_each_point_at_its_levels_whatever_their_order_in_the_list(self):
        levels = self.sweep.levels(0)
        self.assertEqual(levels.labels, ["1", "2", "3"])
        figure = plot_sweep.draw_maps(self.sweep, [self.outputs["not_live_accelerator_h"]])
        shown = figure.axes[0].images[0].get_array()
        points = self.outputs["not_live_accelerator_h"]
        teams, backlog = (self.sweep.file[f"point/{name}"][...] for name in ("teams", "backlog"))
        for point, value in enumerate(points.by_point):
            row, column = int(teams[point]) - 1, [40, 80].index(backlog[point])
            self.assertAlmostEqual(shown[row, column] * points.scale.divisor, value, delta=1e-6 * value)
        plot_style.plt.close(figure)

    def test_dates_are_days_and_never_is_a_word(self):
        scale = self.outputs["date_site_first_live"].scale
        self.assertEqual(scale.word(31 * 86400.0), "2026-02-01")
        self.assertEqual(scale.word(np.inf), "never")
        self.assertEqual(scale.span(12 * 86400.0), "12 d")
        self.assertEqual(plot_style.mdates.num2date(scale.of(86400.0)).date().isoformat(), "2026-01-02")

    def test_the_conditions_are_those_that_were_asked_for(self):
        (date, bound, at_most), (teams, least, most) = plot_sweep.conditions(self.sweep)
        self.assertEqual((date.title, date.scale.word(bound), at_most), ("P80: date_site_first_live", "2026-11-30", True))
        self.assertEqual((teams.title, least, most), ("teams", 2.0, False))
        self.assertEqual(plot_sweep.objective(self.sweep).title, "minimize: not_live_accelerator_h")

    def test_what_was_never_reached_stands_beyond_all_others(self):
        axis = plot_sweep.Axis("x", plot_sweep.Scale(None), np.array([1.0, np.nan, 3.0]))
        drawn, edge = plot_sweep.placed(axis, 5.0)
        self.assertEqual(list(drawn), [1.0, edge, 3.0])
        self.assertGreater(edge, 5.0)


if __name__ == "__main__":
    unittest.main()
