#!/usr/bin/python3
"""wave_to_zarr.py IN.h5 OUT.zarr: the same job in plain Python, to be measured beside ours.

Reads /samples with h5py, writes Zarr v2 with Blosc Zstandard 3 bitshuffle in chunks of 262,144
samples, and a pyramid of minima and maxima, factor 8, until 2,048 bins or fewer. One Python thread;
Blosc has two. Prints a line of JSON with the seconds of each part.
"""

import json
import shutil
import sys
import time

import h5py
import numcodecs
import numpy as np
import zarr

FACTOR = 8
CHUNK = 262_144


def reduced(low, high):
    """Minima and maxima of each FACTOR bins; a shorter last bin is kept."""
    starts = np.arange(0, low.size, FACTOR)
    whole = low.size - low.size % FACTOR
    if whole == low.size:
        return low.reshape(-1, FACTOR).min(1), high.reshape(-1, FACTOR).max(1)
    return np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)


def main():
    source, target = sys.argv[1:3]
    numcodecs.blosc.set_nthreads(2)
    codec = numcodecs.Blosc("zstd", 3, numcodecs.Blosc.BITSHUFFLE)
    seconds = dict(read=0.0, write=0.0, pyramid=0.0)
    shutil.rmtree(target, ignore_errors=True)
    with h5py.File(source, "r") as f:
        data = f["samples"]
        channels, traces, segments, samples = data.shape
        store = zarr.open_group(target, "w")
        raw = store.create_dataset(
            "raw", shape=data.shape, chunks=(1, 1, 1, min(samples, CHUNK)), dtype=data.dtype, compressor=codec
        )
        levels, bins = [], samples
        while bins > 2048:
            bins = -(-bins // FACTOR)
            levels.append(
                store.create_dataset(
                    "pyramid/%d" % (len(levels) + 1),
                    shape=(channels, traces, segments, 2, bins),
                    chunks=(1, 1, 1, 2, min(bins, CHUNK // 2)),
                    dtype=data.dtype,
                    compressor=codec,
                )
            )
        for index in np.ndindex(channels, traces, segments):
            began = time.perf_counter()
            trace = data[index]
            read = time.perf_counter()
            raw[index] = trace
            written = time.perf_counter()
            low = high = trace
            for level in levels:
                low, high = reduced(low, high)
                level[index] = np.stack([low, high])
            ended = time.perf_counter()
            seconds["read"] += read - began
            seconds["write"] += written - read
            seconds["pyramid"] += ended - written
        size = int(data.size) * data.dtype.itemsize
    rate = size / 1e6 / sum(seconds.values())
    print(json.dumps(dict(bytes=size, mb_per_s=round(rate, 1), **{k: round(v, 2) for k, v in seconds.items()})))


main()
