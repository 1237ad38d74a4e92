package org.cornerturn.jobs.source;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.cornerturn.plane.CutOut;
import org.cornerturn.source.Component;
import org.cornerturn.source.FindSettings;
import org.cornerturn.source.SourceFinder;
import org.cornerturn.source.SourceFlag;
import org.cornerturn.spark.Survey;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DataFile;
import org.cornerturn.table.TableWriter;

/**
 * Finds the sources of tiles and writes their rows into data files of the table, where it is.
 *
 * @param table URI of the table of detections
 * @param least gain of the antennas below which nothing is looked for
 */
record FindTask(
    FindSettings settings,
    double least,
    String table,
    Map<String, String> hadoop,
    String software,
    long now)
    implements Survey.Question<FindTask.Tile, FindTask.Answer> {
  private static final long serialVersionUID = 1L;

  /** About the bytes of a row. */
  private static final long ROW_BYTES = 700;

  /** A part of an image. */
  record Tile(ImagePlane image, CutOut part) implements Serializable {}

  /**
   * @param rows data files
   * @param extended components that are
   * @param truncated components whose island could not be seen whole
   */
  record Answer(
      ArrayList<DataFile> rows, int found, int extended, int truncated, ArrayList<Double> rms)
      implements Serializable {}

  @Override
  public Answer ask(List<Tile> batch) {
    try (ObjectStore store = Stores.open(table, hadoop)) {
      TableWriter writer =
          new TableWriter(store, SourceTables.DETECTIONS, WarehouseRows.HELD_BYTES);
      List<Object[]> rows = new ArrayList<>();
      int extended = 0;
      int truncated = 0;
      ArrayList<Double> rms = new ArrayList<>();
      for (Tile tile : batch) {
        SourceFinder.Found found = find(tile);
        float[] gains = gains(tile, found.components());
        for (int i = 0; i < gains.length; i++) {
          Component c = found.components().get(i);
          if (gains[i] < least) {
            continue;
          }
          rows.add(DetectionRow.of(tile.image(), c, gains[i], software, now));
          extended += c.has(SourceFlag.EXTENDED) ? 1 : 0;
          truncated += c.has(SourceFlag.TRUNCATED) ? 1 : 0;
        }
        rms.add(found.medianRms());
      }
      rows.sort(Comparator.comparingLong(r -> (Long) r[0]));
      for (Object[] row : rows) {
        writer.add(row, ROW_BYTES);
      }
      return new Answer(new ArrayList<>(writer.finish()), rows.size(), extended, truncated, rms);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks again, and wider, while an island goes on beyond what was looked at. */
  private SourceFinder.Found find(Tile tile) throws IOException {
    ImagePlane image = tile.image();
    SourceFinder finder = new SourceFinder(image.width(), image.height(), image.shape(), settings);
    for (int reach = finder.reach(); ; reach *= 2) {
      CutOut window = finder.window(tile.part(), reach);
      SourceFinder.Found found = finder.find(image.read(window, hadoop), tile.part(), reach);
      CutOut wider = finder.window(tile.part(), 2 * reach);
      if (found.complete() || (long) wider.width() * wider.height() > FindJob.MOST_PIXELS) {
        return found;
      }
    }
  }

  /** Response of the antennas at components' places; NaN where it isn't known. */
  private float[] gains(Tile tile, List<Component> components) throws IOException {
    float[] out = new float[components.size()];
    CutOut part = tile.part();
    float[] pattern = out.length == 0 ? null : tile.image().pattern(part, hadoop);
    for (int i = 0; i < out.length; i++) {
      Component c = components.get(i);
      int x = Math.max(0, Math.min(part.width() - 1, (int) Math.rint(c.x()) - part.x()));
      int y = Math.max(0, Math.min(part.height() - 1, (int) Math.rint(c.y()) - part.y()));
      out[i] = pattern == null ? Float.NaN : pattern[y * part.width() + x];
    }
    return out;
  }
}
