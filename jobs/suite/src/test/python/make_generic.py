#!/usr/bin/python3
"""make_generic.py OUT.h5          writes a file of many types, layouts and filters
make_generic.py --tell IN.h5     prints what h5py reads from it: path, attributes, shape, dimension names, values as text
"""
import json
import sys

import h5py
import numpy as np


def make(name):
    rng = np.random.default_rng(11)
    with h5py.File(name, "w") as f:
        f.attrs["title"] = "all sorts"
        f.attrs["big"] = np.int64(2**53 + 1)
        f.attrs["grid"] = np.arange(6, dtype="i4").reshape(2, 3)
        g = f.create_group("night")
        g.attrs["mjd"] = 60999.25
        for t in ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8", ">i2", ">f8", "?"):
            a = rng.integers(0, 100, (70, 41)).astype(t) if t != "?" else rng.integers(0, 2, (70, 41)).astype(t)
            name = "t_" + t.replace(">", "be_").replace("?", "bool")
            g.create_dataset(name, data=a, chunks=(16, 10), compression="gzip", shuffle=True)
        f.create_dataset("contiguous", data=rng.normal(size=(5, 3000)))
        f.create_dataset("sparse", (4000,), "f4", chunks=(500,), fillvalue=7.5)[1000:1003] = [1, 2, 3]
        f.create_dataset("empty", (0, 3), "i4", maxshape=(None, 3))
        f.create_dataset("scalar", data=3.25)
        f.create_dataset("texts", data=["alpha", "", "gr\u00fc\u00df"], dtype=h5py.string_dtype())
        f.create_dataset("fixed", data=np.array([b"one", b"three"], "S6"))
        t = f.create_dataset("time", data=np.arange(30.0))
        t.make_scale("time")
        s = f.create_dataset("series", data=rng.normal(size=(30, 4)).astype("f4"))
        s.dims[0].attach_scale(t)
        s.attrs["units"] = "Jy"
        f["alias"] = h5py.SoftLink("/series")
        f["again"] = f["series"]
        f["odd name/\u00e4 b"] = np.arange(3)


def plain(v):
    if isinstance(v, (bytes, np.bytes_)):
        return v.decode()
    if isinstance(v, np.ndarray):
        return [plain(x) for x in v]
    return v.item() if isinstance(v, np.generic) else v


def value(v):
    """A value as JavaScript spells it."""
    if isinstance(v, (bytes, str)):
        return plain(v)
    if isinstance(v, (bool, np.bool_)):
        return bool(v)
    v = v.item()
    return repr(v)[:-2] if isinstance(v, float) and v == int(v) and abs(v) < 1e15 else repr(v)


def escape(path):
    return "".join(c if c.isalnum() and c.isascii() or c in "-_./" else "".join(f"~{b:02X}" for b in c.encode())
                   for c in path)


def tell(name):
    with h5py.File(name, "r") as f:
        def line(path, obj):
            if path == "series":  # walked under the alphabetically first of its hard links
                path = "again"
            out = {"path": escape(path), "attributes": {}}
            for k, v in obj.attrs.items():
                if k not in ("DIMENSION_LIST", "REFERENCE_LIST", "CLASS", "NAME", "big"):
                    out["attributes"][k] = plain(v)
            if isinstance(obj, h5py.Dataset):
                out["shape"] = list(obj.shape)
                flat = np.ravel(obj[()]) if obj.shape else [obj[()]]
                out["values"] = [value(v) for v in flat]
            print(json.dumps(out))
        line("", f)
        f.visititems(line)


if sys.argv[1] == "--tell":
    tell(sys.argv[2])
else:
    make(sys.argv[1])
