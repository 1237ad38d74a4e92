package org.cornerturn.uvh5;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.cornerturn.array.SharedValues;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.PhaseCenter;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.Telescope;

/**
 * What a UVH5 file says of itself, apart from what it says of each row ({@link Uvh5Rows}). Any
 * version is put into the same words.
 *
 * @param file name of the file, for faults
 * @param version the file's own word; empty of files before 0.1, which have none
 * @param rank of visdata: 3 (row, frequency, polarization), or 4 with an axis of spectral windows
 *     before the frequencies
 * @param rows {@code Nblts}
 * @param baselines {@code Nbls}, as stated
 * @param times {@code Ntimes}, as stated
 * @param channels on visdata's frequency axis; of rank 4 on one window's
 * @param groups spectral windows in the file's order, each in ascending frequency
 * @param polarizations in the file's order; empty where each window has a correlation of its own
 * @param telescope name and place
 * @param antennas in the file's order
 * @param antennasWithData {@code Nants_data}, as stated
 * @param phaseCenters at least one, by id; old phasing makes one of id 0
 * @param meridianDeclinationRad declination on the meridian to which a drift scan's fringes are
 *     stopped (hour angle 0), where the file states it
 * @param visibilityUnits {@code Jy}, {@code K str}, {@code uncalib}; as stated, else uncalib
 * @param polarizationConvention {@code sum} or {@code avg}, where stated
 * @param xOrientation {@code east}, {@code north}, where stated; in lower case
 * @param objectName empty where none is stated
 * @param history empty where none is stated
 * @param dut1Seconds UT1 - UTC, where stated
 * @param extraKeywords single values by name: {@code Long}, {@code Double}, {@code Boolean}, {@code
 *     String}, and lists of these
 */
public record Uvh5Header(
    String file,
    String version,
    int rank,
    long rows,
    int baselines,
    int times,
    int channels,
    List<ChannelGroup> groups,
    List<Polarization> polarizations,
    Telescope telescope,
    List<Antenna> antennas,
    int antennasWithData,
    List<PhaseCenter> phaseCenters,
    OptionalDouble meridianDeclinationRad,
    String visibilityUnits,
    Optional<String> polarizationConvention,
    Optional<String> xOrientation,
    String objectName,
    String history,
    OptionalDouble dut1Seconds,
    Map<String, Object> extraKeywords) {

  public Uvh5Header {
    groups = List.copyOf(groups);
    polarizations = List.copyOf(polarizations);
    antennas = List.copyOf(antennas);
    phaseCenters = List.copyOf(phaseCenters);
    extraKeywords = Map.copyOf(extraKeywords);
  }

  /**
   * Reads a header.
   *
   * @throws Uvh5Exception where something is missing, contradictory or senseless
   */
  public static Uvh5Header read(HeaderSource source) throws IOException {
    return new HeaderReader(source).read();
  }

  /** The same header, with one of equal antenna tables, texts and keywords. */
  public Uvh5Header sharing(SharedValues shared) {
    return new Uvh5Header(
        file,
        version,
        rank,
        rows,
        baselines,
        times,
        channels,
        groups,
        polarizations,
        telescope,
        shared.of(antennas),
        antennasWithData,
        phaseCenters,
        meridianDeclinationRad,
        visibilityUnits,
        polarizationConvention,
        xOrientation,
        objectName,
        shared.of(history),
        dut1Seconds,
        shared.of(extraKeywords));
  }

  /** The antenna of a number. */
  public Optional<Antenna> antenna(int number) {
    return antennas.stream().filter(a -> a.number() == number).findFirst();
  }

  /** The phase centre of an id. */
  public Optional<PhaseCenter> phaseCenter(int id) {
    return phaseCenters.stream().filter(c -> c.id() == id).findFirst();
  }

  /** Channels of all windows together. */
  public int totalChannels() {
    return groups.stream().mapToInt(ChannelGroup::channels).sum();
  }

  /** Correlations on visdata's polarization axis. */
  public int polarizationAxis() {
    return polarizations.isEmpty() ? 1 : polarizations.size();
  }
}
