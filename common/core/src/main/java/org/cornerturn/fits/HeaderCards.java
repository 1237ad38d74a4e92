package org.cornerturn.fits;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import nom.tam.fits.HeaderCard;
import nom.tam.fits.HeaderCardException;
import org.cornerturn.sky.GaussianBeam;
import org.cornerturn.sky.Projection;
import org.cornerturn.sky.Wcs;

/** Cards of an image's header, in the order in which radio astronomers' programs write them. */
final class HeaderCards {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int HISTORY_LENGTH = 70;
  private static final double EPOCH_MJD = 40587;

  private final ImageDescription image;
  private final List<HeaderCard> cards = new ArrayList<>();

  HeaderCards(ImageDescription image, int bitpix) {
    this.image = image;
    structure(bitpix);
    pixels();
    celestial(image.wcs());
    if (image.frequency() != null) {
      axis(3, "FREQ", image.frequency(), "Hz");
    }
    if (image.stokes() != null) {
      axis(4, "STOKES", image.stokes(), "");
    }
    origin(image.origin());
    for (var card : new TreeMap<>(image.cards()).entrySet()) {
      cards.add(card(card.getKey(), card.getValue(), null));
    }
  }

  /** To add to. */
  List<HeaderCard> list() {
    return cards;
  }

  private int axes() {
    return image.stokes() != null ? 4 : image.frequency() != null ? 3 : 2;
  }

  private void structure(int bitpix) {
    add("SIMPLE", true, "a FITS file");
    add("BITPIX", bitpix, "IEEE floating point");
    add("NAXIS", axes(), null);
    add("NAXIS1", image.width(), null);
    add("NAXIS2", image.height(), null);
    if (axes() > 2) {
      add("NAXIS3", image.frequency().count(), null);
    }
    if (axes() > 3) {
      add("NAXIS4", image.stokes().count(), null);
    }
    add("EXTEND", true, null);
  }

  private void pixels() {
    add("BUNIT", image.unit(), "unit of the pixels");
    add("BTYPE", "Intensity", null);
    GaussianBeam beam = image.beam();
    if (beam != null) {
      add("BMAJ", Math.toDegrees(beam.majorRad()), "[deg] full width at half maximum");
      add("BMIN", Math.toDegrees(beam.minorRad()), "[deg]");
      add("BPA", Math.toDegrees(beam.positionAngleRad()), "[deg] from north to east");
    }
  }

  private void celestial(Wcs wcs) {
    double degree = Math.toDegrees(1);
    double cdelt1 = Math.copySign(Math.hypot(wcs.xx(), wcs.xy()), wcs.xx());
    double cdelt2 = Math.copySign(Math.hypot(wcs.yx(), wcs.yy()), wcs.yy());
    String code = wcs.projection() instanceof Projection.Gnomonic ? "TAN" : "SIN";
    add("RADESYS", "ICRS", null);
    add("EQUINOX", 2000.0, null);
    add("LONPOLE", 180.0, "[deg]");
    add("LATPOLE", Math.toDegrees(wcs.reference().decRad()), "[deg]");
    double[][] pc = new double[axes()][axes()];
    for (int i = 0; i < axes(); i++) {
      pc[i][i] = 1;
    }
    pc[0][0] = wcs.xx() / cdelt1;
    pc[0][1] = wcs.xy() / cdelt1;
    pc[1][0] = wcs.yx() / cdelt2;
    pc[1][1] = wcs.yy() / cdelt2;
    for (int i = 0; i < axes(); i++) {
      for (int j = 0; j < axes(); j++) {
        // Adding 0 turns -0 into 0.
        add("PC" + (i + 1) + "_" + (j + 1), pc[i][j] + 0.0, null);
      }
    }
    add("CTYPE1", "RA---" + code, "right ascension");
    add("CRPIX1", wcs.referenceX() + 1, null);
    add("CRVAL1", Math.toDegrees(wcs.reference().raRad()), null);
    add("CDELT1", cdelt1 * degree, null);
    add("CUNIT1", "deg", null);
    add("CTYPE2", "DEC--" + code, "declination");
    add("CRPIX2", wcs.referenceY() + 1, null);
    add("CRVAL2", Math.toDegrees(wcs.reference().decRad()), null);
    add("CDELT2", cdelt2 * degree, null);
    add("CUNIT2", "deg", null);
    if (wcs.projection() instanceof Projection.Orthographic slant
        && (slant.xi() != 0 || slant.eta() != 0)) {
      add("PV2_1", slant.xi(), null);
      add("PV2_2", slant.eta(), null);
    }
  }

  private void axis(int number, String type, LinearAxis axis, String unit) {
    add("CTYPE" + number, type, null);
    add("CRPIX" + number, 1.0, null);
    add("CRVAL" + number, axis.first(), null);
    add("CDELT" + number, axis.step(), null);
    add("CUNIT" + number, unit, null);
  }

  private void origin(ImageDescription.Origin origin) {
    if (image.frequency() != null) {
      add("SPECSYS", "TOPOCENT", null);
    }
    if (origin.restFrequencyHz() > 0) {
      add("RESTFRQ", origin.restFrequencyHz(), "[Hz]");
    }
    Instant observed = origin.observed();
    if (observed != null) {
      add("TIMESYS", "UTC", null);
      add("DATE-OBS", DATE.format(observed), null);
      double day = Math.floorDiv(observed.toEpochMilli(), 86_400_000L);
      double part = Math.floorMod(observed.toEpochMilli(), 86_400_000L) / 86_400_000.0;
      add("MJD-OBS", EPOCH_MJD + day + part, "[d]");
    }
    addKnown("OBJECT", origin.object());
    addKnown("TELESCOP", origin.telescope());
    addKnown("OBSERVER", origin.observer());
    add("ORIGIN", "Cornerturn", null);
  }

  private void addKnown(String key, String value) {
    if (value != null && !value.isBlank()) {
      add(key, value, null);
    }
  }

  private void add(String key, Object value, String comment) {
    cards.add(card(key, value, comment));
  }

  /**
   * One card.
   *
   * @param value a string, number or truth value
   */
  static HeaderCard card(String key, Object value, String comment) {
    try {
      HeaderCard card;
      if (value instanceof Boolean b) {
        card = new HeaderCard(key, b, comment);
      } else if (value instanceof Number n) {
        card = new HeaderCard(key, n, comment);
      } else if (value instanceof String s) {
        card = new HeaderCard(key, ascii(s), comment);
      } else {
        throw new IllegalArgumentException(key + ": " + value);
      }
      if (card.toString().length() != HeaderCard.FITS_HEADER_CARD_SIZE) {
        throw new IllegalArgumentException(key + ": too long for a card: " + value);
      }
      return card;
    } catch (HeaderCardException e) {
      throw new IllegalArgumentException(key + " = " + value, e);
    }
  }

  /** Lines of history, cut where they are too long for a card. */
  static List<HeaderCard> history(List<String> lines) {
    List<HeaderCard> out = new ArrayList<>();
    for (String line : lines) {
      String rest = ascii(line);
      do {
        int end = Math.min(HISTORY_LENGTH, rest.length());
        out.add(historyCard(rest.substring(0, end)));
        rest = rest.substring(end);
      } while (!rest.isEmpty());
    }
    return out;
  }

  private static HeaderCard historyCard(String line) {
    try {
      return HeaderCard.createHistoryCard(line);
    } catch (HeaderCardException e) {
      throw new IllegalArgumentException("HISTORY " + line, e);
    }
  }

  private static String ascii(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
