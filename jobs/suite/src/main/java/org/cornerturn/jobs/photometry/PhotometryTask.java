package org.cornerturn.jobs.photometry;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cornerturn.catalogue.Healpix;
import org.cornerturn.jobs.source.ImagePlane;
import org.cornerturn.jobs.source.WarehouseRows;
import org.cornerturn.plane.CutOut;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.source.Background;
import org.cornerturn.source.FindSettings;
import org.cornerturn.source.ForcedFlux;
import org.cornerturn.source.ForcedPhotometry;
import org.cornerturn.source.Injection;
import org.cornerturn.source.NoiseCorrelation;
import org.cornerturn.source.PixelShape;
import org.cornerturn.source.SourceFinder;
import org.cornerturn.spark.Survey;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DataFile;
import org.cornerturn.table.TableWriter;

/**
 * Measures the fluxes of places in tiles and writes their rows into data files of the table.
 *
 * @param settings of background and noise
 * @param least gain of the antennas below which nothing is measured
 * @param table URI of the table; null where no rows are wanted
 */
record PhotometryTask(
    FindSettings settings,
    double least,
    String list,
    String table,
    Map<String, String> hadoop,
    String software,
    long now)
    implements Survey.Question<PhotometryTask.Tile, PhotometryTask.Answer> {
  private static final long serialVersionUID = 1L;
  private static final long ROW_BYTES = 500;
  private static final double ARCSEC = 3600 * 180 / Math.PI;

  /** Errors above which a flux is one. */
  private static final double LIMIT = 3;

  /**
   * A part of an image with its places.
   *
   * @param own how many of the places are in the part: the first; the others are close to it
   * @param injected heights over noise of sources that are put at the places; null for none
   */
  record Tile(
      ImagePlane image,
      CutOut part,
      String[] ids,
      double[] x,
      double[] y,
      double[] expected,
      int own,
      double[] injected)
      implements Serializable {}

  /**
   * @param measured places with a flux
   * @param seen of these above three errors
   * @param nanos of measuring alone
   * @param pulls of injected sources
   */
  record Answer(
      ArrayList<DataFile> rows, int tiles, int measured, int seen, long nanos, double[] pulls)
      implements Serializable {}

  @Override
  public Answer ask(List<Tile> batch) {
    try (ObjectStore store = table == null ? null : Stores.open(table, hadoop)) {
      List<Object[]> rows = new ArrayList<>();
      int measured = 0;
      int seen = 0;
      long nanos = 0;
      List<Double> pulls = new ArrayList<>();
      for (Tile tile : batch) {
        long start = System.nanoTime();
        SourceFinder finder =
            new SourceFinder(
                tile.image().width(), tile.image().height(), tile.image().shape(), settings);
        Measured m = measure(tile, finder);
        nanos += System.nanoTime() - start;
        float[] pattern = tile.image().pattern(tile.part(), hadoop);
        for (int i = 0; i < tile.own(); i++) {
          ForcedFlux f = m.flux()[i];
          double gain = gain(tile, pattern, i);
          if (!f.isMeasured() || gain < least) {
            continue;
          }
          measured++;
          seen += f.snr() > LIMIT ? 1 : 0;
          if (tile.injected() == null) {
            rows.add(row(tile, i, f, gain));
          } else {
            pulls.add((f.flux() - m.truth()[i]) / f.error());
          }
        }
      }
      rows.sort(Comparator.comparingLong(r -> (Long) r[0]));
      return new Answer(
          written(store, rows),
          batch.size(),
          measured,
          seen,
          nanos,
          pulls.stream().mapToDouble(Double::doubleValue).toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArrayList<DataFile> written(ObjectStore store, List<Object[]> rows)
      throws IOException {
    if (store == null) {
      return new ArrayList<>();
    }
    TableWriter writer =
        new TableWriter(store, PhotometryTable.PHOTOMETRY, WarehouseRows.HELD_BYTES);
    for (Object[] row : rows) {
      writer.add(row, ROW_BYTES);
    }
    return new ArrayList<>(writer.finish());
  }

  private record Measured(ForcedFlux[] flux, double[] truth) {}

  private Measured measure(Tile tile, SourceFinder finder) throws IOException {
    PixelShape beam = tile.image().shape();
    int reach = ForcedPhotometry.reach(beam);
    CutOut window = finder.window(tile.part(), reach);
    float[] plane = tile.image().read(window, hadoop);
    double[] truth = null;
    if (tile.injected() != null) {
      Background before = finder.background(plane, tile.part(), reach);
      truth = new double[tile.own()];
      for (int i = 0; i < tile.own(); i++) {
        double rms = before.rmsAt((int) Math.rint(tile.x()[i]), (int) Math.rint(tile.y()[i]));
        truth[i] = rms * tile.injected()[i];
        if (truth[i] > 0) {
          Injection.add(plane, window, tile.x()[i], tile.y()[i], truth[i], beam);
        }
      }
    }
    Background background = finder.background(plane, tile.part(), reach);
    NoiseCorrelation correlation =
        NoiseCorrelation.of(plane, window, tile.part(), background, beam);
    return new Measured(
        new ForcedPhotometry(beam, correlation)
            .measure(plane, window, background, tile.x(), tile.y()),
        truth);
  }

  private static double gain(Tile tile, float[] pattern, int i) {
    if (pattern == null) {
      return Double.NaN;
    }
    CutOut p = tile.part();
    int x = Math.max(0, Math.min(p.width() - 1, (int) Math.rint(tile.x()[i]) - p.x()));
    int y = Math.max(0, Math.min(p.height() - 1, (int) Math.rint(tile.y()[i]) - p.y()));
    return pattern[y * p.width() + x];
  }

  private Object[] row(Tile tile, int i, ForcedFlux f, double gain) {
    ImagePlane image = tile.image();
    IcrsDirection at = image.wcs().direction(tile.x()[i], tile.y()[i]);
    double ra = Math.toDegrees(at.raRad());
    double dec = Math.toDegrees(at.decRad());
    double k = 1 / (gain > 0 ? gain : 1);
    return new Object[] {
      Healpix.finest(ra, dec),
      tile.ids()[i],
      number(image.mjd()),
      ra,
      dec,
      epoch(image, list),
      image.id(),
      list,
      number(image.hertz()),
      f.flux() * k,
      f.error() * k,
      f.snr(),
      f.snr() > LIMIT ? null : f.upperLimit(LIMIT) * k,
      f.rms() * k,
      f.level() * k,
      f.chiSquared(),
      (long) f.degrees(),
      (long) f.together(),
      number(tile.expected()[i]),
      tile.x()[i],
      tile.y()[i],
      Math.toDegrees(at.separationRad(image.wcs().reference())),
      number(gain),
      image.beam().majorRad() * ARCSEC,
      image.beam().minorRad() * ARCSEC,
      Math.toDegrees(image.beam().positionAngleRad()),
      image.version(),
      software,
      now
    };
  }

  /** By which rows are replaced. */
  static String epoch(ImagePlane image, String list) {
    return image.id() + " " + list;
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /**
   * Places of sources to inject, on a jittered lattice, so that they don't blend.
   *
   * @param count about so many in the tile
   */
  static Tile injected(ImagePlane image, CutOut part, int count, double snr, long seed) {
    double side =
        Math.max(
            8 * image.shape().major(),
            Math.sqrt((double) part.width() * part.height() / Math.max(1, count)));
    int across = (int) (part.width() / side);
    int down = (int) (part.height() / side);
    int n = across * down;
    double[] x = new double[n];
    double[] y = new double[n];
    double[] height = new double[n];
    Random random = new Random(seed * 31 + part.x() * 7919L + part.y());
    for (int i = 0; i < n; i++) {
      x[i] = part.x() + (i % across + 0.25 + random.nextDouble() / 2) * side;
      y[i] = part.y() + (i / across + 0.25 + random.nextDouble() / 2) * side;
    }
    Arrays.fill(height, snr);
    return new Tile(image, part, new String[n], x, y, new double[n], n, height);
  }
}
