package org.cornerturn.query.waveform;

import java.util.Optional;
import java.util.Set;
import org.cornerturn.query.ByteCache;
import org.cornerturn.query.Caches;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.root.Located;
import org.cornerturn.query.zarr.ZarrStores;
import org.cornerturn.query.zarr.ZarrStores.OpenGroup;
import org.cornerturn.storage.ObjectStatus;

/** Recordings, opened once for each version. */
final class Waveforms {
  private static final Set<String> HDF5_ENDINGS = Set.of("h5", "hdf5", "hdf");

  private record Key(String root, String key, String path, String version) {}

  private final ZarrStores stores;
  private final ByteCache<Key, Optional<Waveform>> opened;

  Waveforms(Caches caches, ZarrStores stores) {
    this.stores = stores;
    this.opened = caches.cache("waveforms", 0.03, w -> w.map(Waveform::bytes).orElse(100L));
  }

  static boolean isHdf5(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return HDF5_ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /**
   * @param path of the samples' dataset in an HDF5 file; empty for the one that looks like it
   * @throws Problem 404 when there is no recording
   */
  Waveform open(Located place, String path, Deadline deadline) throws Exception {
    Optional<Waveform> found =
        isHdf5(place.key()) ? inFile(place, path, deadline) : inStore(place, deadline);
    return found.orElseThrow(
        () -> Problem.notFound("No waveform is at " + place.fullKey() + whatIsWanted(place)));
  }

  private static String whatIsWanted(Located place) {
    return isHdf5(place.key())
        ? ": no dataset of axes (channel, trc, segment, sample) is called samples, waveforms or"
            + " data; name another with path="
        : ": a Zarr group with an array raw of axes (channel, trc, segment, sample), or an HDF5"
            + " file, is wanted";
  }

  /** Whether a Zarr group is here. */
  boolean isStore(Located folder, Deadline deadline) throws Exception {
    return stores.version(folder, deadline).isPresent();
  }

  Optional<Waveform> inStore(Located place, Deadline deadline) throws Exception {
    Optional<OpenGroup> group = stores.find(place, deadline);
    if (group.isEmpty()) {
      return Optional.empty();
    }
    OpenGroup g = group.get();
    Key key = new Key(place.root().name(), place.key(), "", g.version());
    return opened.get(key, deadline, () -> ZarrWaveform.open(g));
  }

  Optional<Waveform> inFile(Located place, String path, Deadline deadline) throws Exception {
    Optional<ObjectStatus> status = place.find();
    if (status.isEmpty()) {
      return Optional.empty();
    }
    ObjectStatus s = status.get();
    Key key = new Key(place.root().name(), place.key(), path, s.version());
    return opened.get(key, deadline, () -> Hdf5Waveform.open(place, s, path));
  }
}
