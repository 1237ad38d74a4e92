package org.cornerturn.query.waveform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.pyramid.Overview;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.zarr.ZarrStores.OpenGroup;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.waveform.WaveformScale;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrException;
import org.cornerturn.zarr.ZarrGroup;
import org.cornerturn.zarr.ZarrNode;

/**
 * Recordings in Zarr stores of either version: {@code raw} with the levels of {@code pyramid} or of
 * a pyramid built later ({@code raw_pyramid}), else with the single {@code overview/0} of
 * ZoomingOnline's layout.
 */
final class ZarrWaveform {
  private static final String RAW = "raw";
  private static final String OVERVIEW = "overview/0";
  private static final List<String> PYRAMIDS = List.of("pyramid", "raw_pyramid");

  /** Samples that are read at least at once: small chunks are taken together. */
  private static final long BLOCK = 1 << 16;

  private static final long RECORD_BYTES = 4096;

  private final OpenGroup opened;
  private final ZarrGroup group;
  private final SortedSet<String> arrays;

  private ZarrWaveform(OpenGroup opened, SortedSet<String> arrays) {
    this.opened = opened;
    this.group = opened.group();
    this.arrays = arrays;
  }

  /** The recording in a group, or nothing where it has none. */
  static Optional<Waveform> open(OpenGroup opened) {
    try {
      SortedSet<String> arrays = arrays(opened);
      return arrays.contains(RAW) ? new ZarrWaveform(opened, arrays).read() : Optional.empty();
    } catch (ZarrException e) {
      throw Problem.damaged(e.getMessage(), e);
    } catch (IOException e) {
      throw opened.place().failed(e);
    }
  }

  /** Paths of the arrays that matter. Without consolidated metadata the folders are looked into. */
  private static SortedSet<String> arrays(OpenGroup opened) throws IOException {
    if (opened.group().isConsolidated()) {
      return opened.group().arrayPaths();
    }
    SortedSet<String> found = new TreeSet<>();
    String prefix = opened.place().key().isEmpty() ? "" : opened.place().key() + "/";
    ObjectStore store = opened.place().store();
    for (String path : List.of(RAW, OVERVIEW)) {
      if (ZarrNode.at(store, prefix + path).filter(ZarrNode::isArray).isPresent()) {
        found.add(path);
      }
    }
    for (String pyramid : PYRAMIDS) {
      for (String level : store.folder(prefix + pyramid).folders()) {
        if (ZarrNode.at(store, level).filter(ZarrNode::isArray).isPresent()) {
          found.add(level.substring(prefix.length()));
        }
      }
    }
    return found;
  }

  private Optional<Waveform> read() throws IOException {
    ZarrArray raw = group.array(RAW);
    ArrayMetadata m = raw.metadata();
    if (m.shape().rank() != 4
        || m.shape().size() == 0
        || !(m.type() instanceof Primitive type)
        || type.isComplex()) {
      return Optional.empty();
    }
    long chunk = Math.min(m.chunk().dim(3), m.shape().dim(3));
    long block = chunk * Math.max(1, BLOCK / chunk);
    Level.Samples samples =
        new Level.Samples(
            type,
            m.shape().dim(3),
            block,
            m.chunk().size() * type.itemSize(),
            box -> raw.read(box).bytes());
    WaveformScale scale =
        WaveformScale.of(
            group.attributes(),
            Math.toIntExact(m.shape().dim(0)),
            Math.toIntExact(m.shape().dim(1)));
    return Optional.of(
        new Waveform(
            opened.place(),
            "zarr",
            RAW,
            opened.version(),
            type,
            m.shape(),
            scale,
            Waveform.completed(samples, levels(m.shape(), type)),
            RECORD_BYTES));
  }

  private List<Level> levels(Shape shape, Primitive type) throws IOException {
    for (String pyramid : PYRAMIDS) {
      List<Level> levels = new ArrayList<>();
      for (String path : below(pyramid)) {
        ZarrArray array = group.array(path);
        level(shape, type, array).ifPresent(levels::add);
      }
      if (!levels.isEmpty()) {
        levels.sort(Comparator.comparingLong(Level::samplesPerBin));
        return levels;
      }
    }
    return arrays.contains(OVERVIEW)
        ? overview(shape, type, group.array(OVERVIEW)).stream().toList()
        : List.of();
  }

  private Collection<String> below(String pyramid) {
    return arrays.subSet(pyramid + "/", pyramid + "0");
  }

  /** An array of minima and maxima, if it is one of this recording. */
  private static Optional<Level> level(Shape shape, Primitive type, ZarrArray array) {
    ArrayMetadata m = array.metadata();
    long perBin = m.attributes().path("samples_per_bin").asLong(0);
    if (perBin < 2 || !m.type().equals(type) || !isMinMax(m.attributes().path("stat"))) {
      return Optional.empty();
    }
    long bins = (shape.dim(3) + perBin - 1) / perBin;
    return m.shape().equals(Shape.of(shape.dim(0), shape.dim(1), shape.dim(2), bins, 2))
        ? Optional.of(new Level.Stored(type, perBin, array))
        : Optional.empty();
  }

  private static boolean isMinMax(JsonNode stat) {
    return stat.size() == 2
        && stat.get(0).asText().equals("min")
        && stat.get(1).asText().equals("max");
  }

  /** The overview, whose bins follow from the number of samples. */
  private static Optional<Level> overview(Shape shape, Primitive type, ZarrArray array) {
    ArrayMetadata m = array.metadata();
    long samples = shape.dim(3);
    long perBin = Overview.samplesPerBin(samples);
    int bins = Overview.bins(samples);
    boolean fits =
        m.type().equals(type)
            && m.shape().equals(Shape.of(shape.dim(0), shape.dim(1), shape.dim(2), 2, bins));
    return fits && perBin > 1
        ? Optional.of(new Level.Overview(type, perBin, array))
        : Optional.empty();
  }
}
