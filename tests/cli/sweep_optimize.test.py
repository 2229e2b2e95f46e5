"""`aidcsim sweep optimize`: finds what looking at every plan finds, goes on after signals and kills, and says what it cannot do."""
import functools
import json
import math
import pathlib
import shutil
import signal
import subprocess
import time
import unittest

import h5py
import numpy as np

import fresh

SMALL = "tests/fixtures/small_campus.json"
# 3 x 5 x 4 = 60 plans: teams cost, a longer queue of gensets is cheaper, and so is a late order.
LEVERS = ("crews:/crews/builders/teams=1:3:3", "queue:/makers/gensets/backlog_units=20:100:5",
          "racks:/orders/racks/placed=2026-01-15,2026-02-15,2026-03-15,2026-04-15")
COST = "mean: 40*crews - queue - 0.5*(racks - 20468)"  # 20468 days since 1970-01-01: 2026-01-15
REPLICATES = 20
BASE = ("--minimize", COST, "--replicates", REPLICATES, "-j", 2)


def search(folder: str, *options, condition: str = "", base: str = SMALL) -> subprocess.CompletedProcess:
    words = [word for lever in LEVERS for word in ("--lever", lever)] + (["--subject-to", condition] if condition else [])
    return fresh.aidcsim("sweep", "optimize", base, *words, *BASE, "-o", fresh.folder() / folder, *options)


@functools.cache
def every_plan() -> list[tuple[dict, float, float]]:
    """Each plan with its cost and the P80 of its completion, from a sweep over all of them."""
    folder = fresh.folder() / "sweep"
    words = [word for lever in LEVERS for word in ("--vary", lever)]
    for command in (("plan", SMALL, *words, "--replicates", REPLICATES, "--detail", "build", "-o", folder), ("run", folder, "-q"),
                    ("collect", folder, "-q")):
        done = fresh.aidcsim("sweep", *command)
        assert done.returncode == 0, done.stderr
    with h5py.File(folder / "index.h5") as file:
        dates = file["run/date_site_complete"][...].reshape(60, REPLICATES)
    dates = np.sort(np.where(np.isnan(dates), np.inf, dates), axis=1)[:, math.ceil(0.8 * REPLICATES) - 1]
    plans = []
    for i, p80 in enumerate(dates):
        crews, queue, day = i // 20 + 1, 20 + 20 * (i // 4 % 5), (20468, 20499, 20527, 20558)[i % 4]
        plans.append(({"crews": crews, "queue": queue, "racks": day}, 40 * crews - queue - 0.5 * (day - 20468), p80))
    return plans


def day_of(seconds: float) -> str:
    return str(np.datetime64("2026-01-01") + np.timedelta64(math.floor(seconds / 86400), "D"))


@functools.cache
def bound() -> str:
    """A day that some three quarters of the plans meet."""
    return day_of(sorted(p80 for _, _, p80 in every_plan())[40])


def condition() -> str:
    return f"P80: date_site_complete <= {bound()}"


def best_by_hand() -> tuple[dict, float]:
    end = (np.datetime64(bound()) - np.datetime64("2026-01-01")).astype(float) * 86400 + 86400
    return min(((cost, plan) for plan, cost, p80 in every_plan() if p80 < end), key=lambda row: row[0])


def found(done: subprocess.CompletedProcess) -> dict:
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def numbers(levers: dict) -> dict:
    day = levers["racks"]
    return levers | {"racks": (np.datetime64(day) - np.datetime64("1970-01-01")).astype(int)}


@functools.cache
def search_of_all() -> pathlib.Path:
    done = search("all", "-q", condition=condition())
    assert done.returncode == 0, done.stdout + done.stderr
    return fresh.folder() / "all"


