package org.cornerturn.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Sequence;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.array.Shape;
import org.cornerturn.codec.Blosc;
import org.cornerturn.codec.Blosc.Rearrangement;
import org.cornerturn.zarr.Codec.BloscCodec;
import org.cornerturn.zarr.Codec.Compressor;
import org.cornerturn.zarr.Codec.Crc32cCodec;
import org.cornerturn.zarr.Codec.GzipCodec;
import org.cornerturn.zarr.Codec.Serializer;
import org.cornerturn.zarr.Codec.Utf32;
import org.cornerturn.zarr.Codec.VlenBytes;
import org.cornerturn.zarr.Codec.VlenUtf8;
import org.cornerturn.zarr.Codec.ZstdCodec;

/** Zarr v3's {@code codecs}, {@code sharding_indexed} included. */
final class CodecsV3 {
  private static final String SHARDING = "sharding_indexed";
  private static final String NUMCODECS = "numcodecs.";

  private CodecsV3() {}

  /** What {@code codecs} and the grid's {@code chunk_shape} say together. */
  record Stored(Shape chunk, Sharding sharding, CodecChain codecs) {}

  static Stored read(JsonNode codecs, Shape object, DataType type, JsonNode dataType) {
    if (!codecs.isArray() || codecs.isEmpty()) {
      throw new IllegalArgumentException("codecs is no list of codecs");
    }
    JsonNode first = codecs.get(0);
    if (!name(first).equals(SHARDING)) {
      return new Stored(object, null, chain(codecs, object.rank(), type, dataType));
    }
    if (codecs.size() > 1) {
      throw new IllegalArgumentException("codecs after sharding_indexed are not supported");
    }
    JsonNode c = first.path("configuration");
    Shape chunk = MetadataReader.shape("chunk_shape", MetadataReader.required(c, "chunk_shape"));
    CodecChain inner = chain(MetadataReader.required(c, "codecs"), object.rank(), type, dataType);
    return new Stored(chunk, sharding(c, object), inner);
  }

  private static Sharding sharding(JsonNode c, Shape object) {
    Sharding.IndexLocation location =
        switch (c.path("index_location").asText("end")) {
          case "end" -> Sharding.IndexLocation.END;
          case "start" -> Sharding.IndexLocation.START;
          default -> throw new IllegalArgumentException("index_location is neither start nor end");
        };
    JsonNode index = MetadataReader.required(c, "index_codecs");
    Endian endian = null;
    boolean checksum = false;
    for (JsonNode step : index) {
      if (name(step).equals("bytes") && endian == null) {
        endian = endian(step);
      } else if (name(step).equals("crc32c") && endian != null && !checksum) {
        checksum = true;
      } else {
        throw new IllegalArgumentException(
            "index_codecs " + MetadataReader.brief(index) + " are not supported");
      }
    }
    if (endian == null) {
      throw new IllegalArgumentException("index_codecs lack bytes");
    }
    return new Sharding(object, location, endian, checksum);
  }

  private static String name(JsonNode codec) {
    return codec.isTextual() ? codec.textValue() : codec.path("name").asText();
  }

  private static Endian endian(JsonNode codec) {
    return switch (codec.path("configuration").path("endian").asText("little")) {
      case "little" -> Endian.LITTLE;
      case "big" -> Endian.BIG;
      default -> throw new IllegalArgumentException("endian is neither little nor big");
    };
  }

  private static CodecChain chain(JsonNode codecs, int rank, DataType type, JsonNode dataType) {
    if (!codecs.isArray()) {
      throw new IllegalArgumentException("codecs is no list of codecs");
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      order.add(i);
    }
    Serializer serializer = null;
    List<Compressor> compressors = new ArrayList<>();
    for (JsonNode codec : codecs) {
      String name = name(codec);
      JsonNode c = codec.path("configuration");
      if (serializer != null) {
        compressors.add(compressor(name, c, type));
      } else if (name.equals("transpose")) {
        order = transposed(order, MetadataReader.required(c, "order"));
      } else {
        serializer = serializer(name, codec, type, dataType);
      }
    }
    if (serializer == null) {
      throw new IllegalArgumentException("codecs lack one that makes bytes");
    }
    return new CodecChain(order, serializer, compressors);
  }

  private static List<Integer> transposed(List<Integer> axes, JsonNode order) {
    List<Integer> out = new ArrayList<>();
    for (JsonNode n : order) {
      if (!n.isInt() || n.intValue() < 0 || n.intValue() >= axes.size()) {
        throw new IllegalArgumentException("transpose order " + MetadataReader.brief(order));
      }
      out.add(axes.get(n.intValue()));
    }
    if (out.size() != axes.size() || out.stream().distinct().count() != axes.size()) {
      throw new IllegalArgumentException("transpose order " + MetadataReader.brief(order));
    }
    return out;
  }

