"""Makes a file of a correlator that had the place of an antenna wrong.

Usage: shift_uvw.py FILE ANTENNA METRES
Adds METRES to u, v and w of all baselines of an antenna, in place, and takes the delays of the wrong
w out of the visibilities.
"""
import sys

import h5py
import numpy as np

SPEED_OF_LIGHT = 299792458.0

with h5py.File(sys.argv[1], "r+") as h:
    head = h["Header"]
    antenna, metres = int(sys.argv[2]), float(sys.argv[3])
    shift = metres * ((head["ant_2_array"][()] == antenna) * 1.0 - (head["ant_1_array"][()] == antenna))
    uvw = head["uvw_array"]
    uvw[...] = uvw[()] + shift[:, None]
    phase = -2j * np.pi * shift[:, None] * head["freq_array"][()].ravel() / SPEED_OF_LIGHT
    data = h["Data/visdata"]
    data[...] = data[()] * np.exp(phase)[:, :, None]
print(int((shift != 0).sum()))
