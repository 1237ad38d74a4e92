package org.cornerturn.jobs.flag;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.array.Box;
import org.cornerturn.flagging.FlagStrategy.Masks;
import org.cornerturn.flagging.Geometry;
import org.cornerturn.flagging.SampleMasks;
import org.cornerturn.flagging.WindowBits;
import org.cornerturn.measurementset.FieldCenter;
import org.cornerturn.measurementset.Msv4Layout;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.radio.Ecef;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.radio.JulianDate;
import org.cornerturn.zarr.ZarrArray;

/** What of one measurement set is flagged whatever the data are. */
final class MaskRules {
  private final Msv4Reader reader;
  private final Masks masks;
  private final List<String> names;
  private final int[] antenna1;
  private final int[] antenna2;
  private final boolean[] antennas;
  private final boolean[] baselines;
  private final boolean[] channels;
  private final double[] frequenciesHz;
  private final Selection.Lengths lengths;

  /**
   * @throws UserError when a selection names what isn't there
   */
  MaskRules(Msv4Reader reader, Masks masks, Selection selection) throws IOException {
    this.reader = reader;
    this.masks = masks;
    names = reader.antennaNames();
    antenna1 = indexes(reader.antenna1Names());
    antenna2 = indexes(reader.antenna2Names());
    frequenciesHz = reader.frequenciesHz();
    antennas = selection.antennasOf(names);
    baselines = selection.baselinesOf(names, antenna1, antenna2);
    channels = selection.channelsOf(frequenciesHz);
    lengths = selection.lengths();
  }

  private int[] indexes(List<String> ofBaselines) {
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      index.put(names.get(i), i);
    }
    int[] at = new int[ofBaselines.size()];
    for (int i = 0; i < at.length; i++) {
      Integer antenna = index.get(ofBaselines.get(i));
      if (antenna == null) {
        throw new UserError(
            reader.store().uri() + "/" + reader.name(),
            "its baselines name an antenna '" + ofBaselines.get(i) + "' that its table lacks",
            "Nothing was written");
      }
      at[i] = antenna;
    }
    return at;
  }

  int antennaCount() {
    return names.size();
  }

  /** Index of each baseline's first antenna. */
  int[] antenna1() {
    return antenna1;
  }

  /** Index of each baseline's second antenna. */
  int[] antenna2() {
    return antenna2;
  }

  /**
   * The masks of a window.
   *
   * @param window (time, baseline, channel, polarization), all baselines
   */
  SampleMasks of(Box window) throws IOException {
    int times = (int) window.extent(0);
    int count = antenna1.length;
    int width = (int) window.extent(2);
    SampleMasks all = new SampleMasks(times, count, width);
    for (int b = 0; b < count; b++) {
      if (baselines[b] || antennas[antenna1[b]] || antennas[antenna2[b]]) {
        all.maskBaseline(b, WindowBits.STATIC);
      }
      if (masks.autocorrelations() && antenna1[b] == antenna2[b]) {
        all.maskBaseline(b, WindowBits.AUTOCORRELATION);
      }
    }
    for (int c = 0; c < width; c++) {
      if (channels[(int) window.start(2) + c]) {
        all.maskChannel(c, WindowBits.STATIC);
      }
    }
    byte[] ofTimes = times(window);
    for (int t = 0; t < times; t++) {
      for (int b = 0; b < count && ofTimes[t] != 0; b++) {
        all.maskRow(t, b, ofTimes[t]);
      }
    }
    if (masks.shadow() || lengths != null) {
      geometry(window, all);
    }
    return all;
  }

  /** Bits of each time of the window: quack and elevation. */
  private byte[] times(Box window) throws IOException {
    byte[] bits = new byte[(int) window.extent(0)];
    int first = (int) window.start(0);
    if (masks.quackSeconds() > 0 || masks.quackEndSeconds() > 0) {
      boolean[] quacked =
          Geometry.quacked(
              reader.unixSeconds(),
              reader.integrationSeconds(),
              scans(),
              masks.quackSeconds(),
              masks.quackEndSeconds());
      for (int t = 0; t < bits.length; t++) {
        bits[t] |= quacked[first + t] ? WindowBits.QUACK : 0;
      }
    }
    if (masks.elevationDegrees() > -90) {
      double[] unix = reader.unixSeconds();
      List<String> fields = reader.fieldNames();
      Map<String, IcrsDirection> directions = new HashMap<>();
      for (FieldCenter f : reader.fields()) {
        directions.put(f.name(), new IcrsDirection(f.longitudeRad(), f.latitudeRad()));
      }
      Geodetic site = site();
      for (int t = 0; t < bits.length; t++) {
        double elevation =
            Geometry.elevationRad(
                site,
                JulianDate.ofUnixSeconds(unix[first + t]),
                directions.get(fields.get(first + t)));
        if (elevation < Math.toRadians(masks.elevationDegrees())) {
          bits[t] |= WindowBits.GEOMETRY;
        }
      }
    }
    return bits;
  }

  private String[] scans() throws IOException {
    ZarrArray scans = reader.array(Msv4Layout.SCAN_NAME);
    return scans.read(Box.all(scans.metadata().shape())).text();
  }

  /** The middle of the array. */
  private Geodetic site() throws IOException {
    Ecef sum = new Ecef(0, 0, 0);
    List<Ecef> positions = reader.antennaPositions();
    for (Ecef p : positions) {
      sum = sum.plus(p);
    }
    double n = positions.size();
    return new Ecef(sum.xMetres() / n, sum.yMetres() / n, sum.zMetres() / n).toGeodetic();
  }

  private void geometry(Box window, SampleMasks all) throws IOException {
    int times = (int) window.extent(0);
    int count = antenna1.length;
    double[] diameters = masks.shadow() ? reader.dishDiametersMetres() : null;
    double[] frequencies =
        Arrays.copyOfRange(frequenciesHz, (int) window.start(2), (int) window.end(2));
    for (int t = 0; t < times; t++) {
      double[] uvw = reader.uvwMetres(window.start(0) + t, 1);
      if (diameters != null) {
        boolean[] shadowed = Geometry.shadowed(uvw, antenna1, antenna2, diameters);
        for (int b = 0; b < count; b++) {
          if (shadowed[antenna1[b]] || shadowed[antenna2[b]]) {
            all.maskRow(t, b, WindowBits.GEOMETRY);
          }
        }
      }
      for (int b = 0; b < count && lengths != null; b++) {
        double length = Math.hypot(uvw[3 * b], uvw[3 * b + 1]);
        if (lengths.wavelengths()) {
          int[] kept =
              Geometry.channelsWithin(length, lengths.least(), lengths.most(), frequencies);
          all.keepChannels(t, b, kept[0], kept[1]);
        } else if (!(length >= lengths.least() && length <= lengths.most())) {
          all.maskRow(t, b, WindowBits.GEOMETRY);
        }
      }
    }
  }
}
