package org.cornerturn.hdf5;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cornerturn.codec.CodecException;

/**
 * Lists every object of a file. First all links are followed, which gives each object the path that
 * references to it need; then datasets and attributes are read.
 */
final class TreeWalk {
  private static final long MAX_PATH_BYTES = 64L << 20;

  private final String file;
  private final MetadataReader reader;
  private final Superblock superblock;
  private final SharedMessages shared;
  private final Hdf5Limits limits;
  private final Map<Long, String> paths = new HashMap<>();
  private final Map<String, Found> found = new LinkedHashMap<>();
  private long pathBytes;

  /** What a path turned out to be: an object's header, a link, or a fault. */
  private record Found(ObjectHeader header, LinkEntry link, String fault) {}

  private record Pending(String path, LinkEntry link, int depth) {}

  TreeWalk(String file, MetadataReader reader, Superblock superblock, SharedMessages shared) {
    this.file = file;
    this.reader = reader;
    this.superblock = superblock;
    this.shared = shared;
    this.limits = reader.limits();
  }

  List<Hdf5Object> walk() throws IOException {
    followLinks();
    Found root = found.get("/");
    if (root.fault != null) {
      throw new Hdf5Exception(file, "/", root.fault, "Fetch the file again from its source", null);
    }
    GlobalHeap heap = new GlobalHeap(reader);
    ReferenceTexts references = new ReferenceTexts(heap, paths, reader.offsetSize());
    ElementValues values =
        new ElementValues(heap, references, reader.offsetSize(), limits.attributeBytes());
    AttributeReader attributes = new AttributeReader(reader, shared, values);
    DatasetParser datasets = new DatasetParser(file, reader, shared, superblock.chunkK(), paths);
    LinkResolver resolver = new LinkResolver(limits.linkDepth());
    found.forEach(
        (path, f) -> {
          if (f.link == null) {
            resolver.object(path);
          } else {
            resolver.link(path, f.link.kind(), targetOf(f.link));
          }
        });
    List<Hdf5Object> objects = new ArrayList<>();
    for (Map.Entry<String, Found> e : found.entrySet()) {
      objects.add(object(e.getKey(), e.getValue(), attributes, datasets, resolver));
    }
    return List.copyOf(objects);
  }

  private String targetOf(LinkEntry link) {
    return link.kind() == Hdf5Link.Kind.HARD ? paths.get(link.address()) : link.target();
  }

  private void followLinks() throws IOException {
    Deque<Pending> stack = new ArrayDeque<>();
    stack.push(new Pending("/", LinkEntry.hard("/", superblock.root()), 0));
    while (!stack.isEmpty()) {
      Pending p = stack.pop();
      pathBytes += p.path.length();
      if (found.size() >= limits.objects() || pathBytes > MAX_PATH_BYTES) {
        throw FormatFault.broken("more objects and links than " + limits.objects());
      }
      if (p.link.kind() != Hdf5Link.Kind.HARD || paths.containsKey(p.link.address())) {
        found.put(p.path, new Found(null, p.link, null));
        continue;
      }
      try {
        ObjectHeader header = ObjectHeader.read(reader, p.link.address());
        paths.put(p.link.address(), p.path);
        List<LinkEntry> members = members(header);
        if (p.depth >= limits.linkDepth() && !members.isEmpty()) {
          throw FormatFault.broken("groups nested deeper than " + limits.linkDepth());
        }
        found.put(p.path, new Found(header, null, null));
        push(p, members, stack);
      } catch (EOFException | CodecException | RuntimeException e) {
        found.put(p.path, new Found(null, null, FormatFault.reason(e)));
      }
    }
  }

  /** Adds a group's members so that the first by name is taken next. */
  private void push(Pending group, List<LinkEntry> members, Deque<Pending> stack) {
    List<LinkEntry> sorted = new ArrayList<>(members);
    sorted.sort(Comparator.comparing(LinkEntry::name).reversed());
    String prefix = group.path.equals("/") ? "/" : group.path + "/";
    for (LinkEntry m : sorted) {
      pathBytes += prefix.length();
      if (stack.size() + found.size() > limits.objects() || pathBytes > MAX_PATH_BYTES) {
        throw FormatFault.broken("more objects and links than " + limits.objects());
      }
      stack.push(new Pending(prefix + m.name(), m, group.depth + 1));
    }
  }

  private List<LinkEntry> members(ObjectHeader header) throws IOException {
    if (header.has(HeaderMessage.LINK_INFO)) {
      return NewGroup.links(reader, header);
    }
    Optional<HeaderMessage> table = header.first(HeaderMessage.SYMBOL_TABLE);
    if (table.isPresent()) {
      return OldGroup.links(reader, superblock, table.get().body().again());
    }
    return List.of();
  }

  private Hdf5Object object(
      String path,
      Found f,
      AttributeReader attributes,
      DatasetParser datasets,
      LinkResolver resolver)
      throws IOException {
    if (f.fault != null) {
      return new Hdf5Unreadable(path, f.fault);
    }
    if (f.link != null) {
      String target = targetOf(f.link);
      return new Hdf5Link(path, f.link.kind(), target, resolver.resolve(path));
    }
    try {
      ObjectHeader header = f.header;
      if (header.has(HeaderMessage.LINK_INFO) || header.has(HeaderMessage.SYMBOL_TABLE)) {
        return new Hdf5Group(path, attributes.read(header));
      }
      boolean typed = header.has(HeaderMessage.DATATYPE);
      if (typed && header.has(HeaderMessage.DATASPACE)) {
        return new Hdf5Dataset(path, attributes.read(header), datasets.parse(header));
      }
      if (typed) {
        ByteCursor body = shared.body(header.first(HeaderMessage.DATATYPE).orElseThrow());
        StoredType type = new TypeParser(limits).parse(body);
        return new Hdf5NamedType(
            path, type.describe(), new Hdf5Type(type), attributes.read(header));
      }
      throw FormatFault.broken("an object that is no group, dataset or datatype");
    } catch (EOFException | CodecException | RuntimeException e) {
      return new Hdf5Unreadable(path, FormatFault.reason(e));
    }
  }
}
