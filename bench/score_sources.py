#!/usr/bin/env python3
"""score_sources.py TRUTH.csv DETECTIONS.csv THEIRS.fits: what part of the sources each list has, by brightness, and how
many of each list's entries are none."""
import csv
import sys

import numpy as np
from astropy.io import fits

true = np.array([[float(r[k]) for k in ("x", "y", "snr")] for r in csv.DictReader(open(sys.argv[1]))])
mine = np.array([[float(r[k]) for k in ("x", "y", "flux")] for r in csv.DictReader(open(sys.argv[2]))])
table = fits.getdata(sys.argv[3])
theirs = np.column_stack([table["X_IMAGE"] - 1, table["Y_IMAGE"] - 1, 1e3 * table["FLUX_MAX"]])


def matched(found):
    hit = np.zeros(len(true), bool)
    ratio = np.full(len(true), np.nan)
    used = set()
    for i, (x, y, snr) in enumerate(true):
        d = np.hypot(found[:, 0] - x, found[:, 1] - y)
        j = d.argmin()
        if d[j] < 5:
            hit[i], ratio[i] = True, found[j, 2] / snr
            used.add(j)
    return hit, ratio, len(found) - len(used)


print("| SNR | sources | find-sources | source-extractor |\n|---|---|---|---|")
(a, ra, fa), (b, rb, fb) = matched(mine), matched(theirs)
edges = [3, 4, 5, 5.5, 6, 7, 8, 10, 20, 50]
for low, high in zip(edges[:-1], edges[1:]):
    s = (true[:, 2] >= low) & (true[:, 2] < high)
    print(f"| {low:g} to {high:g} | {s.sum()} | {a[s].mean():.3f} | {b[s].mean():.3f} |")
print(f"| found that are none | | {fa} | {fb} |")
bright = true[:, 2] > 20
print(f"| median height over truth, above 20 | | {np.nanmedian(ra[bright]):.4f} | {np.nanmedian(rb[bright]):.4f} |")
