package org.cornerturn.measurementset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Which arrays of a measurement set belong together: an entry of its attribute {@code data_groups}.
 *
 * @param name of the group, {@code base} for what was converted
 * @param correlatedData array of visibilities
 * @param flag array of flags
 * @param weight array of weights
 * @param uvw array of baseline vectors
 * @param fieldAndSource dataset of the fields
 * @param description one line
 * @param date of the data, ISO 8601
 */
public record DataGroup(
    String name,
    String correlatedData,
    String flag,
    String weight,
    String uvw,
    String fieldAndSource,
    String description,
    String date)
    implements Serializable {
  /** Attribute of a measurement set with all of them. */
  public static final String ATTRIBUTE = "data_groups";

  /** What was converted. */
  public static final String BASE = "base";

  /** The same visibilities with the flags of {@code cornerturn flag}. */
  public static final String FLAGGED = "flagged";

  /** Predicted visibilities. */
  public static final String MODEL = "model";

  /** Visibilities after calibration. */
  public static final String CORRECTED = "corrected";

  /** An entry as it is stored; what it leaves out has its usual name. */
  static DataGroup of(String name, JsonNode entry) {
    return new DataGroup(
        name,
        entry.path("correlated_data").asText(Msv4Layout.VISIBILITY),
        entry.path("flag").asText(Msv4Layout.FLAG),
        entry.path("weight").asText(Msv4Layout.WEIGHT),
        entry.path("uvw").asText(Msv4Layout.UVW),
        entry.path("field_and_source").asText(Msv4Layout.FIELD_XDS),
        entry.path("description").asText(""),
        entry.path("date").asText(""));
  }

  /** A group of this one's baseline vectors, fields and date. */
  public DataGroup derived(
      String itsName, String visibilities, String flags, String weights, String itsDescription) {
    return new DataGroup(
        itsName, visibilities, flags, weights, uvw, fieldAndSource, itsDescription, date);
  }

  private ObjectNode entry() {
    return Measures.object()
        .put("correlated_data", correlatedData)
        .put("flag", flag)
        .put("weight", weight)
        .put("uvw", uvw)
        .put("field_and_source", fieldAndSource)
        .put("description", description)
        .put("date", date);
  }

  /** Attributes of a measurement set with this group, in the place of any of its name. */
  public UnaryOperator<ObjectNode> adding() {
    return attributes -> {
      attributes.withObject("/" + ATTRIBUTE).set(name, entry());
      return attributes;
    };
  }

  /** Attributes of a measurement set without the groups that any of these arrays belongs to. */
  public static UnaryOperator<ObjectNode> without(Collection<String> arrays) {
    return attributes -> {
      ObjectNode groups = attributes.withObject("/" + ATTRIBUTE);
      for (Map.Entry<String, JsonNode> e : List.copyOf(groups.properties())) {
        DataGroup g = of(e.getKey(), e.getValue());
        if (!Collections.disjoint(g.arrays(), arrays)) {
          groups.remove(e.getKey());
        }
      }
      return attributes;
    };
  }

  /** Names of the arrays that it has by sample. */
  public List<String> arrays() {
    return List.of(correlatedData, flag, weight);
  }
}
