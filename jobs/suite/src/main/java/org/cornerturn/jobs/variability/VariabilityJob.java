package org.cornerturn.jobs.variability;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import java.util.TreeMap;
import org.cornerturn.UserError;
import org.cornerturn.catalogue.Healpix;
import org.cornerturn.jobs.Console;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.GlobalOptions;
import org.cornerturn.jobs.Versions;
import org.cornerturn.jobs.photometry.PhotometryTable;
import org.cornerturn.jobs.source.WarehouseRows;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.variability.Dip;
import org.cornerturn.variability.EseScore;
import org.cornerturn.variability.FluxScale;
import org.cornerturn.variability.LightCurve;
import org.cornerturn.variability.Sensitivity;
import org.cornerturn.variability.Transient;
import org.cornerturn.variability.VariabilityMetrics;

/** Makes light curves of the table of fluxes, and tells which vary. */
final class VariabilityJob {
  /** Fluxes that fit into memory: about 100 bytes each. */
  private static final int MOST = 10_000_000;

  private static final int LEAST_EPOCHS = 3;
  private static final int REFERENCES = 20;
  private static final double REFERENCE_SNR = 50;

  private final GlobalOptions global;
  private final Console console;
  private final String list;
  private final Sensitivity sensitivity;
  private final boolean normalizes;
  private final long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

  VariabilityJob(
      GlobalOptions global,
      Console console,
      String list,
      Sensitivity sensitivity,
      boolean normalizes) {
    this.global = global;
    this.console = console;
    this.list = list;
    this.sensitivity = sensitivity;
    this.normalizes = normalizes;
  }

  /** An alert before it is a row. */
  private record Alert(
      SourceCurve source,
      String kind,
      Transient.Level level,
      double significance,
      Double ratio,
      double mjd,
      double flux,
      double before,
      String image) {
    String id() {
      return source.id + " " + kind;
    }
  }

  ExitCode run() throws IOException {
    List<String> images = new ArrayList<>();
    List<SourceCurve> curves = curves(images);
    boolean[] reference = new boolean[curves.size()];
    FluxScale scale = scale(curves, images.size(), reference);
    List<Object[]> stats = new ArrayList<>();
    List<Object[]> lights = new ArrayList<>();
    List<Alert> alerts = new ArrayList<>();
    int variable = 0;
    for (int i = 0; i < curves.size(); i++) {
      SourceCurve source = curves.get(i);
      LightCurve light = source.scaled(scale);
      VariabilityMetrics metrics = VariabilityMetrics.of(light);
      boolean varies = light.size() >= LEAST_EPOCHS && sensitivity.isVariable(metrics);
      Dip dip = Dip.of(light);
      variable += varies ? 1 : 0;
      stats.add(statistics(source, light, metrics, dip, varies, reference[i]));
      lights.add(light(source, light, scale, images));
      alerts.addAll(alerts(source, light, dip, varies, images));
    }
    replace(VariabilityTables.STATS, VariabilityTables.SOURCE, stats);
    replace(VariabilityTables.LIGHT_CURVES, VariabilityTables.SOURCE, lights);
    raise(alerts);
    tell(curves.size(), images.size(), variable, scale, alerts);
    return ExitCode.COMPLETE;
  }

  /** Fluxes of each source; fills the images in the order of time. */
  private List<SourceCurve> curves(List<String> images) throws IOException {
    WarehouseRows table =
        new WarehouseRows(global.warehouse(), PhotometryTable.PHOTOMETRY, global.hadoop());
    Map<String, Double> times = new HashMap<>();
    table.read(
        List.of("places", "image", "mjd"),
        r -> {
          if (list.equals(r[0]) && r[2] != null) {
            times.put((String) r[1], (Double) r[2]);
          }
        });
    if (times.isEmpty()) {
      throw new UserError(
          table.uri(),
          "there are no fluxes of " + list + " of known time",
          "Measure some with cornerturn photometry");
    }
    images.addAll(times.keySet());
    images.sort(Comparator.comparing((String i) -> times.get(i)).thenComparing(i -> i));
    Map<String, Integer> number = new HashMap<>();
    images.forEach(i -> number.put(i, number.size()));
    Map<String, SourceCurve> curves = new TreeMap<>();
    int[] count = new int[1];
    table.read(
        List.of("places", "image", "source_id", "ra_deg", "dec_deg", "flux_mjy", "flux_err_mjy"),
        r -> {
          Integer epoch = number.get((String) r[1]);
          if (!list.equals(r[0]) || epoch == null || r[5] == null || !((Double) r[6] > 0)) {
            return;
          }
          if (++count[0] > MOST) {
            throw new UserError(
                table.uri(), "it has more than " + MOST + " fluxes", "Measure fewer places");
          }
          curves
              .computeIfAbsent(
                  (String) r[2], id -> new SourceCurve(id, (Double) r[3], (Double) r[4]))
              .add(
                  new SourceCurve.Point(
                      epoch, times.get((String) r[1]), (Double) r[5], (Double) r[6]));
        });
    return new ArrayList<>(curves.values());
  }