  private static Serializer serializer(
      String name, JsonNode codec, DataType type, JsonNode dataType) {
    boolean utf32 = dataType.path("name").asText().equals(TypesV3.UTF32);
    switch (name) {
      case "bytes":
        if (utf32) {
          return new Utf32(TypesV3.length(dataType.path("configuration")) / 4, endian(codec));
        }
        if (type.isFixedSize()) {
          return new Codec.Bytes(endian(codec));
        }
        break;
      case "vlen-utf8":
        if (type instanceof Text && !utf32) {
          return new VlenUtf8();
        }
        break;
      case "vlen-bytes":
        if (type instanceof Sequence) {
          return new VlenBytes();
        }
        break;
      case SHARDING:
        throw new IllegalArgumentException(
            "sharding_indexed inside or behind other codecs is not supported");
      default:
        throw new IllegalArgumentException("codec " + name + " is not supported");
    }
    throw new IllegalArgumentException("codec " + name + " doesn't suit data type " + dataType);
  }

  private static Compressor compressor(String name, JsonNode c, DataType type) {
    return switch (name) {
      case "blosc" -> blosc(c, type);
      case "zstd" ->
          new ZstdCodec(MetadataReader.integer(c, "level", 0), c.path("checksum").asBoolean());
      case "gzip" -> new GzipCodec(MetadataReader.integer(c, "level", 5));
      case "crc32c" -> new Crc32cCodec();
      default -> {
        if (name.startsWith(NUMCODECS)) {
          yield CodecsV2.compressor(name.substring(NUMCODECS.length()), c, type);
        }
        throw new IllegalArgumentException("codec " + name + " is not supported");
      }
    };
  }

  private static BloscCodec blosc(JsonNode c, DataType type) {
    String shuffle = c.path("shuffle").asText("noshuffle");
    Rearrangement rearrangement = null;
    for (Rearrangement r : Rearrangement.values()) {
      if (r.zarrName().equals(shuffle)) {
        rearrangement = r;
      }
    }
    if (rearrangement == null) {
      throw new IllegalArgumentException("blosc shuffle " + shuffle);
    }
    return new BloscCodec(
        new Blosc.Parameters(
            Blosc.Compressor.of(c.path("cname").asText()),
            MetadataReader.integer(c, "clevel", 5),
            rearrangement,
            MetadataReader.integer(c, "typesize", type.componentSize()),
            MetadataReader.integer(c, "blocksize", 0)));
  }

  static ArrayNode write(ArrayMetadata m) {
    ArrayNode inner = chain(m);
    Sharding s = m.sharding();
    if (s == null) {
      return inner;
    }
    ArrayNode outer = Json.array();
    ObjectNode c = codec(outer, SHARDING).putObject("configuration");
    c.set("chunk_shape", Json.array(m.chunk()));
    c.set("codecs", inner);
    ArrayNode index = c.putArray("index_codecs");
    codec(index, "bytes").putObject("configuration").put("endian", s.endian().zarrName());
    if (s.checksum()) {
      codec(index, "crc32c");
    }
    c.put("index_location", s.location() == Sharding.IndexLocation.END ? "end" : "start");
    return outer;
  }

  private static ObjectNode codec(ArrayNode list, String name) {
    return list.addObject().put("name", name);
  }

  private static ArrayNode chain(ArrayMetadata m) {
    ArrayNode list = Json.array();
    CodecChain codecs = m.codecs();
    if (codecs.order() != null) {
      ArrayNode order = codec(list, "transpose").putObject("configuration").putArray("order");
      codecs.order().forEach(order::add);
    }
    Serializer s = codecs.serializer();
    if (s instanceof Codec.Bytes b) {
      codec(list, "bytes").putObject("configuration").put("endian", b.endian().zarrName());
    } else if (s instanceof Utf32 u) {
      codec(list, "bytes").putObject("configuration").put("endian", u.endian().zarrName());
    } else {
      codec(list, s instanceof VlenUtf8 ? "vlen-utf8" : "vlen-bytes");
    }
    codecs.compressors().forEach(c -> write(list, c));
    return list;
  }

  private static void write(ArrayNode list, Compressor compressor) {
    if (compressor instanceof BloscCodec b) {
      Blosc.Parameters p = b.parameters();
      codec(list, "blosc")
          .putObject("configuration")
          .put("cname", p.compressor().cname())
          .put("clevel", p.level())
          .put("shuffle", p.rearrangement().zarrName())
          .put("typesize", p.elementSize())
          .put("blocksize", p.blockSize());
    } else if (compressor instanceof ZstdCodec z) {
      ObjectNode c = codec(list, "zstd").putObject("configuration").put("level", z.level());
      if (z.checksum()) {
        c.put("checksum", true);
      }
    } else if (compressor instanceof GzipCodec g) {
      codec(list, "gzip").putObject("configuration").put("level", g.level());
    } else if (compressor instanceof Crc32cCodec) {
      codec(list, "crc32c");
    } else {
      throw new IllegalArgumentException("Zarr v3 has no codec like " + compressor);
    }
  }
}
