#!/usr/bin/python3
"""check_waveform.py SOURCE.h5 DATASET STORE.zarr

Judge of a converted waveform: what the viewer of the original converter reads (raw, overview/0, scaling attributes; Zarr v2, dotted
keys), and every pyramid level against the definition. Exits 1 with the reason where anything is wrong.
"""
import json
import os
import sys

import h5py
import numpy as np
import zarr


def overview(trace):
    """The viewer's rule: the tail that fills no bin is left out."""
    n = len(trace)
    per_bin = max(1, n // 4000)
    bins = n // per_bin
    blocks = trace[: bins * per_bin].reshape(bins, per_bin)
    return np.stack([blocks.min(1), blocks.max(1)])


def level(trace, per_bin):
    bins = -(-len(trace) // per_bin)
    return np.array([[trace[i * per_bin:(i + 1) * per_bin].min(), trace[i * per_bin:(i + 1) * per_bin].max()]
                     for i in range(bins)], trace.dtype)


def means(trace, per_bin):
    bins = -(-len(trace) // per_bin)
    return np.array([trace[i * per_bin:(i + 1) * per_bin].astype(float).mean() for i in range(bins)])


def main(source, dataset, store):
    with h5py.File(source, "r") as f:
        want = f[dataset][()]
    channels, trcs, segments, samples = want.shape
    group = zarr.open_consolidated(store)
    attrs = group.attrs.asdict()
    raw = group["raw"]
    assert raw.shape == want.shape and raw.dtype == want.dtype.newbyteorder("<"), (raw.shape, raw.dtype)
    assert raw.chunks[:3] == (1, 1, 1), raw.chunks
    assert raw.compressor.codec_id == "blosc" and raw.compressor.cname == "zstd" and raw.compressor.shuffle == 2
    with open(os.path.join(store, "raw", ".zarray")) as meta:
        array = json.load(meta)
    assert array["dimension_separator"] == "." and array["order"] == "C" and array["zarr_format"] == 2, array
    assert os.path.exists(os.path.join(store, "raw", "0.0.0.0"))
    assert np.array_equal(raw[...], want), "raw differs"
    for name in ("vertical_gains", "vertical_offsets"):
        assert len(attrs[name]) == channels and all(len(row) == trcs for row in attrs[name]), attrs[name]
        assert all(isinstance(v, (int, float)) for row in attrs[name] for v in row), attrs[name]
    assert isinstance(attrs["horiz_interval"], float)
    seen = group["overview/0"]
    per_bin = max(1, samples // 4000)
    assert seen.shape == (channels, trcs, segments, 2, samples // per_bin), seen.shape
    assert seen.chunks == (1, 1, 1, 2, samples // per_bin), seen.chunks
    levels = sorted(int(k) for k in group["pyramid"].array_keys() if k.isdigit()) if "pyramid" in group else []
    assert levels == list(range(1, len(levels) + 1)), levels
    for c in range(channels):
        for t in range(trcs):
            for s in range(segments):
                trace = want[c, t, s]
                assert np.array_equal(seen[c, t, s], overview(trace)), ("overview", c, t, s)
                for k in levels:
                    z = group["pyramid"][str(k)]
                    per = z.attrs["samples_per_bin"]
                    assert np.array_equal(z[c, t, s], level(trace, per)), ("level", k, c, t, s)
                    if f"mean_{k}" in group["pyramid"]:
                        m = group["pyramid"][f"mean_{k}"][c, t, s]
                        assert np.allclose(m, means(trace, per), rtol=1e-5, atol=1e-3), ("mean", k, c, t, s)
    if levels:
        layout = attrs["multiscales"]["layout"]
        assert [entry["asset"] for entry in layout] == ["raw"] + [f"pyramid/{k}" for k in levels], layout
        assert group["pyramid"][str(levels[-1])].shape[3] <= 2048
        assert group["pyramid/1"].attrs["tail_samples"] == samples % group["pyramid/1"].attrs["samples_per_bin"]
    print(f"{want.shape} {want.dtype}: raw, overview and {len(levels)} levels are right")


if __name__ == "__main__":
    main(*sys.argv[1:])
