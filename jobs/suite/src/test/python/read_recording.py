"""Reads a recording as h5py has it, and as a reader of recordings wants it; prints JSON."""

import hashlib
import json
import sys

import h5py

with h5py.File(sys.argv[1], "r") as f:
    samples = f["samples"]
    if samples.ndim != 4:
        sys.exit("samples has %d dimensions" % samples.ndim)
    values = samples[...]
    print(
        json.dumps(
            {
                "names": sorted(f),
                "shape": samples.shape,
                "dtype": str(samples.dtype),
                "chunks": samples.chunks,
                "compression": samples.compression,
                "shuffle": bool(samples.shuffle),
                "first": values[0, 0, 0, :5].tolist(),
                "sha256": hashlib.sha256(values.astype("<i2").tobytes()).hexdigest(),
                "vertical_gain": f["vertical_gain"][()].tolist(),
                "vertical_offset": f["vertical_offset"][()].tolist(),
                "gain_dtype": str(f["vertical_gain"].dtype),
                "attributes": {
                    k: v if isinstance(v, str) else v.tolist() for k, v in f.attrs.items()
                },
            }
        )
    )
