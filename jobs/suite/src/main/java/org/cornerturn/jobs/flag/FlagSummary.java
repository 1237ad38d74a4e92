package org.cornerturn.jobs.flag;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cornerturn.array.Box;
import org.cornerturn.array.Shape;
import org.cornerturn.flagging.FlagCounts;
import org.cornerturn.flagging.FlagCounts.Axis;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.measurementset.FlagBit;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;

/**
 * How many samples are flagged and why, as rows of {@code flag_summary}.
 *
 * @param objects boxes of the flags' objects, in the order of their numbers
 * @param strategy what made the flags, in a few words
 */
record FlagSummary(
    OpenSet set, FlagSource source, List<Box> objects, String strategy, String fingerprint) {
  /** What {@code reason} says of all of them together. */
  static final String ANY = "any";

  static final TableDefinition TABLE =
      TableDefinition.named("flag_summary", "how much is flagged and why, of every flagging")
          .text("product", "id of the product")
          .text("root", "where the processing set lies")
          .text("measurement_set", "group in the processing set")
          .text("flags", "array of flags in the measurement set")
          .text("strategy", "what made them")
          .text("axis", "what is counted: set, antenna, channel, time or correlation")
          .count("index", null, "which one along the axis")
          .text("name", "of the antenna or correlation; else null")
          .real("frequency", "Hz", "of the channel; else null")
          .moment("time", "middle of the integration; else null")
          .text("reason", "name of the flag bit; any for samples flagged at all")
          .count("samples", null, "number of samples")
          .count("flagged", null, "number of samples that are flagged for this reason")
          .real("fraction", null, "flagged part of the samples")
          .moment("published", "when the flags became visible");

  /** What the tasks have counted together; empty once the parts are gone. */
  Optional<FlagCounts> counts(ObjectStore root) throws IOException {
    Shape shape = source.flags().shape();
    int antennas = set.reader().antennaNames().size();
    FlagCounts all =
        new FlagCounts(antennas, (int) shape.dim(2), (int) shape.dim(0), (int) shape.dim(3));
    for (int i = 0; i < objects.size(); i++) {
      Box object = objects.get(i);
      long[] counts;
      try {
        counts = TotalFlags.longs(root.get(source.counted(i)));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
      all.add(counts, FlagSource.ints(object.shape().dims()), FlagSource.ints(object.start()));
    }
    return Optional.of(all);
  }

  void removeParts(ObjectStore root) throws IOException {
    root.deleteFolder(source.parts());
  }

  void append(String warehouse, Map<String, String> hadoop, FlagCounts counts) throws IOException {
    DeltaTable table =
        new DeltaTable(
            Stores.open(warehouse.replaceAll("/+$", "") + "/" + TABLE.name(), hadoop), TABLE);
    // Once for each array of flags, however often it is published.
    String writer =
        new Fingerprint()
            .with("root", set.folder())
            .with("flags", source.target())
            .with("fingerprint", fingerprint)
            .hex();
    table.append(rows(counts, Instant.now()), "flags-" + writer, 0);
  }

  private List<Object[]> rows(FlagCounts counts, Instant at) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    Msv4Reader reader = set.reader();
    List<String> antennas = reader.antennaNames();
    List<String> correlations = reader.polarizations();
    double[] frequenciesHz = reader.frequenciesHz();
    double[] unixSeconds = reader.unixSeconds();
    long published = micros(at);
    for (Axis axis : Axis.values()) {
      for (int i = 0; i < counts.length(axis); i++) {
        if (counts.samples(axis, i) == 0) {
          continue;
        }
        Object[] about = {
          axis == Axis.ANTENNA
              ? antennas.get(i)
              : axis == Axis.CORRELATION ? correlations.get(i) : null,
          axis == Axis.CHANNEL ? (Object) frequenciesHz[i] : null,
          axis == Axis.TIME ? (Object) Math.round(unixSeconds[i] * 1e6) : null
        };
        rows.add(
            row(axis, i, about, ANY, counts.samples(axis, i), counts.flagged(axis, i), published));
        for (FlagBit bit : FlagBit.values()) {
          long flagged = counts.flagged(axis, i, bit.ordinal());
          if (flagged > 0) {
            rows.add(row(axis, i, about, bit.name(), counts.samples(axis, i), flagged, published));
          }
        }
      }
    }
    return rows;
  }

  private Object[] row(
      Axis axis,
      int index,
      Object[] about,
      String reason,
      long samples,
      long flagged,
      long published) {
    return new Object[] {
      set.productName(source.branch()) + "-" + fingerprint.substring(0, 12),
      set.uri(),
      set.reader().name(),
      source.target(),
      strategy,
      axis.name().toLowerCase(Locale.ROOT),
      (long) index,
      about[0],
      about[1],
      about[2],
      reason,
      samples,
      flagged,
      (double) flagged / samples,
      published
    };
  }

  private static long micros(Instant at) {
    return TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + at.getNano() / 1000;
  }
}
