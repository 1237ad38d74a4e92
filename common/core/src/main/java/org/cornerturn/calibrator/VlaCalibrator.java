package org.cornerturn.calibrator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.radio.IcrsDirection;

/**
 * A source of the VLA's list of calibrators.
 *
 * @param name IAU name, J2000: {@code 1331+305}
 * @param b1950Name IAU name, B1950; empty where the list has none
 * @param otherName such as {@code 3C286}; empty where the list has none
 * @param positionCode {@code A} (better than 0.002 arcsec), {@code B} (0.01), {@code C} (0.15),
 *     {@code T} (worse)
 * @param positionReference month of the position's source, {@code Aug01}; empty where not stated
 * @param direction J2000, taken as ICRS, which it equals within 0.03 arcsec
 * @param b1950 right ascension and declination in B1950, degrees; empty where the list has none
 * @param bands what is known in each band
 */
public record VlaCalibrator(
    String name,
    String b1950Name,
    String otherName,
    String positionCode,
    String positionReference,
    IcrsDirection direction,
    Optional<Place> b1950,
    Map<VlaBand, Band> bands) {

  /** A place in the equinox B1950. */
  public record Place(double raDegrees, double decDegrees) {}

  /**
   * How it is in a band.
   *
   * @param fluxJy NaN where the list has a question mark
   * @param codes for the configurations A, B, C, D, each {@code P} (closure errors of the amplitude
   *     below 3 %), {@code S} (3 to 10 %), {@code W} (above 10 %), {@code C} (confused), {@code X}
   *     (not to be used), {@code ?} (structure unknown)
   * @param leastKiloWavelengths shortest baselines to use; NaN for any
   * @param mostKiloWavelengths longest baselines to use; NaN for any
   */
  public record Band(
      double fluxJy, String codes, double leastKiloWavelengths, double mostKiloWavelengths) {
    /**
     * The share of its flux that the code of a configuration takes for a point's: 1 for P, 0.9 for
     * S, 0.5 for W, 0 for C and X; NaN for unknown ones.
     *
     * @param configuration 0 to 3: A to D
     */
    public double compactness(int configuration) {
      return switch (codes.charAt(configuration)) {
        case 'P' -> 1;
        case 'S' -> 0.9;
        case 'W' -> 0.5;
        case 'C', 'X' -> 0;
        default -> Double.NaN;
      };
    }
  }

  public VlaCalibrator {
    Map<VlaBand, Band> copy = new EnumMap<>(VlaBand.class);
    copy.putAll(bands);
    bands = java.util.Collections.unmodifiableMap(copy);
  }

  /** Its other names, without empty ones. */
  public List<String> aliases() {
    List<String> all = new ArrayList<>();
    if (!otherName.isEmpty()) {
      all.add(otherName);
    }
    if (!b1950Name.isEmpty()) {
      all.add(b1950Name + " (B1950)");
    }
    return all;
  }

  /** Flux density in a band, where it is known there. */
  public Optional<Double> flux(VlaBand band) {
    return Optional.ofNullable(bands.get(band))
        .map(Band::fluxJy)
        .filter(jy -> !Double.isNaN(jy) && jy > 0);
  }

  /**
   * Spectral index alpha of S ~ nu^alpha about a band: of the power law between the band, or the
   * nearest below it, and the next above it of which the flux is known; NaN where only one is.
   */
  public double spectralIndex(VlaBand about) {
    List<VlaBand> known =
        bands.keySet().stream().filter(b -> flux(b).isPresent()).sorted().toList();
    if (known.size() < 2) {
      return Double.NaN;
    }
    int at = 0;
    while (at + 1 < known.size() && known.get(at + 1).compareTo(about) <= 0) {
      at++;
    }
    VlaBand first = known.get(at);
    VlaBand second = known.get(at + 1 < known.size() ? at + 1 : at - 1);
    return Math.log(flux(second).orElseThrow() / flux(first).orElseThrow())
        / Math.log(second.frequencyHz() / first.frequencyHz());
  }
}
