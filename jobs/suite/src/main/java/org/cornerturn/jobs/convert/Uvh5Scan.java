package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cornerturn.array.SharedValues;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.observation.FileVersion;
import org.cornerturn.observation.SubbandFile;
import org.cornerturn.radio.ApparentPlace;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.uvh5.SubbandHeader;
import org.cornerturn.uvh5.Uvh5Exception;
import org.cornerturn.uvh5.Uvh5File;
import org.cornerturn.uvh5.Uvh5Header;
import org.cornerturn.uvh5.Uvh5Layout;
import org.cornerturn.uvh5.Uvh5Rows;
import org.cornerturn.uvh5.Uvh5Source;

/**
 * A UVH5 file as planning sees it: everything but its visibilities.
 *
 * @param seconds length of all integrations; NaN where they vary
 * @param nominalSeconds length of an integration, the median where they vary
 * @param centreOfTime id of each time's phase centre
 * @param apparent place of each time's phase centre as the file states it, hour angles left at NaN;
 *     null where it doesn't
 * @param requests range requests that the scan took
 * @param bytesRead bytes that the scan read
 */
record Uvh5Scan(
    InputFile input,
    Uvh5Header header,
    Uvh5Layout layout,
    Uvh5Source data,
    double seconds,
    double nominalSeconds,
    int[] centreOfTime,
    ApparentPlace[] apparent,
    long requests,
    long bytesRead) {
  private static final int PIECE = 1 << 16;

  /**
   * @throws Uvh5Exception where the file contradicts itself or can't be a measurement set
   */
  static Uvh5Scan of(InputFile input, Map<String, String> hadoop) throws IOException {
    try (ObjectStore store = Stores.open(input.folder(), hadoop);
        ObjectChannel channel = store.open(input.key());
        Uvh5File file = Uvh5File.open(channel)) {
      Uvh5Layout layout = file.layout();
      refuseDuplicates(file, layout);
      refuseTruncated(file, input.size());
      RowFacts facts = new RowFacts(layout, file.rows(), file.name());
      return new Uvh5Scan(
          input,
          file.header(),
          layout,
          file.source(),
          facts.seconds,
          facts.nominalSeconds,
          facts.centreOfTime,
          facts.apparent,
          channel.requests(),
          channel.bytesRead());
    }
  }

  /** The same, with one of equal arrays and tables: thousands of files of one telescope fit. */
  Uvh5Scan sharing(SharedValues shared) {
    return new Uvh5Scan(
        input,
        header.sharing(shared),
        layout.sharing(shared),
        data,
        seconds,
        nominalSeconds,
        shared.of(centreOfTime),
        apparent,
        requests,
        bytesRead);
  }

  private static void refuseDuplicates(Uvh5File file, Uvh5Layout layout) throws Uvh5Exception {
    int[] twice = layout.duplicates();
    if (twice.length > 0) {
      throw new Uvh5Exception(
          file.name(),
          "/Header/time_array",
          twice.length
              + " rows have the time and baseline of another, the first is row "
              + twice[0],
          "Average or remove them; a measurement set has one visibility of each");
    }
  }

  private static void refuseTruncated(Uvh5File file, long size) throws IOException {
    Uvh5Source s = file.source();
    for (Uvh5Source.Stored stored : List.of(s.visibilities(), s.flags(), s.samples())) {
      ChunkManifest m = stored.manifest();
      for (int i = 0; i < m.size(); i++) {
        if (m.address(i) + m.storedSize(i) > size) {
          throw new Uvh5Exception(
              file.name(),
              stored.dataset().path(),
              "the file ends at "
                  + size
                  + " bytes, before a chunk that should end at "
                  + (m.address(i) + m.storedSize(i)),
              "Fetch the file again from its source");
        }
      }
    }
  }

  /** Reads what planning wants to know of rows, a piece at a time. */
  private static final class RowFacts {
    private final Uvh5Layout layout;
    private final String file;
    private final double seconds;
    private final double nominalSeconds;
    private final int[] centreOfTime;
    private final ApparentPlace[] apparent;

    RowFacts(Uvh5Layout layout, Uvh5Rows rows, String file) throws IOException {
      this.layout = layout;
      this.file = file;
      this.centreOfTime = new int[layout.times()];
      boolean[] known = new boolean[layout.times()];
      boolean states = rows.hasApparentCenters();
      apparent = states ? new ApparentPlace[layout.times()] : null;
      double[] all = new double[Math.toIntExact(rows.count())];
      for (long first = 0; first < rows.count(); first += PIECE) {
        int n = (int) Math.min(PIECE, rows.count() - first);
        System.arraycopy(rows.integrationSeconds(first, n), 0, all, (int) first, n);
        centres(rows.phaseCenterIds(first, n), first, known);
        if (states) {
          places(rows, first, n);
        }
      }
      boolean same = true;
      for (double s : all) {
        if (!(s > 0) || Double.isInfinite(s)) {
          throw new Uvh5Exception(
              file,
              "/Header/integration_time",
              "an integration lasts " + s + " s",
              "Exclude the file, or have it put right");
        }
        same &= s == all[0];
      }
      Arrays.sort(all);
      nominalSeconds = all[all.length / 2];
      seconds = same ? nominalSeconds : Double.NaN;
    }

    private int time(long row) {
      return (int) (layout.cell(row) / layout.baselines());
    }

    private void centres(int[] ids, long first, boolean[] known) throws Uvh5Exception {
      for (int i = 0; i < ids.length; i++) {
        int t = time(first + i);
        if (known[t] && centreOfTime[t] != ids[i]) {
          throw new Uvh5Exception(
              file,
              "/Header/phase_center_id_array",
              "rows of one time have the phase centres " + centreOfTime[t] + " and " + ids[i],
              "Write each phase centre into a file of its own");
        }
        known[t] = true;
        centreOfTime[t] = ids[i];
      }
    }

    private void places(Uvh5Rows rows, long first, int n) throws IOException {
      double[] ra = rows.apparentRaRad(first, n);
      double[] dec = rows.apparentDecRad(first, n);
      double[] angle = rows.frameAngleRad(first, n);
      for (int i = 0; i < n; i++) {
        int t = time(first + i);
        if (apparent[t] == null) {
          apparent[t] = new ApparentPlace(ra[i], dec[i], Double.NaN, angle[i]);
        }
      }
    }
  }

  /** Beginning of the first integration, UTC. */
  Instant start() {
    return instant(JulianDate.of(layout.julianDate(0)).unixSeconds() - nominalSeconds / 2);
  }

  /** End of the last integration, UTC. */
  Instant end() {
    double last = JulianDate.of(layout.julianDate(layout.times() - 1)).unixSeconds();
    return instant(last + nominalSeconds / 2);
  }

  private static Instant instant(double unixSeconds) {
    long whole = (long) Math.floor(unixSeconds);
    return Instant.ofEpochSecond(whole, (long) ((unixSeconds - whole) * 1e9));
  }

  /** What grouping needs to know. */
  SubbandFile subband() throws Uvh5Exception {
    return SubbandHeader.of(
        new FileVersion(input.uri(), input.size(), input.version(), input.modifiedMillis()),
        header,
        layout,
        nominalSeconds);
  }
}
