"""Reads the example file of h5.test.cpp with the tools users have: h5_readers.py FILE."""

import subprocess
import sys

import h5py
import netCDF4
import numpy as np
import xarray

path = sys.argv[1]


def read_with_xarray():
    hourly = xarray.open_dataset(path, group="hourly")
    assert dict(hourly.sizes) == {"time": 24, "campus": 2}, hourly.sizes
    assert str(hourly.time.values[0]).startswith("2025-01-01T01:00"), hourly.time.values[0]
    assert list(hourly.campus.values) == ["langfang", "Ürümqi"]
    assert "_FillValue" not in hourly.time.encoding, hourly.time.encoding
    power = hourly.it_power_W
    assert power.dims == ("time", "campus") and power.dtype == np.float32
    assert power.attrs["units"] == "W" and power.attrs["long_name"] == "IT power"
    assert np.isnan(power[0, 1]) and power.sel(campus="langfang").values[23] == 1e6 + 24
    assert hourly.energy_J.dims == ("time",) and hourly.energy_J.values[0] == 1e15 + 1
    assert hourly.state.dtype == np.int8 and list(hourly.state.attrs["flag_values"]) == [0, 1, 2]
    assert hourly.limits.dtype == np.int16 and list(hourly.limits.attrs["flag_masks"]) == [1, 2, 256]
    assert hourly.capacity_W.dims == ("campus",)

    events = xarray.open_dataset(path, group="events").to_dataframe()
    assert len(events) == 5 and list(events.what) == ["", "pump 1", "pump 2", "", "pump 4"]
    assert str(events.time[1]) == "2025-01-01 00:01:00.500000", events.time[1]
    assert events.serial[4] == 2**53 + 4
    assert len(xarray.open_dataset(path, group="no_events").to_dataframe()) == 0

    quantiles = xarray.open_dataset(path, group="quantiles")
    assert quantiles.date_s.dims == ("replication", "milestone")
    assert quantiles.seed.values[2] == 2**63 - 1
    assert float(xarray.open_dataset(path, group="summary").pue) == 1.125
    assert len(str(xarray.open_dataset(path, group="provenance").scenario_json.values)) == 100012
    assert xarray.open_dataset(path).attrs["title"] == "Example"


def read_with_netcdf4():
    with netCDF4.Dataset(path) as file:
        assert file.Conventions == "CF-1.10" and file.seed == 7 and file.wall_time_s == 2.5
        assert list(file.groups) == ["hourly", "events", "no_events", "quantiles", "summary", "provenance"]
        hourly = file["hourly"]
        assert hourly.dimensions["time"].isunlimited() and len(hourly.dimensions["time"]) == 24
        assert list(hourly.axes) == ["time", "campus"], hourly.axes
        assert hourly["it_power_W"]._FillValue.dtype == np.float32
        assert hourly["it_power_W"][:].mask[0, 1]
        for group in file.groups.values():
            for variable in group.variables.values():
                variable[...]


def read_with_h5py():
    def visit(name, item):
        if isinstance(item, h5py.Dataset):
            assert item.dtype.kind in "fiO", (name, item.dtype)
            assert item[...].shape == item.shape
        for key, value in item.attrs.items():
            if key not in ("DIMENSION_LIST", "REFERENCE_LIST"):
                kind = h5py.h5a.open(item.id, key.encode()).get_type()
                assert not (isinstance(kind, h5py.h5t.TypeStringID) and kind.is_variable_str()), (name, key)

    with h5py.File(path) as file:
        file.visititems(visit)
        assert file[file.attrs["default"]].attrs["signal"] == b"it_power_W" or file["hourly"].attrs["signal"] == "it_power_W"
        assert file["hourly/it_power_W"].compression == "gzip" and file["hourly/it_power_W"].shuffle


def read_with_ncdump():
    header = subprocess.run(["ncdump", "-h", path], check=True, capture_output=True, text=True).stdout
    for line in ("float it_power_W(time, campus)", "time = UNLIMITED ; // (24 currently)", "event = UNLIMITED ; // (0 currently)",
                 'state:flag_meanings = "off ramping serving"', 'calendar = "standard"', "double pue"):
        assert line in header, line + " is missing in\n" + header
    subprocess.run(["ncdump", path], check=True, capture_output=True)


for read in (read_with_xarray, read_with_netcdf4, read_with_h5py, read_with_ncdump):
    read()
    print(read.__name__, "ok")
