"""What an H5Grove service has to answer, read by h5py alone.

h5grove_truth.py FOLDER MOST_DATASETS MOST_ELEMENTS FILE... writes a JSON line for each question: the
operation, its parameters, and the answer, binary ones in Base64. Files are named relative to FOLDER.
"""
import base64
import json
import math
import os
import sys

import h5py
import numpy as np

try:
    import hdf5plugin  # noqa: F401
except ImportError:
    pass

FOLDER, MOST_DATASETS, MOST_ELEMENTS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


LONGEST = 200_000


def say(operation, answer, **parameters):
    line = json.dumps({"operation": operation, "parameters": parameters, "answer": answer})
    if len(line) < LONGEST:
        print(line)


def dtype_of(t):
    if t.fields is None:
        return t.str
    return {name: dtype_of(part[0]) for name, part in t.fields.items()}


def type_of(t):
    d = {"class": t.get_class(), "dtype": dtype_of(t.dtype), "size": t.get_size()}
    if isinstance(t, (h5py.h5t.TypeIntegerID, h5py.h5t.TypeFloatID, h5py.h5t.TypeBitfieldID)):
        d["order"] = t.get_order()
    if isinstance(t, h5py.h5t.TypeIntegerID):
        d["sign"] = t.get_sign()
    if isinstance(t, h5py.h5t.TypeStringID):
        d["cset"], d["strpad"] = t.get_cset(), t.get_strpad()
        d["vlen"] = bool(t.is_variable_str())
    if isinstance(t, h5py.h5t.TypeOpaqueID):
        d["tag"] = t.get_tag().decode()
    if isinstance(t, h5py.h5t.TypeCompoundID):
        d["members"] = [
            dict(type_of(t.get_member_type(i)), name=t.get_member_name(i).decode())
            for i in range(t.get_nmembers())
        ]
    if isinstance(t, h5py.h5t.TypeEnumID):
        d["members"] = {
            t.get_member_name(i).decode(): t.get_member_value(i) for i in range(t.get_nmembers())
        }
        d["base"] = type_of(t.get_super())
    if isinstance(t, (h5py.h5t.TypeVlenID, h5py.h5t.TypeArrayID)):
        d["base"] = type_of(t.get_super())
    if isinstance(t, h5py.h5t.TypeArrayID):
        d["dims"] = list(t.get_array_dims())
    return d


def plain(v):
    """A value as JSON has it."""
    if isinstance(v, h5py.Empty):
        return None
    if isinstance(v, np.ndarray):
        return [plain(x) for x in v] if v.ndim else plain(v[()])
    if isinstance(v, np.void):
        return v.tobytes().decode() if v.dtype.fields is None else [plain(x) for x in v]
    if isinstance(v, (tuple, list)):
        return [plain(x) for x in v]
    if isinstance(v, (bool, np.bool_)):
        return bool(v)
    if isinstance(v, (complex, np.complexfloating)):
        return [plain(v.real), plain(v.imag)]
    if isinstance(v, (float, np.floating)):
        return float(v) if math.isfinite(v) else None
    if isinstance(v, (int, np.integer)):
        return int(v)
    if isinstance(v, bytes):
        return v.decode()
    return str(v).replace("(null>", "(null)>")


def attributes_of(o):
    found = []
    for name in sorted(o.attrs.keys()):
        i = o.attrs.get_id(name)
        empty = i.get_space().get_simple_extent_type() == h5py.h5s.NULL
        found.append(
            {"name": name, "shape": None if empty else list(i.shape), "type": type_of(i.get_type())}
        )
    return found


def described(f, path, deep):
    name = path.rsplit("/", 1)[-1]
    link = f.get(path, getlink=True) if path != "/" else None
    o = None
    if not isinstance(link, h5py.ExternalLink):
        try:
            o = f[path]
        except (KeyError, OSError):
            pass
    if o is None:
        if isinstance(link, h5py.SoftLink):
            return {"name": name, "kind": "soft_link", "target_path": link.path}
        return {
            "name": name,
            "kind": "external_link",
            "target_file": link.filename,
            "target_path": link.path,
        }
    d = {"name": name, "attributes": attributes_of(o)}
    if isinstance(o, h5py.Group):
        d["kind"] = "group"
        if deep:
            prefix = path.rstrip("/") + "/"
            d["children"] = [described(f, prefix + k, False) for k in sorted(o.keys())]
    elif isinstance(o, h5py.Dataset):
        d["kind"], d["type"] = "dataset", type_of(o.id.get_type())
        if o.is_virtual:
            raise NotImplementedError("virtual datasets, whose extent other files give")
        d["shape"] = None if o.shape is None else list(o.shape)
        d["chunks"] = None if o.chunks is None else list(o.chunks)
        p = o.id.get_create_plist()
        filters = [p.get_filter(i) for i in range(p.get_nfilters())]
        d["filters"] = [{"id": x[0]} for x in filters] or None
    else:
        d["kind"], d["type"] = "datatype", type_of(o.id)
    return d


