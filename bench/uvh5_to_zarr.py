"""Reads a UVH5 file with h5py and writes its arrays with zarr: no more than that.

Usage: uvh5_to_zarr.py FILE STORE
(time, baseline, frequency, polarization) in chunks of one time, all baselines and 16 channels, Blosc
with Zstandard at level 1 and shuffled bytes, one integration in memory at a time.
"""
import sys

import h5py
import numcodecs
import numpy as np
import zarr

with h5py.File(sys.argv[1], "r") as f:
    head, data = f["Header"], f["Data"]
    times = int(head["Ntimes"][()])
    baselines = int(head["Nbls"][()])
    rank4 = data["visdata"].ndim == 4
    channels, pols = data["visdata"].shape[-2:]
    root = zarr.open_group(sys.argv[2], mode="w")

    def make(name, dtype):
        size = 4 if dtype == "c8" else np.dtype(dtype).itemsize
        numcodecs.blosc.use_threads = False
        codec = numcodecs.Blosc("zstd", clevel=1, shuffle=numcodecs.Blosc.SHUFFLE if size > 1
                                else numcodecs.Blosc.BITSHUFFLE)
        return root.create_dataset(name, shape=(times, baselines, channels, pols),
                                   chunks=(1, baselines, 16, pols), dtype=dtype, compressor=codec,
                                   fill_value=None)

    arrays = {"visdata": make("VISIBILITY", "c8"), "flags": make("FLAG", "?"),
              "nsamples": make("NSAMPLES", "f4")}
    weight = make("WEIGHT", "f4")
    width = float(np.ravel(head["channel_width"][()])[0]) * float(np.ravel(head["integration_time"][:1])[0])
    for t in range(times):
        rows = slice(t * baselines, (t + 1) * baselines)
        for name, array in arrays.items():
            block = data[name][rows]
            array[t] = block[:, 0] if rank4 else block
            if name == "nsamples":
                weight[t] = (block[:, 0] if rank4 else block) * np.float32(width)
    for name in ("uvw_array", "time_array"):
        root.array(name, head[name][()])
