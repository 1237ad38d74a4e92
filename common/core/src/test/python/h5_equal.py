"""Says where two HDF5 files differ: objects, types, shapes, values (bitwise), attributes.

Usage: h5_equal.py [--in=/GROUP] FILE FILE [FILE FILE ...]; prints a line for each difference.
"""

import sys

import h5py
import numpy as np


def describe(h5type):
    """Everything of a datatype that HDF5 tells."""
    cls = h5type.get_class()
    d = [cls, h5type.get_size()]
    if cls == h5py.h5t.STRING:
        d += [h5type.is_variable_str(), h5type.get_cset(), h5type.get_strpad()]
    elif cls == h5py.h5t.INTEGER:
        d += [h5type.get_sign(), h5type.get_precision()]
        d += [h5type.get_order()] if h5type.get_size() > 1 else []
    elif cls == h5py.h5t.FLOAT:
        d += [h5type.get_order(), h5type.get_fields(), h5type.get_ebias()]
    elif cls == h5py.h5t.COMPOUND:
        for i in range(h5type.get_nmembers()):
            d += [h5type.get_member_name(i), h5type.get_member_offset(i)]
            d += describe(h5type.get_member_type(i))
    elif cls == h5py.h5t.ENUM:
        d += describe(h5type.get_super())
        for i in range(h5type.get_nmembers()):
            d += [h5type.get_member_name(i), h5type.get_member_value(i)]
    elif cls == h5py.h5t.ARRAY:
        d += [h5type.get_array_dims()] + describe(h5type.get_super())
    elif cls == h5py.h5t.VLEN:
        d += describe(h5type.get_super())
    return d


def raw(obj):
    """Elements without a conversion, as bytes or a list of texts."""
    space = obj.get_space()
    if space.get_simple_extent_type() == h5py.h5s.NULL:
        return None
    h5type = obj.get_type()
    if h5type.get_class() == h5py.h5t.STRING and h5type.is_variable_str():
        out = np.empty(space.get_simple_extent_dims(), dtype=h5py.string_dtype())
        memory = None
    else:
        out = np.zeros(space.get_simple_extent_dims() + (h5type.get_size(),), dtype="u1")
        memory = h5type
    if isinstance(obj, h5py.h5a.AttrID):
        obj.read(out, mtype=memory)
    else:
        whole = h5py.h5s.ALL if out.dtype == object else space
        obj.read(whole, whole, out, mtype=memory)
    return out.tolist() if out.dtype == object else out.tobytes()


def extent(obj):
    space = obj.get_space()
    return (space.get_simple_extent_type(), space.get_simple_extent_dims())


def readable(obj):
    """Whether this h5py has all filters of a dataset; it may lack bitshuffle."""
    if isinstance(obj, h5py.h5a.AttrID):
        return True
    made = obj.get_create_plist()
    codes = [made.get_filter(i)[0] for i in range(made.get_nfilters())]
    return all(h5py.h5z.filter_avail(c) for c in codes)


def same(where, a, b):
    found = []
    if describe(a.get_type()) != describe(b.get_type()):
        found.append("%s: type %s, not %s" % (where, describe(b.get_type()), describe(a.get_type())))
    elif extent(a) != extent(b):
        found.append("%s: extent %s, not %s" % (where, extent(b), extent(a)))
    elif readable(a) and raw(a) != raw(b):
        found.append("%s: other values" % where)
    return found


def objects(f, group):
    found = {"/": f[group]}
    f[group].visititems(lambda name, o: found.__setitem__("/" + name, o))
    return found


def compare(first, second, group):
    found = []
    with h5py.File(first, "r") as f, h5py.File(second, "r") as g:
        a, b = objects(f, group), objects(g, group)
        if list(a) != list(b):
            found.append("objects %s" % sorted(set(a) ^ set(b)))
        for path in a:
            if path not in b:
                continue
            if isinstance(a[path], h5py.Dataset) != isinstance(b[path], h5py.Dataset):
                found.append(path + ": another kind of object")
                continue
            if isinstance(a[path], h5py.Dataset):
                found += same(path, a[path].id, b[path].id)
            if list(a[path].attrs) != list(b[path].attrs):
                found.append("%s: attributes %s" % (path, list(b[path].attrs)))
            for name in a[path].attrs:
                if name in b[path].attrs:
                    pair = [h5py.h5a.open(o[path].id, name.encode()) for o in (a, b)]
                    found += same(path + "@" + name, *pair)
    return found


files = [a for a in sys.argv[1:] if not a.startswith("--in=")]
within = next((a[5:] for a in sys.argv[1:] if a.startswith("--in=")), "/")
for first, second in zip(files[::2], files[1::2]):
    for line in compare(first, second, within):
        print("%s: %s" % (second, line))
