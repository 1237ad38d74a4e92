package org.cornerturn.query.waveform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cornerturn.UserError;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.AttributeJson;
import org.cornerturn.hdf5.ChunkManifest;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.DatasetSource;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5Exception;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.root.Located;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.waveform.WaveformDatasets;
import org.cornerturn.waveform.WaveformScale;
import org.cornerturn.waveform.WaveformScaling;

/** Recordings that are still in HDF5 files: all levels are made from the samples. */
final class Hdf5Waveform {
  /** Samples that are read at least at once. */
  private static final long BLOCK = 1 << 20;

  private static final long CHUNK_ENTRY_BYTES = 32;
  private static final long RECORD_BYTES = 1 << 16;

  private Hdf5Waveform() {}

  /**
   * The recording in a file, or nothing where it has none.
   *
   * @param path of its dataset; empty for the one that looks like it
   */
  static Optional<Waveform> open(Located place, ObjectStatus status, String path) {
    try (Hdf5File file = Hdf5File.open(place.store().open(status))) {
      Map<String, Hdf5Dataset> datasets = new TreeMap<>();
      for (Hdf5Object o : file.walk()) {
        if (o instanceof Hdf5Dataset d) {
          datasets.put(d.path(), d);
        }
      }
      Optional<Hdf5Dataset> chosen =
          path.isEmpty()
              ? WaveformDatasets.find(datasets.values())
              : Optional.ofNullable(datasets.get(path.startsWith("/") ? path : "/" + path))
                  .filter(WaveformDatasets::isWaveform);
      return chosen.isEmpty()
          ? Optional.empty()
          : Optional.of(read(place, status, file, datasets, chosen.get()));
    } catch (Hdf5Exception e) {
      throw Problem.damaged(e.getMessage(), e);
    } catch (UserError e) {
      throw Problem.unprocessable(e.getMessage());
    } catch (IOException e) {
      throw place.failed(e);
    }
  }

  private static Waveform read(
      Located place,
      ObjectStatus status,
      Hdf5File file,
      Map<String, Hdf5Dataset> datasets,
      Hdf5Dataset d)
      throws IOException {
    ObjectNode attributes = AttributeJson.of(file.root().attributes());
    try (ObjectChannel channel = place.store().open(status)) {
      new WaveformScaling(
              d, datasets, attributes.deepCopy(), AttributeJson.of(d.attributes()), channel)
          .addTo(attributes);
    }
    Primitive type = (Primitive) d.dataType();
    Shape shape = d.shape();
    DatasetSource source = d.source();
    ChunkManifest manifest = d.manifest();
    long chunk = d.chunkShape().map(c -> Math.min(c.dim(3), shape.dim(3))).orElse(BLOCK);
    long stored = d.chunkShape().map(Shape::size).orElse(0L) * type.itemSize();
    Level.Samples samples =
        new Level.Samples(
            type,
            shape.dim(3),
            chunk * Math.max(1, BLOCK / chunk),
            stored,
            box -> samples(place, status, source, manifest, box));
    return new Waveform(
        place,
        "hdf5",
        d.path(),
        status.version(),
        type,
        shape,
        WaveformScale.of(attributes, Math.toIntExact(shape.dim(0)), Math.toIntExact(shape.dim(1))),
        Waveform.completed(samples, List.of()),
        RECORD_BYTES + manifest.size() * CHUNK_ENTRY_BYTES);
  }

  private static byte[] samples(
      Located place, ObjectStatus status, DatasetSource source, ChunkManifest manifest, Box box)
      throws IOException {
    try (ObjectChannel channel = place.store().open(status)) {
      return new DatasetReader(source, manifest, channel).read(box).bytes();
    }
  }
}
