package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.cornerturn.jobs.datagroup.SampleCounts;
import org.cornerturn.measurementset.FieldCenter;
import org.cornerturn.measurementset.MeasurementSet;
import org.cornerturn.measurementset.Msv4Layout;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.radio.Polarization;
import org.cornerturn.radio.SpectralWindow;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;

/**
 * What the table of observations says of a processing set: a row for each measurement set. It holds
 * nothing of the plan, which can be large.
 *
 * @param rows but for what is known in the end: how much is flagged, and the time
 */
record ObservationRow(String root, String fingerprint, List<Object[]> rows) {

  private static final Pattern VERSION = Pattern.compile("\\.v(\\d+)\\.ps\\.zarr$");

  static final TableDefinition TABLE =
      TableDefinition.named("observations", "every measurement set: a row for each making")
          .text("product", "id of the product")
          .text("root", "where the processing set lies")
          .text("measurement_set", "group in the processing set")
          .count("version", null, "of the observation's processing set; goes up with late files")
          .moment("started", "beginning of the first integration")
          .moment("ended", "end of the last integration")
          .text("telescope", "name of the telescope")
          .text("instrument", "name of the instrument")
          .text("field", "field in the middle of the observation")
          .real("centre_ra", "deg", "right ascension of that field")
          .real("centre_dec", "deg", "declination of that field")
          .text("frame", "of these directions")
          .count("fields", null, "number of fields")
          .count("antennas", null, "antennas with data")
          .count("baselines", null, "baselines, autocorrelations included")
          .count("integrations", null, "number of integrations")
          .real("integration", "s", "length of one; the median where they differ")
          .count("channels", null, "number of channels")
          .real("frequency_low", "Hz", "centre of the lowest channel")
          .real("frequency_high", "Hz", "centre of the highest channel")
          .real("channel_width", "Hz", "median width of a channel")
          .texts("correlations", "correlations in their order")
          .texts("subbands", "sub-bands that are there")
          .texts("missing_subbands", "sub-bands that are missing and flagged")
          .real("flagged", null, "part of the samples that is flagged")
          .texts("inputs", "files that it was made of")
          .moment("published", "when it became visible");

  void append(String warehouse, Map<String, String> hadoop, SampleCounts flags) throws IOException {
    List<Object[]> complete = new ArrayList<>();
    for (Object[] planned : rows) {
      Object[] row = planned.clone();
      row[TABLE.schema().indexOf("flagged")] = flags.all() == 0 ? null : flags.flaggedFraction();
      row[TABLE.schema().indexOf("published")] = micros(Instant.now());
      complete.add(row);
    }
    DeltaTable table =
        new DeltaTable(
            Stores.open(warehouse.replaceAll("/+$", "") + "/" + TABLE.name(), hadoop), TABLE);
    // Once for each making of a product in its place, however often it is published.
    String writer = new Fingerprint().with("root", root).with("fingerprint", fingerprint).hex();
    table.append(complete, "observation-" + writer, 0);
  }

  /**
   * @param layouts of the processing set's measurement sets
   */
  static ObservationRow of(
      String root,
      ObservationInput input,
      List<Msv4Layout> layouts,
      PhaseCentres centres,
      String fingerprint) {
    return new ObservationRow(
        root,
        fingerprint,
        layouts.stream().map(l -> row(root, input, l, centres, fingerprint)).toList());
  }

  private static Object[] row(
      String root,
      ObservationInput input,
      Msv4Layout layout,
      PhaseCentres centres,
      String fingerprint) {
    MeasurementSet set = layout.set();
    SpectralWindow window = set.window();
    Uvh5Scan first = input.files().get(0).scan();
    FieldCenter centre = centres.middle();
    long antennas =
        set.baselines().stream()
            .flatMapToInt(b -> IntStream.of(b.first(), b.second()))
            .distinct()
            .count();
    boolean divided = input.files().size() + input.missing().size() > 1;
    return new Object[] {
      ConversionPlanner.name(root) + "-" + fingerprint.substring(0, 12),
      root,
      set.name(),
      version(root),
      micros(first.start()),
      micros(first.end()),
      set.telescope().name(),
      set.telescope().instrument(),
      centre.name(),
      Math.toDegrees(centre.longitudeRad()),
      Math.toDegrees(centre.latitudeRad()),
      set.directionFrame(),
      (long) set.fields().size(),
      antennas,
      (long) set.baselines().size(),
      (long) set.unixSeconds().length,
      set.integrationSeconds(),
      (long) window.channels(),
      window.frequencyHz(0),
      window.frequencyHz(window.channels() - 1),
      window.medianWidthHz(),
      set.polarizations().stream().map(Polarization::name).toList(),
      divided ? input.files().stream().map(f -> name(f.number())).toList() : List.of(),
      input.missing().stream().map(ObservationRow::name).toList(),
      null,
      input.files().stream().map(f -> f.scan().input().uri()).toList(),
      null
    };
  }

  /** The version of the observation's processing set, as its name tells it. */
  private static long version(String root) {
    Matcher m = VERSION.matcher(root);
    return m.find() ? Long.parseLong(m.group(1)) : 1;
  }

  private static String name(int subband) {
    return String.format(Locale.ROOT, "sb%02d", subband);
  }

  private static long micros(Instant at) {
    return TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + at.getNano() / 1000;
  }
}
