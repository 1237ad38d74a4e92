package org.cornerturn.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.cornerturn.UserError;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;

/** Compares a product with its ledger: plan minus ledger minus objects. */
public final class Verify {
  private static final int NAMED = 1000;
  private static final int BUFFER = 4 << 20;

  /** How far objects are checked. */
  public enum Depth {
    /** Existence and size. */
    SIZES,
    /** The checksum of every object as well. */
    CHECKSUMS
  }

  /**
   * What was found.
   *
   * @param planned tasks that the product has
   * @param recorded tasks that the ledger has as done
   * @param objects objects of tasks checked
   * @param bytes their bytes
   * @param missing objects or tasks that are not there; the first thousand
   * @param corrupt objects of another size or checksum; the first thousand
   */
  public record Result(
      String productId,
      String root,
      long planned,
      long recorded,
      long objects,
      long bytes,
      List<String> missing,
      List<String> corrupt) {
    /** 0 sound, 3 something is missing, 5 something is corrupt. */
    public int exitCode() {
      return !corrupt.isEmpty() ? 5 : !missing.isEmpty() ? 3 : 0;
    }
  }

  private final ProductRecord record;
  private final String uri;
  private final ObjectStore state;
  private final ObjectStore root;
  private final Depth depth;
  private final Set<String> tasks = new HashSet<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> corrupt = new ArrayList<>();
  private long objects;
  private long bytes;

  private Verify(
      ProductRecord record, String uri, ObjectStore state, ObjectStore root, Depth depth) {
    this.record = record;
    this.uri = uri;
    this.state = state;
    this.root = root;
    this.depth = depth;
  }

  /**
   * Checks every product at a URI: one, or all of an output folder.
   *
   * @throws UserError when there is none
   */
  public static List<Result> run(String uri, Map<String, String> hadoop, Depth depth)
      throws IOException {
    Map<String, String> settings = S3Settings.completed(hadoop);
    // Products that share a ledger are checked in one reading of it.
    Map<String, Map<String, Verify>> byLedger = new LinkedHashMap<>();
    List<Verify> all = new ArrayList<>();
    List<Result> lost = new ArrayList<>();
    for (ObjectStore state : Workspace.productStates(uri, settings)) {
      Optional<ProductRecord> record = ProductRecord.read(state);
      if (record.isEmpty()) {
        lost.add(
            new Result(
                state.uri(),
                state.uri(),
                0,
                0,
                0,
                0,
                List.of(state.uri() + "/" + ProductRecord.KEY),
                List.of()));
        continue;
      }
      ProductRecord p = record.get();
      String at = Locations.resolve(state.uri(), p.root());
      ObjectStore root = Stores.open(ProductPlan.objects(at, state.uri()), settings);
      Verify v = new Verify(p, at, state, root, depth);
      all.add(v);
      String ledger = Locations.resolve(state.uri(), p.workspace()) + "/" + Ledger.FOLDER;
      byLedger.computeIfAbsent(ledger, l -> new HashMap<>()).put(p.creation(), v);
    }
    for (Map.Entry<String, Map<String, Verify>> e : byLedger.entrySet()) {
      new Ledger(Stores.open(e.getKey(), settings), "verify")
          .readObjects(
              (creation, task, objects) -> {
                Verify v = e.getValue().get(creation);
                if (v != null && v.tasks.add(task)) {
                  v.check(objects);
                }
              });
    }
    List<Result> results = new ArrayList<>(lost);
    for (Verify v : all) {
      results.add(v.result());
    }
    return results;
  }

  private void check(List<WrittenObject> written) throws IOException {
    for (WrittenObject w : written) {
      objects++;
      bytes += w.size();
      Optional<ObjectStatus> status = root.status(w.key());
      if (status.isEmpty()) {
        name(missing, w.key());
      } else if (status.get().size() != w.size()) {
        name(corrupt, w.key() + ": " + status.get().size() + " bytes instead of " + w.size());
      } else if (depth == Depth.CHECKSUMS) {
        checksum(w);
      }
    }
  }

  /** Checks what publishing has written. */
  private void checkMetadata() throws IOException {
    Optional<PublishedMetadata> published = PublishedMetadata.read(state);
    if (published.isEmpty() || !published.get().creation().equals(record.creation())) {
      name(missing, ProductPlan.STATE + "/" + PublishedMetadata.KEY);
      return;
    }
    for (WrittenObject w : published.get().objects()) {
      Optional<ObjectStatus> status = root.status(w.key());
      if (status.isEmpty()) {
        name(missing, w.key());
      } else if (depth == Depth.CHECKSUMS || status.get().size() != w.size()) {
        checkDocument(w);
      }
    }
  }

  private void checkDocument(WrittenObject w) throws IOException {
    byte[] bytes;
    try {
      bytes = root.get(w.key());
    } catch (NoSuchFileException e) {
      name(missing, w.key());
      return;
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    if (bytes.length == w.size() && crc.getValue() == w.crc32c()) {
      return;
    }
    try {
      if (PublishedMetadata.isOpen(w.key(), PublishedMetadata.parsed(bytes))) {
        return; // A pyramid may have been added to it.
      }
      name(corrupt, w.key() + ": it is not what was published");
    } catch (JsonProcessingException e) {
      name(corrupt, w.key() + ": it is no JSON, " + e.getOriginalMessage());
    }
  }

  private void checksum(WrittenObject w) throws IOException {
    CRC32C crc = new CRC32C();
    try (ObjectChannel in = root.open(w.key())) {
      byte[] buffer = new byte[(int) Math.min(BUFFER, w.size())];
      for (long at = 0; at < w.size(); at += buffer.length) {
        int n = (int) Math.min(buffer.length, w.size() - at);
        in.readFully(at, buffer, 0, n);
        crc.update(buffer, 0, n);
      }
    } catch (NoSuchFileException e) {
      name(missing, w.key());
      return;
    }
    if (crc.getValue() != w.crc32c()) {
      name(
          corrupt,
          String.format("%s: CRC-32C %08x instead of %08x", w.key(), crc.getValue(), w.crc32c()));
    }
  }

  private static void name(List<String> list, String what) {
    if (list.size() < NAMED) {
      list.add(what);
    }
  }

  private Result result() throws IOException {
    long open = record.tasks() - tasks.size();
    if (open > 0) {
      name(missing, open + " of " + record.tasks() + " tasks are not done");
    }
    if (open <= 0 && record.state() != ProductRecord.State.COMPLETE) {
      name(missing, "its metadata: the product is not published");
    }
    if (record.state() == ProductRecord.State.COMPLETE) {
      checkMetadata();
    }
    return new Result(
        record.id(),
        uri,
        record.tasks(),
        tasks.size(),
        objects,
        bytes,
        List.copyOf(missing),
        List.copyOf(corrupt));
  }
}
