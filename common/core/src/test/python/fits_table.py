"""Writes a FITS file with an image, and a table of many kinds of columns."""

import sys

import numpy
from astropy.io import fits

n = 1000
i = numpy.arange(n)
columns = [
    fits.Column(name="NAME", format="12A", array=[f"source {k}" for k in i]),
    fits.Column(name="RA", format="D", unit="deg", array=i * 0.25),
    fits.Column(name="GOOD", format="L", array=i % 2 == 0),
    fits.Column(name="DEC", format="E", unit="deg", array=i * 0.0625 - 30),
    fits.Column(name="BITS", format="11X", array=numpy.zeros((n, 11), bool)),
    fits.Column(name="VECTOR", format="3E", array=numpy.ones((n, 3))),
    fits.Column(name="COUNT", format="I", null=-1, array=numpy.where(i % 10, i, -1)),
    fits.Column(name="LARGE", format="K", array=i * 10_000_000_000),
    fits.Column(name="BYTE", format="B", array=i % 256),
    fits.Column(name="SCALED", format="J", array=i, null=-99),
    fits.Column(name="FLUX", format="D", unit="mJy", array=numpy.where(i % 7, i, numpy.nan)),
]
table = fits.BinTableHDU.from_columns(columns, name="CATALOG")
# Stored as they are, to be read as half of it, from -7 on.
table.header["TSCAL10"] = 0.5
table.header["TZERO10"] = -7.0
image = fits.PrimaryHDU(numpy.zeros((11, 13), "f4"))
fits.HDUList([image, table]).writeto(sys.argv[1])
