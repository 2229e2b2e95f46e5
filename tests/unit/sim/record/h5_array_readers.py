"""Reads the sweep of h5_array.test.cpp with the tools users have: h5_array_readers.py FOLDER."""

import pathlib
import subprocess
import sys

import h5py
import netCDF4
import numpy as np
import xarray

folder = pathlib.Path(sys.argv[1])
index = folder / "index.h5"

expected = np.full((7, 3, 2), np.nan, np.float32)
expected[0:3] = np.arange(18).reshape(3, 3, 2)
expected[4:7] = 100 + np.arange(18).reshape(3, 3, 2)


def read_with_xarray():
    runs = xarray.open_dataset(index, group="runs")
    assert dict(runs.sizes) == {"run": 7, "month": 3, "campus": 2}, runs.sizes
    assert [str(date)[:10] for date in runs.month.values] == ["2025-02-01", "2025-03-01", "2025-04-01"], runs.month.values
    assert runs.power_W.dims == ("run", "month", "campus") and runs.power_W.dtype == np.float32
    np.testing.assert_array_equal(runs.power_W.values, expected)
    assert float(runs.power_W.sel(campus="Ürümqi", month="2025-03-01", run=5)) == 109  # 100 + 6 + 2 + 1


def read_with_netcdf4():
    with netCDF4.Dataset(index) as file:
        power = file["runs/power_W"]
        assert power.dimensions == ("run", "month", "campus")
        assert power[:].mask[3].all() and power[4, 0, 0] == 100
    with netCDF4.Dataset(folder / "long.h5") as file:
        assert file["runs/power_W"].filters()["fletcher32"] and file["runs/power_W"][49_999, 0, 0] == 49_999 * 6


def read_with_h5py():
    with h5py.File(index) as file:
        power = file["runs/power_W"]
        assert power.is_virtual and np.isnan(power.fillvalue)
        assert [source.file_name for source in power.virtual_sources()] == ["blocks/a.h5", "blocks/b.h5"]
        np.testing.assert_array_equal(power[...], expected)
    with h5py.File(folder / "long.h5") as file:
        power = file["runs/power_W"]
        assert power.chunks == (2**20 // 24, 3, 2), power.chunks
        assert power.compression == "gzip" and power.shuffle and power.fletcher32


def read_with_ncdump():
    header = subprocess.run(["ncdump", "-h", index], check=True, capture_output=True, text=True).stdout
    for line in ("float power_W(run, month, campus)", "double month(month)", 'month:calendar = "standard"'):
        assert line in header, line + " is missing in\n" + header


for read in (read_with_xarray, read_with_netcdf4, read_with_h5py, read_with_ncdump):
    read()
    print(read.__name__, "ok")
