package org.cornerturn.hdf5;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.array.Block;
import org.cornerturn.array.Shape;
import org.cornerturn.codec.CodecException;

/** Reads attribute messages, compact and dense, versions 1 to 3. */
final class AttributeReader {
  private static final int SHARED = 2;

  private final MetadataReader reader;
  private final SharedMessages shared;
  private final ElementValues values;

  AttributeReader(MetadataReader reader, SharedMessages shared, ElementValues values) {
    this.reader = reader;
    this.shared = shared;
    this.values = values;
  }

  /** All attributes of an object by name; those that can't be read say why. */
  List<Hdf5Attribute> read(ObjectHeader header) throws IOException {
    List<Hdf5Attribute> found = new ArrayList<>();
    for (HeaderMessage m : header.all(HeaderMessage.ATTRIBUTE)) {
      found.add(guarded(() -> shared.body(m)));
    }
    Optional<HeaderMessage> info = header.first(HeaderMessage.ATTRIBUTE_INFO);
    if (info.isPresent()) {
      try {
        dense(info.get().body().again(), found);
      } catch (EOFException | CodecException | RuntimeException e) {
        Known all = new Known();
        all.name = "(attributes)";
        found.add(unreadable(all, FormatFault.reason(e)));
      }
    }
    found.sort(Comparator.comparing(Hdf5Attribute::name));
    return found;
  }

  private interface Body {
    ByteCursor read() throws IOException;
  }

  private void dense(ByteCursor c, List<Hdf5Attribute> found) throws IOException {
    c.expectVersion("attribute info message", 0, 0);
    int flags = c.u8();
    if ((flags & 1) != 0) {
      c.skip(2);
    }
    long heapAddress = c.address();
    long tree = c.address();
    if (heapAddress == ByteCursor.UNDEFINED) {
      return;
    }
    FractalHeap heap = FractalHeap.open(reader, heapAddress);
    BTreeV2.open(reader, tree)
        .forEach(
            (type, record) -> {
              byte[] id = record.bytes(8);
              boolean isShared = (record.u8() & SHARED) != 0;
              found.add(
                  guarded(
                      () ->
                          isShared ? shared.inHeap(HeaderMessage.ATTRIBUTE, id) : heap.object(id)));
              if (found.size() > reader.limits().objects()) {
                throw FormatFault.broken("more attributes than a file may have objects");
              }
            });
  }

  private Hdf5Attribute guarded(Body body) throws IOException {
    Known known = new Known();
    try {
      return parse(body.read(), known);
    } catch (EOFException | CodecException | RuntimeException e) {
      return unreadable(known, FormatFault.reason(e));
    }
  }

  /** What is known of an attribute, for the case that the rest can't be read. */
  private static final class Known {
    private String name = "(unknown)";
    private StoredType type;
    private Shape shape;

    private Optional<Hdf5Type> exact() {
      return Optional.ofNullable(type).map(Hdf5Type::new);
    }
  }

  private static Hdf5Attribute unreadable(Known known, String reason) {
    return new Hdf5Attribute(
        known.name,
        known.type == null ? "" : known.type.describe(),
        Optional.empty(),
        null,
        Map.of(),
        Optional.of(reason),
        known.exact(),
        Optional.ofNullable(known.shape),
        Optional.empty());
  }

  /**
   * @param known gets what is known as soon as it is
   */
  private Hdf5Attribute parse(ByteCursor c, Known known) throws IOException {
    int version = c.expectVersion("attribute message", 1, 3);
    int flags = c.u8();
    if (version == 1) {
      // Reserved then; sharing came with version 2.
      flags = 0;
    }
    int nameSize = c.u16();
    int typeSize = c.u16();
    int spaceSize = c.u16();
    if (version == 3) {
      c.skip(1);
    }
    known.name = part(c, nameSize, version).text(nameSize);
    ByteCursor typeBytes = part(c, typeSize, version);
    ByteCursor spaceBytes = part(c, spaceSize, version);
    if ((flags & 1) != 0) {
      typeBytes = shared.shared(HeaderMessage.DATATYPE, typeBytes);
    }
    if ((flags & 2) != 0) {
      spaceBytes = shared.shared(HeaderMessage.DATASPACE, spaceBytes);
    }
    StoredType type = new TypeParser(reader.limits()).parse(typeBytes);
    known.type = type;
    Dataspace space = Dataspace.parse(spaceBytes);
    known.shape = space.empty() ? null : Shape.of(space.dims());
    Map<String, Long> names = enumNames(type);
    if (space.empty()) {
      return new Hdf5Attribute(
          known.name,
          type.describe(),
          Optional.empty(),
          null,
          names,
          Optional.empty(),
          known.exact(),
          Optional.empty(),
          stored(type, space, null, null));
    }
    long count = space.size();
    if (count > reader.limits().attributeBytes() / type.size()) {
      throw FormatFault.broken("an attribute of " + count + " elements");
    }
    byte[] data = c.bytes(count * type.size());
    ElementForm form = ElementForm.of(type);
    Shape shape = Shape.of(space.dims());
    Shape full = shape.append(form.trailing().dims());
    Block block = new ElementDecoder(form, values).block(data, full);
    Object tree = values.tree(form.stored(), data, full);
    return new Hdf5Attribute(
        known.name,
        type.describe(),
        Optional.of(block),
        tree,
        names,
        Optional.empty(),
        known.exact(),
        Optional.of(shape),
        stored(type, space, data, block));
  }

  private static Optional<Hdf5Value> stored(
      StoredType type, Dataspace space, byte[] data, Block block) {
    Hdf5Type exact = new Hdf5Type(type);
    if (!exact.isFixed() && !exact.isText()) {
      return Optional.empty();
    }
    if (space.empty()) {
      return Optional.of(new Hdf5Value(exact, Optional.empty(), null));
    }
    Object elements = exact.isText() ? block.text() : data;
    return Optional.of(new Hdf5Value(exact, Optional.of(Shape.of(space.dims())), elements));
  }

  /** A part of the message, in version 1 padded to 8 bytes. */
  private static ByteCursor part(ByteCursor c, int size, int version) {
    ByteCursor p = c.slice(size);
    if (version == 1) {
      c.skip((8 - size % 8) % 8);
    }
    return p;
  }

  /** Values of an enumeration by name, for arrays of it too; empty for other types. */
  static Map<String, Long> enumNames(StoredType type) {
    Map<String, Long> names = new LinkedHashMap<>();
    StoredType t = type;
    while (t instanceof StoredType.ArrayOf a) {
      t = a.element();
    }
    if (t instanceof StoredType.Enumeration e) {
      for (int i = 0; i < e.names().size(); i++) {
        names.put(e.names().get(i), e.values().get(i));
      }
    }
    return names;
  }
}