class Finds(unittest.TestCase):
    def test_every_plan_gives_what_a_sweep_of_all_gives(self):
        done = fresh.aidcsim("sweep", "optimize", search_of_all(), "--json")
        result = found(done)
        cost, plan = best_by_hand()
        self.assertEqual(result["method"], "all")
        self.assertEqual(result["evaluations"], 60)
        first = result["best"][0]
        self.assertAlmostEqual(first["objective"]["value"], cost, places=9)
        self.assertEqual(numbers(first["levers"]), plan)
        self.assertEqual(done.returncode, 0 if result["confirmed"] else 4)
        with h5py.File(fresh.folder() / "all" / "search.h5") as file:
            group = file["plan"]
            rows = zip(group["lever_crews"], group["lever_queue"], group["lever_racks"], group["objective"], group["constraint_0"])
            there = {(crews, queue, racks): (objective, p80) for crews, queue, racks, objective, p80 in rows}
            self.assertEqual(len(there), 60)
            for plan, cost, p80 in every_plan():
                objective, value = there[plan["crews"], plan["queue"], plan["racks"]]
                self.assertAlmostEqual(objective, cost, places=9)
                self.assertEqual(value, p80)  # bit for bit
            best = group["best_objective"][...]
            self.assertEqual(np.nanmin(best), best[-1])
            self.assertEqual(list(file["lever/lever"].asstr()), ["crews", "queue", "racks"])
            self.assertGreaterEqual(len(file["fresh/objective"]), 1)

    def test_methods_find_the_same_plan_with_part_of_them(self):
        cost, _ = best_by_hand()
        for method in ("cobyla", "direct"):
            with self.subTest(method):
                result = found(search(method, "--json", "--method", method, "--evaluations", 50, condition=condition()))
                self.assertAlmostEqual(result["best"][0]["objective"]["value"], cost, places=9)
                self.assertLessEqual(result["evaluations"], 50)

    def test_what_is_confirmed_holds_in_runs_of_its_command(self):
        result = found(fresh.aidcsim("sweep", "optimize", search_of_all(), "--json"))
        self.assertTrue(result["confirmed"])
        checked = result["checked"][-1]
        self.assertEqual(result["fresh_replicates"], 200)
        self.assertTrue(checked["holds"])
        self.assertLessEqual(checked["fresh"]["constraints"][0]["value"], bound())
        self.assertIn("--set /crews/builders/teams=", result["command"])
        path = fresh.folder() / "alone.h5"
        done = subprocess.run([fresh.AIDCSIM] + result["command"].replace("'", "").split()[1:] + ["-o", str(path), "-q"], cwd=fresh.ROOT)
        self.assertEqual(done.returncode, 0)

    def test_to_maximize_is_to_minimize_the_negative(self):
        words = [word for lever in LEVERS for word in ("--lever", lever)]
        done = fresh.aidcsim("sweep", "optimize", SMALL, *words, "--maximize", "mean: -(" + COST[6:] + ")", "--subject-to", condition(),
                             "--replicates", REPLICATES, "--json", "-o", fresh.folder() / "maximize")
        self.assertAlmostEqual(found(done)["best"][0]["objective"]["value"], -best_by_hand()[0], places=9)

    def test_the_page_fits_its_columns_and_says_what_to_do(self):
        done = fresh.aidcsim("sweep", "optimize", search_of_all())
        self.assertEqual(done.returncode, 0, done.stderr)
        *page, following = done.stdout.rstrip("\n").split("\n")
        self.assertLessEqual(max(map(len, page)), 100)
        self.assertTrue(following.startswith("next: aidcsim run "), following)
        for word in ("Found", "60 of 60 plans", "crews", "as written", "holds", "binds", "fresh", "One step around it"):
            self.assertIn(word, done.stdout)

    def test_a_search_file_is_the_same_search(self):
        folder = fresh.folder() / "file"
        folder.mkdir()
        shutil.copy(fresh.ROOT / SMALL, folder / "base.json")
        (folder / "plan.json").write_text(json.dumps({"format": "aidcsim-search", "version": 1, "scenario": "base.json", "levers": LEVERS,
                                                      "minimize": COST, "subject_to": [condition()], "replicates": REPLICATES}))
        done = fresh.aidcsim("sweep", "optimize", folder / "plan.json", "--json", "-o", folder / "out")
        self.assertAlmostEqual(found(done)["best"][0]["objective"]["value"], best_by_hand()[0], places=9)


