package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Puts together what a dataset's header says. */
final class DatasetParser {
  private final String file;
  private final MetadataReader reader;
  private final SharedMessages shared;
  private final int chunkK;
  private final Map<Long, String> paths;

  DatasetParser(
      String file,
      MetadataReader reader,
      SharedMessages shared,
      int chunkK,
      Map<Long, String> paths) {
    this.file = file;
    this.reader = reader;
    this.shared = shared;
    this.chunkK = chunkK;
    this.paths = paths;
  }

  /**
   * @param form null where the type isn't supported
   * @param storedFill one unwritten element as it would stand in the file
   * @param unsupported why elements can't be read, or null
   * @param outOfReach why not even their stored bytes can be read, or null
   * @param paths path of the object at each address, empty unless the type holds references
   */
  record Parts(
      String file,
      MetadataReader reader,
      int chunkK,
      StoredType type,
      ElementForm form,
      Dataspace space,
      StorageLayout layout,
      FilterPipeline pipeline,
      byte[] storedFill,
      boolean hasFill,
      String unsupported,
      String outOfReach,
      Map<Long, String> paths) {}

  Parts parse(ObjectHeader header) throws IOException {
    StoredType type = new TypeParser(reader.limits()).parse(body(header, HeaderMessage.DATATYPE));
    Dataspace space = Dataspace.parse(body(header, HeaderMessage.DATASPACE));
    space.size();
    StorageLayout layout = layout(header);
    FilterPipeline pipeline = FilterPipeline.NONE;
    if (header.has(HeaderMessage.PIPELINE)) {
      pipeline = FilterPipeline.parse(body(header, HeaderMessage.PIPELINE));
    }
    byte[] fill = fill(header, type);
    ElementForm form = null;
    String unsupported = null;
    try {
      form = ElementForm.of(type);
    } catch (FormatFault e) {
      unsupported = e.getMessage();
    }
    check(type, space, layout);
    byte[] storedFill = new byte[form == null ? type.size() : form.stored().size()];
    if (fill != null) {
      storedFill = Arrays.copyOf(fill, storedFill.length);
    }
    String outOfReach = unsupported(layout, pipeline).orElse(null);
    if (fill != null && !repeats(fill, storedFill)) {
      outOfReach = "a fill value that differs within an element's array";
    }
    if (unsupported == null) {
      unsupported = outOfReach;
    }
    return new Parts(
        file,
        reader,
        chunkK,
        type,
        form,
        space,
        layout,
        pipeline,
        storedFill,
        fill != null,
        unsupported,
        outOfReach,
        holdsReferences(type) ? paths : Map.of());
  }

  private ByteCursor body(ObjectHeader header, int type) throws IOException {
    HeaderMessage m =
        header
            .first(type)
            .orElseThrow(() -> FormatFault.broken("a dataset without message " + type));
    return shared.body(m);
  }

  private StorageLayout layout(ObjectHeader header) throws IOException {
    return header.has(HeaderMessage.EXTERNAL_FILES)
        ? StorageLayout.external()
        : StorageLayout.parse(body(header, HeaderMessage.LAYOUT));
  }

  private byte[] fill(ObjectHeader header, StoredType type) throws IOException {
    byte[] fill = null;
    if (header.has(HeaderMessage.FILL)) {
      fill = FillValue.parse(body(header, HeaderMessage.FILL));
    } else if (header.has(HeaderMessage.OLD_FILL)) {
      fill = FillValue.parseOld(body(header, HeaderMessage.OLD_FILL));
    }
    if (fill != null && fill.length != type.size()) {
      throw FormatFault.broken(
          "a fill value of " + fill.length + " bytes for elements of " + type.size());
    }
    return fill;
  }

  private static boolean repeats(byte[] fill, byte[] element) {
    for (int i = 0; i < fill.length; i++) {
      if (fill[i] != element[i % element.length]) {
        return false;
      }
    }
    return true;
  }

  private void check(StoredType type, Dataspace space, StorageLayout layout) {
    if (layout.chunk() != null) {
      if (space.empty() || layout.chunk().length != space.dims().length) {
        throw FormatFault.broken(
            "chunks of " + layout.chunk().length + " dimensions for another number");
      }
      if (layout.elementSize() != type.size()) {
        throw FormatFault.broken(
            "chunks of elements of " + layout.elementSize() + " instead of " + type.size());
      }
      ManifestBuilder.counts(space.dims(), layout.chunk());
    }
    long bytes = bytes(type, space);
    if (layout.kind() == StorageKind.COMPACT && layout.compact().length < bytes) {
      throw FormatFault.broken(
          "compact data of " + layout.compact().length + " bytes instead of " + bytes);
    }
    if (layout.kind() == StorageKind.CONTIGUOUS && layout.address() != ByteCursor.UNDEFINED) {
      if (layout.size() >= 0 && layout.size() < bytes
          || layout.address() > reader.end()
          || bytes > reader.end() - layout.address()) {
        throw FormatFault.broken(bytes + " bytes of elements do not lie within the file");
      }
    }
  }

  private static long bytes(StoredType type, Dataspace space) {
    try {
      return Math.multiplyExact(space.size(), (long) type.size());
    } catch (ArithmeticException e) {
      throw FormatFault.broken("a dataset of more than 2^63 bytes");
    }
  }

  private Optional<String> unsupported(StorageLayout layout, FilterPipeline pipeline) {
    return switch (layout.kind()) {
      case VIRTUAL -> Optional.of("a virtual dataset, whose elements lie in other datasets");
      case EXTERNAL -> Optional.of("external storage, whose elements lie in other files");
      case CHUNKED ->
          layout.chunkBytes() > reader.limits().chunkBytes()
              ? Optional.of("chunks of " + layout.chunkBytes() + " bytes")
              : pipeline.unsupported();
      default -> Optional.empty();
    };
  }

  private static boolean holdsReferences(StoredType type) {
    if (type instanceof StoredType.Reference) {
      return true;
    } else if (type instanceof StoredType.Compound c) {
      return c.members().stream().anyMatch(m -> holdsReferences(m.type()));
    } else if (type instanceof StoredType.ArrayOf a) {
      return holdsReferences(a.element());
    }
    return type instanceof StoredType.VariableSequence s && holdsReferences(s.element());
  }
}
