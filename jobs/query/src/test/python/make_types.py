"""Writes an HDF5 file with a dataset of every kind of type and shape: make_types.py FILE"""
import sys

import h5py
import numpy as np

rng = np.random.default_rng(7)


def fill(f):
    for code in ("i1", "u1", "<i2", ">i2", "<u2", "<i4", ">i4", "<u4", "<i8", ">i8", "<u8"):
        name = "int_" + code.replace("<", "le_").replace(">", "be_")
        info = np.iinfo(code)
        f[name + "_scalar"] = np.array(info.max, dtype=code)
        data = rng.integers(info.min, info.max, (5, 7), dtype=np.dtype(code).newbyteorder("="))
        f[name] = data.astype(code)
    for code in ("<f2", ">f2", "<f4", ">f4", "<f8", ">f8"):
        name = "float_" + code.replace("<", "le_").replace(">", "be_")
        data = rng.normal(size=(4, 6)) * 100
        data[0, 0], data[1, 1], data[2, 2] = np.nan, np.inf, -np.inf
        f[name] = data.astype(code)
        f[name + "_scalar"] = np.array(1.1, dtype=code)
    f["float_long"] = np.array([1.5, -2.25, 1e-300, np.nan, 3], dtype=np.longdouble)
    f["complex_c8"] = (rng.normal(size=(3, 2)) + 1j * rng.normal(size=(3, 2))).astype("c8")
    f["complex_be"] = (rng.normal(size=4) + 1j * rng.normal(size=4)).astype(">c16")
    f["complex_scalar"] = np.complex128(1 - 2j)
    f["bool"] = np.array([True, False, True])
    f["bool_scalar"] = True
    f["enum"] = np.array([[1, 2], [5, 1]], dtype=h5py.enum_dtype({"A": 1, "B": 2, "C": 5}, "i2"))
    f["string_vlen"] = np.array(["a", "", "Größe", "x" * 300], dtype=h5py.string_dtype())
    f["string_scalar"] = "hello"
    f["string_fixed"] = np.array([b"ab", b"c", b""], dtype="S5")
    f["string_utf8"] = np.array(["é".encode(), b"z"], dtype=h5py.string_dtype("utf-8", 6))
    f["opaque"] = np.void(b"\x00\x11\x22")
    f["opaque_list"] = np.array([b"abc", b"def"], dtype="V3")
    inner = np.dtype([("x", "<f4"), ("y", ">i2")])
    f["compound"] = np.array(
        [(b"Rex", 9, (1.5, -2), [1, 2, 3], 1 + 2j, True), (b"Fido", -3, (np.nan, 7), [4, 5, 6], 0, False)],
        dtype=[("name", "S6"), ("age", "<i4"), ("in", inner), ("arr", "<u2", (3,)), ("z", "c8"), ("flag", "?")],
    )
    f["compound_scalar"] = np.array((1, 2.5), dtype=[("a", "<i8"), ("b", "<f8")])
    mixed = np.zeros(2, dtype=[("s", h5py.string_dtype()), ("v", h5py.vlen_dtype("<f4")), ("n", "<f8")])
    mixed[0] = ("one", np.array([1.1, np.nan], "f4"), np.inf)
    mixed[1] = ("two", np.array([], "f4"), 2.5)
    f["compound_vlen"] = mixed
    vlen = f.create_dataset("vlen", (3,), dtype=h5py.vlen_dtype("<i4"))
    vlen[0], vlen[1] = [1, 2, 3], [-4]
    f.create_dataset("array", (2,), dtype=np.dtype(("<i4", (6,))))[...] = np.arange(12).reshape(2, 6)
    f["empty"] = h5py.Empty("<f4")
    f.create_dataset("zero_size", (0, 3), dtype="<f4")
    f["group/sub/deep"] = np.arange(10.0)
    f["group"].attrs["NX_class"] = "NXdata"
    f["ref"] = np.array([f["bool"].ref, h5py.Reference()], dtype=h5py.ref_dtype)
    f["region"] = np.array([f["enum"].regionref[0, :]], dtype=h5py.regionref_dtype)
    f["type"] = np.dtype("<f8")
    f["type"].attrs["unit"] = "m"
    f["soft"] = h5py.SoftLink("/group/sub")
    f["soft_data"] = h5py.SoftLink("/enum")
    f["dangling"] = h5py.SoftLink("/nowhere")
    f["external"] = h5py.ExternalLink("other.h5", "/x")
    f["hard"] = f["enum"]
    f.create_dataset("chunked", data=rng.normal(size=(50, 33, 4)), chunks=(16, 10, 3), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("filled", (40, 40), dtype="<i2", chunks=(9, 9), fillvalue=-7)[3:5, 30] = 1
    f.create_dataset("filled_contiguous", (6,), dtype="<f8", fillvalue=2.5)
    f.create_dataset("growing", data=np.arange(30, dtype="<u8") * 2**58, maxshape=(None,), chunks=(7,), compression="lzf")
    a = f.attrs
    a["text"] = "Größe"
    a["bytes"] = np.bytes_(b"raw")
    a["texts"] = np.array(["a", "b"], dtype=h5py.string_dtype())
    a["int"], a["big"] = 5, np.uint64(2**64 - 1)
    a["reals"] = np.array([1.1, np.nan], dtype="<f4")
    a["matrix"] = np.arange(6).reshape(2, 3)
    a["complex"] = 1 + 2j
    a["complexes"] = np.array([1 + 2j, 3j])
    a["bool"] = np.bool_(True)
    a["empty"] = h5py.Empty("S4")
    a["compound"] = np.array((1, 2.5), dtype=[("a", "<i8"), ("b", "<f4")])
    a["ref"] = f["bool"].ref
    a.create("enum", 2, dtype=h5py.enum_dtype({"A": 1, "B": 2}, "i2"))


with h5py.File(sys.argv[1], "w", libver="earliest" if "old" in sys.argv[2:] else "latest") as out:
    fill(out)
