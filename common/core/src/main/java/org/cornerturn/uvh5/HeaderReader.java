package org.cornerturn.uvh5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.cornerturn.array.Shape;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.Ecef;
import org.cornerturn.radio.Geodetic;
import org.cornerturn.radio.Telescope;

/** Reads a header of any version and refuses what contradicts itself. */
final class HeaderReader {
  private static final String[] ROW_ITEMS = {
    "time_array", "ant_1_array", "ant_2_array", "uvw_array", "integration_time"
  };
  private static final String[] OPTIONAL_ROW_ITEMS = {
    "lst_array",
    "phase_center_id_array",
    "phase_center_app_ra",
    "phase_center_app_dec",
    "phase_center_frame_pa"
  };

  private final HeaderSource source;
  private final Items items;

  HeaderReader(HeaderSource source) {
    this.source = source;
    this.items = new Items(source);
  }

  Uvh5Header read() throws IOException {
    if (!source.isGroup(Items.HEADER)) {
      throw missing(Items.HEADER);
    }
    Shape shape = data();
    long rows = items.count("Nblts");
    int channels = items.smallCount("Nfreqs");
    if (rows == 0 || channels == 0) {
      throw items.fault(rows == 0 ? "Nblts" : "Nfreqs", "it is 0: there are no visibilities");
    }
    checkRows(rows);
    ChannelReader axes = new ChannelReader(items, shape.rank(), channels);
    checkShape(shape, rows, axes.windowAxis(), channels, axes.polarizationAxis());
    List<Antenna> antennas = antennas();
    return new Uvh5Header(
        source.name(),
        items.optionalText("version").orElse(""),
        shape.rank(),
        rows,
        items.smallCount("Nbls"),
        items.smallCount("Ntimes"),
        channels,
        axes.groups(),
        axes.polarizations(),
        telescope(),
        antennas,
        items.smallCount("Nants_data"),
        new PhaseCenterReader(items).read(),
        meridianDeclination(),
        units(),
        items.optionalText("pol_convention"),
        items.optionalText("x_orientation").map(s -> s.toLowerCase(Locale.ROOT)),
        items.optionalText("object_name").orElse(""),
        items.optionalText("history").orElse(""),
        items.optionalNumber("dut1"),
        extraKeywords());
  }

  private Uvh5Exception missing(String path) {
    return new Uvh5Exception(
        source.name(), path, "it is missing", "Give a UVH5 file, or exclude this one");
  }

  private Shape data() throws IOException {
    Shape first = null;
    for (String path : Uvh5File.DATA_PATHS) {
      Shape shape = source.shape(path).orElseThrow(() -> missing(path));
      if (first != null && !shape.equals(first)) {
        throw Uvh5Exception.of(
            source.name(), path, "its shape is " + shape + ", but visdata's is " + first);
      }
      first = shape;
    }
    if (first.rank() != 3 && first.rank() != 4) {
      throw Uvh5Exception.of(
          source.name(), Uvh5File.VISDATA, "its shape is " + first + ", neither of rank 3 nor 4");
    }
    return first;
  }

  private void checkRows(long rows) throws IOException {
    for (String item : ROW_ITEMS) {
      checkRows(item, rows);
    }
    for (String item : OPTIONAL_ROW_ITEMS) {
      if (items.has(item)) {
        checkRows(item, rows);
      }
    }
  }

  private void checkRows(String item, long rows) throws IOException {
    Shape s = items.shape(item);
    boolean uvw = item.equals("uvw_array");
    boolean vector = s.rank() == (uvw ? 2 : 1) && s.dim(0) == rows && (!uvw || s.dim(1) == 3);
    // Old files state what all rows share once.
    boolean single =
        s.size() == 1 && (item.equals("integration_time") || item.startsWith("phase_center_"));
    if (!vector && !single) {
      throw items.fault(item, "its shape is " + s + ", but Nblts is " + rows);
    }
  }

  private void checkShape(Shape shape, long rows, int windows, int channels, int polarizations)
      throws Uvh5Exception {
    Shape expected =
        shape.rank() == 3
            ? Shape.of(rows, channels, polarizations)
            : Shape.of(rows, windows, channels, polarizations);
    if (!shape.equals(expected)) {
      throw Uvh5Exception.of(
          source.name(),
          Uvh5File.VISDATA,
          "its shape is " + shape + ", but the header's counts make " + expected);
    }
  }

