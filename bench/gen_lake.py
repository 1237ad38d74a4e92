"""gen_lake.py FOLDER FILES: a lake of small UVH5 subband files, 16 an observation, five minutes apart.
gen_lake.py FILE.h5 OBJECTS: one file with so many datasets in groups of 1,000, two attributes each."""
import os
import shutil
import sys
import time

import h5py
import numpy as np

ANTENNAS, TIMES, CHANNELS = 6, 4, 3


def template(path):
    pairs = [(a, b) for a in range(ANTENNAS) for b in range(a, ANTENNAS)]
    rows = len(pairs) * TIMES
    with h5py.File(path, "w") as f:
        h = f.create_group("Header")
        for name, value in dict(
            telescope_name=np.bytes_("OVRO_MMA"), instrument=np.bytes_("DSA"),
            phase_type=np.bytes_("drift"), history=np.bytes_("gen_lake.py"),
            object_name=np.bytes_("search"), latitude=37.23334, longitude=-118.28321,
            altitude=1182.6, channel_width=1e6, phase_center_app_dec=0.65, Nants_data=ANTENNAS,
            Nants_telescope=ANTENNAS, Nbls=len(pairs), Nblts=rows, Nfreqs=CHANNELS, Npols=2,
            Nspws=1, Ntimes=TIMES).items():
            h[name] = value
        h["antenna_numbers"] = np.arange(ANTENNAS)
        h["antenna_names"] = np.array([str(i + 1) for i in range(ANTENNAS)], dtype="S4")
        h["antenna_positions"] = np.arange(3.0 * ANTENNAS).reshape(-1, 3)
        h["ant_1_array"] = np.array([a for a, _ in pairs] * TIMES)
        h["ant_2_array"] = np.array([b for _, b in pairs] * TIMES)
        h["time_array"] = np.zeros(rows)
        h["integration_time"] = np.full(rows, 12.884902)
        h["uvw_array"] = np.zeros((rows, 3))
        h["freq_array"] = np.zeros((1, CHANNELS))
        h["polarization_array"] = np.array([-5, -6])
        h["spw_array"] = np.array([1])
        shape = (rows, 1, CHANNELS, 2)
        d = f.create_group("Data")
        d.create_dataset("visdata", shape, "c8", chunks=(rows, 1, CHANNELS, 1))
        d.create_dataset("flags", shape, "?", chunks=(rows, 1, CHANNELS, 1), compression="gzip")
        d.create_dataset("nsamples", shape, "f4", chunks=(rows, 1, CHANNELS, 1))
        d["visdata"][...] = 1
        d["flags"][...] = False
        d["nsamples"][...] = 1
    return len(pairs)


def lake(folder, files):
    os.makedirs(folder)
    model = os.path.join(folder, ".model")
    baselines = template(model)
    for i in range(files):
        start = 1735689600 + 300 * (i // 16)  # 2025-01-01
        name = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(start)) + "_sb%02d.hdf5" % (i % 16)
        path = os.path.join(folder, name)
        shutil.copy(model, path)
        with h5py.File(path, "r+") as f:
            middles = start + 12.884902 * (np.arange(TIMES) + 0.5)
            f["Header/time_array"][...] = np.repeat(2440587.5 + middles / 86400, baselines)
            f["Header/freq_array"][...] = 1.5e9 - ((i % 16) * CHANNELS + np.arange(CHANNELS) + 0.5) * 1e6
    os.remove(model)


def many(path, objects):
    with h5py.File(path + ".part", "w", libver="latest") as f:
        for i in range(objects):
            d = f.create_dataset("g%03d/d%06d" % (i // 1000, i), data=np.arange(i % 7, dtype="f4"))
            d.attrs["units"] = "m"
            d.attrs["index"] = i
    os.rename(path + ".part", path)


if sys.argv[1].endswith(".h5"):
    many(sys.argv[1], int(sys.argv[2]))
else:
    lake(sys.argv[1], int(sys.argv[2]))
