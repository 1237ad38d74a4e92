package org.cornerturn.jobs.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cornerturn.UserError;
import org.cornerturn.catalogue.Healpix;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.Versions;
import org.cornerturn.radio.IcrsDirection;
import org.cornerturn.source.Association;
import org.cornerturn.source.Association.Link;
import org.cornerturn.source.Association.Place;
import org.cornerturn.source.Neighbours;

/** Makes sources of the table of detections. */
final class AssociateJob {
  /** Detections that fit into memory: about 200 bytes each. */
  private static final int MOST = 5_000_000;

  private static final double ARCSEC = Math.PI / (180 * 3600);
  private static final double ARCMIN = 60 * ARCSEC;
  private static final double NEAREST_ARCMIN = 10;
  private static final double CROWD_ARCMIN = 3;

  private static final List<String> COLUMNS =
      List.of(
          SourceTables.IMAGE,
          "mjd",
          "detection_id",
          "ra_deg",
          "dec_deg",
          "ra_err_arcsec",
          "dec_err_arcsec",
          "flux_peak_mjy_beam",
          "flux_peak_err",
          "flux_int_mjy",
          "snr",
          "compactness",
          "flags");

  private final GlobalOptions global;
  private final Console console;

  AssociateJob(GlobalOptions global, Console console) {
    this.global = global;
    this.console = console;
  }

  private record Detection(
      Place place,
      double peak,
      double peakError,
      double integral,
      double snr,
      double compactness,
      boolean extended) {}

  private record Epoch(String image, Double mjd, List<Detection> detections) {}

  ExitCode run(double radiusRad, double deRuiter, double leastSnr, boolean dryRun)
      throws IOException {
    WarehouseRows table =
        new WarehouseRows(global.warehouse(), SourceTables.SOURCES, global.hadoop());
    Association association = new Association(radiusRad, deRuiter);
    Set<String> known = new HashSet<>();
    table.read(
        List.of(SourceTables.SOURCE, "ra_deg", "dec_deg"),
        row -> {
          known.add((String) row[0]);
          association.known(
              (String) row[0], IcrsDirection.ofDegrees((Double) row[1], (Double) row[2]));
        });
    List<Epoch> epochs = epochs(leastSnr);
    Set<String> names = new HashSet<>(known);
    for (int e = 0; e < epochs.size(); e++) {
      association.epoch(
          e,
          epochs.get(e).detections().stream().map(Detection::place).toList(),
          place -> name(place.direction(), names));
    }
    List<Association.Source> sources = association.sources();
    if (!dryRun) {
      table.replace(SourceTables.SOURCE, known, rows(sources, epochs));
    }
    tell(sources, epochs, known);
    return ExitCode.COMPLETE;
  }

  /** Detections by image, in the order of time; those of unknown time come first, by name. */
  private List<Epoch> epochs(double leastSnr) throws IOException {
    WarehouseRows table =
        new WarehouseRows(global.warehouse(), SourceTables.DETECTIONS, global.hadoop());
    Map<String, Epoch> byImage = new HashMap<>();
    int[] count = new int[1];
    table.read(
        COLUMNS,
        r -> {
          if (!((Double) r[10] >= leastSnr)) {
            return;
          }
          if (++count[0] > MOST) {
            throw new UserError(
                table.uri(), "it has more than " + MOST + " detections", "Give a higher --min-snr");
          }
          byImage
              .computeIfAbsent((String) r[0], i -> new Epoch(i, (Double) r[1], new ArrayList<>()))
              .detections()
              .add(detection(r));
        });
    if (byImage.isEmpty()) {
      throw new UserError(
          table.uri(), "there are no detections", "Make some with cornerturn find-sources");
    }
    List<Epoch> epochs = new ArrayList<>(byImage.values());
    epochs.sort(
        Comparator.comparing(Epoch::mjd, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Epoch::image));
    epochs.forEach(e -> e.detections().sort(Comparator.comparing(d -> d.place().id())));
    return epochs;
  }

  private static Detection detection(Object[] r) {
    IcrsDirection at = IcrsDirection.ofDegrees((Double) r[3], (Double) r[4]);
    return new Detection(
        new Place((String) r[2], at, (Double) r[5] * ARCSEC, (Double) r[6] * ARCSEC),
        (Double) r[7],
        (Double) r[8],
        (Double) r[9],
        (Double) r[10],
        (Double) r[11],
        ((List<?>) r[12]).contains("extended"));
  }

