"""How well a Measurement Set's flags find interference whose place is known, crosses alone.

Usage: score_flags.py SET.ms TRUTH.arrays
Completeness: part of the samples with interference that is flagged. False alarms: part of those
without it. Needs casacore and h5py.
"""
import sys

import casacore.tables as ct
import h5py
import numpy as np

t = ct.table(sys.argv[1], ack=False)
mask = np.asarray(h5py.File(sys.argv[2], "r")["rfi_mask"]).astype(bool)
times, integration = np.unique(t.getcol("TIME"), return_inverse=True)
bad = hit = good = wrong = 0
for first in range(0, t.nrows(), 8192):
    n = min(8192, t.nrows() - first)
    cross = t.getcol("ANTENNA1", first, n) != t.getcol("ANTENNA2", first, n)
    flags = t.getcol("FLAG", first, n)[cross]
    truth = np.broadcast_to(mask[integration[first:first + n][cross]][:, :, None], flags.shape)
    bad += truth.sum()
    hit += (flags & truth).sum()
    good += (~truth).sum()
    wrong += (flags & ~truth).sum()
print("interference %.4f, completeness %.5f, false alarms %.5f" % (bad / (bad + good), hit / bad, wrong / good))
