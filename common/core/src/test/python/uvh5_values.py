"""Prints, as JSON, what h5py reads in a UVH5 file."""

import json
import sys

import h5py
import numpy as np

with h5py.File(sys.argv[1], "r") as f:
    header, vis = f["Header"], f["Data/visdata"][()]
    if vis.dtype.names:
        real = "r" if "r" in vis.dtype.names else "real"
        imag = "i" if "i" in vis.dtype.names else "imag"
        vis = vis[real].astype("f8") + 1j * vis[imag]
    pairs = np.stack([vis.real, vis.imag], axis=-1)
    print(
        json.dumps(
            {
                "shape": vis.shape,
                "visdata": pairs.astype("f8").ravel().tolist(),
                "flags": f["Data/flags"][()].ravel().tolist(),
                "antennas": np.stack(
                    [header["ant_1_array"][()], header["ant_2_array"][()]], axis=-1
                ).tolist(),
                "latitude": float(header["latitude"][()]),
                "names": [n.decode() for n in header["antenna_names"][()]],
            }
        )
    )
