package org.cornerturn.measurementset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.cornerturn.UserError;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.CodecChain;
import org.cornerturn.zarr.EmptyChunks;
import org.cornerturn.zarr.ZarrFormat;
import org.cornerturn.zarr.ZarrHierarchy;
import org.junit.jupiter.api.Test;

class DataGroupTest {
  private static final Shape SHAPE = Shape.of(2, 3, 4, 2);
  private static final Box ALL = Box.all(SHAPE);

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ArrayMetadata array(Primitive type) {
    return ArrayMetadata.builder(ZarrFormat.V3, SHAPE, type)
        .chunk(1, 3, 2, 2)
        .dimensionNames(Msv4Layout.CORRELATED)
        .attributes(object().put("units", "uncalib"))
        .build();
  }

  /** A measurement set {@code ms} with one-byte flags in base and two-byte flags in flagged. */
  private static ObjectStore store() throws IOException {
    ObjectStore store = new MemoryStore();
    ObjectNode attributes = object();
    attributes
        .putObject("data_groups")
        .putObject("base")
        .put("correlated_data", "VISIBILITY")
        .put("flag", "FLAG")
        .put("date", "2022-01-20");
    DataGroup base = DataGroup.of("base", attributes.at("/data_groups/base"));
    ArrayMetadata wide = new CorrelatedArrays(array(Primitive.COMPLEX64)).flags("Flags");
    base.derived("flagged", "VISIBILITY", "FLAG_FLAGGED", "WEIGHT", "flagged again")
        .adding()
        .apply(attributes);
    new ZarrHierarchy(ZarrFormat.V3)
        .group("", object().put("type", "processing_set"))
        .group("ms", attributes)
        .array("ms/VISIBILITY", array(Primitive.COMPLEX64))
        .array("ms/FLAG", array(Primitive.UINT8))
        .array("ms/FLAG_FLAGGED", wide)
        .array("ms/WEIGHT", array(Primitive.FLOAT32))
        .publish(store, "");
    byte[] flags = new byte[(int) SHAPE.size()];
    flags[5] = (byte) FlagBit.POSTPROC.mask();
    new ArrayWriter(store, "ms/FLAG", array(Primitive.UINT8), EmptyChunks.OMIT).put(ALL, flags);
    short[] bits = new short[(int) SHAPE.size()];
    bits[0] = (short) FlagBit.CALIBRATION.mask();
    bits[5] = (short) (FlagBit.POSTPROC.mask() | FlagBit.RFI.mask());
    new ArrayWriter(store, "ms/FLAG_FLAGGED", wide, EmptyChunks.OMIT).put(ALL, Block.toBytes(bits));
    return store;
  }

  private static Msv4Reader reader(ObjectStore store) throws IOException {
    return ProcessingSet.open(store).measurementSet("ms");
  }

  @Test
  void theUsualGroupIsTheFlaggedOne() throws IOException {
    Msv4Reader base = reader(store());
    assertThat(base.groupNames()).containsExactly("base", "flagged");
    assertThat(base.dataGroup().name()).isEqualTo("base");
    Msv4Reader usual = base.usualGroup();
    assertThat(usual.dataGroup().flag()).isEqualTo("FLAG_FLAGGED");
    assertThat(usual.dataGroup().date()).isEqualTo("2022-01-20");
    assertThat(usual.dataGroup().uvw()).isEqualTo("UVW");
    assertThatThrownBy(() -> base.group("corrected"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("base, flagged");
  }

  @Test
  void flagsOfAnyWidthAreRead() throws IOException {
    Msv4Reader base = reader(store());
    short[] narrow = base.flagBits(ALL);
    assertThat(narrow[5]).isEqualTo((short) 128);
    assertThat(narrow[0]).isZero();
    Msv4Reader flagged = base.group("flagged");
    short[] wide = flagged.flagBits(ALL);
    assertThat(wide[0]).isEqualTo(Short.MIN_VALUE);
    assertThat(wide[5] & 0xffff).isEqualTo(128 | 4096);
    assertThatThrownBy(() -> flagged.flags(ALL))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("FLAG_FLAGGED");
  }

  @Test
  void flagsThatAreNotStoredReadAsLost() throws IOException {
    ObjectStore store = store();
    store.list("ms/FLAG_FLAGGED/c/").forEach(o -> delete(store, o.key()));
    short[] bits = reader(store).group("flagged").flagBits(ALL);
    assertThat(bits).containsOnly((short) FlagBit.DATA_LOST.mask());
  }

  private static void delete(ObjectStore store, String key) {
    try {
      store.delete(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void bitsFollowTheSchemasEight() {
    assertThat(FlagBit.ofSchema()).hasSize(8).endsWith(FlagBit.POSTPROC);
    assertThat(FlagBit.ZERO.mask()).isEqualTo(256);
    assertThat(FlagBit.CALIBRATION.mask()).isEqualTo(1 << 15);
    ArrayMetadata wide = new CorrelatedArrays(array(Primitive.COMPLEX64)).flags("Flags");
    assertThat(wide.type()).isEqualTo(Primitive.UINT16);
    assertThat(wide.attributes().get("flag_masks")).hasSize(16);
    assertThat(wide.attributes().get("flag_bits").get(12).asText()).isEqualTo("RFI_BIT");
    assertThat(wide.attributes().get("flag_meanings").asText()).endsWith("totals calibration");
  }

  @Test
  void addedArraysAreLaidOutLikeTheVisibilities() {
    CorrelatedArrays arrays = new CorrelatedArrays(array(Primitive.COMPLEX64));
    ArrayMetadata model =
        arrays.visibilities(
            Primitive.COMPLEX64,
            CodecChain.standard(ZarrFormat.V3, Primitive.COMPLEX64),
            "Jy",
            "Model");
    assertThat(model.chunk()).isEqualTo(Shape.of(1, 3, 2, 2));
    assertThat(model.dimensionNames()).isEqualTo(Msv4Layout.CORRELATED);
    assertThat(model.attributes().get("units").asText()).isEqualTo("Jy");
  }

  @Test
  void groupsGoWithTheirArrays() throws IOException {
    ObjectNode attributes = reader(store()).attributes();
    DataGroup.without(List.of("FLAG_FLAGGED")).apply(attributes);
    assertThat(attributes.get("data_groups")).hasSize(1);
    assertThat(attributes.at("/data_groups/base").isObject()).isTrue();
  }
}