  /** The scale of each image from bright sources that are in most of them. */
  private FluxScale scale(List<SourceCurve> curves, int epochs, boolean[] reference) {
    List<Integer> bright = new ArrayList<>();
    for (int i = 0; i < curves.size() && normalizes; i++) {
      SourceCurve c = curves.get(i);
      if (2 * c.size() > epochs && c.size() >= LEAST_EPOCHS && c.snr() >= REFERENCE_SNR) {
        bright.add(i);
      }
    }
    bright.sort(Comparator.comparingDouble(i -> -curves.get(i).snr()));
    List<Integer> chosen = bright.subList(0, Math.min(REFERENCES, bright.size()));
    double[][] flux = new double[chosen.size()][epochs];
    double[][] error = new double[chosen.size()][epochs];
    for (int r = 0; r < flux.length; r++) {
      Arrays.fill(flux[r], Double.NaN);
      for (SourceCurve.Point p : curves.get(chosen.get(r)).points()) {
        flux[r][p.epoch()] = p.flux();
        error[r][p.epoch()] = p.error();
      }
    }
    if (chosen.isEmpty()) {
      double[] ones = new double[epochs];
      Arrays.fill(ones, 1);
      return new FluxScale(ones, new double[epochs], new int[epochs], new boolean[0]);
    }
    FluxScale scale = FluxScale.of(flux, error);
    for (int r = 0; r < flux.length; r++) {
      reference[chosen.get(r)] = scale.used()[r];
    }
    return scale;
  }

  private Object[] statistics(
      SourceCurve s,
      LightCurve light,
      VariabilityMetrics m,
      Dip dip,
      boolean varies,
      boolean reference)
      throws IOException {
    double score = EseScore.of(m.outlier(), m.reducedChiSquared(), m.eta());
    boolean enough = light.size() >= LEAST_EPOCHS;
    return new Object[] {
      Healpix.finest(s.raDeg, s.decDeg),
      s.id,
      s.raDeg,
      s.decDeg,
      (long) light.size(),
      number(m.mean()),
      number(m.weightedMean()),
      number(m.deviation()),
      number(m.v()),
      number(m.eta()),
      number(m.reducedChiSquared()),
      number(m.sigmaDeviation()),
      number(m.outlier()),
      number(m.vs()),
      number(m.m()),
      varies ? "yes" : "no",
      enough ? number(score) : null,
      enough ? EseScore.of(score).name().toLowerCase(Locale.ROOT) : null,
      dip == null ? null : dip.significance(),
      dip == null ? null : number(dip.depth()),
      dip == null ? null : light.mjd()[dip.first()],
      dip == null ? null : light.mjd()[dip.first() + dip.count() - 1],
      reference ? "yes" : "no",
      Versions.own(),
      now
    };
  }

  private Object[] light(SourceCurve s, LightCurve light, FluxScale scale, List<String> images) {
    return new Object[] {
      Healpix.finest(s.raDeg, s.decDeg),
      s.id,
      s.raDeg,
      s.decDeg,
      light.mjd(),
      light.flux(),
      light.error(),
      s.points().stream().mapToDouble(p -> scale.factor()[p.epoch()]).toArray(),
      s.points().stream().map(p -> images.get(p.epoch())).toList(),
      now
    };
  }

