package org.cornerturn.measurementset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.cornerturn.array.Shape;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.SpectralWindow;
import org.cornerturn.radio.Telescope;

/**
 * All that one measurement set says besides its visibilities, flags, weights and coordinates by
 * row: its axes, antennas, fields and circumstances.
 *
 * @param name of its group in the processing set
 * @param unixSeconds middles of the integrations, UTC seconds since 1970, ascending
 * @param integrationSeconds nominal length of an integration
 * @param fieldOfTime index in {@code fields} of each integration's field
 * @param baselines antennas of each baseline: positions in {@code antennas}
 * @param window frequencies ascending
 * @param polarizations in CASA's order
 * @param antennas every antenna of the array, names unique
 * @param fields at least one
 * @param directionFrame of the fields: {@code icrs}, {@code fk5}, ...
 * @param uvwFrame {@code icrs}, {@code fk5}, or {@code APP} for apparent coordinates
 * @param visibilityUnits {@code Jy}, {@code uncalib}, ...
 * @param weightScale how weights follow from sample counts
 * @param circumstances who, when, what for
 * @param own attributes of ours, kept beside the schema's
 */
public record MeasurementSet(
    String name,
    double[] unixSeconds,
    double integrationSeconds,
    int[] fieldOfTime,
    List<AntennaPair> baselines,
    SpectralWindow window,
    List<Polarization> polarizations,
    Telescope telescope,
    List<Antenna> antennas,
    List<FieldCenter> fields,
    String directionFrame,
    String uvwFrame,
    String visibilityUnits,
    WeightScale weightScale,
    Circumstances circumstances,
    ObjectNode own) {

  /** The antennas of a baseline, as positions in a list of antennas. */
  public record AntennaPair(int first, int second) {}

  /**
   * What {@code observation_info}, {@code creator} and the like want to know.
   *
   * @param project identifies what the observation belongs to; empty where nothing does
   * @param date ISO 8601: of the data, not of the conversion, whose result must not depend on when
   *     it was run
   * @param softwareVersion of this program
   * @param description of the data group {@code base}
   */
  public record Circumstances(
      List<String> observers,
      String project,
      String date,
      String softwareVersion,
      String description) {
    public Circumstances {
      observers = List.copyOf(observers);
    }
  }

  public MeasurementSet {
    baselines = List.copyOf(baselines);
    polarizations = List.copyOf(polarizations);
    antennas = List.copyOf(antennas);
    fields = List.copyOf(fields);
    own = own.deepCopy();
    if (fields.isEmpty() || fieldOfTime.length != unixSeconds.length) {
      throw new IllegalArgumentException("each integration has a field");
    }
    for (int i = 1; i < unixSeconds.length; i++) {
      if (!(unixSeconds[i] > unixSeconds[i - 1])) {
        throw new IllegalArgumentException("times don't ascend at integration " + i);
      }
    }
  }

  /** Extent of the correlated arrays: (time, baseline_id, frequency, polarization). */
  public Shape shape() {
    return Shape.of(unixSeconds.length, baselines.size(), window.channels(), polarizations.size());
  }
}