class GoesOn(unittest.TestCase):
    OPTIONS = ("--method", "cobyla", "--evaluations", "40", "-q")

    def undisturbed(self) -> pathlib.Path:
        folder = fresh.folder() / "undisturbed"
        if not folder.exists():
            done = search("undisturbed", *self.OPTIONS, condition=condition())
            self.assertIn(done.returncode, (0, 4), done.stderr)
        return folder

    def start(self, name: str) -> subprocess.Popen:
        words = [word for lever in LEVERS for word in ("--lever", lever)] + ["--subject-to", condition()]
        return subprocess.Popen([fresh.AIDCSIM, "sweep", "optimize", SMALL, *words, *map(str, BASE), "-o", str(fresh.folder() / name),
                                 *self.OPTIONS], cwd=fresh.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def wait_for_lines(self, name: str, lines: int, process: subprocess.Popen) -> None:
        path, end = fresh.folder() / name / "evaluations.jsonl", time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None:
            if path.exists() and path.read_bytes().count(b"\n") >= lines:
                return
            time.sleep(0.005)

    def same_as_undisturbed(self, name: str) -> None:
        for file in ("evaluations.jsonl", "search.h5"):
            self.assertEqual((fresh.folder() / name / file).read_bytes(), (self.undisturbed() / file).read_bytes(), file)

    def test_after_signals(self):
        for number, (sign, lines) in enumerate(((signal.SIGTERM, 3), (signal.SIGINT, 10), (signal.SIGUSR1, 20))):
            process = self.start("signals")
            self.wait_for_lines("signals", lines, process)
            process.send_signal(sign)
            _, words = process.communicate(timeout=60)
            if process.returncode == 75:
                self.assertIn("go on with: aidcsim sweep optimize", words)
            self.assertEqual(process.returncode if number == 0 else 75, 75)
        done = fresh.aidcsim("sweep", "optimize", fresh.folder() / "signals", "-q")
        self.assertIn(done.returncode, (0, 4), done.stderr)
        self.same_as_undisturbed("signals")

    def test_after_kills_with_a_torn_line(self):
        for lines in (2, 9, 17):
            process = self.start("kills")
            self.wait_for_lines("kills", lines, process)
            process.kill()
            process.communicate()
            with open(fresh.folder() / "kills" / "evaluations.jsonl", "ab") as file:
                file.write(b'{"plan":[1,')
        self.assertIn(search("kills", *self.OPTIONS, condition=condition()).returncode, (0, 4))
        self.same_as_undisturbed("kills")

    def test_more_evaluations_may_be_asked_for(self):
        shutil.copytree(self.undisturbed(), fresh.folder() / "more")
        before = found(fresh.aidcsim("sweep", "optimize", fresh.folder() / "more", "--json"))
        after = found(fresh.aidcsim("sweep", "optimize", fresh.folder() / "more", "--json", "--evaluations", 55))
        self.assertGreater(after["evaluations"], before["evaluations"])
        self.assertLessEqual(after["best"][0]["objective"]["value"], before["best"][0]["objective"]["value"])
        self.assertTrue((fresh.folder() / "more" / "evaluations.jsonl").read_bytes().startswith(
            (self.undisturbed() / "evaluations.jsonl").read_bytes()))

    def test_a_finished_search_costs_no_simulation(self):
        self.undisturbed()
        done = fresh.aidcsim("sweep", "optimize", self.undisturbed())
        self.assertIn("0 simulations", done.stderr)


class Refuses(unittest.TestCase):
    def fails(self, words: str, *arguments, code: int = 2) -> None:
        done = fresh.aidcsim("sweep", "optimize", *arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.assertIn(words, done.stdout + done.stderr)

    def test_bad_input(self):
        out = ("-o", fresh.folder() / "bad", "--replicates", 2)
        lever, cost = ("--lever", LEVERS[0]), ("--minimize", "goods_paid")
        self.fails("something to change", SMALL, *cost, *out)
        self.fails("--minimize or --maximize", SMALL, *lever, *out)
        self.fails("did you mean \"goods_paid\"", SMALL, *lever, "--minimize", "goods_payd", *out)
        self.fails("did you mean \"/crews", SMALL, "--lever", "/crews/0/taems/x=1,2", *cost, *out)
        self.fails("empty range", SMALL, "--lever", "/crews/0/teams=5:1", *cost, *out)
        self.fails("more than --evaluations", SMALL, "--lever", "/crews/0/teams=1:9:9", *cost, *out, "--method", "all", "--evaluations", 5)
        self.fails("search.json", fresh.folder(), *out[2:0])
        self.fails("is not empty and no search", SMALL, *lever, *cost, "-o", fresh.ROOT / "docs")
        self.assertFalse((fresh.folder() / "bad").exists())

    def test_a_folder_keeps_to_its_search(self):
        condition_ = condition()
        self.assertIn(search("mine", "--evaluations", 5, "-q", condition=condition_).returncode, (0, 4))
        other = search("mine", "--evaluations", 5, "--seed", 9, condition=condition_)
        self.assertEqual(other.returncode, 2)
        self.assertIn("another search", other.stderr)
        self.fails("fixed when the search began", fresh.folder() / "mine", "--lever", LEVERS[0])
        copy = fresh.folder() / "mine" / "inputs" / "small_campus.json"
        copy.write_text(copy.read_text().replace("\"seed\": 1", "\"seed\": 2"))
        self.fails("was changed", fresh.folder() / "mine")

    def test_a_dry_run_writes_nothing(self):
        done = search("dry", "-n", condition=condition())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("60 plans, 60 of them x 20 replicates = 1200 runs, by all", done.stdout)
        self.assertIn("starts from crews=1, queue=60", done.stdout)
        self.assertFalse((fresh.folder() / "dry").exists())

    def test_the_search_of_the_scenarios_can_begin(self):
        done = fresh.aidcsim("sweep", "optimize", "scenarios/searches/abilene_stargate.json", "-n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("300 of them x 40 replicates", done.stdout)
        self.assertNotIn("unknown", done.stdout)

    def test_what_no_plan_meets_is_exit_4_with_the_nearest(self):
        done = search("never", "--json", condition="P80: date_site_complete <= 2026-02-01")
        self.assertEqual(done.returncode, 4, done.stderr)
        result = found(done)
        self.assertEqual((result["feasible"], result["confirmed"], result["checked"]), (0, False, []))
        nearest = min(p80 for _, _, p80 in every_plan())
        self.assertEqual(result["plan"]["constraints"][0]["value"], None if math.isinf(nearest) else day_of(nearest))

    def test_invalid_plans_are_recorded_and_never_chosen(self):
        done = fresh.aidcsim("sweep", "optimize", SMALL, "--lever", "crews:/crews/builders/teams=0,1,2", "--minimize", "crews", "--json",
                             "--replicates", 3, "-o", fresh.folder() / "invalid")
        result = found(done)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("no valid scenario", done.stderr)
        self.assertEqual((result["without_number"], result["plan"]["levers"]["crews"]), (1, 1))
        with h5py.File(fresh.folder() / "invalid" / "search.h5") as file:
            errors = list(file["plan/error"].asstr())
            self.assertEqual(sum(error != "" for error in errors), 1)

    def test_a_simulation_that_takes_too_long_says_nothing_of_its_plan(self):
        done = search("late", "--time-limit", 0.0001, "-q")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("raise --time-limit", done.stderr)
        again = search("late", "-q", "--json")  # nothing of it was remembered: the search ends as one without a limit
        whole = search("never late", "-q", "--json")
        self.assertEqual((again.returncode, found(again)["plan"]["levers"]), (whole.returncode, found(whole)["plan"]["levers"]))

    def test_an_objective_that_no_lever_moves_is_a_warning(self):
        done = fresh.aidcsim("sweep", "optimize", SMALL, "--lever", LEVERS[0], "--minimize", "goods_paid", "--replicates", 2, "-o",
                             fresh.folder() / "flat")
        self.assertIn("no lever moves it", done.stderr)


if __name__ == "__main__":
    unittest.main()
