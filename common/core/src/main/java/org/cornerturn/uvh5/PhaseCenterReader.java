package org.cornerturn.uvh5;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.radio.PhaseCenter;
import org.cornerturn.radio.PhaseCenter.Direction;
import org.cornerturn.radio.PhaseCenter.Kind;

/**
 * Phase centres in each of their forms: a group of groups by id, the JSON text of an interim
 * version by name, and the single centre of files before 1.1.
 */
final class PhaseCenterReader {
  private static final String CATALOG = "phase_center_catalog";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Items items;

  PhaseCenterReader(Items items) {
    this.items = items;
  }

  List<PhaseCenter> read() throws IOException {
    List<PhaseCenter> centers = new ArrayList<>();
    if (items.source().isGroup(Items.path(CATALOG))) {
      for (String key : items.source().members(Items.path(CATALOG))) {
        centers.add(center(key, group(CATALOG + "/" + key)));
      }
    } else if (items.has(CATALOG)) {
      centers.addAll(ofText(items.text(CATALOG)));
    } else {
      centers.add(single());
    }
    if (centers.isEmpty()) {
      throw items.fault(CATALOG, "it is empty");
    }
    centers.sort(Comparator.comparingInt(PhaseCenter::id));
    return centers;
  }

  /** An entry's values: {@code double[]} or {@code String} by name, without those that are null. */
  private Map<String, Object> group(String group) throws IOException {
    Map<String, Object> entry = new TreeMap<>();
    for (String name : items.source().members(Items.path(group))) {
      String item = group + "/" + name;
      Optional<Block> block = items.block(item);
      if (block.isPresent()) {
        boolean number = block.get().type() instanceof Primitive;
        entry.put(name, number ? block.get().toDoubles() : items.text(item));
      }
    }
    return entry;
  }

  private List<PhaseCenter> ofText(String text) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw items.fault(CATALOG, "it is text, but no JSON: " + e.getOriginalMessage());
    }
    List<PhaseCenter> centers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> named : json.properties()) {
      Map<String, Object> entry = new TreeMap<>();
      for (Map.Entry<String, JsonNode> field : named.getValue().properties()) {
        JsonNode v = field.getValue();
        if (v.isTextual()) {
          entry.put(field.getKey(), v.asText());
        } else if (v.isNumber()) {
          entry.put(field.getKey(), new double[] {v.asDouble()});
        } else if (v.isArray()) {
          double[] all = new double[v.size()];
          for (int i = 0; i < all.length; i++) {
            all[i] = v.get(i).asDouble();
          }
          entry.put(field.getKey(), all);
        }
      }
      entry.putIfAbsent("cat_name", named.getKey());
      centers.add(center(named.getKey(), entry));
    }
    return centers;
  }

  private PhaseCenter center(String key, Map<String, Object> entry) throws IOException {
    int id = id(key, entry);
    String where = CATALOG + "/" + key;
    String name = String.valueOf(entry.getOrDefault("cat_name", key));
    Kind kind = kind(where, String.valueOf(entry.getOrDefault("cat_type", "")));
    double[] lon = numbers(entry, "cat_lon");
    double[] lat = numbers(entry, "cat_lat");
    double[] times = numbers(entry, "cat_times");
    if (kind == Kind.UNPROJECTED && lon.length == 0) {
      lon = new double[] {0};
      lat = new double[] {Math.PI / 2};
    }
    if (lon.length == 0 || lon.length != lat.length) {
      throw items.fault(
          where, "it has " + lon.length + " longitudes and " + lat.length + " latitudes");
    }
    if (kind == Kind.EPHEMERIS && times.length != lon.length) {
      throw items.fault(
          where, "it has " + times.length + " times for " + lon.length + " directions");
    }
    List<Direction> directions = new ArrayList<>();
    for (int i = 0; i < lon.length; i++) {
      double jd = kind == Kind.EPHEMERIS ? times[i] : Double.NaN;
      directions.add(new Direction(jd, lon[i], lat[i]));
    }
    return new PhaseCenter(
        id,
        name,
        kind,
        String.valueOf(entry.getOrDefault("cat_frame", kind == Kind.UNPROJECTED ? "altaz" : "")),
        epoch(entry.get("cat_epoch")),
        directions,
        number(entry, "cat_pm_ra"),
        number(entry, "cat_pm_dec"),
        number(entry, "cat_dist"),
        number(entry, "cat_vrad"),
        String.valueOf(entry.getOrDefault("info_source", "")));
  }

  private int id(String key, Map<String, Object> entry) throws IOException {
    double[] stated = numbers(entry, "cat_id");
    if (stated.length == 1) {
      return (int) stated[0];
    }
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException e) {
      throw items.fault(CATALOG + "/" + key, "neither its name nor a cat_id is a number");
    }
  }

  private Kind kind(String where, String word) throws IOException {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "sidereal" -> Kind.SIDEREAL;
      case "ephem" -> Kind.EPHEMERIS;
      case "driftscan" -> Kind.DRIFTSCAN;
      case "unprojected" -> Kind.UNPROJECTED;
      default -> throw items.fault(where, "its cat_type is '" + word + "'");
    };
  }

  private static double[] numbers(Map<String, Object> entry, String name) {
    return entry.get(name) instanceof double[] v ? v : new double[0];
  }

  private static double number(Map<String, Object> entry, String name) {
    double[] v = numbers(entry, name);
    return v.length == 0 ? Double.NaN : v[0];
  }

  /** 2000 of the number, and of texts like J2000.0. */
  private static double epoch(Object value) {
    if (value instanceof double[] v && v.length > 0) {
      return v[0];
    }
    if (value instanceof String s && s.matches("[JjBb]?\\d+(\\.\\d*)?")) {
      return Double.parseDouble(s.replaceFirst("^[JjBb]", ""));
    }
    return Double.NaN;
  }

  /** The one centre of old files; all that isn't phased to a direction is unprojected. */
  private PhaseCenter single() throws IOException {
    String name = items.optionalText("object_name").orElse("");
    String type = items.optionalText("phase_type").orElse("");
    if (!type.equals("phased")) {
      return PhaseCenter.unprojected(0, name);
    }
    double ra = items.number("phase_center_ra");
    double dec = items.number("phase_center_dec");
    double epoch = items.optionalNumber("phase_center_epoch").orElse(Double.NaN);
    String frame = items.optionalText("phase_center_frame").orElse("icrs");
    Direction direction = new Direction(Double.NaN, ra, dec);
    double none = Double.NaN;
    return new PhaseCenter(
        0, name, Kind.SIDEREAL, frame, epoch, List.of(direction), none, none, none, none, "file");
  }
}
