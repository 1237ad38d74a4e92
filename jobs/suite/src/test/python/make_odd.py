#!/usr/bin/python3
"""make_odd.py WHAT OUT.h5: a file with something in it that conversions may stumble over."""
import sys

import h5py
import numpy as np

what, out = sys.argv[1:]
with h5py.File(out, "w") as f:
    if what == "long_names":
        f["\u0436" * 120] = np.arange(3)
        f["\u5929" * 80 + "/" + "a b " * 90] = np.arange(4)
        f["\U0001f52d" * 60] = np.arange(5)
        f["x" * 400] = np.arange(6)
    elif what == "crowded":
        f["raw/data"] = np.zeros((1, 1, 2, 50), "i2")
        f["raw/other"] = np.arange(3)
    elif what == "text_fill":
        d = f.create_dataset("t", (100,), h5py.string_dtype(), chunks=(10,), fillvalue="abc")
        d[3] = "written"
    else:
        segments, trcs = 2, 3
        f["samples"] = np.arange(segments * trcs * 40, dtype="i2").reshape(1, trcs, segments, 40)
        f.attrs["horiz_interval"] = 2e-9
        if what == "gains_trc":
            f["vertical_gain"] = np.ones((1, trcs + 1))
        elif what == "gains_segment":
            f["vertical_gain"] = np.ones((1, trcs, segments))
        elif what == "gains_full":
            f["vertical_gain"] = np.arange(1.0, trcs + 1)
        elif what == "interval_text":
            f.attrs["horiz_interval"] = "two nanoseconds"
        elif what == "interval_array":
            f.attrs["horiz_interval"] = np.array([2e-9])