def base64_of(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def statistics(v):
    v = np.asarray(v)
    real = v.dtype.kind == "f"
    if real:
        v = v[np.isfinite(v)].astype("f8")
    if v.size == 0:
        return dict.fromkeys(("strict_positive_min", "positive_min", "min", "max", "mean", "std"))
    cast = float if real else int
    strict, positive = v[v > 0], v[v >= 0]
    return {
        "strict_positive_min": cast(strict.min()) if strict.size else None,
        "positive_min": cast(positive.min()) if positive.size else None,
        "min": cast(v.min()),
        "max": cast(v.max()),
        "mean": cast(v.astype("f8").mean()),
        "std": cast(v.astype("f8").std()),
    }


def selections(shape):
    """A few selections with their NumPy meaning."""
    yield "0", (0,)
    yield "-1:", (slice(-1, None),)
    yield "::2", (slice(None, None, 2),)
    if len(shape) > 1:
        yield ":,%d" % (shape[1] // 2), (slice(None), shape[1] // 2)
        yield "1:-1:3,1::5", (slice(1, -1, 3), slice(1, None, 5))
    if len(shape) > 2:
        yield "%d,:,-1" % (shape[0] // 2), (shape[0] // 2, slice(None), -1)


def dataset(f, file, path, o):
    n = 0 if o.shape is None else int(np.prod(o.shape))
    if n > MOST_ELEMENTS or n * o.id.get_type().get_size() > LONGEST:
        return
    ask = {"file": file, "path": path}
    v = o[()]
    answer = plain(v)
    say("data", answer, **ask)
    if o.shape is None:
        return
    array = np.asarray(v)
    numeric = array.dtype.kind in "iufcb" and o.dtype.kind != "O"
    if array.ndim:
        say("data", plain(np.ravel(array)), flatten="true", **ask)
    if numeric:
        say("data.bin", base64_of(array), format="bin", **ask)
        safe = array
        if array.dtype.kind == "f" and array.itemsize == 2:
            safe = array.astype("<f4")
        elif array.dtype.kind == "f" and array.itemsize > 8:
            safe = array.astype("<f8")
        safe = safe.astype(safe.dtype.newbyteorder("<"))
        say("data.bin", base64_of(safe), format="bin", dtype="safe", **ask)
        say("data.npy", {"type": array.dtype.str, "shape": array.shape, "bytes": base64_of(array)}, format="npy", **ask)
        if array.dtype.kind in "iufb":
            say("stats", statistics(array), **ask)
    elif isinstance(v, np.ndarray) and array.dtype.kind in "SV" and array.dtype.fields is None:
        say("data.bin", base64_of(array), format="bin", **ask)
    if o.shape and min(o.shape) > 1:
        for text, selection in selections(o.shape):
            part = np.asarray(o[selection])
            if numeric and array.dtype.kind + str(array.itemsize) != "f16":
                say("data.bin", base64_of(part), format="bin", selection=text, **ask)
            elif not numeric:
                say("data", plain(part), selection=text, **ask)


def ask_of(f, file):
    paths, seen = ["/"], []
    f.id.links.visit(lambda name: paths.append("/" + name.decode()))
    say("paths", paths, file=file)
    for path in paths[:MOST_DATASETS]:
        if len(path) > 1000:
            continue  # Longer than an address may be.
        try:
            entity = described(f, path, True)
            o = f[path] if "link" not in entity["kind"] else None
        except Exception as e:  # What h5py itself can't describe is no question.
            seen.append(str(e))
            continue
        say("meta", entity, file=file, path=path)
        if o is None:
            continue
        try:
            values = {k: plain(v) for k, v in o.attrs.items()}
            if any(getattr(v, "dtype", None) == np.longdouble for v in o.attrs.values()):
                continue  # Attributes of wider numbers aren't read.
            say("attr", values, file=file, path=path)
        except Exception as e:
            seen.append(str(e))
        if isinstance(o, h5py.Dataset):
            try:
                dataset(f, file, path, o)
            except Exception as e:
                seen.append(str(e))
    if seen:
        print(file + ": " + "; ".join(seen[:3]), file=sys.stderr)


for file in sys.argv[4:]:
    try:
        opened = h5py.File(os.path.join(FOLDER, file), "r")
    except Exception as e:
        print(file + ": " + str(e), file=sys.stderr)
        continue
    with opened as f:
        try:
            ask_of(f, file)
        except RuntimeError as e:  # h5py stops at objects that it can't read.
            print(file + ": " + str(e), file=sys.stderr)
