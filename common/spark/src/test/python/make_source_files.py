"""Makes HDF5 files as instruments and Python programs write them: argument: the folder."""
import sys

import h5py
import numpy as np

folder = sys.argv[1]

with h5py.File(folder + "/types.h5", "w") as f:
    f["big"] = np.arange(12, dtype=">i4").reshape(3, 4) - 5
    f["bigfloat"] = (np.arange(6, dtype=">f8") / 4).reshape(2, 3)
    f["half"] = np.array([0.5, -2, np.inf, 6e-8], dtype="f2")
    f["u1"] = np.array([0, 127, 255], dtype="u1")
    f["u2"] = np.array([0, 65535], dtype="u2")
    f["u4"] = np.array([0, 4294967295], dtype="u4")
    f["u8"] = np.array([0, 1, 18446744073709551615], dtype="u8")
    f["i8"] = np.array([-9223372036854775808, 9223372036854775807], dtype="i8")
    f["flags"] = np.array([[True, False], [False, True]])
    f["complex"] = np.array([1 + 2j, -3.5j], dtype="c8")
    f["complexbig"] = np.array([1 + 2j, -3.5j], dtype=">c16")
    f["fixed"] = np.array([b"ab", b"", b"xyz"], dtype="S3")
    f.create_dataset("texts", data=["red", "gr\u00fcn", ""], dtype=h5py.string_dtype())
    colours = h5py.enum_dtype({"RED": 0, "GREEN": 1, "BLUE": 42}, basetype="i1")
    f.create_dataset("colours", data=np.array([42, 0, 1, 7], dtype="i1"), dtype=colours)
    f["scalar"] = np.float32(2.5)
    ragged = f.create_dataset("ragged", (3,), dtype=h5py.vlen_dtype("i2"))
    ragged[0] = [1, 2, 3]
    ragged[1] = []
    ragged[2] = [-7]
    f.create_dataset("nothing", data=h5py.Empty("f4"))
    table = np.zeros(
        5, dtype=[("id", ">u2"), ("name", "S4"), ("at", "f8", (2,)), ("z", "c8"), ("ok", "?")])
    table["id"] = [1, 2, 3, 4, 65535]
    table["name"] = [b"a", b"bb", b"ccc", b"dddd", b""]
    table["at"] = np.arange(10).reshape(5, 2) / 8
    table["z"] = [1j, 2, 3, 4, 5 - 1j]
    table["ok"] = [True, False, True, False, True]
    f.create_dataset("table", data=table, chunks=(2,))

with h5py.File(folder + "/scales.h5", "w") as f:
    lat = f.create_dataset("lat", data=np.array([-30, 0, 45.5], dtype="f8"))
    lon = f.create_dataset("lon", data=np.array([10, 20, 30, 40], dtype="i4"))
    site = f.create_dataset("site", data=["a", "b"], dtype=h5py.string_dtype())
    for d, name in ((lat, "lat"), (lon, "lon"), (site, "site")):
        d.make_scale(name)
    t = f.create_dataset(
        "temperature", data=np.arange(24, dtype="f4").reshape(2, 3, 4), chunks=(1, 2, 2))
    for i, d in enumerate((site, lat, lon)):
        t.dims[i].attach_scale(d)

with h5py.File(folder + "/random.h5", "w") as f:
    rng = np.random.default_rng(7)
    labels = [c + str(k) for c in "abcd" for k in range(3)][:10]
    label = f.create_dataset("label", data=labels, dtype=h5py.string_dtype())
    number = f.create_dataset("number", data=rng.integers(0, 60, 12).astype(">u2"))
    values = np.round(rng.uniform(-3, 8, 25) * 4) / 4
    values[[3, 17]] = np.nan, -0.0
    reading = f.create_dataset("reading", data=values.astype("f4"))
    for d in (label, number, reading):
        d.make_scale(d.name[1:])
    r = f.create_dataset(
        "random",
        data=rng.integers(0, 500, (10, 12, 25)).astype("i2"),
        chunks=(3, 4, 5),
        compression="lzf",
    )
    for i, d in enumerate((label, number, reading)):
        r.dims[i].attach_scale(d)
