"""Adds to the header of a UVH5 file what can't be kept in a record."""

import sys

import h5py

with h5py.File(sys.argv[1], "r+") as f:
    f["Header/soft"] = h5py.SoftLink("/Header/Nblts")
    f["Header"].attrs["reference"] = f["Data"].ref
