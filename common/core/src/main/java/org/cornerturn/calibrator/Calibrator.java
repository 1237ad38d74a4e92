package org.cornerturn.calibrator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.radio.IcrsDirection;

/**
 * A source by which gains are found.
 *
 * @param name by which users call it
 * @param aliases other names of the same source
 * @param positionCode as {@link VlaCalibrator#positionCode}; empty where unknown
 * @param fluxJy flux density; NaN where it is not known at the frequency
 * @param frequencyHz of the flux density
 * @param spectralIndex alpha of S ~ nu^alpha about that frequency; NaN where unknown
 * @param compactness share of the flux that is in a point, 0 to 1; NaN where unknown
 * @param catalogue it comes from; {@link #REGISTERED} where somebody chose it
 * @param bands what a list says of it, band by band
 */
public record Calibrator(
    String name,
    List<String> aliases,
    IcrsDirection direction,
    String positionCode,
    double fluxJy,
    double frequencyHz,
    double spectralIndex,
    double compactness,
    String catalogue,
    List<BandFlux> bands) {
  /** Catalogue of the chosen ones. */
  public static final String REGISTERED = "registered";

  /** Sources nearer than this to each other are one (radians: 5 arcsec). */
  public static final double SAME_RAD = Math.toRadians(5 / 3600.0);

  /**
   * What a list says of a band.
   *
   * @param codes as {@link VlaCalibrator.Band#codes}
   */
  public record BandFlux(
      String band,
      double frequencyHz,
      double fluxJy,
      String codes,
      double leastKiloWavelengths,
      double mostKiloWavelengths) {}

  public Calibrator {
    aliases = List.copyOf(aliases);
    bands = List.copyOf(bands);
    if (name.isBlank() || fluxJy < 0 || !(frequencyHz > 0) || compactness < 0 || compactness > 1) {
      throw new IllegalArgumentException(
          name + ": " + fluxJy + " Jy at " + frequencyHz + " Hz, compactness " + compactness);
    }
  }

  /**
   * A source of the VLA's list, for a band and an array of about the extent of one of its
   * configurations.
   *
   * @param configuration 0 to 3: A (36 km) to D (1 km)
   */
  public static Calibrator of(VlaCalibrator v, VlaBand band, int configuration) {
    List<BandFlux> bands = new ArrayList<>();
    for (Map.Entry<VlaBand, VlaCalibrator.Band> b : v.bands().entrySet()) {
      bands.add(
          new BandFlux(
              b.getKey().name(),
              b.getKey().frequencyHz(),
              b.getValue().fluxJy(),
              b.getValue().codes(),
              b.getValue().leastKiloWavelengths(),
              b.getValue().mostKiloWavelengths()));
    }
    VlaCalibrator.Band here = v.bands().get(band);
    return new Calibrator(
        v.name(),
        v.aliases(),
        v.direction(),
        v.positionCode(),
        v.flux(band).orElse(Double.NaN),
        band.frequencyHz(),
        v.spectralIndex(band),
        here == null ? Double.NaN : here.compactness(configuration),
        "vla",
        bands);
  }

  /** Its merit; empty where its flux is not known. */
  public Optional<CalibratorScore> score() {
    return Double.isNaN(fluxJy)
        ? Optional.empty()
        : Optional.of(CalibratorScore.of(fluxJy, spectralIndex, compactness));
  }

  /** Flux density at another frequency, by the spectral index; the same where that is unknown. */
  public double fluxJyAt(double hz) {
    return Double.isNaN(spectralIndex)
        ? fluxJy
        : fluxJy * Math.pow(hz / frequencyHz, spectralIndex);
  }

  public boolean isRegistered() {
    return catalogue.equals(REGISTERED);
  }

  /** Whether this is the same source as another, by its place. */
  public boolean isSameAs(Calibrator other) {
    return Math.abs(direction.decRad() - other.direction.decRad()) < SAME_RAD
        && direction.separationRad(other.direction) < SAME_RAD;
  }

  /** Whether it is called so; case and what an IAU name begins with (J, B) don't matter. */
  public boolean isCalled(String text) {
    String wanted = plain(text);
    return plain(name).equals(wanted) || aliases.stream().anyMatch(a -> plain(a).equals(wanted));
  }

  private static String plain(String text) {
    String t = text.strip().toUpperCase(Locale.ROOT).replaceFirst("\\s*\\(B1950\\)$", "");
    return t.matches("[JB]\\d{4}[+-].*") ? t.substring(1) : t;
  }
}
