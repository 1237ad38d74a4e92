#!/usr/bin/env python3
"""gen_sky.py SKY.fits TRUTH.csv [SIDE [SOURCES [SEED]]]: an image of noise that is correlated like the beam (6 x 5
pixels, one unit of noise) and of points of 3 to 50 times the noise at places that don't blend."""
import csv
import sys

import numpy as np
from astropy.io import fits

path, truth = sys.argv[1:3]
side, count, seed = ([int(a) for a in sys.argv[3:6]] + [4096, 3000, 1][len(sys.argv[3:6]):])
rng = np.random.default_rng(seed)
major, minor, angle = 6.0, 5.0, np.radians(30)  # the angle from y towards -x, as position angles are
scale = 2.5 / 3600


def beam(dx, dy):
    along = -dx * np.sin(angle) + dy * np.cos(angle)
    across = dx * np.cos(angle) + dy * np.sin(angle)
    return np.exp(-4 * np.log(2) * ((along / major) ** 2 + (across / minor) ** 2))


# White noise smoothed so that its correlation is the beam: the root of the beam's transform.
f = np.fft.fftfreq(side) * side
dx, dy = np.meshgrid(f, f)
root = np.sqrt(np.maximum(np.fft.rfft2(beam(dx, dy)).real, 0))
noise = np.fft.irfft2(np.fft.rfft2(rng.standard_normal((side, side))) * root, (side, side))
image = noise / noise.std()
across = int(np.sqrt(count))
step = (side - 80) / across
rows = []
yy, xx = np.mgrid[-16:17, -16:17]
for i in range(across * across):
    x = 40 + (i % across + 0.3 + 0.4 * rng.random()) * step
    y = 40 + (i // across + 0.3 + 0.4 * rng.random()) * step
    snr = 3 * (50 / 3) ** rng.random()
    px, py = int(round(x)), int(round(y))
    image[py - 16:py + 17, px - 16:px + 17] += snr * beam(xx + px - x, yy + py - y)
    rows.append((x, y, snr))
header = fits.Header()
for key, value in dict(
        CTYPE1="RA---SIN", CRVAL1=128.0, CRPIX1=side // 2 + 1, CDELT1=-scale, CUNIT1="deg", CTYPE2="DEC--SIN",
        CRVAL2=55.0, CRPIX2=side // 2 + 1, CDELT2=scale, CUNIT2="deg", RADESYS="ICRS", BUNIT="JY/BEAM",
        BMAJ=major * scale, BMIN=minor * scale, BPA=30.0, RESTFRQ=1.4e9).items():
    header[key] = value
fits.PrimaryHDU((1e-3 * image).astype(">f4"), header).writeto(path, overwrite=True)
with open(truth, "w", newline="") as out:
    csv.writer(out).writerows([("x", "y", "snr"), *rows])
