"""How good a cleaned image is, beside the sources it was simulated with; and how far two images differ.

Usage: score_image.py IMAGE.fits SOURCES.csv [OTHER.fits]
Prints one line of JSON: noise (median absolute deviation), sources found, median and scatter of fitted
over true peak, median distance in arcsec; with OTHER, of the same grid, the largest and the root mean
square difference in the inner three quarters over OTHER's largest pixel.
SOURCES has columns ra_deg, dec_deg, flux_jy (at 1.4 GHz) and spectral_index. Needs astropy and numpy.
"""
import csv
import json
import sys
import warnings

import numpy as np
from astropy.io import fits
from astropy.wcs import WCS

warnings.simplefilter("ignore")
REFERENCE_HZ = 1.4e9


def plane(name):
    hdu = fits.open(name)[0]
    return np.squeeze(hdu.data).astype(float), hdu.header


def column(row, *names):
    for name in names:
        if name in row and row[name] != "":
            return float(row[name])
    return 0.0


def peak(pixels):
    """Top of the parabola through the logarithms of 5 x 5 pixels: value, x and y from the middle."""
    y, x = np.mgrid[-2:3, -2:3]
    terms = np.stack([np.ones(25), x.ravel(), y.ravel(), x.ravel() ** 2, y.ravel() ** 2,
                      (x * y).ravel()], axis=1)
    c = np.linalg.lstsq(terms, np.log(pixels).ravel(), rcond=None)[0]
    top = -np.linalg.solve([[2 * c[3], c[5]], [c[5], 2 * c[4]]], c[1:3])
    return np.exp(c[0] + c[1:3] @ top / 2), top[0], top[1]


def score(name, sources):
    image, header = plane(name)
    wcs = WCS(header).celestial
    hertz = header["CRVAL3"]
    rows = list(csv.DictReader(open(sources)))
    ra = np.array([column(r, "ra_deg", "ra") for r in rows])
    dec = np.array([column(r, "dec_deg", "dec") for r in rows])
    flux = np.array([column(r, "flux_jy", "flux") for r in rows])
    flux = flux * (hertz / REFERENCE_HZ) ** np.array(
        [column(r, "spectral_index", "alpha") for r in rows])
    noise = 1.4826 * np.median(np.abs(image - np.median(image)))
    xs, ys = wcs.wcs_world2pix(ra, dec, 0)
    ratios, distances = [], []
    for i in range(len(rows)):
        apart = np.hypot((ra - ra[i]) * np.cos(np.radians(dec[i])), dec - dec[i])
        crowded = ((apart < 0.03) & (apart > 0) & (flux > 0.2 * flux[i])).any()
        x, y = int(round(float(xs[i]))), int(round(float(ys[i])))
        inside = 4 < x < image.shape[1] - 5 and 4 < y < image.shape[0] - 5
        if crowded or not inside or flux[i] < 10 * noise:
            continue
        near = image[y - 2:y + 3, x - 2:x + 3]
        dy, dx = np.unravel_index(near.argmax(), near.shape)
        x, y = x + dx - 2, y + dy - 2
        box = image[y - 2:y + 3, x - 2:x + 3]
        if (box <= 0).any():
            continue
        value, px, py = peak(box)
        ratios.append(value / flux[i])
        distances.append(np.hypot(x + px - xs[i], y + py - ys[i]) * abs(header["CDELT1"]) * 3600)
    return dict(noise_jy=float(noise), sources=len(ratios), ratio=float(np.median(ratios)),
                scatter=float(np.std(ratios)), distance_arcsec=float(np.median(distances)))


def difference(name, other):
    a, b = plane(name)[0], plane(other)[0]
    edge = a.shape[0] // 8
    inner = (slice(edge, -edge),) * 2
    top = np.abs(b).max()
    d = (a - b)[inner]
    return dict(largest_difference=float(np.abs(d).max() / top), rms_difference=float(d.std() / top))


found = score(sys.argv[1], sys.argv[2]) if sys.argv[2] != "-" else {}
if len(sys.argv) > 3:
    found.update(difference(sys.argv[1], sys.argv[3]))
print(json.dumps(found))
