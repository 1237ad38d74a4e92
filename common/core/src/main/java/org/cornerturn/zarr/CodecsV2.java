package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.codec.Blosc;
import org.cornerturn.codec.Blosc.Rearrangement;
import org.cornerturn.zarr.Codec.BloscCodec;
import org.cornerturn.zarr.Codec.Compressor;
import org.cornerturn.zarr.Codec.Crc32cCodec;
import org.cornerturn.zarr.Codec.GzipCodec;
import org.cornerturn.zarr.Codec.Lz4Codec;
import org.cornerturn.zarr.Codec.Serializer;
import org.cornerturn.zarr.Codec.ShuffleCodec;
import org.cornerturn.zarr.Codec.Utf32;
import org.cornerturn.zarr.Codec.VlenArray;
import org.cornerturn.zarr.Codec.VlenBytes;
import org.cornerturn.zarr.Codec.VlenUtf8;
import org.cornerturn.zarr.Codec.ZlibCodec;
import org.cornerturn.zarr.Codec.ZstdCodec;

/** Zarr v2's {@code filters}, {@code compressor} and {@code order}: numcodecs configurations. */
final class CodecsV2 {
  /** numcodecs' wish for bit shuffle of single bytes and byte shuffle of the rest. */
  private static final int AUTO_SHUFFLE = -1;

  private CodecsV2() {}

  /** Type and codec chain, which Zarr v2 mixes in {@code dtype} and {@code filters}. */
  record Typed(DataType type, CodecChain codecs) {}

  static Typed read(JsonNode zarray, int rank) {
    TypesV2.Stored stored = TypesV2.read(MetadataReader.required(zarray, "dtype"));
    DataType type = stored.type();
    Endian endian = stored.endian() == null ? Endian.LITTLE : stored.endian();
    Serializer serializer =
        stored.utf32Length() > 0
            ? new Utf32(stored.utf32Length(), endian)
            : new Codec.Bytes(endian);
    boolean object = type instanceof Text && stored.utf32Length() == 0;
    List<Compressor> compressors = new ArrayList<>();
    for (JsonNode filter : zarray.path("filters")) {
      String id = filter.path("id").asText();
      switch (id) {
        case "vlen-utf8" -> serializer = new VlenUtf8();
        case "vlen-bytes" -> {
          serializer = new VlenBytes();
          type = new Sequence(Primitive.UINT8);
        }
        case "vlen-array" -> {
          TypesV2.Stored element = TypesV2.read(MetadataReader.required(filter, "dtype"));
          if (!element.type().isFixedSize() || element.endian() == Endian.BIG) {
            throw new IllegalArgumentException(
                "filter vlen-array of " + filter.path("dtype") + " is not supported");
          }
          serializer = new VlenArray(element.type());
          type = new Sequence(element.type());
        }
        default -> compressors.add(compressor(id, filter, type));
      }
    }
    if (object && serializer instanceof Codec.Bytes) {
      throw new IllegalArgumentException(
          "dtype |O needs one of the filters vlen-utf8, vlen-bytes, vlen-array; it has "
              + MetadataReader.brief(zarray.path("filters")));
    }
    if (!object && serializer instanceof VlenUtf8 && stored.utf32Length() == 0) {
      throw new IllegalArgumentException("filter vlen-utf8 needs dtype |O, not " + type);
    }
    JsonNode c = zarray.path("compressor");
    if (c.isObject()) {
      compressors.add(compressor(c.path("id").asText(), c, type));
    }
    return new Typed(type, new CodecChain(order(zarray, rank), serializer, compressors));
  }

