"""`aidcsim diff` of two single runs, of two replicated runs, and of one of each."""
import datetime
import unittest

import h5py

import fresh

BUILD = ("--detail", "build")
MANY = (*BUILD, "--replicates", "20", "-j", "2")
LATER = ("--set", '/orders/1/placed="2026-05-01"')


def names(file: h5py.File, path: str) -> list[str]:
    return list(file[path].asstr()[...])


class Single(unittest.TestCase):
    def test_a_result_and_itself_are_the_same(self):
        file = fresh.result("langfang_2026", *BUILD)
        done = fresh.aidcsim("diff", file, file)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_a_later_order_moves_dates(self):
        done = fresh.aidcsim("diff", fresh.result("langfang_2026", *BUILD), fresh.result("langfang_2026", *BUILD, *LATER))
        self.assertEqual((done.returncode, done.stderr), (4, ""))
        self.assertIn("order_late", done.stdout)


class Replicated(unittest.TestCase):
    def setUp(self):
        self.before, self.after = fresh.result("langfang_2026", *MANY), fresh.result("langfang_2026", *MANY, *LATER)

    def test_a_result_and_itself_are_the_same(self):
        done = fresh.aidcsim("diff", self.before, self.before)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("0 milestones moved, 27 are the same", done.stdout)

    def test_quantiles_move_by_the_difference_of_the_files(self):
        done = fresh.aidcsim("diff", self.before, self.after)
        self.assertEqual((done.returncode, done.stderr), (4, ""))
        lines = done.stdout.splitlines()
        self.assertLessEqual(max(map(len, lines[1:])), 100)
        moved = 0
        with h5py.File(self.before) as a, h5py.File(self.after) as b:
            for m, name in enumerate(names(a, "replicate_milestones/milestone")):
                days = [(b[f"replicate_milestones/{q}"][m] - a[f"replicate_milestones/{q}"][m]) / 86400.0 for q in ("p10", "p50", "p90")]
                line = next((line for line in lines if line.startswith(f"  {name} ")), "")
                self.assertEqual(bool(line), max(map(abs, days)) > 1e-5, name)
                if line:
                    moved += 1
                    dates = [str(datetime.date(2026, 1, 1) + datetime.timedelta(days=int(b[f"replicate_milestones/{q}"][m] // 86400))) for q in ("p10", "p50", "p90")]
                    self.assertEqual([float(word) for word in line.split()[-5::2]], [float(f"{d:+.1f}") for d in days])
                    self.assertEqual(line.split()[-6::2], dates)
        self.assertGreater(moved, 0)
        self.assertIn(f"{moved} milestones moved", lines[0])

    def test_mean_hours_by_cause_are_those_of_the_files(self):
        text = fresh.aidcsim("diff", self.before, self.after).stdout
        with h5py.File(self.before) as a, h5py.File(self.after) as b:
            change = b["replicate_cause/mean_accelerator_h"][...] - a["replicate_cause/mean_accelerator_h"][...]
            for cause, hours in zip(names(a, "replicate_cause/cause"), change):
                if abs(hours) >= 1.0:
                    self.assertRegex(text, rf"  {cause} +{'[+]' if hours > 0 else ''}{hours:,.0f} h")
            mean = [file["replicate_summary/not_live_accelerator_h"][...].mean() for file in (a, b)]
            self.assertIn(f"{mean[0]:,.0f} -> {mean[1]:,.0f} accelerator-hours", text)

    def test_a_date_and_its_chances_do_not_compare(self):
        single = fresh.result("langfang_2026", *BUILD)
        for pair in ((single, self.before), (self.before, single)):
            done = fresh.aidcsim("diff", *pair)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn("is no result of replicates", done.stderr)
            self.assertIn(str(single), done.stderr)


if __name__ == "__main__":
    unittest.main()
