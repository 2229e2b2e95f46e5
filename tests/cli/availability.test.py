"""`aidcsim availability`: a file that anybody can read and that adds up, the same for the same seed; few years, a signal."""
import pathlib
import re
import signal
import subprocess
import time
import unittest

import h5py
import numpy as np

import fresh

SMALL = "scenarios/outage_10min.json"
# Lives of two kinds of unit, short ones, so that 30 years hold many failures.
LIFE = '{"to_failure_days": {"shape": "exponential", "mean": %d}, "to_repair_h": {"shape": "exponential", "mean": 8}}'
LIVES = ("--set", '/campuses/0/power/reliability={"ups": %s, "busway": %s}' % (LIFE % 200, LIFE % 400))


def availability(*words, code: int = 0) -> str:
    done = fresh.aidcsim("availability", SMALL, *LIVES, "-q", *words)
    assert done.returncode == code, f"{words}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
    return done.stdout


def years(name: str, *words) -> pathlib.Path:
    path = fresh.folder() / name
    if not path.exists():
        availability("-o", path, *(words if "--years" in words else ("--years", "30", *words)))
    return path


class Years(unittest.TestCase):
    def test_the_file_adds_up(self):
        with h5py.File(years("a.h5")) as file:
            self.assertGreaterEqual(set(file), {"summary", "causes", "years", "windows"})
            causes, by_year = file["causes"], file["years"]
            lost = causes["lost_accelerator_h"][...]
            parts = sum(causes[f"{why}_accelerator_h"][...] for why in ("dark", "tripped", "shed", "throttled"))
            np.testing.assert_allclose(lost, parts, rtol=1e-9, atol=1e-6)
            np.testing.assert_allclose(file["summary/lost_accelerator_h"][()], lost.sum(), rtol=1e-12)
            np.testing.assert_allclose(file["summary/availability"][()], 1 - lost.sum() / (960 * 8760), rtol=1e-12)  # 40 racks of 24
            unit, year = by_year["unit"].asstr()[...], by_year["year"][...]
            self.assertTrue(((year >= 0) & (year < 30)).all())
            for name, mean, failures, with_loss in zip(causes["unit"].asstr()[...], lost, causes["failures_per_year"][...],
                                                       causes["with_loss_per_year"][...]):
                with self.subTest(name):
                    np.testing.assert_allclose(by_year["lost_accelerator_h"][...][unit == name].sum() / 30, mean, rtol=1e-9, atol=1e-9)
                    self.assertLessEqual(with_loss, failures)
            self.assertGreater(lost[list(causes["unit"].asstr()[...]).index("busway")], 0)
            self.assertTrue((file["windows/used"][...] > 0).all())

    def test_the_same_seed_gives_the_same_years(self):
        self.assertEqual(availability("--years", "30", "--seed", "7"), availability("--years", "30", "--seed", "7"))
        self.assertNotEqual(availability("--years", "30", "--seed", "7"), availability("--years", "30", "--seed", "8"))
        with h5py.File(years("a.h5")) as a, h5py.File(years("b.h5")) as b:
            for name in ("causes/lost_accelerator_h", "years/lost_accelerator_h", "windows/used"):
                np.testing.assert_array_equal(a[name][...], b[name][...])

    def test_one_year_has_no_standard_error(self):
        page = availability("--years", "1")
        self.assertNotIn("nan", page)
        with h5py.File(years("one.h5", "--years", "1")) as file:
            self.assertEqual(file["summary/years"][()], 1)

    def test_idle_accelerators_lose_hours_and_little_energy(self):
        lost = {}
        for busy in ("1", "0"):
            with h5py.File(years(f"busy{busy}.h5", "--busy", busy)) as file:
                row = list(file["causes/unit"].asstr()[...]).index("busway")
                lost[busy] = [file[f"causes/{name}"][row] for name in ("lost_accelerator_h", "unserved_energy_J")]
        np.testing.assert_allclose(lost["0"][0], lost["1"][0], rtol=1e-2)
        self.assertLess(lost["0"][1], 0.5 * lost["1"][1])  # idle racks draw 0.3 of their budget, busy ones 0.85

    def test_bad_words_and_a_signal(self):
        availability("--years", "0", code=2)
        availability("--busy", "2", code=2)
        path = fresh.folder() / "stopped.h5"
        words = [fresh.AIDCSIM, "availability", SMALL, *LIVES, "--years", "1000000", "-o", str(path)]
        run = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=fresh.ROOT)
        time.sleep(1.5)
        run.send_signal(signal.SIGINT)
        page, said = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 75, said)
        self.assertFalse(path.exists())
        self.assertRegex(page, re.compile(r"\d+ years of outages"))


if __name__ == "__main__":
    unittest.main()
