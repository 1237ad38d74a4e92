package org.cornerturn.query.zarr;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cornerturn.query.ByteCache;
import org.cornerturn.query.Caches;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.root.Located;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.ZarrException;
import org.cornerturn.zarr.ZarrGroup;

/**
 * Zarr stores, opened once for a version of their metadata. A local store is looked at for each
 * request, which costs microseconds; a remote one again after some seconds, since each look costs a
 * request to its store.
 */
public final class ZarrStores {
  private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();
  private static final List<String> DOCUMENTS =
      List.of("zarr.json", ".zmetadata", ".zgroup", ".zattrs");

  /** Parsed JSON takes several times its text. */
  private static final int PARSED_FACTOR = 6;

  private record Look(String root, String key, long moment) {}

  /** What is at a place: a folder, and its version where it is a Zarr group. */
  private record Seen(ObjectStore.Folder folder, String version, long metadataBytes) {}

  private record Opened(String root, String key, String version) {}

  /**
   * An open group.
   *
   * @param version changes with the metadata of the group
   * @param metadataBytes bytes of its documents
   */
  public record OpenGroup(Located place, String version, ZarrGroup group, long metadataBytes) {}

  private final ByteCache<Look, Optional<Seen>> looks;
  private final ByteCache<Opened, OpenGroup> groups;

  public ZarrStores(Caches caches) {
    looks = caches.cache("zarr_looks", 0.01, s -> 500L + 200L * DOCUMENTS.size());
    groups = caches.cache("zarr_groups", 0.04, g -> 1000 + PARSED_FACTOR * g.metadataBytes());
  }

  /** The group at a place, or nothing where there is none. */
  public Optional<OpenGroup> find(Located place, Deadline deadline) throws Exception {
    Optional<Seen> seen = seen(place, deadline);
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    Seen s = seen.get();
    Opened key = new Opened(place.root().name(), place.key(), s.version());
    try {
      return Optional.of(
          groups.get(
              key,
              deadline,
              () ->
                  new OpenGroup(
                      place,
                      s.version(),
                      ZarrGroup.open(place.store(), place.key(), s.folder()),
                      s.metadataBytes())));
    } catch (ZarrException e) {
      throw Problem.damaged(e.getMessage(), e);
    } catch (IOException e) {
      throw place.failed(e);
    }
  }

  /**
   * @throws Problem 404 when no Zarr group is there
   */
  public OpenGroup open(Located place, Deadline deadline) throws Exception {
    return find(place, deadline)
        .orElseThrow(() -> Problem.notFound("No Zarr group is at " + place.fullKey()));
  }

  /** The version that the group at a place has now. */
  public Optional<String> version(Located place, Deadline deadline) throws Exception {
    return seen(place, deadline).map(Seen::version);
  }

  private Optional<Seen> seen(Located place, Deadline deadline) throws Exception {
    if (Stores.isLocal(place.root().uri())) {
      return look(place);
    }
    long moment = System.nanoTime() / LOOK_AGAIN_NANOS;
    return looks.get(
        new Look(place.root().name(), place.key(), moment), deadline, () -> look(place));
  }

  private static Optional<Seen> look(Located place) {
    try {
      List<ObjectStatus> found = new ArrayList<>();
      if (Stores.isLocal(place.root().uri())) {
        for (String name : DOCUMENTS) {
          String key = place.key().isEmpty() ? name : place.key() + "/" + name;
          place.store().status(key).ifPresent(found::add);
        }
      } else {
        // One listing tells of all documents what one request each would.
        for (ObjectStatus s : place.store().folder(place.key()).objects()) {
          if (DOCUMENTS.contains(s.key().substring(s.key().lastIndexOf('/') + 1))) {
            found.add(s);
          }
        }
      }
      boolean isZarr =
          found.stream()
              .anyMatch(s -> s.key().endsWith("zarr.json") || s.key().endsWith(".zgroup"));
      if (!isZarr) {
        return Optional.empty();
      }
      StringBuilder version = new StringBuilder();
      long bytes = 0;
      for (ObjectStatus s : found) {
        version.append(s.key()).append('=').append(s.version()).append(';');
        bytes += s.size();
      }
      return Optional.of(
          new Seen(new ObjectStore.Folder(found, List.of()), version.toString(), bytes));
    } catch (IOException e) {
      throw place.failed(e);
    }
  }
}
