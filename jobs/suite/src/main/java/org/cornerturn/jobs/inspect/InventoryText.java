package org.cornerturn.jobs.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.cornerturn.jobs.ByteSize;

/** An inventory as lines for people. */
final class InventoryText {
  private static final int LONGEST_ATTRIBUTE = 120;

  private final Consumer<String> out;
  private final boolean attributes;

  InventoryText(Consumer<String> out, boolean attributes) {
    this.out = out;
    this.attributes = attributes;
  }

  void print(Inventory inventory) {
    out.accept(
        inventory.uri()
            + ": "
            + inventory.format()
            + (inventory.bytes() == null ? "" : ", " + ByteSize.inWords(inventory.bytes())));
    for (Inventory.Item item : inventory.objects()) {
      out.accept(line(item));
      if (attributes && item.attributes() != null) {
        item.attributes()
            .properties()
            .forEach(
                e ->
                    out.accept(
                        indent(item) + "  @" + e.getKey() + " = " + cut(e.getValue().toString())));
      }
    }
    if (inventory.requests() != null) {
      out.accept(
          inventory.objects().size()
              + " objects; took "
              + inventory.requests()
              + " requests, "
              + ByteSize.inWords(inventory.bytesRead()));
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_ATTRIBUTE ? text : text.substring(0, LONGEST_ATTRIBUTE) + "...";
  }

  private static String indent(Inventory.Item item) {
    return "  "
        .repeat(
            (int) item.path().chars().filter(c -> c == '/').count()
                - (item.path().equals("/") ? 1 : 0));
  }

  private static String line(Inventory.Item item) {
    List<String> parts = new ArrayList<>();
    if (item.type() != null) {
      parts.add(item.type());
    }
    if (item.shape() != null) {
      parts.add(item.shape().toString());
    }
    if (item.chunk() != null) {
      parts.add("chunks " + item.chunk());
    }
    if (item.shard() != null) {
      parts.add("shards " + item.shard());
    }
    if (item.filters() != null && !item.filters().isEmpty()) {
      parts.add(String.join("+", item.filters()));
    }
    if (item.rawBytes() != null) {
      parts.add(ByteSize.inWords(item.rawBytes()));
    }
    if (item.storedBytes() != null) {
      parts.add(
          "stored "
              + ByteSize.inWords(item.storedBytes())
              + (item.storedChunks() == null ? "" : " in " + item.storedChunks() + " chunks"));
    }
    String name =
        item.path().equals("/") ? "/" : item.path().substring(item.path().lastIndexOf('/') + 1);
    String suffix = item.kind().equals("group") && !item.path().equals("/") ? "/" : "";
    return indent(item)
        + name
        + suffix
        + (parts.isEmpty() ? "" : "  " + String.join("  ", parts))
        + (item.problem() == null ? "" : "  CAN'T BE READ: " + item.problem());
  }
}
