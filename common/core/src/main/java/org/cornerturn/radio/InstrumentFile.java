package org.cornerturn.radio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.radio.Instrument.Band;
import org.cornerturn.radio.Instrument.Beam;
import org.cornerturn.radio.Instrument.Layout;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads an {@link Instrument} from its YAML. */
public final class InstrumentFile {
  /** Instruments that travel with the program. */
  public static final List<String> BUNDLED = List.of("dsa-110", "generic");

  private final String source;
  private final Map<?, ?> root;

  private InstrumentFile(String source, Map<?, ?> root) {
    this.source = source;
    this.root = root;
  }

  /**
   * An instrument that travels with the program.
   *
   * @param name one of {@link #BUNDLED}
   */
  public static Instrument bundled(String name) {
    if (!BUNDLED.contains(name)) {
      throw new UserError(
          "instrument " + name,
          "none of this name travels with the program",
          "Use one of " + String.join(", ", BUNDLED) + ", or the path of a YAML file");
    }
    String resource = name + ".yaml";
    try (InputStream in = InstrumentFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An instrument from a user's YAML.
   *
   * @param source the file's name, for what is said of faults in it
   * @throws UserError naming file and key where something is wrong
   */
  public static Instrument parse(String source, String yaml) {
    Object tree;
    try {
      tree = new Load(LoadSettings.builder().setLabel(source).build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new UserError(
          source, "it is not YAML: " + e.getMessage().lines().findFirst().orElse(""), "Mend it", e);
    }
    if (!(tree instanceof Map<?, ?> map)) {
      throw new UserError(source, "it holds no keys", "Begin from docs/commands/simulate.md");
    }
    return new InstrumentFile(source, map).instrument();
  }

  private Instrument instrument() {
    Map<?, ?> site = map(root, "site", "");
    Geodetic place =
        Geodetic.ofDegrees(
            number(site, "longitude_deg", "site."),
            number(site, "latitude_deg", "site."),
            number(site, "altitude_m", "site."));
    Map<?, ?> frequency = map(root, "frequency", "");
    Map<?, ?> subbands = map(root, "subbands", "");
    Band band =
        new Band(
            positive(frequency, "lowest_edge_hz", "frequency."),
            positive(frequency, "channel_width_hz", "frequency."),
            count(frequency, "channels", "frequency."));
    double dish = positive(root, "dish_diameter_m", "");
    String mount = text(root, "mount", "");
    return new Instrument(
        text(root, "name", ""),
        new Telescope(text(root, "telescope", ""), text(root, "instrument", ""), place),
        dish,
        mount,
        polarizations(),
        positive(root, "integration_s", ""),
        count(root, "integrations", ""),
        band,
        count(subbands, "count", "subbands."),
        choice(subbands, "order", "subbands.", List.of("ascending", "descending")) == 1,
        Beam.values()[choice(root, "beam", "", List.of("none", "gaussian", "airy", "cosine"))],
        positive(root, "sefd_jy", ""),
        positive(root, "efficiency", ""),
        positive(root, "aperture_efficiency", ""),
        layout(place, dish, mount));
  }

  private List<Polarization> polarizations() {
    List<Polarization> all = new ArrayList<>();
    for (Object o : list(root, "polarizations")) {
      try {
        all.add(Polarization.valueOf(String.valueOf(o)));
      } catch (IllegalArgumentException e) {
        throw fault("polarizations", "there is no '" + o + "'", e);
      }
    }
    return all;
  }

  private Layout layout(Geodetic site, double dish, String mount) {
    int which = choice(root, "layout", "", List.of("stations", "y", "random"));
    if (which > 0) {
      int antennas = count(root, "antennas", "");
      double extent = positive(root, "extent_m", "");
      return which == 1 ? new Layout.Wye(antennas, extent) : new Layout.Scattered(antennas, extent);
    }
    List<Antenna> antennas = new ArrayList<>();
    for (Object o : list(root, "stations")) {
      if (!(o instanceof List<?> row)
          || row.size() != 5
          || !(row.get(0) instanceof Integer number)
          || !row.subList(2, 5).stream().allMatch(Number.class::isInstance)) {
        throw fault(
            "stations",
            "an entry is not [number, name, latitude_deg, longitude_deg, altitude_m]: " + o,
            null);
      }
      double[] v =
          row.subList(2, 5).stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
      Ecef position = Geodetic.ofDegrees(v[1], v[0], v[2]).toEcef().minus(site.toEcef());
      antennas.add(
          new Antenna(
              number,
              String.valueOf(row.get(1)),
              position,
              dish,
              List.of("x", "y"),
              List.of(Math.PI / 2, 0.0),
              mount));
    }
    return new Layout.Stations(antennas);
  }

  private UserError fault(String key, String reason, Throwable cause) {
    return new UserError(
        source + ", " + key, reason, "Mend it; see docs/commands/simulate.md", cause);
  }

  private Object value(Map<?, ?> in, String key, String prefix) {
    Object v = in.get(key);
    if (v == null) {
      throw fault(prefix + key, "it is missing", null);
    }
    return v;
  }

  private Map<?, ?> map(Map<?, ?> in, String key, String prefix) {
    if (value(in, key, prefix) instanceof Map<?, ?> m) {
      return m;
    }
    throw fault(prefix + key, "it must hold keys", null);
  }

  private List<?> list(Map<?, ?> in, String key) {
    if (value(in, key, "") instanceof List<?> l && !l.isEmpty()) {
      return l;
    }
    throw fault(key, "it must be a list with an entry at least", null);
  }

  private String text(Map<?, ?> in, String key, String prefix) {
    return String.valueOf(value(in, key, prefix));
  }

  private double number(Map<?, ?> in, String key, String prefix) {
    if (value(in, key, prefix) instanceof Number n && Double.isFinite(n.doubleValue())) {
      return n.doubleValue();
    }
    throw fault(prefix + key, "it must be a number", null);
  }

  private double positive(Map<?, ?> in, String key, String prefix) {
    double v = number(in, key, prefix);
    if (v <= 0) {
      throw fault(prefix + key, "it must be more than 0", null);
    }
    return v;
  }

  private int count(Map<?, ?> in, String key, String prefix) {
    if (value(in, key, prefix) instanceof Integer n && n >= 1) {
      return n;
    }
    throw fault(prefix + key, "it must be a whole number, 1 or more", null);
  }

  private int choice(Map<?, ?> in, String key, String prefix, List<String> words) {
    int i = words.indexOf(text(in, key, prefix).toLowerCase(Locale.ROOT));
    if (i < 0) {
      throw fault(prefix + key, "it must be one of " + String.join(", ", words), null);
    }
    return i;
  }
}
