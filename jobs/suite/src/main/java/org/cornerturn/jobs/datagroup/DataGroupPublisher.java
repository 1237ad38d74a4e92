package org.cornerturn.jobs.datagroup;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.cornerturn.measurementset.DataGroup;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.spark.Publisher;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.Graft;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;

/**
 * Publishes arrays that were added to a measurement set, and the data group that uses them: readers
 * that open the processing set see all of it, or nothing.
 *
 * @param set store of the processing set
 * @param measurementSet name of the measurement set in it
 * @param arrays by name in the measurement set
 */
public record DataGroupPublisher(
    ObjectStore set,
    String measurementSet,
    SortedMap<String, ArrayMetadata> arrays,
    DataGroup group)
    implements Publisher {

  /**
   * @param reader of the measurement set
   */
  public static DataGroupPublisher of(
      Msv4Reader reader, SortedMap<String, ArrayMetadata> arrays, DataGroup group) {
    return new DataGroupPublisher(reader.store(), reader.name(), arrays, group);
  }

  private ZarrHierarchy hierarchy() {
    ZarrHierarchy hierarchy = new ZarrHierarchy(format());
    arrays.forEach(hierarchy::array);
    return hierarchy;
  }

  private ZarrFormat format() {
    return arrays.get(arrays.firstKey()).format();
  }

  private Graft graft() {
    return Graft.members(set, measurementSet, List.copyOf(arrays.keySet()), format());
  }

  @Override
  public void publish(ObjectStore root) throws IOException {
    ZarrHierarchy hierarchy = hierarchy();
    for (Map.Entry<String, byte[]> document : hierarchy.objects().entrySet()) {
      if (document.getKey().contains("/")) { // The group's own are others'.
        root.put(document.getKey(), document.getValue());
      }
    }
    graft().attach(hierarchy, group.adding());
  }

  @Override
  public void unpublish(ObjectStore root) throws IOException {
    graft().detach(DataGroup.without(arrays.keySet()));
    for (String name : arrays.keySet()) {
      ZarrHierarchy.unpublish(root, name);
    }
  }
}
