package org.cornerturn.jobs.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What is in a file or store.
 *
 * @param uri its name
 * @param format what it is
 * @param bytes size of the file; null for stores, which nobody lists
 * @param requests range requests that it took to find out
 * @param bytesRead bytes that were read for it
 * @param unreadable number of objects that can't be read
 * @param objects in the order of paths
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Inventory(
    String uri,
    String format,
    Long bytes,
    Long requests,
    Long bytesRead,
    int unreadable,
    List<Item> objects) {

  /**
   * One object.
   *
   * @param kind group, dataset, array, link, type or unreadable
   * @param type element type in words, or what a link says
   * @param chunk chunk shape
   * @param shard shard shape
   * @param filters names of filters or codecs
   * @param rawBytes bytes of all elements
   * @param storedBytes bytes in the file
   * @param storedChunks chunks in the file
   * @param problem why it can't be read
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String path,
      String kind,
      String type,
      List<Long> shape,
      List<Long> chunk,
      List<Long> shard,
      List<String> dimensions,
      List<String> filters,
      Long rawBytes,
      Long storedBytes,
      Long storedChunks,
      ObjectNode attributes,
      String problem) {

    static Item of(String path, String kind, String type, ObjectNode attributes, String problem) {
      return new Item(
          path, kind, type, null, null, null, null, null, null, null, null, attributes, problem);
    }
  }

  static List<Long> list(long[] dims) {
    return java.util.Arrays.stream(dims).boxed().toList();
  }
}
