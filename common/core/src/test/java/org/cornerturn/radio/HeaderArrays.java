package org.cornerturn.radio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;

/** The arrays of a UVH5 file that astronomy needs, read as plainly as can be. */
public final class HeaderArrays implements AutoCloseable {
  private final ObjectStore store;
  private final Hdf5File file;
  private final ObjectChannel raw;
  private final Map<Double, LocalSky> skies = new HashMap<>();

  final Geodetic site;
  final double[] times;

  /** (row, 3) metres. */
  public final double[] uvw;

  public HeaderArrays(Path path) throws IOException {
    store = new LocalStore(path.getParent());
    raw = store.open(path.getFileName().toString());
    file = Hdf5File.open(store.open(path.getFileName().toString()));
    site = Geodetic.ofDegrees(one("longitude"), one("latitude"), one("altitude"));
    times = numbers("time_array");
    uvw = numbers("uvw_array");
  }

  boolean has(String name) throws IOException {
    return file.find("/Header/" + name).filter(Hdf5Dataset.class::isInstance).isPresent();
  }

  private Block block(String path) throws IOException {
    Hdf5Dataset d = file.dataset(path);
    return new DatasetReader(d.source(), d.manifest(), raw).readAll();
  }

  public double[] numbers(String name) throws IOException {
    return block("/Header/" + name).toDoubles();
  }

  public double one(String name) throws IOException {
    return numbers(name)[0];
  }

  String text(String name) throws IOException {
    Block b = block("/Header/" + name);
    return b.type() instanceof DataType.Text
        ? b.text()[0]
        : new String(b.bytes(), StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  public double[] frequencies() throws IOException {
    return numbers("freq_array");
  }

  /** (row, frequency, polarization) complex. */
  public float[] visibilities() throws IOException {
    Block b = block("/Data/visdata");
    if (b.type() == Primitive.COMPLEX64) {
      return b.floats();
    }
    double[] parts =
        b.type() == Primitive.COMPLEX128
            ? b.doubles()
            : new Block(
                    Primitive.INT32,
                    org.cornerturn.array.Shape.of(b.bytes().length / Integer.BYTES),
                    b.bytes())
                .toDoubles();
    float[] f = new float[parts.length];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) parts[i];
    }
    return f;
  }

  LocalSky sky(int row) {
    return skies.computeIfAbsent(times[row], t -> LocalSky.over(site, JulianDate.of(t)));
  }

  /** Empty for files that aren't phased. */
  String frame() throws IOException {
    if (has("phase_type")) {
      return text("phase_type").equals("phased") && has("phase_center_frame")
          ? text("phase_center_frame")
          : text("phase_type").equals("phased") ? "icrs" : "";
    }
    return has("phase_center_catalog/1/cat_frame")
        ? text("phase_center_catalog/1/cat_frame")
        : has("phase_center_catalog/0/cat_frame") ? text("phase_center_catalog/0/cat_frame") : "";
  }

  private boolean isPhased() throws IOException {
    return !frame().isEmpty() && !frame().equals("altaz");
  }

  PhaseReference reference(int row) throws IOException {
    if (has("phase_center_frame_pa")) {
      double ra = numbers("phase_center_app_ra")[row];
      double lst = sky(row).siderealTimeRad();
      return new PhaseReference.Apparent(
          new ApparentPlace(
              ra,
              numbers("phase_center_app_dec")[row],
              lst - ra,
              numbers("phase_center_frame_pa")[row]),
          isPhased());
    }
    if (!isPhased()) {
      return new PhaseReference.Unprojected();
    }
    return new PhaseReference.Sidereal(
        new IcrsDirection(one("phase_center_ra"), one("phase_center_dec")));
  }

  /** Rephases uvw in place and returns each row's shift. */
  double[] rephase(double[] rows, PhaseReference to) throws IOException {
    Map<Double, Rephasing> byTime = new HashMap<>();
    double[] all = new double[times.length];
    double[] one = new double[1];
    for (int r = 0; r < times.length; r++) {
      Rephasing rephasing = byTime.get(times[r]);
      if (rephasing == null) {
        rephasing = Rephasing.between(reference(r), to, site, sky(r));
        byTime.put(times[r], rephasing);
      }
      rephasing.apply(rows, 3 * r, 1, one);
      all[r] = one[0];
    }
    return all;
  }

  double[] uvwFromAntennas() throws IOException {
    double[] positions = numbers("antenna_positions");
    double[] number = numbers("antenna_numbers");
    Map<Integer, double[]> xyz = new HashMap<>();
    for (int a = 0; a < number.length; a++) {
      Ecef e = new Ecef(positions[3 * a], positions[3 * a + 1], positions[3 * a + 2]);
      xyz.put((int) number[a], UvwFrame.meridianAxes(e, site));
    }
    double[] first = numbers("ant_1_array");
    double[] second = numbers("ant_2_array");
    double[] all = new double[uvw.length];
    Map<Double, UvwFrame> frames = new HashMap<>();
    for (int r = 0; r < times.length; r++) {
      UvwFrame frame = frames.get(times[r]);
      if (frame == null) {
        frame = reference(r).frame(site, sky(r));
        frames.put(times[r], frame);
      }
      double[] a = xyz.get((int) first[r]);
      double[] b = xyz.get((int) second[r]);
      double[] d = {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
      System.arraycopy(frame.project(d), 0, all, 3 * r, 3);
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    file.close();
    raw.close();
    store.close();
  }
}
