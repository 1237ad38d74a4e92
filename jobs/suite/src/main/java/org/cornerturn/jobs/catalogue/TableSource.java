package org.cornerturn.jobs.catalogue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cornerturn.UserError;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.InputFiles;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.ParquetFiles;
import org.cornerturn.table.TableCache;
import org.cornerturn.table.TableReader;
import org.cornerturn.table.TableSnapshot;
import org.cornerturn.tablefile.FitsTable;
import org.cornerturn.tablefile.StilTable;
import org.cornerturn.tablefile.TableFile;

/**
 * A table that a command reads, at the version that it was planned with.
 *
 * @param folder the store: of a Delta table and of a folder of Parquet files the folder itself
 * @param key of a file; empty for a folder
 * @param format how it is read
 * @param version of the file; of a Delta table its number
 * @param bytes of its data
 */
public record TableSource(String folder, String key, Format format, String version, long bytes)
    implements Serializable {
  private static final String DELTA_LOG = "_delta_log/";

  /** How tables are read. */
  public enum Format {
    DELTA,
    PARQUET,
    FITS,
    VOTABLE,
    CSV,
    ASCII,
    TST,
    IPAC,
    MRT
  }

  /**
   * Finds a table.
   *
   * @param argument a file, a folder of Parquet files, a Delta table, or the name of one in the
   *     warehouse
   * @param format null for what its name says
   */
  public static TableSource find(
      String argument, Format format, String warehouse, Map<String, String> hadoop)
      throws IOException {
    Optional<TableSource> delta = delta(argument, hadoop);
    if (delta.isPresent()) {
      return delta.get();
    }
    if (argument.matches("\\w+")) {
      Optional<TableSource> known = delta(warehouse.replaceAll("/+$", "") + "/" + argument, hadoop);
      if (known.isPresent()) {
        return known.get();
      }
    }
    List<InputFile> files = new InputFiles(Set.of("parquet"), hadoop).expand(List.of(argument));
    InputFile first = files.get(0);
    if (files.size() > 1 || !first.uri().endsWith(argument.replaceAll("^.*/", ""))) {
      StringBuilder versions = new StringBuilder();
      files.forEach(f -> versions.append(f.key()).append(f.version()).append(';'));
      return new TableSource(
          first.folder(),
          "",
          Format.PARQUET,
          Integer.toHexString(versions.toString().hashCode()) + "-" + files.size(),
          files.stream().mapToLong(InputFile::size).sum());
    }
    return new TableSource(
        first.folder(),
        first.key(),
        format == null ? of(argument) : format,
        first.version(),
        first.size());
  }

  private static Optional<TableSource> delta(String uri, Map<String, String> hadoop)
      throws IOException {
    if (Stores.isLocal(uri) && !Files.isDirectory(Stores.localPath(uri))) {
      return Optional.empty();
    }
    String folder =
        Stores.isLocal(uri)
            ? Stores.localPath(uri).toAbsolutePath().normalize().toString()
            : uri.replaceAll("/+$", "");
    try (ObjectStore store = Stores.open(folder, hadoop)) {
      if (store.folder(DELTA_LOG.substring(0, DELTA_LOG.length() - 1)).objects().isEmpty()) {
        return Optional.empty();
      }
      return new TableReader(store, TableCache.none(), Optional.empty())
          .latest()
          .map(
              s ->
                  new TableSource(
                      folder, "", Format.DELTA, Long.toString(s.version()), s.dataBytes()));
    }
  }

  private static Format of(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
    return switch (lower.substring(lower.lastIndexOf('.') + 1)) {
      case "parquet" -> Format.PARQUET;
      case "fits", "fit", "fts" -> Format.FITS;
      case "vot", "votable", "xml" -> Format.VOTABLE;
      case "csv" -> Format.CSV;
      case "tsv", "tst" -> Format.TST;
      case "tbl", "ipac" -> Format.IPAC;
      case "mrt" -> Format.MRT;
      case "txt", "dat", "ascii" -> Format.ASCII;
      default ->
          throw new UserError(
              name,
              "its name doesn't say what kind of table it is",
              "Say so with --format: fits, votable, csv, parquet, ascii, tst, ipac, mrt");
    };
  }

  public String uri() {
    return key.isEmpty() ? folder : folder + "/" + key;
  }

  /** Its name without folder and ending. */
  public String stem() {
    String name = uri().substring(uri().lastIndexOf('/') + 1);
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  public InputVersion input() {
    return new InputVersion(uri(), version, bytes);
  }

  /**
   * Opens it.
   *
   * @param store of {@link #folder()}, which stays the caller's
   */
  public TableFile open(ObjectStore store) throws IOException {
    return switch (format) {
      case FITS ->
          key.endsWith(".gz")
              ? StilTable.open(store, key, "fits")
              : FitsTable.open(store.open(key));
      case DELTA -> {
        TableSnapshot table =
            new TableReader(store, TableCache.none(), Optional.empty())
                .at(Long.parseLong(version))
                .orElseThrow(
                    () ->
                        new UserError(
                            uri(), "its version " + version + " is gone", "Run the command anew"));
        yield new RowSourceFile(table);
      }
      case PARQUET -> new RowSourceFile(new ParquetFiles(store, parquet(store)));
      default -> StilTable.open(store, key, format.name().toLowerCase(Locale.ROOT));
    };
  }

  private List<ObjectStatus> parquet(ObjectStore store) throws IOException {
    return key.isEmpty()
        ? store.list("").stream()
            .filter(s -> s.key().endsWith(".parquet") && !s.key().contains("_cornerturn/"))
            .toList()
        : List.of(store.status(key).orElseThrow(() -> new FileNotFoundException(uri())));
  }
}