  private static List<Integer> order(JsonNode zarray, int rank) {
    String order = zarray.path("order").asText("C");
    if (!order.equals("C") && !order.equals("F")) {
      throw new IllegalArgumentException("order " + order + " is neither C nor F");
    }
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      axes.add(i);
    }
    if (order.equals("F")) {
      Collections.reverse(axes);
    }
    return axes;
  }

  /**
   * @param id numcodecs' name of the codec
   */
  static Compressor compressor(String id, JsonNode c, DataType type) {
    return switch (id) {
      case "blosc" -> blosc(c, type);
      case "zstd" ->
          new ZstdCodec(MetadataReader.integer(c, "level", 0), c.path("checksum").asBoolean());
      case "gzip" -> new GzipCodec(MetadataReader.integer(c, "level", 1));
      case "zlib" -> new ZlibCodec(MetadataReader.integer(c, "level", 1));
      case "lz4" -> new Lz4Codec(MetadataReader.integer(c, "acceleration", 1));
      case "crc32c" -> new Crc32cCodec();
      // Up to 1 numcodecs leaves the bytes alone.
      case "shuffle" -> new ShuffleCodec(Math.max(1, MetadataReader.integer(c, "elementsize", 4)));
      default -> throw new IllegalArgumentException("codec " + id + " is not supported");
    };
  }

  private static BloscCodec blosc(JsonNode c, DataType type) {
    int shuffle = MetadataReader.integer(c, "shuffle", 1);
    int size = CodecChain.elementSize(type);
    Rearrangement r =
        switch (shuffle) {
          case AUTO_SHUFFLE -> size == 1 ? Rearrangement.BITSHUFFLE : Rearrangement.SHUFFLE;
          case 0 -> Rearrangement.NONE;
          case 1 -> Rearrangement.SHUFFLE;
          case 2 -> Rearrangement.BITSHUFFLE;
          default -> throw new IllegalArgumentException("blosc shuffle " + shuffle);
        };
    return new BloscCodec(
        new Blosc.Parameters(
            Blosc.Compressor.of(c.path("cname").asText("lz4")),
            MetadataReader.integer(c, "clevel", 5),
            r,
            size,
            MetadataReader.integer(c, "blocksize", 0)));
  }

  static void write(ObjectNode zarray, ArrayMetadata m) {
    CodecChain codecs = m.codecs();
    List<Compressor> steps = codecs.compressors();
    if (steps.isEmpty()) {
      zarray.putNull("compressor");
    } else {
      zarray.set("compressor", write(steps.get(steps.size() - 1)));
    }
    ArrayNode filters = Json.array();
    Serializer s = codecs.serializer();
    Endian endian = Endian.LITTLE;
    if (s instanceof VlenUtf8) {
      filters.addObject().put("id", "vlen-utf8");
    } else if (s instanceof VlenBytes) {
      filters.addObject().put("id", "vlen-bytes");
    } else if (s instanceof VlenArray v) {
      filters
          .addObject()
          .put("id", "vlen-array")
          .set("dtype", TypesV2.write(v.element(), Endian.LITTLE));
    } else if (s instanceof Codec.Bytes b) {
      endian = b.endian();
    }
    for (int i = 0; i < steps.size() - 1; i++) {
      filters.add(write(steps.get(i)));
    }
    zarray.set(
        "dtype",
        s instanceof Utf32 u
            ? Json.text(TypesV2.mark(u.endian()) + "U" + u.length())
            : TypesV2.write(m.type(), endian));
    if (filters.isEmpty()) {
      zarray.putNull("filters");
    } else {
      zarray.set("filters", filters);
    }
    if (codecs.order() == null) {
      zarray.put("order", "C");
    } else {
      List<Integer> reversed = new ArrayList<>(codecs.order());
      Collections.reverse(reversed);
      for (int i = 0; i < reversed.size(); i++) {
        if (reversed.get(i) != i) {
          throw new IllegalArgumentException("Zarr v2 stores axes in C or Fortran order only");
        }
      }
      zarray.put("order", "F");
    }
  }

  private static ObjectNode write(Compressor c) {
    ObjectNode o = Json.object();
    if (c instanceof BloscCodec b) {
      // No typesize: numcodecs before 0.14 refuses it, and takes it from the array anyway.
      Blosc.Parameters p = b.parameters();
      o.put("id", "blosc");
      o.put("cname", p.compressor().cname());
      o.put("clevel", p.level());
      o.put("shuffle", p.rearrangement().ordinal());
      o.put("blocksize", p.blockSize());
    } else if (c instanceof ZstdCodec z) {
      o.put("id", "zstd").put("level", z.level());
      if (z.checksum()) {
        o.put("checksum", true);
      }
    } else if (c instanceof GzipCodec g) {
      o.put("id", "gzip").put("level", g.level());
    } else if (c instanceof ZlibCodec z) {
      o.put("id", "zlib").put("level", z.level());
    } else if (c instanceof Lz4Codec l) {
      o.put("id", "lz4").put("acceleration", l.acceleration());
    } else if (c instanceof ShuffleCodec s) {
      o.put("id", "shuffle").put("elementsize", s.elementSize());
    } else {
      o.put("id", "crc32c");
    }
    return o;
  }
}
