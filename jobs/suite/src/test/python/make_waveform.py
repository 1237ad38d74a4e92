#!/usr/bin/python3
"""make_waveform.py OUT.h5 DATASET DTYPE CHANNELS TRCS SEGMENTS SAMPLES CHUNK FILTER GAINS

A waveform file. CHUNK is "none" or four extents with commas; FILTER none, gzip or lzf; GAINS is none, datasets, scalar (attributes
of the dataset) or channel (one gain for each channel).
"""
import sys

import h5py
import numpy as np

out, dataset, dtype = sys.argv[1:4]
shape = tuple(int(n) for n in sys.argv[4:8])
chunk = None if sys.argv[8] == "none" else tuple(min(int(a), b) for a, b in zip(sys.argv[8].split(","), shape))
compression = None if sys.argv[9] == "none" else sys.argv[9]
rng = np.random.default_rng(5)
with h5py.File(out, "w") as f:
    if np.dtype(dtype).kind == "f":
        data = rng.normal(size=shape).astype(dtype)
    else:
        info = np.iinfo(dtype)
        data = rng.integers(info.min, info.max, shape, dtype=np.dtype(dtype).newbyteorder("="), endpoint=True).astype(dtype)
    d = f.create_dataset(dataset, data=data, chunks=chunk, compression=compression)
    f.attrs["horiz_interval"] = 2e-9
    f.attrs["operator"] = "test"
    if sys.argv[10] == "datasets":
        f["vertical_gain"] = rng.uniform(1e-4, 2e-4, shape[:2]).astype("f4")
        f["vertical_offset"] = rng.uniform(-1, 1, shape[:2]).astype("f4")
        f["horiz_offset"] = -1e-6
    elif sys.argv[10] == "scalar":
        d.attrs["vertical_gain"] = 1e-4
        d.attrs["vertical_offset"] = 0.5
    elif sys.argv[10] == "channel":
        f["vertical_gain"] = rng.uniform(1e-4, 2e-4, shape[:1])
