package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.InputFiles;

/**
 * {@code spark.read().format("uvh5")}: visibilities as rows. Options: {@code path} (file, folder or
 * pattern), {@code rows} ({@code visibility}, {@code spectrum} or {@code chunk}), {@code precision}
 * ({@code single} or {@code double}), {@code mode} ({@code failfast} or {@code permissive}).
 */
public final class Uvh5Source extends LatticeProvider {
  /** Endings of names that folders are searched for. */
  private static final Set<String> EXTENSIONS = Set.of("uvh5", "hdf5", "h5");

  @Override
  public String shortName() {
    return "uvh5";
  }

  @Override
  List<String> optionNames() {
    return List.of("rows", "precision");
  }

  @Override
  LatticeSource source(SourceOptions options) throws IOException {
    List<InputFile> files = new InputFiles(EXTENSIONS, options.hadoop()).expand(options.paths());
    return new Uvh5Lattices(options, files.stream().map(InputFile::uri).toList());
  }
}
