package org.cornerturn.query.h5grove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.cornerturn.array.Shape;
import org.cornerturn.hdf5.Hdf5Attribute;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5Filter;
import org.cornerturn.hdf5.Hdf5Group;
import org.cornerturn.hdf5.Hdf5Link;
import org.cornerturn.hdf5.Hdf5NamedType;
import org.cornerturn.hdf5.Hdf5Object;
import org.cornerturn.query.hdf5.OpenFile;
import org.cornerturn.query.hdf5.TypeJson;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Problem;

/** Objects of a file as H5Grove describes them; members in alphabetical order. */
final class EntityJson {
  private static final int DEFLATE = 1;

  private final OpenFile file;

  EntityJson(OpenFile file) {
    this.file = file;
  }

  /**
   * What a path names.
   *
   * @param offset first of a group's children to list
   * @param limit children to list at most
   * @throws Problem 404 where there is nothing, or a link leads nowhere and all must be followed
   */
  ObjectNode entity(String path, LinkResolution links, long offset, long limit) {
    Hdf5Object named = named(path);
    Hdf5Object o = followed(named, path, links);
    String name = path.substring(path.lastIndexOf('/') + 1);
    ObjectNode entity = described(o, name);
    if (o instanceof Hdf5Group g) {
      ArrayNode children = Json.mapper().createArrayNode();
      List<Hdf5Object> members = file.members(g.path());
      members.stream()
          .skip(offset)
          .limit(limit)
          .forEach(
              m -> {
                String child = m.path().substring(m.path().lastIndexOf('/') + 1);
                children.add(described(followed(m, m.path(), LinkResolution.ONLY_VALID), child));
              });
      ObjectNode sorted = Json.object();
      sorted.set("attributes", entity.remove("attributes"));
      sorted.set("children", children);
      if (offset > 0 || members.size() > offset + limit) {
        sorted.put("children_count", members.size());
      }
      return sorted.setAll(entity);
    }
    return entity;
  }

  /** The object or link at a path, whose last part is not followed. */
  private Hdf5Object named(String path) {
    int slash = path.lastIndexOf('/');
    Hdf5Object parent =
        file.find(slash <= 0 ? "/" : path.substring(0, slash)).orElseThrow(() -> absent(path));
    if (path.substring(slash + 1).isEmpty()) {
      return parent;
    }
    String prefix = parent.path().equals("/") ? "/" : parent.path() + "/";
    String full = prefix + path.substring(slash + 1);
    return file.members(parent.path()).stream()
        .filter(o -> o.path().equals(full))
        .findFirst()
        .orElseThrow(() -> absent(path));
  }

  private Problem absent(String path) {
    return Problem.notFound(path + " is not a valid path in " + file.name());
  }

  private Hdf5Object followed(Hdf5Object o, String path, LinkResolution links) {
    if (!(o instanceof Hdf5Link link)) {
      return o;
    }
    boolean hard = link.kind() == Hdf5Link.Kind.HARD;
    if (links == LinkResolution.NONE && !hard) {
      return o;
    }
    Optional<Hdf5Object> target = link.resolved().flatMap(file::find);
    if (target.isEmpty() && links == LinkResolution.ALL) {
      throw Problem.notFound("Cannot resolve " + link.target() + " at " + path);
    }
    return target.orElse(o);
  }

  private static ObjectNode described(Hdf5Object o, String name) {
    ObjectNode e = Json.object();
    if (o instanceof Hdf5Link link) {
      return link(link, name);
    } else if (o instanceof Hdf5Group) {
      e.set("attributes", attributes(o));
      e.put("kind", "group").put("name", name);
    } else if (o instanceof Hdf5Dataset d) {
      e.set("attributes", attributes(o));
      e.set("chunks", chunks(d));
      e.set("filters", filters(d));
      e.put("kind", "dataset").put("name", name);
      e.set("shape", d.isEmpty() ? NullNode.instance : shape(d.storedShape()));
      e.set("type", TypeJson.of(d.type().stored()));
    } else if (o instanceof Hdf5NamedType t) {
      e.set("attributes", attributes(o));
      e.put("kind", "datatype").put("name", name);
      e.set("type", TypeJson.of(t.stored().stored()));
    } else {
      e.put("kind", "other").put("name", name);
    }
    return e;
  }

  private static ObjectNode link(Hdf5Link link, String name) {
    ObjectNode e = Json.object();
    switch (link.kind()) {
      case EXTERNAL -> {
        int colon = link.target().lastIndexOf(':');
        e.put("kind", "external_link").put("name", name);
        e.put("target_file", link.target().substring(0, Math.max(colon, 0)));
        e.put("target_path", link.target().substring(colon + 1));
      }
      case SOFT -> e.put("kind", "soft_link").put("name", name).put("target_path", link.target());
      default -> e.put("kind", "other").put("name", name);
    }
    return e;
  }

  private static ArrayNode attributes(Hdf5Object o) {
    ArrayNode all = Json.mapper().createArrayNode();
    for (Hdf5Attribute a : o.attributes()) {
      a.type()
          .ifPresent(
              type -> {
                ObjectNode node = all.addObject().put("name", a.name());
                node.set("shape", a.shape().map(EntityJson::shape).orElse(NullNode.instance));
                node.set("type", TypeJson.of(type.stored()));
              });
    }
    return all;
  }

  private static JsonNode shape(Shape shape) {
    ArrayNode dims = Json.mapper().createArrayNode();
    for (long d : shape.dims()) {
      dims.add(d);
    }
    return dims;
  }

  /** Without the axes of an array type, as the shape is. */
  private static JsonNode chunks(Hdf5Dataset d) {
    if (d.chunkShape().isEmpty()) {
      return NullNode.instance;
    }
    ArrayNode dims = Json.mapper().createArrayNode();
    for (int i = 0; i < d.storedShape().rank(); i++) {
      dims.add(d.chunkShape().get().dim(i));
    }
    return dims;
  }

  private static JsonNode filters(Hdf5Dataset d) {
    if (d.filters().isEmpty()) {
      return NullNode.instance;
    }
    ArrayNode all = Json.mapper().createArrayNode();
    for (Hdf5Filter f : d.filters()) {
      all.addObject().put("id", f.id()).put("name", f.id() == DEFLATE ? "deflate" : f.name());
    }
    return all;
  }
}
