package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cornerturn.codec.FilterChain;

/** A filter pipeline message (specification IV.A.2.l). */
record FilterPipeline(List<Hdf5Filter> filters) {
  static final FilterPipeline NONE = new FilterPipeline(List.of());
  private static final int MAX_FILTERS = 32;
  private static final int FIRST_REGISTERED = 256;

  boolean isEmpty() {
    return filters.isEmpty();
  }

  static FilterPipeline parse(ByteCursor c) {
    int version = c.expectVersion("filter pipeline message", 1, 2);
    int count = c.u8();
    if (count > MAX_FILTERS) {
      throw FormatFault.broken("a pipeline of " + count + " filters");
    }
    if (version == 1) {
      c.skip(6);
    }
    List<Hdf5Filter> filters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = c.u16();
      int nameLength = version == 1 || id >= FIRST_REGISTERED ? c.u16() : 0;
      int flags = c.u16();
      int parameters = c.u16();
      if (version == 1 && nameLength % 8 != 0) {
        throw FormatFault.broken("a filter's name of " + nameLength + " bytes");
      }
      String name = c.text(nameLength);
      List<Integer> values = new ArrayList<>();
      for (int k = 0; k < parameters; k++) {
        values.add((int) c.u32());
      }
      if (version == 1 && parameters % 2 == 1) {
        c.skip(4);
      }
      String known = FilterChain.name(id).orElse(name.isEmpty() ? "filter " + id : name);
      filters.add(new Hdf5Filter(id, known, (flags & 1) != 0, values));
    }
    return new FilterPipeline(List.copyOf(filters));
  }

  /** Why chunks can't be decoded, where a filter isn't known. */
  Optional<String> unsupported() {
    for (Hdf5Filter f : filters) {
      Optional<String> why = step(f).unsupported();
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  static FilterChain.Step step(Hdf5Filter f) {
    int[] parameters = f.parameters().stream().mapToInt(Integer::intValue).toArray();
    return new FilterChain.Step(f.id(), f.name(), parameters);
  }

  static FilterChain chain(List<Hdf5Filter> filters, Hdf5Limits limits) {
    return new FilterChain(
        filters.stream().map(FilterPipeline::step).toList(),
        limits.expansion(),
        limits.freeExpansionBytes());
  }

  /** Decodes bytes that were filtered from a known size. */
  byte[] decodeAll(byte[] bytes, int mask, int size, Hdf5Limits limits) throws IOException {
    byte[] out = new byte[size];
    chain(filters, limits).decode(bytes, 0, bytes.length, mask, out, 0, size);
    return out;
  }
}
