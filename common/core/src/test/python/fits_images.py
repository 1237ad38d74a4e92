"""fits_images.py make FOLDER : images that astropy writes, of the kinds that are read
fits_images.py wcs FILE[,FILE...] X,Y... : astropy's right ascension and declination of each file's pixels,
  counted from 0, in degrees
fits_images.py values FILE : what astropy reads of each pixel, checksums checked; then the shape"""
import sys, warnings
import numpy as np
from astropy.io import fits
from astropy.wcs import WCS

warnings.simplefilter("error")
what, name, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
pairs = np.array([[float(v) for v in p.split(",")] for p in rest]) if rest else None


def celestial(header):
    header.update(CTYPE1="RA---SIN", CTYPE2="DEC--SIN", CRPIX1=3.0, CRPIX2=2.0, CRVAL1=359.9,
                  CRVAL2=-30.0, CDELT1=-0.001, CDELT2=0.001, CUNIT1="deg", CUNIT2="deg", RADESYS="ICRS")
    return header


if what == "make":
    for dtype in ("u1", "i2", "i4", "i8", "f4", "f8"):
        data = np.arange(20, dtype=dtype).reshape(4, 5)
        fits.PrimaryHDU(data, celestial(fits.Header())).writeto(f"{name}/{dtype}.fits")
    data = np.arange(20, dtype="i2").reshape(4, 5)
    header = celestial(fits.Header())
    header.update(BSCALE=0.5, BZERO=100.0, BLANK=7)
    hdu = fits.PrimaryHDU(header=header, data=data)
    # Not through astropy's scaling: the stored integers are what they are.
    hdu.header.update(BSCALE=0.5, BZERO=100.0, BLANK=7)
    hdu.writeto(f"{name}/scaled.fits")
    # CASA's order of axes, in an extension, turned, with a pole of its own.
    cube = np.arange(2 * 3 * 4 * 5, dtype="f4").reshape(3, 2, 4, 5)
    header = celestial(fits.Header())
    header.update(CTYPE3="STOKES", CRVAL3=1.0, CDELT3=1.0, CRPIX3=1.0, CTYPE4="FREQ", CRVAL4=1.4e9,
                  CDELT4=1e6, CRPIX4=2.0, CUNIT4="Hz", LONPOLE=170.0, PC1_1=0.8, PC1_2=-0.6, PC2_1=0.6,
                  PC2_2=0.8, BMAJ=0.01, BMIN=0.005, BPA=-20.0, BUNIT="JY/BEAM")
    fits.HDUList([fits.PrimaryHDU(), fits.BinTableHDU.from_columns(
        [fits.Column("A", "J", array=np.arange(1000))]), fits.ImageHDU(cube, header)]).writeto(f"{name}/casa.fits")
    header = celestial(fits.Header())
    header.update(CTYPE1="RA---TAN", CTYPE2="DEC--TAN", CROTA2=25.0, CDELT2=0.002)
    fits.PrimaryHDU(np.zeros((4, 5), "f4"), header).writeto(f"{name}/turned.fits")
    header.update(CTYPE1="GLON-TAN", CTYPE2="GLAT-TAN")
    fits.PrimaryHDU(np.zeros((4, 5), "f4"), header).writeto(f"{name}/galactic.fits")
    fits.HDUList([fits.PrimaryHDU(), fits.CompImageHDU(np.zeros((40, 50), "i2"))]).writeto(f"{name}/packed.fits")
elif what == "values":
    with fits.open(name, checksum=True) as hdus:
        hdu = next(h for h in hdus if h.data is not None)
        print(" ".join(repr(float(v)) for v in hdu.data.ravel()))
        print(" ".join(str(n) for n in hdu.data.shape))
else:
    for each in name.split(","):
        with fits.open(each) as hdus:
            header = next(h.header for h in hdus if h.header.get("NAXIS", 0) >= 2 and "CTYPE1" in h.header)
        for a, b in WCS(header).celestial.wcs_pix2world(pairs, 0):
            print(repr(float(a)), repr(float(b)))
