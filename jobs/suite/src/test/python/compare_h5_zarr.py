#!/usr/bin/python3
"""compare_h5_zarr.py PAIRS.json

Judge of conversions to Zarr v2: reads each source with h5py and its store with zarr and compares every object, value and attribute.
PAIRS.json is a list of {"source", "store", "refused"}; objects named as refused need not be in the store. Prints one line for each
difference, a line of counts for each pair, and exits 1 where anything differs.
"""
import json
import math
import os
import sys

import h5py
import numpy as np
import zarr

# Attributes that the conversion adds.
OWN = {"_ARRAY_DIMENSIONS", "hdf5_name", "hdf5_links", "hdf5_enum", "hdf5_json", "hdf5_named_types", "hdf5_unreadable",
       "hdf5_empty", "element_type"}


class Unjudged(Exception):
    """h5py itself can't read it."""


def text(b):
    return b.decode("utf-8", "surrogateescape") if isinstance(b, bytes) else b


def plain(f, v, dtype=None):
    """An h5py value as JSON would hold it."""
    if isinstance(v, h5py.Empty):
        return None
    if isinstance(v, h5py.RegionReference):
        return "<region>"
    if isinstance(v, h5py.Reference):
        return f[v].name if v else None
    if isinstance(v, (bytes, np.bytes_)):
        return text(bytes(v)).rstrip("\0")
    if isinstance(v, str):
        return v
    if isinstance(v, (bool, np.bool_)):
        return bool(v)
    if isinstance(v, np.void):
        if v.dtype.names:
            return {n: plain(f, v[n]) for n in v.dtype.names}
        return "<opaque>"
    if isinstance(v, np.ndarray):
        if v.dtype.kind == "S" and v.ndim == 0:
            return plain(f, v[()])
        return [plain(f, x) for x in v]
    if isinstance(v, (list, tuple)):
        return [plain(f, x) for x in v]
    if isinstance(v, (complex, np.complexfloating)):
        return [plain(f, v.real), plain(f, v.imag)]
    if isinstance(v, (float, np.floating)):
        v = float(v)
        if math.isnan(v):
            return "NaN"
        if math.isinf(v):
            return "Infinity" if v > 0 else "-Infinity"
        return v
    if isinstance(v, (int, np.integer)):
        return int(v)
    raise TypeError(f"{type(v)} {v!r}")


def same(a, b):
    """Equality that lets regions and opaque values pass: they have no one text."""
    if a in ("<region>", "<opaque>"):
        return isinstance(b, (str, type(None)))
    if isinstance(a, list):
        return isinstance(b, list) and len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    if isinstance(a, dict):
        return isinstance(b, dict) and list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    return a == b or (isinstance(a, float) and isinstance(b, float) and math.isclose(a, b, rel_tol=0, abs_tol=0))


def objects(f):
    """address -> (object, hard paths) of everything reachable by hard links."""
    found = {}
    stack = [("/", f["/"])]
    while stack:
        path, obj = stack.pop()
        try:
            key = h5py.h5o.get_info(obj.id).addr
        except Exception:  # h5py can't open it after all
            continue
        first = key not in found
        found.setdefault(key, (obj, []))[1].append(path)
        if first and isinstance(obj, h5py.Group):
            try:
                names = list(obj)
            except Exception:  # h5py can't list them
                continue
            for name in names:
                try:
                    link = obj.get(name, getlink=True)
                    if isinstance(link, h5py.HardLink):
                        stack.append((path.rstrip("/") + "/" + name, obj[name]))
                except Exception:  # h5py can't open it: nothing to compare with
                    continue
    return found


def nodes(group, path="/"):
    """original path -> Zarr node."""
    found = {path: group}
    for key in group:
        node = group[key]
        child = path.rstrip("/") + "/" + node.attrs.get("hdf5_name", key)
        if isinstance(node, zarr.Group):
            found.update(nodes(node, child))
        else:
            found[child] = node
    return found


def compare_attributes(f, path, obj, node, problems):
    have = {k: v for k, v in node.attrs.asdict().items() if k not in OWN}
    unreadable = node.attrs.get("hdf5_unreadable", {})
    try:
        names = list(obj.attrs)
    except Exception:  # h5py can't list them
        return
    for name in names:
        try:
            want = plain(f, obj.attrs[name])
        except Exception:  # h5py can't read it
            have.pop(name, None)
            continue
        if name in unreadable:
            continue
        if name not in have:
            problems.append(f"{path}@{name}: missing")
        elif not same(want, have[name]):
            problems.append(f"{path}@{name}: {str(want)[:120]} became {str(have[name])[:120]}")
        have.pop(name, None)
    for name in have:
        problems.append(f"{path}@{name}: not in the source")


def values(f, d):
    """The dataset as the store should hold it: (array, kind)."""
    if d.shape is None:
        return np.zeros((0,), d.dtype), "plain"
    try:
        v = d[()]
    except Exception as e:
        raise Unjudged(str(e))
    dt = d.dtype
    if h5py.check_string_dtype(dt) is not None and dt.kind == "O":
        return np.array([plain(f, x) for x in np.ravel(v)], object).reshape(np.shape(v)), "text"
    if dt.kind == "O":
        flat = np.empty(d.size, object)
        for i, x in enumerate(np.ravel(v) if d.shape else [v]):
            flat[i] = x
        if h5py.check_ref_dtype(dt) is not None:
            return np.array([plain(f, x) for x in flat], object).reshape(d.shape), "text"
        return flat.reshape(d.shape), "sequence"
    # A scalar text comes without the NULs that pad it.
    return np.asarray(v, dt if dt.kind == "S" else None), "plain"


