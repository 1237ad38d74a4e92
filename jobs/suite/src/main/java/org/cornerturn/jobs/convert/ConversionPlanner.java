package org.cornerturn.jobs.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.hdf5.Hdf5Limits;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.uvh5.Uvh5File;

/** Plans the conversion of one file from its metadata alone. */
final class ConversionPlanner {
  /** Goes up whenever the same question would be answered with other bytes. */
  private static final String ENCODER = "1";

  private final ConvertParameters parameters;
  private final Map<String, String> hadoop;

  ConversionPlanner(ConvertParameters parameters, Map<String, String> hadoop) {
    this.parameters = parameters;
    this.hadoop = hadoop;
  }

  /**
   * @param profile what the file was taken for
   * @param requests range requests that planning took
   * @param bytesRead bytes that planning read
   * @param arrays number of arrays
   * @param bytesRaw bytes of all arrays' elements, uncompressed
   * @param notes what the user should know of the result
   */
  record Planned(
      ProductPlan<ConvertTask> product,
      Profile profile,
      long requests,
      long bytesRead,
      int arrays,
      long bytesRaw,
      List<String> notes) {
    Planned {
      notes = List.copyOf(notes);
    }
  }

  /**
   * @param root URI of the store to write
   * @return empty where the file is UVH5, and visibilities are made of such
   * @throws UserError or {@link org.cornerturn.hdf5.Hdf5Exception} when the file can't be converted
   */
  Optional<Planned> plan(InputFile input, String root) throws IOException {
    try (ObjectStore store = Stores.open(input.folder(), hadoop);
        ObjectChannel channel = store.open(input.key());
        Hdf5File file = Hdf5File.open(channel, Hdf5Limits.DEFAULT)) {
      if (takesVisibilities() && Uvh5File.isUvh5(file)) {
        return Optional.empty();
      }
      HierarchyPlan plan =
          new HierarchyPlan(
              parameters,
              new ConvertTask.Source(input.folder(), input.key(), input.version()),
              channel);
      plan.add(file.walk());
      ProductPlan<ConvertTask> product =
          ProductPlan.folder(
              name(root),
              root,
              fingerprint(input),
              "convert",
              parameters.forInput(input.uri(), root).toJson(),
              List.of(new InputVersion(input.uri(), input.version(), input.size())),
              new ChunkPlan<>(plan.tasks()),
              plan.refusals(),
              plan.publisher());
      return Optional.of(
          new Planned(
              product,
              plan.profile(),
              channel.requests(),
              channel.bytesRead(),
              plan.arrays(),
              plan.bytesRaw(),
              List.of()));
    }
  }

  /** Whether UVH5 files are told from others: not where somebody wants some of their datasets. */
  private boolean takesVisibilities() {
    return parameters.profile() == Profile.AUTO
        && parameters.datasets().isEmpty()
        && parameters.excludes().isEmpty();
  }

  private String fingerprint(InputFile input) {
    ObjectNode question = parameters.toJson();
    // Where things are is no part of the question; what they are is.
    question.remove(List.of("inputs", "output", "folder", "visibilities"));
    return new Fingerprint()
        .with("verb", "convert")
        .with("encoder", ENCODER)
        .with("input", input.uri())
        .with("version", input.version())
        .with("size", input.size())
        .with("parameters", question)
        .hex();
  }

  /** Readable name of a product: its folder's without the ending. */
  static String name(String root) {
    String path = root.replaceAll("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("(\\.ps)?\\.zarr$", "");
  }
}
