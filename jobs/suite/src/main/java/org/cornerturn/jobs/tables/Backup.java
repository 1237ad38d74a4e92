package org.cornerturn.jobs.tables;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.table.TableArchive;

/**
 * What a backup has; it is written last, so a folder without it is no backup.
 *
 * @param created when, ISO 8601
 * @param warehouse that was copied
 * @param tables by name; the copies lie in folders of these names
 */
record Backup(String created, String warehouse, Map<String, TableArchive.Copy> tables) {
  static final String KEY = "backup.json";

  /** Names of backups in their folder: when they were made. */
  static final String STAMP = "\\d{8}T\\d{6}Z";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  void put(ObjectStore folder) throws IOException {
    folder.put(KEY, JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8));
  }

  static Optional<Backup> get(ObjectStore folder) throws IOException {
    try {
      return Optional.of(JSON.readValue(folder.get(KEY), Backup.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  long bytes() {
    return tables.values().stream().mapToLong(TableArchive.Copy::bytes).sum();
  }
}