def compare_values(f, path, d, z, problems):
    if d.size and d.size * d.dtype.itemsize > 1 << 28:
        # Too large for memory: its corners must do.
        first = tuple(slice(0, 3) for _ in d.shape)
        last = tuple(slice(max(n - 3, 0), n) for n in d.shape)
        for corner in (first, last):
            if not np.array_equal(d[corner], z[corner]):
                problems.append(f"{path}: corner differs")
        return
    try:
        want, kind = values(f, d)
    except Unjudged:
        return
    if want.shape != z.shape:
        problems.append(f"{path}: shape {want.shape} became {z.shape}")
        return
    have = z[...]
    if not z.shape:
        scalar = np.empty((), have.dtype if kind != "sequence" else object)
        scalar[()] = z[()]
        have = scalar
    if z.attrs.get("hdf5_json"):
        for a, b in zip(np.ravel(want), np.ravel(have)):
            if not same(plain(f, a), json.loads(b)):
                problems.append(f"{path}: {plain(f, a)} became {b}")
                return
    elif kind == "text":
        for a, b in zip(np.ravel(want), np.ravel(have)):
            if not same(a, b) and not (a is None and b == ""):
                problems.append(f"{path}: {a!r} became {b!r}")
                return
    elif kind == "sequence":
        for a, b in zip(np.ravel(want), np.ravel(have)):
            if isinstance(b, str):
                if not same(plain(f, a), json.loads(b)):
                    problems.append(f"{path}: {plain(f, a)} became {b}")
                    return
            elif isinstance(b, bytes):  # records have no numpy type of their own inside a sequence
                if np.asarray(a).tobytes() != b:
                    problems.append(f"{path}: {a!r} became {b!r}")
                    return
            elif not np.array_equal(np.asarray(a), np.asarray(b)):
                problems.append(f"{path}: {a!r} became {b!r}")
                return
    elif want.dtype.names:
        if want.dtype.names != have.dtype.names:
            problems.append(f"{path}: fields {want.dtype.names} became {have.dtype.names}")
            return
        for n in want.dtype.names:
            if not np.array_equal(np.ascontiguousarray(want[n]), np.ascontiguousarray(have[n])) and \
                    np.ascontiguousarray(want[n]).tobytes() != np.ascontiguousarray(have[n]).tobytes():
                problems.append(f"{path}.{n}: values differ")
                return
    else:
        if want.dtype.newbyteorder("=") != have.dtype.newbyteorder("=") and want.dtype.kind != "V":
            problems.append(f"{path}: type {want.dtype} became {have.dtype}")
        native = want.astype(want.dtype.newbyteorder("<"), copy=False)
        if native.tobytes() != have.astype(have.dtype.newbyteorder("<"), copy=False).tobytes():
            problems.append(f"{path}: values differ")


def compare(source, store, refused):
    """Differences, and objects judged; None where h5py refuses the whole file."""
    try:
        f = h5py.File(source, "r")
    except OSError as e:
        return None, str(e)
    problems = []
    with f:
        tree = nodes(zarr.open_group(store, "r"))
        judged = 0
        # An object may be stored under any of its paths, a parent's further ones included.
        stored = {}
        for path in tree:
            try:
                stored.setdefault(h5py.h5o.get_info(f[path].id).addr, []).append(path)
            except Exception:  # h5py can't open it
                continue
        for address, (obj, paths) in objects(f).items():
            here = stored.get(address) or [p for p in paths if p in tree]
            if isinstance(obj, h5py.Datatype) or any(p in refused for p in paths):
                continue
            if len(here) != 1:
                problems.append(f"{paths[0]}: stored {len(here)} times")
                continue
            judged += 1
            node = tree[here[0]]
            if isinstance(obj, h5py.Dataset):
                if isinstance(node, zarr.Group):
                    problems.append(f"{here[0]}: dataset became a group")
                    continue
                try:
                    compare_values(f, here[0], obj, node, problems)
                except Exception as e:
                    problems.append(f"{here[0]}: {type(e).__name__}: {e}")
            compare_attributes(f, here[0], obj, node, problems)
    return problems, judged


def judge(pair):
    """Prints what differs; the number of differences."""
    problems, judged = compare(pair["source"], pair["store"], set(pair["refused"]))
    if problems is None:
        print(f"{pair['source']}: not judged, {judged}")
        return 0
    for p in problems:
        print(f"{pair['source']}: {p}")
    print(f"{pair['source']}: {judged} objects, {len(problems)} differences")
    return len(problems)


def main(pairs):
    wrong = 0
    for pair in pairs:
        # A process for each file, since hostile ones crash the HDF5 library.
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            different = judge(pair)
            sys.stdout.flush()
            os._exit(1 if different else 0)
        status = os.waitpid(child, 0)[1]
        if os.WIFSIGNALED(status):
            print(f"{pair['source']}: not judged, h5py died of signal {os.WTERMSIG(status)}")
        elif os.WEXITSTATUS(status):
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        sys.exit(main(json.load(file)))