  /** As the Union's rules have it, cut and not rounded; a letter behind one that is taken. */
  static String name(IcrsDirection at, Set<String> taken) {
    double hours = DetectionRow.degrees(at.raRad()) / 15;
    long seconds = (long) Math.floor(hours * 360_000);
    long arcsec = (long) Math.floor(Math.abs(Math.toDegrees(at.decRad())) * 36_000);
    String name =
        String.format(
            Locale.ROOT,
            "J%02d%02d%02d.%02d%s%02d%02d%02d.%d",
            seconds / 360_000,
            seconds / 6000 % 60,
            seconds / 100 % 60,
            seconds % 100,
            at.decRad() < 0 ? "-" : "+",
            arcsec / 36_000,
            arcsec / 600 % 60,
            arcsec / 10 % 60,
            arcsec % 10);
    String free = name;
    for (int i = 1; !taken.add(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private List<Object[]> rows(List<Association.Source> sources, List<Epoch> epochs)
      throws IOException {
    List<IcrsDirection> places = sources.stream().map(Association.Source::direction).toList();
    Neighbours near = Neighbours.of(places, NEAREST_ARCMIN * ARCMIN, CROWD_ARCMIN * ARCMIN);
    String software = Versions.own();
    long now = FindJob.now();
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      rows.add(row(sources.get(i), epochs, near.nearestRad()[i], near.count()[i], software, now));
    }
    rows.sort(Comparator.comparingLong(r -> (Long) r[0]));
    return rows;
  }

  private static Object[] row(
      Association.Source s,
      List<Epoch> epochs,
      double nearestRad,
      int crowd,
      String software,
      long now) {
    IcrsDirection at = s.direction();
    double ra = DetectionRow.degrees(at.raRad());
    double dec = Math.toDegrees(at.decRad());
    double w = 0;
    double peak = 0;
    double integral = 0;
    double highest = Double.NEGATIVE_INFINITY;
    double snr = 0;
    int extended = 0;
    Double first = null;
    Double last = null;
    double[] compactness = new double[s.links().size()];
    List<Object[]> links = new ArrayList<>();
    for (Link link : s.links()) {
      Epoch epoch = epochs.get(link.epoch());
      Detection d = epoch.detections().get(link.index());
      double weight = 1 / (d.peakError() * d.peakError());
      w += weight;
      peak += weight * d.peak();
      integral += weight * d.integral();
      highest = Math.max(highest, d.peak());
      snr = Math.max(snr, d.snr());
      extended += d.extended() ? 1 : 0;
      compactness[links.size()] = d.compactness();
      first = first == null ? epoch.mjd() : first;
      last = epoch.mjd() == null ? last : epoch.mjd();
      links.add(
          new Object[] {
            d.place().id(),
            epoch.image(),
            epoch.mjd(),
            d.peak(),
            d.peakError(),
            at.separationRad(d.place().direction()) / ARCSEC
          });
    }
    Arrays.sort(compactness);
    double nearest = nearestRad / ARCMIN;
    return new Object[] {
      Healpix.finest(ra, dec),
      ra,
      dec,
      s.id(),
      s.eastErrorRad() / ARCSEC,
      s.northErrorRad() / ARCSEC,
      (long) links.size(),
      first,
      last,
      peak / w,
      1 / Math.sqrt(w),
      integral / w,
      highest,
      snr,
      compactness[compactness.length / 2],
      2 * extended > links.size() ? "yes" : "no",
      Double.isFinite(nearest) ? nearest : null,
      (long) crowd,
      nearest < 1 ? "no" : "yes",
      links,
      software,
      now
    };
  }

  private void tell(List<Association.Source> sources, List<Epoch> epochs, Set<String> known) {
    long detections = epochs.stream().mapToLong(e -> e.detections().size()).sum();
    long fresh = sources.stream().filter(s -> !known.contains(s.id())).count();
    if (global.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("epochs", epochs.size());
      document.put("detections", detections);
      document.put("sources", sources.size());
      document.put("new", fresh);
      console.json(document);
    }
    console.say(
        String.format(
            Locale.ROOT,
            "associate: %d detections of %d images are %d sources, %d of them new",
            detections,
            epochs.size(),
            sources.size(),
            fresh));
  }
}