  private Telescope telescope() throws IOException {
    Geodetic place =
        Geodetic.ofDegrees(
            items.number("longitude"), items.number("latitude"), items.number("altitude"));
    double sum = place.longitudeRad() + place.latitudeRad() + place.heightMetres();
    if (!Double.isFinite(sum) || Math.abs(place.latitudeRad()) > Math.PI / 2) {
      throw items.fault("latitude", "the telescope's place makes no sense: " + place);
    }
    Optional<String> frame = items.optionalText("telescope_frame");
    if (frame.isPresent() && !frame.get().equalsIgnoreCase("itrs")) {
      throw new Uvh5Exception(
          source.name(),
          Items.path("telescope_frame"),
          "it is " + frame.get() + "; only telescopes on the Earth (itrs) are understood",
          "Exclude the file");
    }
    return new Telescope(
        items.text("telescope_name"), items.optionalText("instrument").orElse(""), place);
  }

  private List<Antenna> antennas() throws IOException {
    int n = items.smallCount("Nants_telescope");
    int[] numbers = items.integers("antenna_numbers");
    List<String> names = items.texts("antenna_names");
    double[] positions = items.numbers("antenna_positions");
    checkCount("antenna_numbers", numbers.length, n);
    checkCount("antenna_names", names.size(), n);
    Shape s = items.shape("antenna_positions");
    if (!s.equals(Shape.of(n, 3))) {
      throw items.fault("antenna_positions", "its shape is " + s + ", but Nants_telescope is " + n);
    }
    double[] diameters =
        items.has("antenna_diameters") ? items.numbers("antenna_diameters") : new double[0];
    if (diameters.length > 1) {
      checkCount("antenna_diameters", diameters.length, n);
    }
    FeedReader feeds = new FeedReader(items, n);
    List<Antenna> antennas = new ArrayList<>();
    Map<Integer, String> seen = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      String twin = seen.put(numbers[i], names.get(i));
      if (twin != null) {
        throw items.fault(
            "antenna_numbers", twin + " and " + names.get(i) + " share the number " + numbers[i]);
      }
      Ecef place = new Ecef(positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]);
      double diameter =
          diameters.length == 0 ? Double.NaN : diameters[diameters.length == 1 ? 0 : i];
      antennas.add(
          new Antenna(
              numbers[i],
              names.get(i),
              place,
              diameter,
              feeds.feeds(i),
              feeds.angles(i),
              feeds.mount(i)));
    }
    return antennas;
  }

  private void checkCount(String item, int found, int stated) throws Uvh5Exception {
    if (found != stated) {
      throw items.fault(item, "it has " + found + " elements, but Nants_telescope is " + stated);
    }
  }

  /**
   * DSA-110's correlator stops fringes on the meridian at a declination, which it states in one of
   * two places, and calls that a drift scan.
   */
  private OptionalDouble meridianDeclination() throws IOException {
    boolean drift = items.optionalText("phase_type").filter(t -> t.equals("drift")).isPresent();
    if (!drift) {
      return OptionalDouble.empty();
    }
    if (items.has("phase_center_app_dec") && items.shape("phase_center_app_dec").size() == 1) {
      return items.optionalNumber("phase_center_app_dec");
    }
    boolean hourAngle =
        items
            .optionalText("extra_keywords/phase_center_epoch")
            .filter(t -> t.equals("HADEC"))
            .isPresent();
    return hourAngle
        ? items.optionalNumber("extra_keywords/phase_center_dec")
        : OptionalDouble.empty();
  }

  private String units() throws IOException {
    String units = items.optionalText("vis_units").orElse("uncalib");
    return units.equalsIgnoreCase("uncalib") ? "uncalib" : units;
  }

  private Map<String, Object> extraKeywords() throws IOException {
    String group = Items.path("extra_keywords");
    Map<String, Object> all = new TreeMap<>();
    if (source.isGroup(group)) {
      for (String name : source.members(group)) {
        items.value("extra_keywords/" + name).ifPresent(v -> all.put(name, v));
      }
    }
    return all;
  }
}
