"""`aidcsim show` says the same as the file, fits a screen, and refuses what is no result."""
import datetime
import functools
import json
import math
import pathlib
import re
import shlex
import time
import unittest

import h5py
import numpy as np

import fresh

BUILD = ("--detail", "build")
LARGEST = "bytedance_2026"  # 54 halls, a retrofit, options, prices


def facts(file) -> dict:
    done = fresh.aidcsim("show", file, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def page(file, *options: str) -> list[str]:
    done = fresh.aidcsim("show", file, *options)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout.splitlines()


def names(file: h5py.File, path: str) -> np.ndarray:
    return file[path].asstr()[...]


def day(seconds: float, start: str) -> str | None:
    return None if math.isnan(seconds) else str(datetime.date.fromisoformat(start) + datetime.timedelta(days=math.floor(seconds / 86400.0)))


@functools.cache
def replicated() -> pathlib.Path:
    return fresh.result(LARGEST, *BUILD, "--replicates", "40", "-j", "2")


class Page(unittest.TestCase):
    def test_pages_fit_a_terminal_and_have_no_colours(self):
        for file in (fresh.result("langfang_2026"), fresh.result("abilene_stargate", *BUILD), fresh.result(LARGEST, *BUILD), replicated()):
            with self.subTest(file.name):
                lines = page(file)
                self.assertLessEqual(max(map(len, lines)), 100)
                self.assertLessEqual(len(lines), 81)
                self.assertNotIn("\x1b", "".join(lines))
                self.assertLessEqual(max(map(len, page(file, "--all"))), 100)

    def test_headings_come_in_the_order_of_a_planners_questions(self):
        for file, wanted in ((fresh.result(LARGEST, *BUILD), ("Targets", "Campuses", "Halls (54)", "Live at the end", "What held it", "What helps most",
                                                              "Late deliveries", "Money", "Racks on the dock", "Operation", "next: ")),
                             (fresh.result("langfang_2026"), ("Campuses", "Halls", "Live at the end", "What held it", "Operation", "next: ")),
                             (replicated(), ("Targets", "Milestones", "Accelerator-hours", "What holds it when", "What helps most",
                                             "Orders to place earlier", "next: "))):
            lines = page(file)
            at = [next((i for i, line in enumerate(lines) if line.startswith(heading)), None) for heading in wanted]
            self.assertNotIn(None, at, dict(zip(wanted, at)))
            self.assertEqual(at, sorted(at))

    def test_halls_are_folded_when_there_are_many_and_all_shows_each(self):
        for scenario in (LARGEST, "abilene_stargate"):
            file = fresh.result(scenario, *BUILD)
            f, folded, everything = facts(file), "\n".join(page(file)), "\n".join(page(file, "--all"))
            with h5py.File(file) as h5:
                self.assertEqual([hall["hall"] for hall in f["halls"]], list(names(h5, "hall/hall")))
            for hall in f["halls"]:
                self.assertIn(hall["hall"], everything)
            worst = max(f["halls"], key=lambda hall: math.inf if hall["late_days"] is None else hall["late_days"])
            self.assertIn(worst["hall"], folded)
            self.assertRegex(folded, rf"{worst['hall']} +\+{worst['late_days']}\b")
            self.assertLess(len(folded), len(everything))

    def test_every_hall_of_a_few_is_named(self):
        file = fresh.result("langfang_2026")
        text = "\n".join(page(file))
        for hall in facts(file)["halls"]:
            self.assertIn(hall["hall"], text)

    def test_the_largest_files_are_shown_at_once(self):
        for file in (fresh.result(LARGEST, *BUILD), replicated()):
            took = []
            for _ in range(3):
                began = time.monotonic()
                page(file)
                took.append(time.monotonic() - began)
            self.assertLess(min(took), 2.0)  # 0.3 s on an idle core


class Dates(unittest.TestCase):
    def setUp(self):
        self.path = fresh.result(LARGEST, *BUILD)
        self.facts = facts(self.path)
        self.file = h5py.File(self.path)
        self.addCleanup(self.file.close)
        columns = [self.file[f"dates/{name}"][...] for name in ("planned", "actual", "due")]
        self.dates = {name: [day(value, "2026-01-01") for value in row] for name, *row in zip(names(self.file, "dates/name"), *columns)}

    def test_targets_with_their_power_and_due_dates(self):
        scenario = json.loads(self.file["provenance/scenario_json"].asstr()[()])
        self.assertEqual([(row["target"], row["it_W"]) for row in self.facts["targets"]], [(t["name"], t["it_W"]) for t in scenario["targets"]])
        for row in self.facts["targets"]:
            self.assertEqual([row["planned"], row["actual"], row["due"]], self.dates[row["target"]])
            late = (datetime.date.fromisoformat(row["actual"]) - datetime.date.fromisoformat(row["due"])).days
            self.assertEqual(row["late_days"], late)
            words = f"{late} d late" if late > 0 else f"{-late} d in hand"
            self.assertTrue(any(row["target"] in line and line.endswith(f" {words}") for line in page(self.path)), row)

    def test_campuses_and_halls_have_the_dates_of_the_file(self):
        for row in self.facts["campuses"]:
            for key, what in (("power", "power"), ("first_live", "first live"), ("complete", "complete")):
                self.assertEqual([row[key]["planned"], row[key]["actual"]], self.dates[f"{row['campus']} {what}"][:2])
        for row in self.facts["halls"]:
            for key in ("handover", "first_live", "complete"):
                self.assertEqual([row[f"{key}_planned"], row[key]], self.dates[f"{row['hall']} {key.replace('_', ' ')}"][:2])
            self.assertEqual(row["is_complete"], row["complete"] is not None)

    def test_a_retrofit_is_complete_with_its_new_racks_only(self):
        live, end = self.file["hall/live_W"][...], self.file["hall/time"][...]
        for h, hall in enumerate(self.facts["halls"]):
            planned = self.file["baseline/live_W"][...][names(self.file, "baseline/hall") == hall["hall"]]
            self.assertEqual(hall["complete_W"], planned.max())
            row = np.flatnonzero(end > self.file["dates/actual"][...][names(self.file, "dates/name") == f"{hall['hall']} complete"][0])[0]
            self.assertAlmostEqual(live[row, h] / hall["complete_W"], 1.0, 5, hall["hall"])
        old = [hall for hall in self.facts["halls"] if hall["hall"].startswith("langfang_old/")]
        self.assertEqual([hall["is_complete"] for hall in old], [True, True])
        for hall in old:
            h = list(names(self.file, "hall/hall")).index(hall["hall"])
            self.assertGreater(live[0, h], 0.0)  # the old racks
            self.assertLess(hall["complete_W"], live[0, h] + 340 * 35000.0)

    def test_capacity_at_the_end_is_that_of_the_file(self):
        last = self.facts["half_years"][-1]
        self.assertAlmostEqual(last["live_W"] / self.file["summary/live_W"][()], 1.0, 6)
        self.assertEqual(last["accelerators"], self.file["summary/accelerators_live"][()])


class Hours(unittest.TestCase):
    def test_the_ledger_adds_up(self):
        f = facts(fresh.result("langfang_2026"))
        hours = f["accelerator_hours"]
        by_cause = sum(row["accelerator_h"] for row in f["not_live_by_cause"])
        self.assertAlmostEqual(by_cause / hours["not_live_h"], 1.0, 9)
        self.assertLessEqual(sum(row["share_accelerator_h"] for row in f["not_live_by_term"]), hours["not_live_h"] * (1 + 1e-9))
        self.assertAlmostEqual((hours["live_h"] + hours["not_live_h"]) / hours["planned_or_live_h"], 1.0, 9)
        for row in f["not_live_by_term"]:
            self.assertLessEqual(row["solo_accelerator_h"], row["share_accelerator_h"] * (1 + 1e-9))

    def test_what_helps_most_is_the_largest_solo_with_the_pair_that_waited_longest(self):
        for scenario in ("langfang_2026", LARGEST, "abilene_stargate"):
            path = fresh.result(scenario, *BUILD)
            f = facts(path)
            solo = sorted((row["solo_accelerator_h"] for row in f["not_live_by_term"] if row["solo_accelerator_h"] > 0), reverse=True)
            self.assertEqual([row["solo_accelerator_h"] for row in f["helps_most"]], solo[:3])
            with h5py.File(path) as file:
                hall, term, activity = (names(file, f"ledger_waited/{name}") for name in ("hall", "term", "activity"))
                share = file["ledger_waited/share_accelerator_h"][...]
                items = set(names(file, "milestones/name")) | set(names(file, "shipments/order"))
                slips = dict.fromkeys(items, 0.0)
                for row in f["helps_most"]:
                    most = max(np.flatnonzero(term == row["term"]), key=lambda i: share[i])
                    self.assertEqual((row["hall"], row["activity"] or "", row["waited_accelerator_h"]), (hall[most], activity[most], share[most]))
                    if row["cause"]:
                        self.assertNotEqual(row["cause"], "plan")
                        self.assertIn(row["slip_activity"] or row["slip_order"], slips)
                        self.assertGreater(row["slip_days"], 0.0)
                        self.assertTrue(row["advice"])

    def test_the_slip_is_the_largest_of_a_chain_through_the_activity(self):
        path = fresh.result(LARGEST, *BUILD)
        with h5py.File(path) as file:
            milestone, who, cause = (names(file, f"chain/{name}") for name in ("milestone", "who", "cause"))
            days = file["chain/slip_s"][...] / 86400.0
        checked = 0
        for row in facts(path)["helps_most"]:
            for what in ("complete", "first live", "handover"):
                rows = list(np.flatnonzero(milestone == f"{row['hall']} {what}"))
                through = [i for i in rows if who[i] == row["activity"]]
                if through:
                    by_item: dict[str, float] = {}
                    for i in rows[rows.index(through[0]):]:
                        if cause[i] != "plan":
                            item = who[i].split("#")[0]
                            by_item[item] = by_item.get(item, 0.0) + days[i]
                    self.assertEqual(row["slip_order"] or row["slip_activity"], max(by_item, key=by_item.get))
                    self.assertAlmostEqual(row["slip_days"], max(by_item.values()), 9)
                    checked += 1
                    break
        self.assertGreater(checked, 0)

    def test_every_cause_has_advice(self):
        # The compiler holds the table to the causes; here the causes of a file are held to the table.
        table = (fresh.ROOT / "sim/cli/show_advice.hpp").read_text()
        advice = dict(re.findall(r"\{Cause::(\w+), \"(.+?)\"\}", table))
        with h5py.File(fresh.result("langfang_2026")) as file:
            self.assertEqual(list(advice), list(names(file, "ledger_cause/cause")))


class Goods(unittest.TestCase):
    def test_an_option_that_was_not_taken_is_not_late(self):
        with h5py.File(fresh.result(LARGEST, *BUILD)) as file:
            scenario = json.loads(file["provenance/scenario_json"].asstr()[()])
        at = next(i for i, order in enumerate(scenario["orders"]) if order["name"] == "gensets_option")
        scenario["orders"][at]["option"]["decided"] = "2026-04-01"  # nothing is there then: the plan takes it
        source, path = fresh.folder() / "option.json", fresh.folder() / "option.h5"
        source.write_text(json.dumps(scenario))
        done = fresh.aidcsim("run", source, "-o", path, "-q", *BUILD, "--set", f'/orders/{at}/option/decided="2028-06-01"')
        self.assertEqual(done.returncode, 0, done.stderr)
        with h5py.File(path) as file:
            mine = names(file, "shipments/order") == "gensets_option"
            self.assertFalse(np.isnan(file["shipments/planned_dock"][...][mine]).any())
            self.assertTrue(np.isnan(file["shipments/placed"][...][mine]).all())
        f = facts(path)
        self.assertNotIn("gensets_option", [row["order"] for row in f["late_orders"]])
        self.assertIn(("gensets_option", "not placed (option)", 15.0), [(row["order"], row["why"], row["units"]) for row in f["not_coming"]])
        self.assertTrue(any("not placed (option)" in line and "gensets_option" in line for line in page(path)))

    def test_what_was_cancelled_is_not_late(self):
        path = fresh.result("langfang_2026", *BUILD, "--set", '/orders/0/cancelled="2026-02-01"')
        with h5py.File(path) as file:
            order = json.loads(file["provenance/scenario_json"].asstr()[()])["orders"][0]["name"]
        f = facts(path)
        self.assertIn((order, "cancelled"), [(row["order"], row["why"]) for row in f["not_coming"]])
        self.assertNotIn(order, [row["order"] for row in f["late_orders"]])

    def test_late_orders_are_those_of_the_file(self):
        path = fresh.result(LARGEST, *BUILD)
        with h5py.File(path) as file:
            order, dock, planned = names(file, "shipments/order"), file["shipments/dock"][...], file["shipments/planned_dock"][...]
        late = np.floor(dock / 86400.0) - np.floor(planned / 86400.0)
        wanted = {name: late[order == name].max() for name in set(order) if np.nan_to_num(late[order == name]).max() > 0}
        self.assertEqual({row["order"]: row["late_days"] for row in facts(path)["late_orders"]}, wanted)

    def test_money_is_the_sum_of_the_lots(self):
        path = fresh.result(LARGEST, *BUILD)
        f = facts(path)
        self.assertEqual(f["currency"], "RMB")
        with h5py.File(path) as file:
            for key, column in (("money_by_item", "item"), ("money_by_maker", "maker")):
                for what in ("paid", "tariff"):
                    values = file[f"shipments/{what}"][...]
                    by_name = {row["name"]: row[what] for row in f[key]}
                    self.assertAlmostEqual(sum(by_name.values()), values.sum(), delta=1.0)
                    for name, value in by_name.items():
                        self.assertAlmostEqual(value, values[names(file, f"shipments/{column}") == name].sum(), delta=1.0)
            total = f"{file['shipments/paid'][...].sum() / 1e6:,.0f} M RMB"
        self.assertTrue(any(line.startswith(f"Money: {total}") for line in page(path)))
        self.assertFalse(any(line.startswith("Money") for line in page(fresh.result("01_one_rack", *BUILD))))

    def test_stranded_racks_are_at_their_peak(self):
        path = fresh.result(LARGEST, *BUILD)
        with h5py.File(path) as file:
            racks, end = file["supply/stranded"][...], file["supply/time"][...]
            wanted = {name: (racks[:, i].max(), day(end[racks[:, i].argmax()] - 86400.0, "2026-01-01"))
                      for i, name in enumerate(names(file, "supply/item")) if racks[:, i].max() > 0}
        self.assertGreater(len(wanted), 0)
        self.assertEqual({row["item"]: (row["most_racks"], row["most_on"]) for row in facts(path)["stranded"]}, wanted)


class Replicated(unittest.TestCase):
    def setUp(self):
        self.facts = facts(replicated())
        self.page = page(replicated())
        self.file = h5py.File(replicated())
        self.addCleanup(self.file.close)

    def test_quantiles_and_intervals_are_those_of_the_file(self):
        for i, row in enumerate(self.facts["milestones"]):
            self.assertEqual(row["milestone"], names(self.file, "replicate_milestones/milestone")[i])
            for key in ("p10", "p50", "p90", "p50_high", "p90_high"):
                self.assertEqual(row[key], day(self.file[f"replicate_milestones/{key}"][i], "2026-01-01"))
        target = self.facts["milestones"][0]
        low, middle, high = (datetime.date.fromisoformat(target[key]) for key in ("p50_low", "p50", "p50_high"))
        line = next(line for line in self.page if line.startswith(f"  {target['milestone']} "))
        self.assertIn(f"{middle} (-{(middle - low).days}/+{(high - middle).days} d)", line)
        self.assertTrue(line.endswith(f" {100 * target['probability_in_time']:.0f} %"))

    def test_halls_are_left_out_but_for_all(self):
        self.assertFalse(any("langfang/A/A1 complete  " in line for line in self.page))
        self.assertTrue(any("langfang/A/A1 complete  " in line for line in page(replicated(), "--all")))

    def test_the_calendar_of_gates_adds_up_and_names_the_largest_terms(self):
        terms = names(self.file, "replicate_gate/term")
        hours, end = self.file["replicate_gate/share_accelerator_h"][...].astype(float), self.file["replicate_gate/time"][...]
        start = datetime.date(2026, 1, 1)
        for row in self.facts["gate_calendar"]:
            first, last = ((datetime.date.fromisoformat(row[key]) - start).days * 86400.0 for key in ("from", "until"))
            wanted = hours[(end > first) & (end <= last)].sum(axis=0)
            self.assertEqual([term["term"] for term in row["terms"]], [terms[j] for j in np.argsort(-wanted, kind="stable") if wanted[j] > 0])
            np.testing.assert_allclose([term["mean_accelerator_h"] for term in row["terms"]], -np.sort(-wanted[wanted > 0]), rtol=1e-6)
            line = next((line for line in self.page if line.startswith(f"  {row['from']} to ")), None)
            if wanted.sum() > 0.01 * hours.sum():
                self.assertIn(f"{row['terms'][0]['term']} {100 * wanted.max() / wanted.sum():.0f} %", line)

    def test_actions_name_an_item_that_loses_days_and_never_the_plan(self):
        solo = self.file["replicate_term/mean_solo_accelerator_h"][...]
        self.assertEqual([row["mean_solo_accelerator_h"] for row in self.facts["helps_most"]], sorted(solo[solo > 0], reverse=True)[:3])
        rows = {(row["milestone"], row["item"]): row for row in self.facts["criticality"]}
        for row in self.facts["helps_most"]:
            item = row["item"]
            self.assertEqual(item, rows[item["milestone"], item["item"]])
            self.assertNotEqual(item["cause"], "plan")
            self.assertTrue(item["milestone"].startswith(f"{row['campus']}/"))
            same = [other["mean_days_cost_d"] for (milestone, name), other in rows.items()
                    if name == item["item"] and milestone.startswith(f"{row['campus']}/") and milestone.endswith(" complete")]
            self.assertEqual(item["mean_days_cost_d"], max(same))
            self.assertTrue(any(item["item"] in line for line in self.page))

    def test_commands_point_at_the_order_or_crew_they_mean(self):
        scenario = json.loads(self.file["provenance/scenario_json"].asstr()[()])
        shown = [row for row in self.facts["helps_most"] + facts(fresh.result(LARGEST, *BUILD))["helps_most"] if row["command"]]
        self.assertGreater(len(shown), 0)
        for row in shown:
            words = shlex.split(row["command"])
            pointer, value = words[1].split("=")
            _, what, number, key = pointer.split("/")
            named = scenario[what][int(number)]
            item = row["item"]["item"] if "item" in row else row["slip_order"] or row["slip_activity"]
            self.assertIn(named["name"], row["advice"] if what == "crews" else [item.split("/")[0]])
            self.assertTrue(json.loads(value) == named[key] + 1 if what == "crews" else json.loads(value) < named[key])
            self.assertEqual(fresh.aidcsim("run", "-n", f"scenarios/{LARGEST}.json", *words).returncode, 0)

    def test_orders_that_are_too_late_come_first(self):
        days, order = self.file["order_by/float_d"][...], names(self.file, "order_by/order")
        late = [order[i] for i in np.argsort(days, kind="stable") if days[i] < 0]
        first = next(i for i, line in enumerate(self.page) if line.startswith("Orders to place earlier"))
        self.assertIn(f": {len(late)} of {np.count_nonzero(~np.isnan(days))}", self.page[first])
        self.assertEqual([line.split()[0] for line in self.page[first + 2:first + 2 + min(8, len(late))]], late[:8])
        self.assertEqual(any(line == f"  and {len(late) - 8} more" for line in self.page), len(late) > 8)


class Odd(unittest.TestCase):
    def test_a_result_without_operation_says_so(self):
        file = fresh.result("01_one_rack", *BUILD)
        self.assertIsNone(facts(file)["operation"])
        self.assertIn("--detail build", "\n".join(page(file)))

    def test_names_with_quotes_and_line_ends_stay_valid_json(self):
        file = fresh.folder() / "odd.h5"
        name = 'a "rack"\n\\ü\t'
        done = fresh.aidcsim("run", "scenarios/01_one_rack.json", "--set", f"/name={json.dumps(name)}", "--set", '/end="2026-01-03"', "-o", file, "-q")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(facts(file)["name"], name)

    def test_a_run_too_short_for_anything_has_a_page(self):
        file = fresh.result(LARGEST, *BUILD, "--set", '/end="2026-06-01"')
        f = facts(file)
        self.assertTrue(all(not hall["is_complete"] for hall in f["halls"] if not hall["hall"].startswith("langfang_old/")))
        self.assertLessEqual(max(map(len, page(file))), 100)

    def test_what_is_no_result_is_bad_input(self):
        other, cut = fresh.folder() / "other.h5", fresh.folder() / "cut.h5"
        with h5py.File(other, "w") as file:
            file["x"] = 1
        cut.write_bytes(fresh.result("langfang_2026").read_bytes()[:100_000])
        for file, words in ((fresh.folder() / "absent.h5", "no such file"), (other, "no result of aidcsim"), (cut, "no whole result"),
                            (fresh.ROOT / "CMakeLists.txt", "no whole result"), (fresh.folder(), "no such file")):
            done = fresh.aidcsim("show", file)
            self.assertEqual((done.returncode, done.stdout), (2, ""), file)
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    unittest.main()
