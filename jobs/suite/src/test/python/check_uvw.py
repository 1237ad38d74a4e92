"""Compares a measurement set's uvw, and visibilities, with what pyuvdata computed of its file.

Usage: check_uvw.py STORE SET FILE TRUTH SECTION
SECTION is uvw_from_antenna_positions or phased. Prints a line of figures, or fails.
"""
import json
import os
import sys

import h5py
import numpy as np

from check_msv4 import EXCHANGED, NAMES, Store, text


def close(name, a, b, tolerance):
    worst = np.abs(np.asarray(a, "f8") - np.asarray(b, "f8")).max()
    if not worst <= tolerance:
        raise SystemExit("%s is off by %s, more than %s" % (name, worst, tolerance))
    return float(worst)


def main():
    store, name = Store(sys.argv[1]), sys.argv[2]
    with open(sys.argv[4]) as f:
        truth = json.load(f)["files"][os.path.basename(sys.argv[3])][sys.argv[5]]
    phased = sys.argv[5] == "phased"
    with h5py.File(sys.argv[3], "r") as h:
        head = {k: v[()] for k, v in h["Header"].items()
                if isinstance(v, h5py.Dataset) and v.shape is not None}
    number = {int(n): text(s) for n, s in zip(head["antenna_numbers"], head["antenna_names"])}
    jd = head["time_array"]
    times, t = np.unique(jd, return_inverse=True)
    pairs = {p: i for i, p in enumerate(zip(store.array(name + "/baseline_antenna1_name"),
                                            store.array(name + "/baseline_antenna2_name")))}
    uvw = store.array(name + "/UVW")
    assert uvw.shape[0] == len(times)
    rows = np.zeros((len(jd), 3))
    cells = []
    for row in range(len(jd)):
        a, b = number[int(head["ant_1_array"][row])], number[int(head["ant_2_array"][row])]
        exchanged = (a, b) not in pairs
        i = pairs[(b, a) if exchanged else (a, b)]
        cells.append((t[row], i, exchanged))
        rows[row] = uvw[t[row], i] * (-1 if exchanged else 1)
    of = truth["uvw"] if phased else truth
    tolerance = 1e-4 + 5e-5 * np.abs(rows).max() if phased else 1e-3
    first, last = np.array(of["first"]), np.array(of["last"])
    worst = close("uvw of the first rows", rows.ravel()[:first.size], first, tolerance)
    worst = max(worst, close("uvw of the last rows", rows.ravel()[-last.size:], last, tolerance))
    close("the sum of uvw", rows.sum(axis=0), of["sum"], tolerance * (1 + len(jd) / 10))
    compared = 0
    if phased:
        vis = store.array(name + "/VISIBILITY")
        freq = store.array(name + "/frequency")
        pol = list(store.array(name + "/polarization"))
        codes = [int(p) for p in head["polarization_array"]]
        f = head["freq_array"].ravel()
        for s in truth["vis"]["samples"]:
            row, channel, p = s["index"]
            time, i, exchanged = cells[row]
            code = EXCHANGED.get(codes[p], codes[p]) if exchanged else codes[p]
            got = vis[time, i, np.searchsorted(freq, f[channel]), pol.index(NAMES[code])]
            if exchanged:
                got = np.conj(got)
            want = complex(*s["vis"])
            if np.isnan(want.real):
                assert np.isnan(got.real)
                continue
            close("visibility %s" % s["index"], [abs(got - want)], [0], 1e-3 * abs(want) + 1e-12)
            compared += want != 0
        assert compared > 0
    own = store.nodes[name]["attributes"]["uvh5"]
    print(json.dumps({"worst": worst, "compared": compared, "uvw": own["uvw"],
                      "largest": own["uvw_largest_difference"], "rotated": own["phases_rotated"]}))


main()
