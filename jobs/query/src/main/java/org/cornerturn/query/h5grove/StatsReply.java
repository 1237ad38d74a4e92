package org.cornerturn.query.h5grove;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.query.hdf5.Elements;
import org.cornerturn.query.hdf5.Hyperslab;
import org.cornerturn.query.hdf5.Slice;
import org.cornerturn.query.hdf5.Summary;
import org.cornerturn.query.hdf5.Tile;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.http.Problem;

/** Statistics of a selection, tile by tile. */
final class StatsReply {
  private StatsReply() {}

  static ObjectNode of(Elements elements, Slice slice, Deadline deadline) throws Exception {
    if (slice.dataset().isEmpty() || slice.slab().isEmpty()) {
      return node(new Summary(Primitive.FLOAT64), true);
    }
    if (!slice.isNumeric() || !(slice.type() instanceof Primitive type) || type.isComplex()) {
      throw Problem.unprocessable("statistics need real numbers");
    }
    Summary summary = new Summary(type);
    if (slice.isWide()) {
      summary.add(
          slice.reserving(
              elements, slice.bytes(elements), deadline, () -> slice.read(elements, deadline)));
      return node(summary, true);
    }
    slice.reserving(
        elements,
        0,
        deadline,
        () -> {
          elements.visit(
              slice.file(),
              slice.dataset(),
              slice.view(),
              slice.slab(),
              deadline,
              tile -> summary.add(selected(slice.slab(), tile)));
          return summary;
        });
    return node(summary, type.isFloat());
  }

  private static Block selected(Hyperslab slab, Tile tile) {
    Box box = tile.box();
    if (slab.isDense() && slab.bounds().contains(box)) {
      return tile.block();
    }
    return Elements.selected(slab, tile);
  }

  /** Mean and deviation of integers are whole numbers in H5Grove. */
  private static ObjectNode node(Summary s, boolean isReal) {
    ObjectNode node = Json.object();
    node.set("strict_positive_min", Json.node(s.strictPositiveMin()));
    node.set("positive_min", Json.node(s.positiveMin()));
    node.set("min", Json.node(s.min()));
    node.set("max", Json.node(s.max()));
    node.set("mean", whole(s.mean(), isReal));
    node.set("std", whole(s.standardDeviation(), isReal));
    return node;
  }

  private static com.fasterxml.jackson.databind.JsonNode whole(Double v, boolean isReal) {
    return isReal || v == null
        ? Json.node(v)
        : Json.node(new java.math.BigDecimal(v).toBigInteger());
  }
}
