"""Writes HDF5 files of every type, layout, index and filter that h5py can make, and beside them
truth.json: what h5py reads from each, in the form of the corpus (sha256 over packed little-endian
elements in C order; sha256_json over json.dumps of the flat list).

make_hdf5.py DIRECTORY            the feature files
make_hdf5.py DIRECTORY many N     one file per chunk index with N chunks each
make_hdf5.py DIRECTORY foreign    a file with datasets whose elements lie in other files
make_hdf5.py DIRECTORY sparse     a file with data beyond 4 GiB, sparse on disk
"""
import ctypes
import hashlib
import json
import os
import sys

import h5py
import numpy as np

OUT = sys.argv[1]
RNG = np.random.default_rng(7)


def path(name):
    return os.path.join(OUT, name)


# Settings that h5py has no call for, from the library that it has loaded.
with open("/proc/self/maps") as maps:
    LIBRARY = ctypes.CDLL(next(m.split()[-1] for m in maps if "/libhdf5_serial.so" in m or "/libhdf5.so" in m))


def setting(call, plist, *values):
    if getattr(LIBRARY, call)(ctypes.c_int64(plist.id), *values) < 0:
        raise RuntimeError(call)


# ---------------------------------------------------------------- what to write


def packed(dtype):
    """The dtype little-endian and without padding."""
    if dtype.subdtype:
        base, shape = dtype.subdtype
        return np.dtype((packed(base), shape))
    if dtype.names:
        return np.dtype([(n, packed(dtype[n])) for n in dtype.names])
    return dtype.newbyteorder("<") if dtype.kind in "iufc" else dtype


def values(dtype, shape):
    n = int(np.prod(shape))
    if dtype.names:
        a = np.zeros(shape, dtype)
        for name in dtype.names:
            base, sub = dtype[name].subdtype or (dtype[name], ())
            a[name] = values(base, shape + sub)
        return a
    if dtype.kind == "b":
        return (np.arange(n) % 3 == 0).reshape(shape)
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        a = RNG.integers(info.min, info.max, n, dtype=dtype.newbyteorder("="), endpoint=True)
        return a.reshape(shape).astype(dtype)
    if dtype.kind == "c":
        return (RNG.normal(size=n) + 1j * RNG.normal(size=n)).reshape(shape).astype(dtype)
    if dtype.kind == "f":
        return RNG.normal(size=n).reshape(shape).astype(dtype)
    if dtype.kind == "S":
        return np.array([b"t%d" % (i % 97) for i in range(n)], dtype).reshape(shape)
    if dtype.kind == "V":
        return np.array([bytes((i + k) % 251 for k in range(dtype.itemsize)) for i in range(n)], dtype).reshape(shape)
    raise ValueError(dtype)


PLAIN = (
    "i1 u1 <i2 >i2 <u2 >u2 <i4 >i4 <u4 >u4 <i8 >i8 <u8 >u8 <f2 >f2 <f4 >f4 <f8 >f8 "
    "<c8 >c8 <c16 >c16 ? S5 V6"
).split()
PADDED = np.dtype({"names": ["a", "b", "c"], "formats": ["i1", ">f8", "<u2"], "offsets": [0, 8, 20], "itemsize": 32})
NESTED = np.dtype([("k", "<i4"), ("in", PADDED), ("m", ">i2", (2, 3)), ("s", "S4"), ("p", PADDED, (2,))])
INT_PAIR = np.dtype([("r", "<i4"), ("i", "<i4")])

FILTERS = {
    "plain": {},
    "gzip": dict(compression="gzip"),
    "gzip_shuffle": dict(compression="gzip", shuffle=True),
    "all": dict(compression="gzip", shuffle=True, fletcher32=True),
    "lzf": dict(compression="lzf"),
    "lzf_shuffle": dict(compression="lzf", shuffle=True),
    "fletcher": dict(fletcher32=True),
}


def named_types():
    found = {t.replace("<", "le_").replace(">", "be_").replace("?", "bool"): np.dtype(t) for t in PLAIN}
    found.update(padded=PADDED, nested=NESTED, int_pair=INT_PAIR)
    return found


def compact(group, name, data):
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_layout(h5py.h5d.COMPACT)
    tid = h5py.h5t.py_create(data.dtype, logical=True)
    space = h5py.h5s.create_simple(data.shape)
    h5py.h5d.create(group.id, name.encode(), tid, space, plist).write(h5py.h5s.ALL, h5py.h5s.ALL, data)


