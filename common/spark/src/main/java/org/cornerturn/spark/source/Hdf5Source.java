package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.InputFiles;

/**
 * {@code spark.read().format("hdf5")}: a dataset's elements as rows. Options: {@code path} (file,
 * folder or pattern), {@code dataset}, {@code rows} ({@code element} or {@code chunk}), {@code
 * enums} ({@code names} or {@code numbers}), {@code mode} ({@code failfast} or {@code permissive}).
 */
public final class Hdf5Source extends LatticeProvider {
  /** Endings of names that folders are searched for. */
  static final Set<String> EXTENSIONS =
      Set.of("h5", "hdf5", "hdf", "he5", "nc", "nc4", "nxs", "h5ad", "nwb", "uvh5");

  @Override
  public String shortName() {
    return "hdf5";
  }

  @Override
  List<String> optionNames() {
    return List.of("dataset", "rows", "enums");
  }

  @Override
  LatticeSource source(SourceOptions options) throws IOException {
    List<InputFile> files = new InputFiles(EXTENSIONS, options.hadoop()).expand(options.paths());
    return new Hdf5Lattices(options, files.stream().map(InputFile::uri).toList());
  }
}
