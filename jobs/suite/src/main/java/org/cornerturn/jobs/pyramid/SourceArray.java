package org.cornerturn.jobs.pyramid;

import java.io.IOException;
import java.util.List;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrFormat;

/** An array that gets a pyramid, in the store around it. */
record SourceArray(ObjectStore store, StoredArray array) {
  /** What the group of an array's pyramid is called. */
  static final String SUFFIX = "_pyramid";

  ArrayMetadata metadata() {
    return array.metadata();
  }

  ZarrFormat format() {
    return metadata().format();
  }

  Primitive type() {
    return array.type();
  }

  /** Whether the whole store is this array, so that there is no group around it. */
  boolean isAlone() {
    return array.path().isEmpty();
  }

  String uri() {
    return isAlone() ? store.uri() : store.uri() + "/" + array.path();
  }

  String name() {
    return uri().substring(uri().lastIndexOf('/') + 1);
  }

  /** Path of the group around the array, empty for the root. */
  String parent() {
    int slash = array.path().lastIndexOf('/');
    return slash < 0 ? "" : array.path().substring(0, slash);
  }

  /** URI of the pyramid. */
  String root() {
    return uri() + SUFFIX;
  }

  /** The axis' name, or null. */
  String dimension(int axis) {
    List<String> names = metadata().dimensionNames();
    return names == null ? null : names.get(axis);
  }

  /** Spacing and origin along an axis, from its coordinate if there is one. */
  AxisScale scale(int axis) throws IOException {
    String dimension = dimension(axis);
    return isAlone() || dimension == null
        ? AxisScale.NUMBERS
        : AxisScale.of(store, parent(), dimension);
  }

  /** What the stored elements are now: changes when any object of the array does. */
  InputVersion version() throws IOException {
    Fingerprint version = new Fingerprint();
    long bytes = 0;
    for (ObjectStatus s : store.list(isAlone() ? "" : array.path() + "/")) {
      String leaf = s.key().substring(s.key().lastIndexOf('/') + 1);
      boolean metadata = leaf.equals("zarr.json") || leaf.startsWith(".z");
      if (!metadata && !s.key().startsWith(ProductPlan.STATE + "/")) {
        version.with(s.key(), s.version());
        bytes += s.size();
      }
    }
    return new InputVersion(uri(), version.hex(), bytes);
  }
}