def write_types(f):
    for name, dtype in named_types().items():
        g = f.create_group(name)
        a = values(dtype, (23, 7))
        g["contiguous"] = a
        compact(g, "compact", values(dtype, (5, 4)))
        for label, options in FILTERS.items():
            g.create_dataset("chunked_" + label, data=a, chunks=(8, 3), **options)
        g.create_dataset("scalar", data=values(dtype, (1,))[0])
        g.attrs["one"] = values(dtype, (1,))[0]
        g.attrs["some"] = values(dtype, (2, 3))


def write_indexes(f):
    a = values(np.dtype("<i4"), (50, 60))
    for label, options in (("plain", {}), ("gzip", dict(compression="gzip"))):
        f.create_dataset("single_" + label, data=a, chunks=(50, 60), **options)
        f.create_dataset("fixed_" + label, data=a, chunks=(7, 9), **options)
        f.create_dataset("extensible_" + label, data=a, chunks=(7, 9), maxshape=(None, 60), **options)
        f.create_dataset("extensible_second_" + label, data=a, chunks=(7, 9), maxshape=(70, None), **options)
        f.create_dataset("tree_" + label, data=a, chunks=(7, 9), maxshape=(None, None), **options)
        # Thousands of chunks of which a few lie far apart: pages that were never written.
        for kind, most in (("fixed", (9000,)), ("extensible", (None,)), ("room", (20000,))):
            d = f.create_dataset(
                "sparse_%s_%s" % (kind, label), (9000,), "<i2", chunks=(2,), maxshape=most, fillvalue=-7, **options
            )
            for at in (0, 5, 2048, 4101, 8998):
                d[at] = at
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_chunk((7, 9))
    plist.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    space = h5py.h5s.create_simple((50, 60), (50, 60))
    h5py.h5d.create(f.id, b"implicit", h5py.h5t.STD_I32LE, space, plist).write(h5py.h5s.ALL, h5py.h5s.ALL, a)
    d = f.create_dataset("shrunk", data=a, chunks=(7, 9), maxshape=(None, None))
    d.resize((20, 13))
    d = f.create_dataset("grown", data=a, chunks=(7, 9), maxshape=(None, None), fillvalue=3)
    d.resize((61, 75))


def write_fills(f):
    for name, dtype, fill in (
        ("int", "<i2", -5),
        ("big", ">i4", 77777),
        ("float", "<f8", 7.5),
        ("text", "S6", b"none"),
        ("complex", "<c8", 1 - 2j),
    ):
        f.create_dataset(name + "_never", (9, 9), dtype, fillvalue=fill)
        f.create_dataset(name + "_never_chunked", (9, 9), dtype, chunks=(4, 4), fillvalue=fill)
        d = f.create_dataset(name + "_partly", (9, 9), dtype, chunks=(4, 4), fillvalue=fill, compression="gzip")
        d[5, 5] = values(np.dtype(dtype), (1,))[0]
    f.create_dataset("none_never", (4,), "<f4", chunks=(3,))
    f.create_dataset("vlen_never", (4,), h5py.string_dtype(), chunks=(3,))


def write_masks(f):
    import zlib

    a = values(np.dtype("<u2"), (4, 64))
    d = f.create_dataset("masked", (4, 64), "<u2", chunks=(1, 64), compression="gzip", shuffle=True)
    shuffled = a[1].view("u1").reshape(64, 2).T.tobytes()
    whole = [a[i].tobytes() for i in range(4)]
    d.id.write_direct_chunk((0, 0), whole[0], 0b11)
    d.id.write_direct_chunk((1, 0), shuffled, 0b10)
    d.id.write_direct_chunk((2, 0), zlib.compress(whole[2]), 0b01)
    d.id.write_direct_chunk((3, 0), zlib.compress(a[3].view("u1").reshape(64, 2).T.tobytes()), 0)
    f.create_dataset("random_lzf", data=RNG.integers(0, 256, 5000, dtype="u1"), chunks=(1000,), compression="lzf")


