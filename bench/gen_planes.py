"""gen_planes.py FOLDER COUNT: HDF5 files of one plane each, 4000x4000 float32, gzip."""
import os
import sys

import h5py
import numpy as np

folder, count = sys.argv[1], int(sys.argv[2])
os.makedirs(folder, exist_ok=True)
for i in range(count):
    path = os.path.join(folder, f"plane-{i}.h5")
    if os.path.exists(path):
        continue
    random = np.random.default_rng(i)
    y, x = np.mgrid[0:4000, 0:4000].astype("f4")
    plane = np.sin(x / 97 + i) * np.cos(y / 61) + random.normal(0, 0.05, x.shape).astype("f4")
    # Four digits of the noise are enough for anybody, and compress as measured planes do.
    plane = np.round(plane * 8192) / 8192
    with h5py.File(path + ".part", "w") as f:
        f.create_dataset("plane", data=plane.astype("f4"), chunks=(250, 250), compression="gzip",
                         compression_opts=4)
    os.replace(path + ".part", path)
