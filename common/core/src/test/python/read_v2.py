"""Prints every node of a consolidated Zarr v2 store, as zarr-python sees it: one JSON object a line.

Usage: read_v2.py STORE
"""
import json
import sys

import numpy as np
import zarr


def plain(value):
    """Text for everything: JSON has neither NaN nor exact 64-bit integers everywhere."""
    if isinstance(value, np.ndarray):
        return [plain(v) for v in value.tolist()]
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, np.void):
        return value.tobytes().hex()
    if isinstance(value, complex):
        return [repr(value.real), repr(value.imag)]
    if isinstance(value, (bool, str)) or value is None:
        return value
    return repr(value)


def main():
    root = zarr.open_consolidated(sys.argv[1], mode="r")
    print(json.dumps({"path": "", "kind": "group", "attributes": root.attrs.asdict()}))

    def visit(path, node):
        line = {"path": path, "attributes": node.attrs.asdict()}
        if isinstance(node, zarr.Group):
            line["kind"] = "group"
        else:
            line["kind"] = "array"
            line["shape"] = list(node.shape)
            line["chunks"] = list(node.chunks)
            line["type"] = node.dtype.str if node.dtype.names is None else "struct"
            line["fill"] = plain(node.fill_value)
            values = node[...]
            # Raw bytes of fixed-size elements judge exactly; objects go by value.
            if node.dtype == object:
                line["values"] = [plain(v) for v in values.ravel().tolist()]
            else:
                line["hex"] = np.ascontiguousarray(values).tobytes().hex()
        print(json.dumps(line))

    root.visititems(visit)


main()
