"""Opens a consolidated Zarr v2 store and prints every array with its shape, type and sum."""
import sys

import numpy
import zarr

root = zarr.open_consolidated(sys.argv[1], mode="r")
arrays = []
root.visititems(lambda path, node: arrays.append(path) if hasattr(node, "dtype") else None)
for path in sorted(arrays):
    array = root[path]
    assert "_ARRAY_DIMENSIONS" in array.attrs or "_pyramid" not in path, path
    print(path, "x".join(map(str, array.shape)), array.dtype.str, float(numpy.nansum(array[...])))
