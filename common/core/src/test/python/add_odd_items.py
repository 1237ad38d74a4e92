"""Adds items of every type to the header of a UVH5 file."""

import sys

import h5py
import numpy as np


def text(group, name, padding, size, values, cset=h5py.h5t.CSET_ASCII):
    kind = h5py.h5t.C_S1.copy()
    kind.set_size(size)
    kind.set_strpad(padding)
    kind.set_cset(cset)
    raw = np.array(values, dtype="S%d" % size)
    d = h5py.h5d.create(group.id, name.encode(), kind, h5py.h5s.create_simple(raw.shape))
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, raw, mtype=kind)


with h5py.File(sys.argv[1], "r+") as f:
    h = f["Header"]
    odd = h.create_group("extra_keywords/odd")
    text(odd, "nullterm", h5py.h5t.STR_NULLTERM, 6, [b"ab", b"cdefg"])
    text(odd, "spaces", h5py.h5t.STR_SPACEPAD, 5, [b"ab   ", b"cdefg"])
    text(odd, "utf8", h5py.h5t.STR_NULLPAD, 4, ["\u00fc".encode(), b"x"], h5py.h5t.CSET_UTF8)
    for kind in (">f8", ">f4", "<f2", ">i2", "<u1", ">u8", "<i8", ">c16", "<c8"):
        values = np.arange(-3, 6).astype(kind)
        odd.create_dataset("numbers " + kind[1:], data=values.reshape(3, 3))
        odd.attrs["a" + kind[1:]] = values
    odd.create_dataset("texts", data=["x", "", "\u00fc" * 40], dtype=h5py.string_dtype())
    odd.create_dataset("ascii", data=b"one", dtype=h5py.string_dtype("ascii"))
    odd.create_dataset("none", data=h5py.Empty("f"))
    odd.create_dataset("no text", data=h5py.Empty(h5py.string_dtype()))
    odd.create_dataset("enum", data=1, dtype=h5py.enum_dtype({"RED": 0, "BLUE": 42}, "i2"))
    compound = np.zeros(2, dtype=np.dtype([("a", "<i4"), ("b", ">f8", (2,))], align=True))
    compound["a"], compound["b"] = [1, 2], [[0.5, 1.5], [2.5, 3.5]]
    odd.create_dataset("compound", data=compound)
    odd.create_dataset("opaque", data=np.array([b"abc", b"\0x"], dtype="V3"))
    odd.create_dataset("array", data=np.zeros((2,), dtype="(3,)i4"))
    odd.create_dataset("long", data=np.arange(5000.0).reshape(2500, 2).astype(">f8"))
    many = ["text %d" % i for i in range(2000)]
    odd.create_dataset("long texts", data=many, dtype=h5py.string_dtype())
    odd.create_dataset("long names", data=np.array(many, dtype="S9"))
    odd.create_dataset("nothing", shape=(0, 3), dtype="f4")
    odd.attrs["empty"] = h5py.Empty("i8")
    odd.attrs["text"] = "\u00fc"
    odd.attrs["texts"] = ["b", "a"]
    odd.attrs["fixed"] = np.bytes_(b"fixed")
    odd.attrs["truth"] = True
    odd.attrs["truths"] = np.array([[True, False]])
    f.attrs["root"] = 1.5
    f["Data"].attrs["group"] = np.float32(2.5)
    f["Data/visdata"].attrs["units"] = "Jy"
    f["Header/time_array"].attrs["scale"] = "utc"
    f.create_dataset("Beside/it", data=[1, 2, 3])
