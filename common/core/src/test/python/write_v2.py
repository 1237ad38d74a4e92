"""Writes Zarr v2 arrays with many codecs; element i of each array (C order) has the value i.

Usage: write_v2.py STORE
"""
import sys

import numcodecs
import numpy as np
import zarr

SHAPE = (5, 6, 7)
CHUNKS = (2, 6, 3)
N = int(np.prod(SHAPE))


def main():
    root = zarr.open_group(sys.argv[1], mode="w")
    root.attrs["big"] = 2**62 + 1
    count = np.arange(N).reshape(SHAPE)
    compressors = {
        "none": None,
        "zlib": numcodecs.Zlib(6),
        "gzip": numcodecs.GZip(3),
        "zstd": numcodecs.Zstd(5),
        "lz4": numcodecs.LZ4(2),
    }
    for name in ("blosclz", "lz4", "lz4hc", "zlib", "zstd"):
        for shuffle in (-1, 0, 1, 2):
            compressors[f"blosc_{name}_{shuffle + 1}"] = numcodecs.Blosc(name, 5, shuffle)
    for name, compressor in compressors.items():
        for dtype in ("<i2", ">i4", "<f8", ">f2", "|u1"):
            for order in "CF":
                a = root.create_dataset(
                    f"{name}/{dtype[1:]}{'_big' if dtype[0] == '>' else ''}_{order}",
                    shape=SHAPE,
                    chunks=CHUNKS,
                    dtype=dtype,
                    compressor=compressor,
                    order=order,
                    fill_value=0,
                )
                a[...] = count.astype(dtype)
    nested = root.create_dataset(
        "nested", shape=SHAPE, chunks=CHUNKS, dtype="<i4", dimension_separator="/", fill_value=9
    )
    nested[:4] = count[:4]
    shuffled = root.create_dataset(
        "shuffled",
        shape=SHAPE,
        chunks=CHUNKS,
        dtype="<i4",
        filters=[numcodecs.Shuffle(4)],
        compressor=numcodecs.Zlib(1),
    )
    shuffled[...] = count
    text = root.create_dataset(
        "text", shape=(N,), chunks=(50,), dtype=object, object_codec=numcodecs.VLenUTF8()
    )
    text[...] = np.array([str(i) for i in range(N)], dtype=object)
    unicode = root.create_dataset("unicode", shape=(N,), chunks=(50,), dtype="<U5")
    unicode[...] = np.array([str(i) for i in range(N)])
    raw = root.create_dataset(
        "bytes", shape=(N,), chunks=(50,), dtype=object, object_codec=numcodecs.VLenBytes()
    )
    raw[...] = np.array([str(i).encode() for i in range(N)], dtype=object)
    ragged = root.create_dataset(
        "ragged", shape=(N,), chunks=(50,), dtype=object, object_codec=numcodecs.VLenArray("<i4")
    )
    for i in range(N):
        ragged[i] = np.arange(i % 4, dtype="<i4") + i
    delta = root.create_dataset(
        "delta", shape=(N,), chunks=(50,), dtype="<i4", filters=[numcodecs.Delta("<i4")]
    )
    delta[...] = np.arange(N)
    struct = root.create_dataset(
        "struct",
        shape=(N,),
        chunks=(50,),
        dtype=[("a", ">i4"), ("b", ">f8", (2,)), ("c", "S3")],
        fill_value=None,
    )
    values = np.zeros(N, dtype=struct.dtype)
    values["a"] = np.arange(N)
    values["b"] = np.arange(N)[:, None]
    values["c"] = [str(i).encode() for i in range(N)]
    struct[...] = values


main()
