package org.cornerturn.jobs.datagroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.array.Shape;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.measurementset.Msv4Layout;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.spark.InputVersion;
import org.cornerturn.spark.ProductPlan;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ZarrException;

/**
 * A measurement set of a processing set, read through one of its data groups.
 *
 * @param uri of the processing set
 */
public record OpenSet(String uri, Msv4Reader reader) {
  /**
   * Opens every measurement set of a processing set that has samples.
   *
   * @param dataGroup name of the data group to read; null for the usual one
   * @throws UserError when there is no processing set, no such group, or nothing in it
   */
  public static List<OpenSet> all(String product, String dataGroup, Map<String, String> hadoop)
      throws IOException {
    String uri = absolute(product);
    ObjectStore store = Stores.open(uri, S3Settings.completed(hadoop));
    List<OpenSet> sets = new ArrayList<>();
    try {
      ProcessingSet set = ProcessingSet.open(store);
      for (String name : set.names()) {
        Msv4Reader base = set.measurementSet(name);
        Msv4Reader reader = dataGroup == null ? base.usualGroup() : base.group(dataGroup);
        Shape shape = reader.shape();
        if (shape.size() > 0) {
          sets.add(new OpenSet(uri, reader));
        }
      }
    } catch (ZarrException e) {
      throw new UserError(uri, e.getMessage(), "Nothing was written", e);
    }
    if (sets.isEmpty()) {
      throw new UserError(
          uri, "it holds no visibilities", "Name a processing set that cornerturn convert made");
    }
    return sets;
  }

  /**
   * The data group that is read, by its name, so that a run that goes on later reads the same: null
   * where the sets' differ and none was asked for.
   */
  public static String groupOf(List<OpenSet> sets, String asked) {
    String name = sets.get(0).reader().dataGroup().name();
    boolean same = sets.stream().allMatch(s -> s.reader().dataGroup().name().equals(name));
    return asked == null && same ? name : asked;
  }

  /** A path or URI as products are named: absolute, without a slash behind. */
  public static String absolute(String uri) {
    return Stores.isLocal(uri)
        ? Stores.localPath(uri).toAbsolutePath().normalize().toString()
        : uri.replaceAll("/+$", "");
  }

  /** URI of the measurement set. */
  public String folder() {
    return uri + "/" + reader.name();
  }

  /** Name of the processing set without its ending. */
  public String title() {
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    return name.endsWith(Msv4Layout.SUFFIX)
        ? name.substring(0, name.length() - Msv4Layout.SUFFIX.length())
        : name;
  }

  /** Name of a branch as a product: of the processing set, the measurement set and the group. */
  public String productName(String branch) {
    return title().equals(reader.name())
        ? title() + "." + branch
        : title() + "." + reader.name() + "." + branch;
  }

  /** Where the ledger of a run over these sets' branches lies ({@code RunRequest.folder}). */
  public static String workFolder(List<OpenSet> sets, String branch) {
    OpenSet first = sets.get(0);
    return sets.size() == 1 ? first.folder() : first.uri() + "/" + ProductPlan.STATE + "/" + branch;
  }

  /**
   * What the data group's arrays are now: changes when one of them is written anew, since its
   * metadata are written after all of its elements.
   */
  public InputVersion version() throws IOException {
    DataGroup group = reader.dataGroup();
    Fingerprint version = new Fingerprint();
    List<String> arrays = new ArrayList<>(group.arrays());
    arrays.add(group.uvw());
    for (String array : arrays) {
      ObjectStatus status = status(array);
      version.with(array, status.version()).with(array + " bytes", status.size());
    }
    ArrayMetadata visibilities = reader.visibilityMetadata();
    long bytes = visibilities.shape().size() * visibilities.type().itemSize();
    return new InputVersion(folder() + "#" + group.name(), version.hex(), bytes);
  }

  private ObjectStatus status(String array) throws IOException {
    for (String document : List.of("zarr.json", ".zarray")) {
      Optional<ObjectStatus> status =
          reader.store().status(reader.name() + "/" + array + "/" + document);
      if (status.isPresent()) {
        return status.get();
      }
    }
    throw new UserError(
        folder(),
        "its data group " + reader.dataGroup().name() + " has no array " + array,
        "Name another group with --data-group");
  }
}
