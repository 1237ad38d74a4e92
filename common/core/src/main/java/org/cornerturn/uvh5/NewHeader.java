package org.cornerturn.uvh5;

import java.util.List;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.radio.Antenna;
import org.cornerturn.radio.PhaseCenter;
import org.cornerturn.radio.Polarization;

/** A header of version 1.2, rank 3, from what a {@link Uvh5Header} says. */
final class NewHeader {
  private static final double DEGREE = Math.PI / 180;

  private NewHeader() {}

  static HeaderBuilder build(Uvh5Header h) {
    HeaderBuilder b = new HeaderBuilder().text("version", "1.2");
    b.text("telescope_name", h.telescope().name()).text("instrument", h.telescope().instrument());
    b.number("latitude", h.telescope().location().latitudeRad() / DEGREE);
    b.number("longitude", h.telescope().location().longitudeRad() / DEGREE);
    b.number("altitude", h.telescope().location().heightMetres()).text("telescope_frame", "itrs");
    b.text("history", h.history()).text("vis_units", h.visibilityUnits());
    b.text("object_name", h.objectName());
    h.polarizationConvention().ifPresent(c -> b.text("pol_convention", c));
    h.xOrientation().ifPresent(x -> b.text("x_orientation", x));
    h.dut1Seconds().ifPresent(d -> b.number("dut1", d));
    b.text("timesys", "UTC").group("extra_keywords");
    h.extraKeywords().forEach((name, value) -> extra(b, "extra_keywords/" + name, value));
    antennas(b, h);
    channels(b, h);
    centers(b, h);
    rows(b, h.rows());
    b.count("Nblts", h.rows()).count("Nbls", h.baselines()).count("Ntimes", h.times());
    return b;
  }

  private static void extra(HeaderBuilder b, String item, Object value) {
    if (value instanceof Long v) {
      b.count(item, v);
    } else if (value instanceof Double v) {
      b.number(item, v);
    } else if (value instanceof Boolean v) {
      b.truth(item, v);
    } else if (value instanceof List<?> list && list.stream().allMatch(v -> v instanceof Double)) {
      b.numbers(item, list.stream().mapToDouble(v -> (Double) v).toArray());
    } else if (value instanceof List<?> list && list.stream().allMatch(v -> v instanceof Long)) {
      b.counts(item, list.stream().mapToLong(v -> (Long) v).toArray());
    } else if (value instanceof List<?> list) {
      b.texts(item, list.stream().map(String::valueOf).toList());
    } else {
      b.text(item, String.valueOf(value));
    }
  }

  private static void antennas(HeaderBuilder b, Uvh5Header h) {
    List<Antenna> all = h.antennas();
    int n = all.size();
    b.count("Nants_telescope", n).count("Nants_data", h.antennasWithData());
    b.counts("antenna_numbers", all.stream().mapToLong(Antenna::number).toArray());
    b.texts("antenna_names", all.stream().map(Antenna::name).toList());
    double[] xyz = new double[3 * n];
    for (int i = 0; i < n; i++) {
      xyz[3 * i] = all.get(i).position().xMetres();
      xyz[3 * i + 1] = all.get(i).position().yMetres();
      xyz[3 * i + 2] = all.get(i).position().zMetres();
    }
    b.numbers("antenna_positions", xyz, n, 3);
    double[] diameters = all.stream().mapToDouble(Antenna::diameterMetres).toArray();
    if (java.util.Arrays.stream(diameters).noneMatch(Double::isNaN)) {
      b.numbers("antenna_diameters", diameters);
    }
    int feeds = all.stream().mapToInt(a -> a.feeds().size()).min().orElse(0);
    if (feeds > 0 && all.stream().allMatch(a -> a.feeds().size() == feeds)) {
      b.count("Nfeeds", feeds);
      b.texts("feed_array", all.stream().flatMap(a -> a.feeds().stream()).toList(), n, feeds);
      double[] angles =
          all.stream()
              .flatMap(a -> a.feedAnglesRad().stream())
              .mapToDouble(Double::doubleValue)
              .toArray();
      if (angles.length == n * feeds) {
        b.numbers("feed_angle", angles, n, feeds);
      }
    }
    if (n > 0 && all.stream().noneMatch(a -> a.mount().isEmpty())) {
      b.texts("mount_type", all.stream().map(Antenna::mount).toList());
    }
  }

