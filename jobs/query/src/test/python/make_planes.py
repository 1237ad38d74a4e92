"""Writes planes and lines with a spike in each: make_planes.py FILE"""
import sys

import h5py
import numpy as np

rng = np.random.default_rng(3)
with h5py.File(sys.argv[1], "w", libver="latest") as f:
    plane = rng.uniform(1, 2, (300, 500)).astype("<f4")
    plane[123, 457] = 1e6
    f.create_dataset("plane", data=plane, chunks=(37, 41), compression="gzip", shuffle=True)
    line = rng.uniform(1, 2, 100_000)
    line[77_777] = -1e6
    f["line"] = line
    line2 = np.zeros(100_000, "<i4")
    line2[77_777] = -5
    f.create_dataset("line2", data=line2, chunks=(1000,))
    f["formulas"] = np.array(["=1+1", "a,b"], dtype=h5py.string_dtype())
    # 400 TB of which nothing was ever written.
    f.create_dataset("huge", (10**8, 10**6), "<i4", chunks=(1000, 1000), fillvalue=-3)
