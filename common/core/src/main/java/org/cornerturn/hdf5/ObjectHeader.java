package org.cornerturn.hdf5;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The messages of an object, versions 1 and 2 with continuations (specification IV.A.1). */
final class ObjectHeader {
  /** Bytes read at first, in the hope that they hold the header. */
  private static final int FIRST_READ = 512;

  private final long address;
  private final List<HeaderMessage> messages = new ArrayList<>();

  private ObjectHeader(long address) {
    this.address = address;
  }

  private record Piece(long address, long length) {}

  static ObjectHeader read(MetadataReader reader, long address) throws IOException {
    ObjectHeader header = new ObjectHeader(address);
    ByteCursor c = reader.readUpTo("object header", address, FIRST_READ);
    Deque<Piece> rest = new ArrayDeque<>();
    boolean recent = c.startsWith("OHDR");
    int flags = recent ? header.readRecent(reader, c, rest) : header.readOld(reader, c, rest);
    Set<Long> seen = new HashSet<>();
    long total = 0;
    while (!rest.isEmpty()) {
      Piece p = rest.remove();
      total += p.length;
      if (!seen.add(p.address) || total > reader.limits().headerBytes()) {
        throw FormatFault.broken("the header's continuations form a cycle or are too long");
      }
      ByteCursor piece = reader.read("header continuation", p.address, p.length);
      if (recent) {
        piece.expect("OCHK");
        header.recentMessages(piece, flags, piece.remaining() - 4L, rest);
        piece.verifyChecksum("header continuation");
      } else {
        header.oldMessages(piece, rest);
      }
    }
    return header;
  }

  private int readOld(MetadataReader reader, ByteCursor c, Deque<Piece> rest) throws IOException {
    int version = c.u8();
    if (version != 1) {
      throw FormatFault.broken("there is no object header at address " + address);
    }
    c.skip(1);
    int count = c.u16();
    c.skip(4);
    long size = c.u32();
    if (count > 0 && size == 0) {
      throw FormatFault.broken("an object header of 0 bytes for " + count + " messages");
    }
    oldMessages(reader.read("object header", address + 16, size), rest);
    return 0;
  }

  private void oldMessages(ByteCursor c, Deque<Piece> rest) {
    while (c.remaining() >= 8) {
      int type = c.u16();
      int size = c.u16();
      int flags = c.u8();
      c.skip(3);
      add(new HeaderMessage(type, flags, c.slice(size)), rest);
    }
  }

  private int readRecent(MetadataReader reader, ByteCursor c, Deque<Piece> rest)
      throws IOException {
    c.skip(4);
    c.expectVersion("object header", 2, 2);
    int flags = c.u8();
    if ((flags & 0x20) != 0) {
      c.skip(16);
    }
    if ((flags & 0x10) != 0) {
      c.skip(4);
    }
    long size = c.count(1 << (flags & 3));
    int prefix = c.position();
    reader.check("object header", address, size);
    ByteCursor whole = reader.read("object header", address, prefix + size + 4);
    whole.skip(prefix);
    recentMessages(whole, flags, size, rest);
    whole.verifyChecksum("object header");
    return flags;
  }

  private void recentMessages(ByteCursor c, int headerFlags, long size, Deque<Piece> rest) {
    if (size < 0) {
      throw FormatFault.broken("a header continuation of a few bytes");
    }
    int head = (headerFlags & 4) != 0 ? 6 : 4;
    long end = c.position() + size;
    while (end - c.position() >= head) {
      int type = c.u8();
      int length = c.u16();
      int flags = c.u8();
      c.skip(head - 4L);
      if (length > end - c.position()) {
        throw FormatFault.broken("a header message runs past its header");
      }
      add(new HeaderMessage(type, flags, c.slice(length)), rest);
    }
    c.skip(end - c.position());
  }

  private void add(HeaderMessage m, Deque<Piece> rest) {
    m.check();
    if (m.type() == HeaderMessage.CONTINUATION) {
      ByteCursor c = m.body().again();
      rest.add(new Piece(c.address(), c.length()));
    } else if (m.type() != 0) {
      messages.add(m);
    }
  }

  long address() {
    return address;
  }

  Optional<HeaderMessage> first(int type) {
    return messages.stream().filter(m -> m.type() == type).findFirst();
  }

  boolean has(int type) {
    return first(type).isPresent();
  }

  List<HeaderMessage> all(int type) {
    return messages.stream().filter(m -> m.type() == type).toList();
  }
}
