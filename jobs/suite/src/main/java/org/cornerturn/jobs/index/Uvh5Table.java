package org.cornerturn.jobs.index;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.cornerturn.jobs.index.ScannedFile.Uvh5Facts;
import org.cornerturn.observation.Band;
import org.cornerturn.observation.FileVersion;
import org.cornerturn.observation.SubbandFile;
import org.cornerturn.observation.TimeSpan;
import org.cornerturn.radio.Polarization;

/** Rows of the table of UVH5 files, to and from what grouping works on. */
final class Uvh5Table {
  static final String MEMBER = "member";
  static final String DUPLICATE = "duplicate";
  static final String CONTRADICTORY = "contradictory";
  static final String REFUSED = "refused";
  static final String VANISHED = "vanished";

  static final int FILE = column("file");
  static final int GROUP_ID = column("group_id");
  static final int STATE = column("state");
  static final int START = column("start");
  static final int SUBBAND = column("subband");

  private static final long UNIX_EPOCH_MJD = 40_587;
  private static final double MICROS_PER_DAY = 86_400e6;

  private Uvh5Table() {}

  private static int column(String name) {
    return IndexTables.UVH5.schema().indexOf(name);
  }

  /** Where a file belongs. */
  record Place(String group, String groupState, String state, String error, Long subband) {
    static Place of(Object[] row) {
      return new Place(
          (String) row[GROUP_ID],
          (String) row[column("group_state")],
          (String) row[STATE],
          (String) row[column("error")],
          (Long) row[SUBBAND]);
    }

    /** Writes it into a row. */
    void into(Object[] row) {
      row[GROUP_ID] = group;
      row[column("group_state")] = groupState;
      row[STATE] = state;
      row[column("error")] = error;
      row[SUBBAND] = subband;
      row[column("subband_code")] =
          subband == null ? null : String.format(Locale.ROOT, "sb%02d", subband);
    }
  }

  static long micros(Instant t) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, t);
  }

  private static Instant instant(Object micros) {
    return Instant.EPOCH.plus((Long) micros, ChronoUnit.MICROS);
  }

  static Instant indexed(Object[] row) {
    return instant(row[column("indexed")]);
  }

  private static void file(Object[] row, FileVersion file, long now) {
    row[FILE] = file.uri();
    row[column("name")] = file.name();
    row[column("bytes")] = file.sizeBytes();
    row[column("version")] = file.version();
    row[column("modified")] = TimeUnit.MILLISECONDS.toMicros(file.modifiedMillis());
    row[column("indexed")] = now;
  }

  /** The row of a file whose header can't be used. */
  static Object[] refused(ScannedFile scanned, long now) {
    Object[] row = new Object[IndexTables.UVH5.schema().length()];
    file(row, scanned.file(), now);
    Long subband =
        SubbandFile.numberIn(scanned.file().name()).isPresent()
            ? Long.valueOf(SubbandFile.numberIn(scanned.file().name()).getAsInt())
            : null;
    new Place(null, null, REFUSED, scanned.error(), subband).into(row);
    return row;
  }

  /** The row of a sound file, without its place. */
  static Object[] row(Uvh5Facts facts, long now) {
    SubbandFile h = facts.header();
    Object[] row = new Object[IndexTables.UVH5.schema().length()];
    file(row, h.file(), now);
    long start = micros(h.time().start());
    row[column("note")] = facts.note();
    row[START] = start;
    row[column("end")] = micros(h.time().end());
    row[column("start_mjd")] = UNIX_EPOCH_MJD + start / MICROS_PER_DAY;
    row[column("integrations")] = (long) h.time().integrations();
    row[column("integration_time")] = h.time().integrationSeconds();
    row[column("telescope")] = h.telescope();
    row[column("object")] = facts.object();
    row[column("uvh5_version")] = facts.version();
    row[column("rows")] = facts.rows();
    row[column("baselines")] = (long) h.baselines();
    row[column("antennas")] = (long) h.antennas();
    row[column("channels")] = (long) h.band().channels();
    row[column("frequency_low")] = h.band().lowHz();
    row[column("frequency_high")] = h.band().highHz();
    row[column("polarizations")] =
        h.polarizations().stream()
            .map(code -> Polarization.ofAips(code).orElseThrow().name())
            .toList();
    row[column("declination")] =
        Double.isNaN(h.declinationRad()) ? null : Math.toDegrees(h.declinationRad());
    return row;
  }

  /** What grouping needs, from a row of a sound file. */
  static SubbandFile header(Object[] row) {
    FileVersion file =
        new FileVersion(
            (String) row[FILE],
            (Long) row[column("bytes")],
            (String) row[column("version")],
            TimeUnit.MICROSECONDS.toMillis((Long) row[column("modified")]));
    Object declination = row[column("declination")];
    return new SubbandFile(
        file,
        SubbandFile.numberIn(file.name()).orElse(SubbandFile.UNNUMBERED),
        (String) row[column("telescope")],
        new TimeSpan(
            instant(row[START]),
            instant(row[column("end")]),
            Math.toIntExact((Long) row[column("integrations")]),
            (Double) row[column("integration_time")]),
        new Band(
            (Double) row[column("frequency_low")],
            (Double) row[column("frequency_high")],
            Math.toIntExact((Long) row[column("channels")])),
        Math.toIntExact((Long) row[column("antennas")]),
        Math.toIntExact((Long) row[column("baselines")]),
        ((List<?>) row[column("polarizations")])
            .stream().map(p -> Polarization.valueOf((String) p).aipsCode()).toList(),
        declination == null ? Double.NaN : Math.toRadians((Double) declination));
  }
}
