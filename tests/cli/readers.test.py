"""A fresh file is read by the tools that users have."""
import subprocess
import unittest

import numpy as np
import xarray

import fresh

FILE = fresh.result("01_one_rack")


class Readers(unittest.TestCase):
    def test_ncdump_lists_it(self):
        header = subprocess.run(["ncdump", "-h", FILE], check=True, capture_output=True, text=True).stdout
        for line in ("float it_power_W(time, campus)", "short gate(time, hall)", 'units = "seconds since 2026-01-01T00:00:00Z"', 'title = "one_rack"'):
            self.assertIn(line, header)

    def test_ncdump_reads_every_value(self):
        subprocess.run(["ncdump", FILE], check=True, stdout=subprocess.DEVNULL)

    def test_xarray_gives_dates_labels_and_units(self):
        with xarray.open_dataset(FILE, group="campus") as campus:
            self.assertEqual(dict(campus.sizes), {"time": 8760, "campus": 1})
            self.assertEqual(campus.time.values[0], np.datetime64("2026-01-01T01:00"))
            self.assertEqual(campus.time.values[-1], np.datetime64("2027-01-01"))
            self.assertEqual(list(campus.campus.values), ["site"])
            self.assertEqual(campus.it_power_W.units, "W")
            # The rack's budget is 3 servers of 10.625 kW.
            self.assertEqual(float(campus.live_W[-1, 0]), 31875.0)

    def test_xarray_makes_a_table_of_each_list(self):
        for group in ("events", "milestones", "shipments", "ledger", "ledger_waited", "baseline"):
            with self.subTest(group), xarray.open_dataset(FILE, group=group) as rows:
                self.assertEqual(len(rows.dims), 1)
                rows.to_dataframe()

    def test_energy_is_the_integral_of_power(self):
        with xarray.open_dataset(FILE, group="campus") as campus, xarray.open_dataset(FILE, group="summary") as summary:
            self.assertAlmostEqual(float(campus.it_power_W.astype(float).sum()) * 3600.0 / float(summary.it_energy_J), 1.0, 6)
            self.assertAlmostEqual(float(summary.facility_energy_J / summary.it_energy_J / summary.pue), 1.0, 12)

    def test_a_campus_carries_live_within_ready_within_energised(self):
        file = fresh.result("langfang_2026")
        with xarray.open_dataset(file, group="campus") as campus, xarray.open_dataset(file, group="hall") as hall:
            live, ready, energised = (campus[name][:, 0].values.astype(float) for name in ("live_W", "ready_W", "energised_W"))
            self.assertTrue((live <= ready + 1.0).all())
            self.assertTrue((ready <= energised + 1.0).all())
            self.assertLessEqual(energised.max(), float(hall.design_W.sum()) + 1.0)
            # Nothing is taken out of service in this scenario, so neither falls. 8 W: the step of float32 at 1e8 W.
            self.assertTrue((np.diff(ready) >= -8.0).all() and (np.diff(energised) >= -8.0).all())


if __name__ == "__main__":
    unittest.main()