  private List<Alert> alerts(
      SourceCurve s, LightCurve light, Dip dip, boolean varies, List<String> images) {
    List<Alert> all = new ArrayList<>();
    if (varies && dip != null && dip.significance() >= Transient.SEEN) {
      double inside = mean(light, dip.first(), dip.first() + dip.count());
      double outside = inside / (1 - dip.depth());
      all.add(
          new Alert(
              s,
              "ese",
              Transient.level(dip.significance()),
              dip.significance(),
              number(1 - dip.depth()),
              light.mjd()[dip.first()],
              inside,
              outside,
              images.get(s.points().get(dip.first()).epoch())));
    }
    // Each point beside those before it: of each kind the first is told.
    Set<Transient.Kind> told = new HashSet<>();
    double w = 0;
    double ws = 0;
    double deepest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < light.size(); i++) {
      double flux = light.flux()[i];
      double error = light.error()[i];
      if (i > 0) {
        Transient t = Transient.of(flux, error, ws / w, Math.sqrt(1 / w), deepest);
        boolean large = t != null && Math.abs(t.significance()) >= Transient.SEEN;
        boolean tells = t != null && (t.kind() == Transient.Kind.NEW || varies) && large;
        if (tells && told.add(t.kind())) {
          all.add(
              new Alert(
                  s,
                  t.kind().name().toLowerCase(Locale.ROOT),
                  t.level(),
                  t.significance(),
                  number(t.ratio()),
                  light.mjd()[i],
                  flux,
                  ws / w,
                  images.get(s.points().get(i).epoch())));
        }
      }
      w += 1 / (error * error);
      ws += flux / (error * error);
      deepest = Math.min(deepest, error);
    }
    return all;
  }

  private static double mean(LightCurve light, int from, int to) {
    double w = 0;
    double ws = 0;
    for (int i = from; i < to; i++) {
      w += 1 / (light.error()[i] * light.error()[i]);
      ws += light.flux()[i] / (light.error()[i] * light.error()[i]);
    }
    return ws / w;
  }

  private void replace(TableDefinition definition, String key, List<Object[]> rows)
      throws IOException {
    WarehouseRows table = new WarehouseRows(global.warehouse(), definition, global.hadoop());
    Set<String> gone = new HashSet<>();
    table.read(List.of(key), r -> gone.add((String) r[0]));
    rows.sort(Comparator.comparingLong(r -> (Long) r[0]));
    table.replace(key, gone, rows);
  }

  /** Writes alerts; one that there was keeps its status and when it was raised. */
  private void raise(List<Alert> alerts) throws IOException {
    WarehouseRows table =
        new WarehouseRows(global.warehouse(), VariabilityTables.ALERTS, global.hadoop());
    Map<String, Object[]> before = new HashMap<>();
    table.read(
        List.of(VariabilityTables.ALERT, "status", "raised"), r -> before.put((String) r[0], r));
    List<Object[]> rows = new ArrayList<>();
    for (Alert a : alerts) {
      Object[] old = before.get(a.id());
      rows.add(
          new Object[] {
            Healpix.finest(a.source().raDeg, a.source().decDeg),
            a.id(),
            a.source().id,
            a.source().raDeg,
            a.source().decDeg,
            a.kind(),
            a.level().name().toLowerCase(Locale.ROOT),
            a.significance(),
            a.ratio(),
            a.mjd(),
            a.flux(),
            a.before(),
            a.image(),
            old == null ? "active" : old[1],
            old == null ? now : old[2],
            now
          });
    }
    table.replace(VariabilityTables.ALERT, before.keySet(), rows);
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private void tell(int sources, int images, int variable, FluxScale scale, List<Alert> alerts) {
    long scaled = Arrays.stream(scale.count()).filter(c -> c > 0).count();
    if (global.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("sources", sources);
      document.put("images", images);
      document.put("images_scaled", scaled);
      document.put("variable", variable);
      document.put("alerts", alerts.stream().map(Alert::id).toList());
      console.json(document);
    }
    console.say(
        String.format(
            Locale.ROOT,
            "variability: %d light curves of %d images (%d scaled by references); %d vary, %d alerts",
            sources,
            images,
            scaled,
            variable,
            alerts.size()));
    alerts.stream()
        .sorted(Comparator.comparingDouble(a -> -Math.abs(a.significance())))
        .limit(10)
        .forEach(
            a ->
                console.say(
                    String.format(
                        Locale.ROOT,
                        "  %s %s: %s, %.1f sigma, MJD %.4f",
                        a.level().name().toLowerCase(Locale.ROOT),
                        a.kind(),
                        a.source().id,
                        a.significance(),
                        a.mjd())));
  }
}