def write_texts(f):
    texts = ["", "plain", "z\u00fcrich \u2603", "x" * 5000, "quote\"\\\n"] * 3
    f.create_dataset("vlen", data=texts, dtype=h5py.string_dtype())
    f.create_dataset("vlen_ascii", data=[b"a", b"bc", b""], dtype=h5py.string_dtype("ascii"))
    f.create_dataset("vlen_chunked", data=texts, dtype=h5py.string_dtype(), chunks=(4,), compression="gzip")
    f.create_dataset("fixed_utf8", data=np.array(["\u00e9t\u00e9".encode(), b"ab"], h5py.string_dtype("utf-8", 8)))
    ragged = f.create_dataset("ragged", (4,), h5py.vlen_dtype(np.dtype("<i4")))
    for i in range(4):
        ragged[i] = np.arange(i * 3)
    f.attrs["vlen"] = "z\u00fcrich"
    f.attrs["list"] = ["a", "", "ccc"]
    f.attrs["empty"] = h5py.Empty("f4")
    f["null"] = h5py.Empty("<i4")
    levels = h5py.enum_dtype({"LOW": -1, "MID": 0, "HIGH": 300}, basetype=">i2")
    f.create_dataset("levels", data=np.array([-1, 300, 0]), dtype=levels)
    d = f.create_dataset("array_type", (2, 3), np.dtype((">i4", (4,))))
    d[...] = np.arange(24, dtype=">i4").reshape(2, 3, 4)
    f["reference"] = np.array([f["vlen"].ref, f["levels"].ref], dtype=h5py.ref_dtype)
    mixed = np.dtype([("id", "<i4"), ("text", h5py.string_dtype()), ("at", h5py.ref_dtype)])
    d = f.create_dataset("mixed", (2,), mixed)
    d[0] = (1, "one", f["vlen"].ref)
    d[1] = (2, "two", f["levels"].ref)


def write_settings(f):
    """Rare settings of the library."""
    plist = h5py.h5p.create(h5py.h5p.GROUP_CREATE)
    setting("H5Pset_deflate", plist, ctypes.c_uint(6))
    squeezed = h5py.Group(h5py.h5g.create(f.id, b"squeezed", gcpl=plist))
    for i in range(900):
        squeezed.create_group("a group with a long name, number %04d" % i)
    a = values(np.dtype("<i4"), (23, 10))
    for label, most in (("fixed", (23, 10)), ("extensible", (None, 10)), ("tree", (None, None))):
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_chunk((8, 4))
        plist.set_deflate(4)
        setting("H5Pset_chunk_opts", plist, ctypes.c_uint(2))
        space = h5py.h5s.create_simple(a.shape, tuple(h5py.h5s.UNLIMITED if m is None else m for m in most))
        tid = h5py.h5t.STD_I32LE
        h5py.h5d.create(f.id, b"whole_edges_" + label.encode(), tid, space, plist).write(h5py.h5s.ALL, h5py.h5s.ALL, a)
    wide = f.create_group("wide")
    for i in range(3000):
        wide["link_%05d" % i] = h5py.SoftLink("/nowhere/%d" % i)


def write_numbers(f):
    """Numbers whose bits don't fill their bytes."""
    t = h5py.h5t.STD_I32BE.copy()
    t.set_precision(12)
    t.set_offset(5)
    odd(f, b"int12", t, np.array([-2048, -1, 0, 1, 2047], "<i4"))
    t = h5py.h5t.STD_U16LE.copy()
    t.set_precision(10)
    odd(f, b"uint10", t, np.array([0, 1, 512, 1023], "<u2"))
    t = h5py.h5t.STD_I64LE.copy()
    t.set_precision(24)
    t.set_size(3)
    odd(f, b"int24", t, np.array([-8388608, -1, 0, 1, 8388607], "<i4"))
    t = h5py.h5t.IEEE_F32LE.copy()
    t.set_fields(15, 7, 8, 0, 7)
    t.set_precision(16)
    t.set_size(2)
    odd(f, b"bfloat16", t, np.array([0, 1, -2.5, 3.140625, 2.0**-130, np.inf], "<f4"))


KNOWN = {}  # what was written where NumPy has no type to read it


def odd(f, name, tid, data):
    KNOWN["/" + name.decode()] = data
    d = h5py.h5d.create(f.id, name, tid, h5py.h5s.create_simple(data.shape))
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, data)


