package org.cornerturn.radio;

import java.io.Serializable;
import java.util.List;

/**
 * What is constant of a telescope. The constants are data: YAML files that travel with the program
 * ({@link InstrumentFile}) or that a user writes.
 *
 * @param name by which users call it
 * @param telescope name, instrument name and reference point
 * @param dishDiameterMetres of every antenna
 * @param mount pyuvdata's word ({@code alt-az}, ...)
 * @param polarizations that its correlator makes
 * @param integrationSeconds of one integration
 * @param integrations of one file
 * @param band its channels
 * @param subbands files into which the band is cut
 * @param descending whether subband 0 holds the highest frequencies, and they descend in each file
 * @param beam of every antenna
 * @param sefdJy system equivalent flux density of an antenna
 * @param efficiency of the correlator: noise is SEFD / (efficiency sqrt(2 dnu dt))
 * @param apertureEfficiency effective area over geometric area of a dish
 * @param layout where its antennas stand
 */
public record Instrument(
    String name,
    Telescope telescope,
    double dishDiameterMetres,
    String mount,
    List<Polarization> polarizations,
    double integrationSeconds,
    int integrations,
    Band band,
    int subbands,
    boolean descending,
    Beam beam,
    double sefdJy,
    double efficiency,
    double apertureEfficiency,
    Layout layout)
    implements Serializable {

  /** Channels of equal width, without gaps. */
  public record Band(double lowestEdgeHz, double channelWidthHz, int channels)
      implements Serializable {
    /** Centre of a channel, counted upwards from the lowest. */
    public double frequencyHz(int channel) {
      return lowestEdgeHz + (channel + 0.5) * channelWidthHz;
    }
  }

  /** Shape of an antenna's power pattern. */
  public enum Beam {
    /** The same in all directions. */
    NONE,
    /** A Gaussian with the full width at half maximum of the uniformly lit dish. */
    GAUSSIAN,
    /** Of a uniformly lit dish: (2 J1(x) / x)^2, x = pi D sin(r) / wavelength. */
    AIRY,
    /**
     * Of a dish lit less towards its edge: (cos(pi a) / (1 - 4 a^2))^4, a = 1.2 D r / wavelength.
     */
    COSINE
  }

  /** Where antennas stand. */
  public sealed interface Layout extends Serializable {
    /** A table of them; positions from the telescope's reference point. */
    record Stations(List<Antenna> antennas) implements Layout {
      public Stations {
        antennas = List.copyOf(antennas);
      }
    }

    /** Three arms 120 degrees apart, as the VLA's, up to this distance from the centre. */
    record Wye(int antennas, double extentMetres) implements Layout {}

    /** At random in a disk of this radius. */
    record Scattered(int antennas, double extentMetres) implements Layout {}
  }

  public Instrument {
    polarizations = List.copyOf(polarizations);
  }

  /**
   * System equivalent flux density of a system temperature: 2 k T / (aperture efficiency x
   * geometric area).
   */
  public double sefdJy(double systemTemperatureKelvin) {
    double area = Math.PI / 4 * dishDiameterMetres * dishDiameterMetres * apertureEfficiency;
    return 2 * 1.380649e-23 * systemTemperatureKelvin / area * 1e26;
  }
}
