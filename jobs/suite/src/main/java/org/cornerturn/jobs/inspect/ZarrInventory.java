package org.cornerturn.jobs.inspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.Codec;
import org.cornerturn.zarr.ZarrArray;
import org.cornerturn.zarr.ZarrException;
import org.cornerturn.zarr.ZarrGroup;

/** What is in a Zarr store, by its metadata. */
final class ZarrInventory {
  private final List<Inventory.Item> items = new ArrayList<>();
  private int unreadable;

  private ZarrInventory() {}

  static Inventory of(ObjectStore store) throws IOException {
    ZarrInventory inventory = new ZarrInventory();
    String format;
    if (store.status(".zarray").isPresent()) {
      ZarrArray array = ZarrArray.open(store, "");
      format = "Zarr v2 array";
      inventory.items.add(item("/", array));
    } else {
      ZarrGroup root = ZarrGroup.open(store, "");
      format = "Zarr v" + root.format().number();
      inventory.walk("/", root);
    }
    return new Inventory(
        store.uri(), format, null, null, null, inventory.unreadable, inventory.items);
  }

  private void walk(String path, ZarrGroup group) throws IOException {
    items.add(Inventory.Item.of(path, "group", null, group.attributes(), null));
    String prefix = path.equals("/") ? "/" : path + "/";
    for (String name : group.arrayNames()) {
      try {
        items.add(item(prefix + name, group.array(name)));
      } catch (ZarrException e) {
        unreadable++;
        items.add(Inventory.Item.of(prefix + name, "array", null, null, e.getMessage()));
      }
    }
    for (String name : group.groupNames()) {
      walk(prefix + name, group.group(name));
    }
  }

  private static Inventory.Item item(String path, ZarrArray array) {
    ArrayMetadata m = array.metadata();
    List<String> codecs = m.codecs().compressors().stream().map(ZarrInventory::name).toList();
    Long raw = m.type().isFixedSize() ? Long.valueOf(m.shape().size() * m.type().itemSize()) : null;
    return new Inventory.Item(
        path,
        "array",
        m.type().toString().toLowerCase(Locale.ROOT),
        Inventory.list(m.shape().dims()),
        Inventory.list(m.chunk().dims()),
        m.sharding() == null ? null : Inventory.list(m.sharding().shape().dims()),
        m.dimensionNames(),
        codecs,
        raw,
        null,
        null,
        m.attributes(),
        null);
  }

  private static String name(Codec.Compressor codec) {
    if (codec instanceof Codec.BloscCodec b) {
      return "blosc-"
          + b.parameters().compressor().name().toLowerCase(Locale.ROOT)
          + "-"
          + b.parameters().level();
    }
    return codec.getClass().getSimpleName().replace("Codec", "").toLowerCase(Locale.ROOT);
  }
}
