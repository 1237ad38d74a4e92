#!/usr/bin/python3
"""gen_wave.py OUT.h5 BYTES [contiguous|gzip]: a recording of about that size.

Dataset /samples, int16, axes (channel, trace, segment, sample): a sine with noise and one decaying
pulse a trace, as an oscilloscope's converter would number it. Always the same for the same arguments.
Traces are written one by one, so memory stays small.
"""

import sys

import h5py
import numpy as np


def main():
    path, size = sys.argv[1], int(float(sys.argv[2]))
    layout = sys.argv[3] if len(sys.argv) > 3 else "contiguous"
    samples = int(min(20_000_000, max(1000, size // 2 // 6)))
    segments = max(1, round(size / 2 / 2 / samples))
    random = np.random.default_rng(20240601)
    with h5py.File(path, "w") as f:
        options = {}
        if layout == "gzip":
            options = dict(chunks=(1, 1, 1, min(samples, 262_144)), compression="gzip", compression_opts=4)
        shape = (2, 1, segments, samples)
        dataset = f.create_dataset("samples", shape, "<i2", **options)
        f.attrs["horiz_interval"] = 2e-9
        f["vertical_gain"] = np.full((2, 1), 1e-4, "<f4")
        f["vertical_offset"] = np.full((2, 1), -0.2, "<f4")
        phase = np.arange(samples, dtype=np.float32) * np.float32(2 * np.pi * 40 / samples)
        for channel in range(2):
            for segment in range(segments):
                trace = 1000 * np.sin(phase + channel)
                trace += 100 * random.standard_normal(samples, dtype=np.float32)
                start = int(random.integers(samples // 10, samples))
                decay = np.exp(-np.arange(samples - start, dtype=np.float32) / (samples / 40))
                trace[start:] += random.uniform(2000, 20000) * decay
                dataset[channel, 0, segment] = np.clip(np.rint(trace), -32768, 32767).astype("<i2")
    print(path, shape, 4 * segments * samples, "bytes")


main()
