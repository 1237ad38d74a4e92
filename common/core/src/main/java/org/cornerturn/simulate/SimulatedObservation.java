package org.cornerturn.simulate;

import java.io.Serializable;
import java.util.List;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.EarthOrientation;
import org.cornerturn.radio.EarthOrientationTable;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.Instrument.Band;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.radio.LocalSky;
import org.cornerturn.radio.PhaseReference;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.Telescope;

/**
 * All that decides the visibilities of a simulated observation.
 *
 * @param seed chooses noise, gains and interference
 * @param antennas in the order of the baselines: each with itself (see {@code autocorrelations})
 *     and all after it
 * @param band channels of the whole observation, upwards
 * @param polarizations linear or circular ones
 * @param start of the first integration, UTC
 * @param tracking what visibilities are phased to
 * @param centre of the field
 * @param directions how sources' directions are found
 * @param beam of every antenna, pointed at the field, or in a drift scan at the meridian
 * @param sefdJy of an antenna; 0 for no noise
 * @param efficiency noise is SEFD / (efficiency sqrt(2 dnu dt))
 */
public record SimulatedObservation(
    long seed,
    Telescope telescope,
    List<Antenna> antennas,
    boolean autocorrelations,
    double dishDiameterMetres,
    Band band,
    List<Polarization> polarizations,
    JulianDate start,
    double integrationSeconds,
    int integrations,
    Tracking tracking,
    IcrsDirection centre,
    Directions directions,
    List<SkySource> sources,
    Beam beam,
    double sefdJy,
    double efficiency,
    Corruption corruption,
    Interference interference)
    implements Serializable {

  /** What visibilities are phased to. */
  public enum Tracking {
    /** The meridian at the field's apparent declination: the same uvw for all times. */
    DRIFT,
    /** The field's centre. */
    SIDEREAL
  }

  /** How sources' directions are found. */
  public enum Directions {
    /**
     * By their direction cosines in the tangent frame of the field's centre, which alone is taken
     * to its apparent place: what imaging assumes.
     */
    TANGENT,
    /**
     * Each by its own apparent place. Aberration then stretches the field by 1e-4 at most, 0.4
     * arcseconds a degree.
     */
    APPARENT
  }

  public SimulatedObservation {
    antennas = List.copyOf(antennas);
    polarizations = List.copyOf(polarizations);
    sources = List.copyOf(sources);
    if (antennas.isEmpty() || polarizations.stream().anyMatch(Polarization::isStokes)) {
      throw new IllegalArgumentException("no antennas, or polarizations that are no correlations");
    }
  }

  /** Number of baselines, those of antennas with themselves counted where they are made. */
  public int baselines() {
    int n = antennas.size();
    return autocorrelations ? n * (n + 1) / 2 : n * (n - 1) / 2;
  }

  /** Positions of the two antennas of every baseline in the list of antennas, (baseline, 2). */
  public int[] pairs() {
    int[] pairs = new int[2 * baselines()];
    int n = 0;
    for (int i = 0; i < antennas.size(); i++) {
      for (int j = autocorrelations ? i : i + 1; j < antennas.size(); j++) {
        pairs[n++] = i;
        pairs[n++] = j;
      }
    }
    return pairs;
  }

  /** Middle of an integration, UTC. */
  public JulianDate time(int integration) {
    return start.plusSeconds((integration + 0.5) * integrationSeconds);
  }

  /** Middle of the observation, UTC. */
  public JulianDate middle() {
    return start.plusSeconds(integrations * integrationSeconds / 2);
  }

  /** Whether measured Earth orientation is at hand; where not, UT1 is taken as UTC. */
  public boolean hasEarthOrientation() {
    return EarthOrientationTable.bundled().at(middle()).isPresent();
  }

  /** The Earth's orientation in the observation's middle. */
  public EarthOrientation earthOrientation() {
    return EarthOrientationTable.bundled().at(middle()).orElse(EarthOrientation.UNKNOWN);
  }

  /** Apparent declination at which a drift scan looks: the field's in the observation's middle. */
  public double pointingDecRad() {
    return LocalSky.over(telescope.location(), middle()).place(centre).decRad();
  }

  /** What visibilities are phased to. */
  public PhaseReference reference() {
    return tracking == Tracking.DRIFT
        ? new PhaseReference.Meridian(pointingDecRad())
        : new PhaseReference.Sidereal(centre);
  }

  /** Standard deviation of noise in the real and in the imaginary part of a visibility, Jy. */
  public double noiseJy() {
    return sefdJy / (efficiency * Math.sqrt(2 * band.channelWidthHz() * integrationSeconds));
  }

  /** The true gains. */
  public AntennaGains gains() {
    return new AntennaGains(seed, corruption, band, integrations);
  }
}
