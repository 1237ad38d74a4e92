"""Reads a simulated UVH5 file with h5py and computes each visibility of a point source anew.

Arguments: the file, then ra, dec of the field and of the source (radians), its flux in Jy. Prints
JSON. A drift scan is phased to the field first, with uvw of the field from a tracked file of the
same observation (last argument).
"""

import hashlib
import json
import sys

import h5py
import numpy as np

C = 299792458.0
name, ra0, dec0, ra, dec, flux = sys.argv[1], *map(float, sys.argv[2:7])

with h5py.File(name, "r") as f:
    h, d = f["Header"], f["Data"]
    vis = d["visdata"][...].reshape(h["Nblts"][()], h["Nfreqs"][()], h["Npols"][()])
    freq = h["freq_array"][...].ravel()
    uvw = h["uvw_array"][...].astype(float)
    facts = {
        "header": sorted(h),
        "shape": d["visdata"].shape,
        "dtype": str(d["visdata"].dtype),
        "flags": [str(d["flags"].dtype), str(d["flags"].compression), int(d["flags"][...].sum())],
        "nsamples": [str(d["nsamples"].dtype), float(d["nsamples"][...].sum())],
        "uvw_dtype": str(h["uvw_array"].dtype),
        "freq": freq[[0, -1]].tolist(),
        "ant_1": h["ant_1_array"][:3].tolist(),
        "ant_2": h["ant_2_array"][:3].tolist(),
        "names": [n.decode() for n in h["antenna_names"][:2]],
        "numbers": h["antenna_numbers"][:2].tolist(),
        "telescope": h["telescope_name"][()].decode(),
        "times": len(set(h["time_array"][...])),
        "placeholder": int(f.attrs.get("IS_PLACEHOLDER", 0)),
        "sha256": hashlib.sha256(d["visdata"][...].tobytes()).hexdigest(),
    }
    if len(sys.argv) > 7:
        with h5py.File(sys.argv[7], "r") as t:
            field = t["Header"]["uvw_array"][...]
        dw = (field[:, 2] - uvw[:, 2])[:, None, None]
        vis = vis * np.exp(-2j * np.pi * freq[None, :, None] / C * dw)
        uvw = field
    l = np.cos(dec) * np.sin(ra - ra0)
    m = np.sin(dec) * np.cos(dec0) - np.cos(dec) * np.sin(dec0) * np.cos(ra - ra0)
    n = np.sqrt(1 - l * l - m * m)
    path = uvw @ np.array([l, m, n - 1])
    model = flux * np.exp(2j * np.pi * path[:, None] * freq[None, :] / C)
    facts["error"] = float(np.abs(vis - model[:, :, None]).max())
print(json.dumps(facts))
