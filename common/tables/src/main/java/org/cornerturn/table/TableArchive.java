package org.cornerturn.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.PendingObject;

/**
 * Copies of a table at one version: its data files and its log up to there, so that versions,
 * statistics and what was appended by whom stay what they are. Data come first and the log last,
 * newest commit first, so that a copy that was broken off is no table.
 */
public final class TableArchive {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LAST_CHECKPOINT = TableReader.LOG + "_last_checkpoint";
  private static final int PIECE = 1 << 20;

  /** Commits, their checksums, checkpoints, and compactions, which end with another version. */
  private static final Pattern OF_VERSION =
      Pattern.compile("_delta_log/(\\d{20})(?:\\.(\\d{20})\\.compacted)?\\..*");

  private TableArchive() {}

  /** An object of a copy. */
  public record Entry(String key, long bytes, String sha256) {}

  /**
   * A copy.
   *
   * @param rows -1 where the log doesn't tell
   * @param entries in the order in which they are written
   */
  public record Copy(long version, long rows, List<Entry> entries) {
    public Copy {
      entries = List.copyOf(entries);
    }

    public long bytes() {
      return entries.stream().mapToLong(Entry::bytes).sum();
    }
  }

  /**
   * What a copy of the newest version has, without checksums; empty where there is no table.
   *
   * @param from its root is the table's folder
   */
  public static Optional<Copy> plan(ObjectStore from) throws IOException {
    TableReader reader = new TableReader(from, TableCache.none(), Optional.empty());
    Optional<TableSnapshot> latest = reader.latest();
    if (latest.isEmpty()) {
      return Optional.empty();
    }
    TableSnapshot table = latest.get();
    List<Entry> entries = new ArrayList<>();
    for (TableSnapshot.StoredFile file : table.storedFiles()) {
      entries.add(new Entry(file.key(), file.bytes(), null));
    }
    for (ObjectStatus s : from.folder("").objects()) {
      if (s.key().startsWith("deletion_vector_")) {
        entries.add(new Entry(s.key(), s.size(), null));
      }
    }
    List<ObjectStatus> log = new ArrayList<>(from.list(TableReader.LOG));
    log.sort(Comparator.comparing(ObjectStatus::key).reversed());
    boolean pointer = false;
    for (ObjectStatus s : log) {
      Matcher m = OF_VERSION.matcher(s.key());
      boolean old =
          m.matches() && Long.parseLong(m.group(m.group(2) == null ? 1 : 2)) <= table.version();
      if (old || s.key().startsWith(TableReader.LOG + "_sidecars/")) {
        entries.add(new Entry(s.key(), s.size(), null));
      }
      pointer |=
          s.key().equals(LAST_CHECKPOINT)
              && JSON.readTree(from.get(s.key())).path("version").asLong(Long.MAX_VALUE)
                  <= table.version();
    }
    if (pointer) {
      long size = from.status(LAST_CHECKPOINT).map(ObjectStatus::size).orElse(0L);
      entries.add(new Entry(LAST_CHECKPOINT, size, null));
    }
    return Optional.of(new Copy(table.version(), table.rows().orElse(-1L), entries));
  }

  /**
   * Copies what was planned.
   *
   * @return the same with checksums
   * @throws IOException where an object is not what the plan, or its checksum, says
   */
  public static Copy copy(Copy planned, ObjectStore from, ObjectStore to) throws IOException {
    List<Entry> done = new ArrayList<>();
    for (Entry entry : planned.entries()) {
      done.add(copy(entry, from, to));
    }
    return new Copy(planned.version(), planned.rows(), done);
  }

  /**
   * Reads a whole copy.
   *
   * @throws IOException where an object is not what its checksum says
   */
  public static void check(Copy copy, ObjectStore at) throws IOException {
    for (Entry entry : copy.entries()) {
      try (ObjectChannel in = at.open(entry.key())) {
        read(entry, in, (piece, count) -> {});
      }
    }
  }

  private static Entry copy(Entry entry, ObjectStore from, ObjectStore to) throws IOException {
    try (ObjectChannel in = from.open(entry.key());
        PendingObject out = to.create(entry.key())) {
      Entry done = read(entry, in, (piece, count) -> out.write(piece, 0, count));
      out.publish();
      return done;
    }
  }

  /** Takes pieces of an object. */
  private interface Pieces {
    void piece(byte[] bytes, int count) throws IOException;
  }

  private static Entry read(Entry entry, ObjectChannel in, Pieces to) throws IOException {
    MessageDigest sha = sha256();
    long size = in.size();
    // The pointer to the last checkpoint may have changed meanwhile: any is right.
    boolean may = entry.sha256() == null && entry.key().equals(LAST_CHECKPOINT);
    if (size != entry.bytes() && !may) {
      throw new IOException(
          in.name() + " has " + size + " bytes where " + entry.bytes() + " belong");
    }
    byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, size))];
    for (long at = 0; at < size; at += piece.length) {
      int n = (int) Math.min(piece.length, size - at);
      in.readFully(at, piece, 0, n);
      sha.update(piece, 0, n);
      to.piece(piece, n);
    }
    String found = HexFormat.of().formatHex(sha.digest());
    if (entry.sha256() != null && !entry.sha256().equals(found)) {
      throw new IOException(in.name() + " is damaged: its checksum is another one");
    }
    return new Entry(entry.key(), size, found);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