def write_tree(f):
    for i in range(400):
        f.create_group("many/group_%03d" % i)
    g = f["many"]
    for i in range(60):
        g.attrs["attribute_%02d" % i] = np.arange(i, dtype="<i4") if i % 2 else "text %d" % i
    # Beyond what a compact attribute and a heap block may hold.
    g.attrs["large"] = np.arange(7000, dtype="<f8")
    deep = f
    for i in range(40):
        deep = deep.create_group("d")
    f["data"] = np.arange(6.0)
    f["again"] = f["data"]
    f["many/loop"] = f["/"]
    f["soft"] = h5py.SoftLink("/data")
    f["relative"] = h5py.SoftLink("many/group_007")
    f["through"] = h5py.SoftLink("/relative/../data")
    f["dangling"] = h5py.SoftLink("/nowhere")
    f["self"] = h5py.SoftLink("/self")
    f["outside"] = h5py.ExternalLink("other.h5", "/data")
    f["type"] = np.dtype("<i2")
    f.create_dataset("committed", data=np.arange(3), dtype=f["type"])
    f["x"] = np.arange(6.0)
    f["x"].make_scale("the x")
    f["data"].dims[0].attach_scale(f["x"])
    f["data"].dims[0].label = "across"


# ---------------------------------------------------------------- what h5py reads


def plain(x):
    if isinstance(x, bytes):
        return x.decode("utf-8")
    if isinstance(x, (h5py.Reference, h5py.RegionReference)):
        return "ref"
    if isinstance(x, np.ndarray):
        return [plain(v) for v in x]
    if isinstance(x, np.void) and x.dtype.names:
        return [plain(x[n]) for n in x.dtype.names]
    if isinstance(x, np.void):
        return "opaque"
    if isinstance(x, (complex, np.complexfloating)):
        return [float(x.real), float(x.imag)]
    if isinstance(x, np.generic):
        return plain(x.item())
    if isinstance(x, float) and not np.isfinite(x):
        return str(x)
    return x


def opaque(dtype):
    return dtype.kind == "V" and not dtype.names


def attributes(o):
    found = {}
    for name, value in o.attrs.items():
        if isinstance(value, h5py.Empty):
            found[name] = "Empty()"
        elif not opaque(getattr(value, "dtype", np.dtype("i1"))) and name != "REFERENCE_LIST":
            found[name] = plain(value)
        else:
            found[name] = "any"
    return found


def pack(a):
    a = np.asarray(a)
    if not a.dtype.names:
        return a.astype(packed(a.dtype)) if a.dtype.kind in "iufc" else a
    out = np.zeros(a.shape, packed(a.dtype))
    fill(out, a)
    return out


def fill(out, a):
    for n in a.dtype.names:
        if a[n].dtype.names:
            fill(out[n], a[n])
        else:
            out[n] = a[n]


def describe(o):
    if isinstance(o, h5py.Group):
        return dict(kind="group", attrs=attributes(o))
    if isinstance(o, h5py.Datatype):
        return dict(kind="datatype")
    known = KNOWN.get(o.name)
    dtype = o.dtype if known is None else known.dtype
    t = dict(kind="dataset", attrs=attributes(o), dtype=str(dtype), shape=None)
    if o.shape is None:
        return t
    plist = o.id.get_create_plist()
    layout = {h5py.h5d.COMPACT: "compact", h5py.h5d.CONTIGUOUS: "contiguous", h5py.h5d.CHUNKED: "chunked"}
    t.update(
        shape=list(o.shape),
        maxshape=list(o.maxshape),
        chunks=o.chunks,
        layout=layout[plist.get_layout()],
        filters=[plist.get_filter(i)[0] for i in range(plist.get_nfilters())],
    )
    a = o[()] if known is None else known
    whole = np.asarray(a)
    if whole.dtype.hasobject:
        flat = [plain(v) for v in whole.ravel()]
        t["sha256_json"] = hashlib.sha256(json.dumps(flat).encode()).hexdigest()
        t["first"] = flat[:8]
    else:
        t["dtype"] = str(dtype) if not dtype.names else "packed"
        t["sha256"] = hashlib.sha256(a if isinstance(a, bytes) else pack(whole).tobytes()).hexdigest()
    return t