  private static void channels(HeaderBuilder b, Uvh5Header h) {
    int n = h.totalChannels();
    double[] frequency = new double[n];
    double[] width = new double[n];
    long[] window = new long[n];
    for (ChannelGroup g : h.groups()) {
      for (int c = 0; c < g.channels(); c++) {
        frequency[g.fileChannel(c)] = g.window().frequencyHz(c);
        width[g.fileChannel(c)] = g.window().widthHz(c);
        window[g.fileChannel(c)] = g.window().id();
      }
    }
    b.count("Nfreqs", n).count("Nspws", h.groups().size()).truth("flex_spw", h.groups().size() > 1);
    b.counts("spw_array", h.groups().stream().mapToLong(g -> g.window().id()).toArray());
    b.numbers("freq_array", frequency).numbers("channel_width", width);
    b.counts("flex_spw_id_array", window);
    if (h.polarizations().isEmpty()) {
      b.count("Npols", 1).counts("polarization_array", 0);
      b.counts(
          "flex_spw_polarization_array",
          h.groups().stream().mapToLong(g -> g.polarizations().get(0).aipsCode()).toArray());
    } else {
      b.count("Npols", h.polarizations().size());
      b.counts(
          "polarization_array",
          h.polarizations().stream().mapToLong(Polarization::aipsCode).toArray());
    }
  }

  private static void centers(HeaderBuilder b, Uvh5Header h) {
    b.count("Nphase", h.phaseCenters().size());
    for (PhaseCenter c : h.phaseCenters()) {
      String at = "phase_center_catalog/" + c.id() + "/";
      b.text(at + "cat_name", c.name()).text(at + "info_source", c.source());
      b.text(
          at + "cat_type",
          switch (c.kind()) {
            case SIDEREAL -> "sidereal";
            case EPHEMERIS -> "ephem";
            case DRIFTSCAN -> "driftscan";
            case UNPROJECTED -> "unprojected";
          });
      b.text(at + "cat_frame", c.frame());
      optional(b, at + "cat_epoch", c.epoch());
      optional(b, at + "cat_pm_ra", c.properMotionRaMasPerYear());
      optional(b, at + "cat_pm_dec", c.properMotionDecMasPerYear());
      optional(b, at + "cat_dist", c.distanceParsec());
      optional(b, at + "cat_vrad", c.radialVelocityKmPerSecond());
      List<PhaseCenter.Direction> d = c.directions();
      if (c.kind() == PhaseCenter.Kind.EPHEMERIS) {
        b.numbers(at + "cat_times", d.stream().mapToDouble(x -> x.julianDate()).toArray());
        b.numbers(at + "cat_lon", d.stream().mapToDouble(x -> x.longitudeRad()).toArray());
        b.numbers(at + "cat_lat", d.stream().mapToDouble(x -> x.latitudeRad()).toArray());
      } else {
        b.none(at + "cat_times");
        b.number(at + "cat_lon", c.longitudeRad()).number(at + "cat_lat", c.latitudeRad());
      }
    }
  }

  private static void optional(HeaderBuilder b, String item, double value) {
    if (Double.isNaN(value)) {
      b.none(item);
    } else {
      b.number(item, value);
    }
  }

  private static void rows(HeaderBuilder b, long rows) {
    b.rows("time_array", Primitive.FLOAT64, rows).rows("lst_array", Primitive.FLOAT64, rows);
    b.rows("integration_time", Primitive.FLOAT64, rows);
    b.rows("ant_1_array", Primitive.INT64, rows).rows("ant_2_array", Primitive.INT64, rows);
    b.rows("uvw_array", Primitive.FLOAT64, rows, 3);
    b.rows("phase_center_id_array", Primitive.INT64, rows);
    b.rows("phase_center_app_ra", Primitive.FLOAT64, rows);
    b.rows("phase_center_app_dec", Primitive.FLOAT64, rows);
    b.rows("phase_center_frame_pa", Primitive.FLOAT64, rows);
  }
}
