"""Compares a processing set with the UVH5 files that it was made of.

Usage: check_msv4.py STORE SET FILE...
Reads the store with a Zarr v3 reader of its own and the files with h5py; neither knows Cornerturn.
Prints one line of figures, or fails with what differs.
"""
import json
import sys

import h5py
import numcodecs
import numpy as np

FLAG_LOST = 8


class Store:
    def __init__(self, root):
        self.root = root
        with open(root + "/zarr.json") as f:
            document = json.load(f)
        assert document["attributes"]["type"] == "processing_set"
        assert document["consolidated_metadata"]["kind"] == "inline"
        self.nodes = document["consolidated_metadata"]["metadata"]

    def array(self, path):
        m = self.nodes[path]
        shape = m["shape"]
        text = None
        kind = m["data_type"]
        if isinstance(kind, dict):
            assert kind["name"] == "fixed_length_utf32", kind
            dtype = np.dtype("<U%d" % (kind["configuration"]["length_bytes"] // 4))
        else:
            dtype = np.dtype({"bool": "?"}.get(kind, kind)).newbyteorder("<")
        fill = m["fill_value"]
        if isinstance(fill, list):
            fill = complex(*map(float, fill))
        elif isinstance(fill, str) and dtype.kind == "f":
            fill = float(fill)
        out = np.full(shape, fill, dtype)
        outer = m["chunk_grid"]["configuration"]["chunk_shape"]
        codecs = m["codecs"]
        for at in np.ndindex(*[-(-s // c) for s, c in zip(shape, outer)]):
            try:
                with open("/".join([self.root, path, "c"] + [str(i) for i in at]), "rb") as f:
                    stored = f.read()
            except FileNotFoundError:
                continue
            origin = [i * c for i, c in zip(at, outer)]
            if codecs[0]["name"] == "sharding_indexed":
                c = codecs[0]["configuration"]
                inner = c["chunk_shape"]
                counts = [o // i for o, i in zip(outer, inner)]
                n = int(np.prod(counts))
                index = np.frombuffer(stored[-16 * n - 4:-4], "<u8").reshape(counts + [2])
                for sub in np.ndindex(*counts):
                    offset, length = (int(v) for v in index[sub])
                    if offset == 2 ** 64 - 1:
                        continue
                    place = [o + s * i for o, s, i in zip(origin, sub, inner)]
                    chunk = decode(stored[offset:offset + length], c["codecs"], dtype, inner)
                    put(out, place, chunk)
            else:
                put(out, origin, decode(stored, codecs, dtype, outer))
        return out


def decode(stored, codecs, dtype, shape):
    assert codecs[0]["name"] == "bytes"
    for c in reversed(codecs[1:]):
        assert c["name"] == "blosc", c
        stored = numcodecs.Blosc().decode(stored)
    return np.frombuffer(stored, dtype).reshape(shape)


def put(out, place, chunk):
    where = tuple(slice(p, min(p + c, s)) for p, c, s in zip(place, chunk.shape, out.shape))
    if all(w.start < w.stop for w in where):
        out[where] = chunk[tuple(slice(0, w.stop - w.start) for w in where)]


def same(name, a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape:
        raise SystemExit("%s: shape %s, not %s" % (name, a.shape, b.shape))
    if not np.array_equal(a, b, equal_nan=a.dtype.kind in "fc"):
        bad = np.argwhere(~((a == b) | ((a != a) & (b != b))))
        raise SystemExit("%s differs at %s: %s, not %s" % (name, bad[0], a[tuple(bad[0])], b[tuple(bad[0])]))


CASA = {1: 0, 2: 1, 3: 2, 4: 3, -1: 4, -3: 5, -4: 6, -2: 7, -5: 8, -7: 9, -8: 10, -6: 11}
NAMES = {1: "I", 2: "Q", 3: "U", 4: "V", -1: "RR", -2: "LL", -3: "RL", -4: "LR",
         -5: "XX", -6: "YY", -7: "XY", -8: "YX"}
EXCHANGED = {-7: -8, -8: -7, -3: -4, -4: -3}


def text(b):
    return b.decode() if isinstance(b, bytes) else str(b)


def main():
    store = Store(sys.argv[1])
    name = sys.argv[2]
    vis = store.array(name + "/VISIBILITY")
    flag = store.array(name + "/FLAG")
    samples = store.array(name + "/NSAMPLES")
    weight = store.array(name + "/WEIGHT")
    uvw = store.array(name + "/UVW")
    time = store.array(name + "/time")
    freq = store.array(name + "/frequency")
    pol = store.array(name + "/polarization")
    ant1 = store.array(name + "/baseline_antenna1_name")
    ant2 = store.array(name + "/baseline_antenna2_name")
    attributes = store.nodes[name]["attributes"]
    turned = attributes["uvh5"]["phase"] == "auto" and "phase_center_app_dec" in attributes["uvh5"]
    seen = np.zeros(vis.shape[:3], bool)
    for file in sys.argv[3:]:
        with h5py.File(file, "r") as h:
            head = {k: v[()] for k, v in h["Header"].items()
                    if isinstance(v, h5py.Dataset) and v.shape is not None}
            data = {k: h["Data"][k][()] for k in ("visdata", "flags", "nsamples")}
        v = data["visdata"]
        if v.dtype.kind == "V":
            v = v["r"].astype("f8") + 1j * v["i"].astype("f8")
        if v.ndim == 4:
            assert v.shape[1] == 1
            v = v[:, 0]
            data["flags"] = data["flags"][:, 0]
            data["nsamples"] = data["nsamples"][:, 0]
        f = head["freq_array"].ravel()
        where = np.searchsorted(freq, f)
        same("frequency", freq[where], f)
        codes = [int(p) for p in head["polarization_array"]]
        order = sorted(range(len(codes)), key=lambda i: CASA[codes[i]])
        same("polarization", pol, [NAMES[codes[i]] for i in order])
        number = {int(n): text(s) for n, s in zip(head["antenna_numbers"], head["antenna_names"])}
        jd = head["time_array"]
        days = np.floor(jd)
        unix = (days - 2440587) * 86400 + ((jd - days) * 86400 - 43200)
        t = np.array([int(np.argmin(np.abs(time - u))) for u in unix])
        # Clocks of sub-bands may differ a little.
        assert np.abs(time[t] - unix).max() < (1e-6 if len(sys.argv) == 4 else 0.01)
        pairs = {(a, b): i for i, (a, b) in enumerate(zip(ant1, ant2))}
        seconds = np.broadcast_to(head["integration_time"], jd.shape)
        width = np.broadcast_to(np.abs(head["channel_width"]), f.shape)
        for row in range(len(jd)):
            a, b = number[int(head["ant_1_array"][row])], number[int(head["ant_2_array"][row])]
            exchanged = (a, b) not in pairs
            i = pairs[(b, a) if exchanged else (a, b)]
            take = order
            x = v[row]
            if exchanged:
                take = [codes.index(EXCHANGED.get(codes[k], codes[k])) for k in order]
                x = np.conj(x)
            assert not seen[t[row], i, where].any(), "two rows in one cell"
            seen[t[row], i, where] = True
            got = vis[t[row], i, where]
            want = x[:, take]
            if vis.dtype == np.dtype("<c8"):
                want = want.astype("<c8")
            same("visibilities of row %d" % row, got, want)
            same("flags of row %d" % row, flag[t[row], i, where], data["flags"][row][:, take].astype("u1"))
            n = data["nsamples"][row][:, take]
            same("samples of row %d" % row, samples[t[row], i, where], n.astype(samples.dtype))
            w = (n.astype("f8") * (width * seconds[row])[:, None])
            assert np.allclose(weight[t[row], i, where], w, rtol=2e-7), "weights"
            if not turned:
                sign = -1 if exchanged else 1
                same("uvw of row %d" % row, uvw[t[row], i], sign * head["uvw_array"][row].astype("f8") + 0.0)
            else:
                own = head["uvw_array"][row].astype("f8")
                assert abs(np.linalg.norm(uvw[t[row], i]) - np.linalg.norm(own)) < 1e-9 * 3e3
                assert abs(uvw[t[row], i, 2] - own[2]) < 1e-6
    lost = ~seen
    empty_cells = lost.all(axis=2)
    assert np.all(np.isnan(vis[empty_cells].real)), "cells without rows are NaN"
    assert np.all(np.isnan(uvw[empty_cells])), "uvw without rows is NaN"
    assert np.all(np.isnan(weight[empty_cells])), "weights without rows are NaN"
    assert np.all(flag[lost] == FLAG_LOST), "what is lost is flagged"
    partly = lost & ~empty_cells[:, :, None]
    assert np.all(vis[partly] == 0), "missing sub-bands are 0"
    assert np.all(weight[partly] == 0)
    assert np.all(np.diff(time) > 0) and np.all(np.diff(freq) > 0)
    names = set(store.array(name + "/antenna_xds/antenna_name"))
    assert names.issuperset(ant1) and names.issuperset(ant2)
    print(json.dumps({"shape": vis.shape, "lost": int(lost.sum()), "flagged": float((flag != 0).mean()),
                      "type": str(vis.dtype)}))


if __name__ == "__main__":
    main()