def truth(name):
    found = {}

    def visit(group, prefix):
        for key in group:
            p = prefix + key
            link = group.get(key, getlink=True)
            if isinstance(link, h5py.SoftLink):
                found[p] = dict(kind="softlink", target=link.path)
            elif isinstance(link, h5py.ExternalLink):
                found[p] = dict(kind="externallink", target=link.path, file=link.filename)
            else:
                o = group[key]
                found[p] = describe(o)
                if isinstance(o, h5py.Group) and o != group.file["/"]:
                    visit(o, p + "/")

    with h5py.File(path(name), "r") as f:
        found["/"] = describe(f["/"])
        visit(f["/"], "/")
    return found


def feature_files():
    parts = dict(
        types=write_types,
        indexes=write_indexes,
        fills=write_fills,
        masks=write_masks,
        texts=write_texts,
        numbers=write_numbers,
        settings=write_settings,
        tree=write_tree,
    )
    names = []
    for part, write in parts.items():
        for libver in ("earliest", "latest"):
            names.append("%s_%s.h5" % (part, libver))
            block = dict(userblock_size=2048) if part == "masks" else {}
            with h5py.File(path(names[-1]), "w", libver=libver, **block) as f:
                write(f)
    names.append("shared.h5")
    shared_messages(path("shared.h5"))
    with open(path("truth.json"), "w") as out:
        json.dump(dict(files={n: truth(n) for n in names}), out)


def shared_messages(name):
    """A file whose types, extents, fill values, pipelines and attributes are shared."""
    plist = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    setting("H5Pset_shared_mesg_nindexes", plist, ctypes.c_uint(2))
    every = 0x2 | 0x8 | 0x20 | 0x800
    setting("H5Pset_shared_mesg_index", plist, ctypes.c_uint(0), ctypes.c_uint(every), ctypes.c_uint(1))
    setting("H5Pset_shared_mesg_index", plist, ctypes.c_uint(1), ctypes.c_uint(0x1000), ctypes.c_uint(1))
    access = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    access.set_libver_bounds(h5py.h5f.LIBVER_LATEST, h5py.h5f.LIBVER_LATEST)
    with h5py.File(h5py.h5f.create(name.encode(), fcpl=plist, fapl=access)) as f:
        a = values(NESTED, (6, 5))
        for i in range(60):
            d = f.create_dataset("d%02d" % i, data=a, chunks=(4, 4), compression="gzip")
            for k in range(20):
                d.attrs["units_%02d" % k] = "metres, all of them the same %d" % k


def many(n):
    a = np.arange(10 * n, dtype="<i8").astype("u1")
    kinds = dict(
        btree_v1=("earliest", (10 * n,), {}),
        fixed=("latest", (10 * n,), {}),
        extensible=("latest", (None,), {}),
        btree_v2=("latest", (None, None), {}),
    )
    for kind, (libver, most, options) in kinds.items():
        with h5py.File(path("many_%s.h5" % kind), "w", libver=libver) as f:
            shape, chunks = ((10 * n,), (10,)) if len(most) == 1 else ((n, 10), (1, 10))
            f.create_dataset("data", data=a.reshape(shape), chunks=chunks, maxshape=most, **options)


def foreign():
    """Datasets whose elements lie elsewhere."""
    with h5py.File(path("foreign.h5"), "w", libver="latest") as f:
        layout = h5py.VirtualLayout((4, 10), "<i4")
        for i in range(4):
            layout[i] = h5py.VirtualSource("part%d.h5" % i, "data", (10,))
        f.create_virtual_dataset("virtual", layout)
        f.create_dataset("external", (10,), "<i4", external=[("raw.bin", 0, 40)])
        f.create_dataset("scaled", data=np.arange(10), scaleoffset=4, chunks=(5,))
        f["sound"] = np.arange(3)


def sparse():
    with h5py.File(path("sparse.h5"), "w", libver="latest") as f:
        space = h5py.h5s.create_simple((3_000_000_000,))
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
        plist.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        d = h5py.Dataset(h5py.h5d.create(f.id, b"long", h5py.h5t.STD_I16LE, space, plist))
        d[2_999_999_990:] = np.arange(10)
        c = f.create_dataset("chunked", (8, 1000), "<i4", chunks=(1, 1000), compression="gzip")
        c[7] = np.arange(1000)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        feature_files()
    elif sys.argv[2] == "foreign":
        foreign()
    elif sys.argv[2] == "many":
        many(int(sys.argv[3]))
    else:
        sparse()
