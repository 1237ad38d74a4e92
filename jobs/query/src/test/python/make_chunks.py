"""Writes files of many chunks, one for each kind of chunk index: make_chunks.py FOLDER CHUNKS"""
import os
import sys

import h5py
import numpy as np

n = int(sys.argv[2])
a = np.arange(10 * n, dtype="<i8").astype("u1")
for kind, libver, most in (
    ("btree_v1", "earliest", (10 * n,)),
    ("fixed", "latest", (10 * n,)),
    ("btree_v2", "latest", (None, None)),
):
    with h5py.File(os.path.join(sys.argv[1], kind + ".h5"), "w", libver=libver) as f:
        if len(most) == 1:
            f.create_dataset("data", data=a, chunks=(10,), maxshape=most)
        else:
            f.create_dataset("data", data=a[None, :], chunks=(1, 10), maxshape=most)
