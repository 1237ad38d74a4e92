package org.cornerturn.jobs.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cornerturn.UserError;
import org.cornerturn.image.PanelPlot;
import org.cornerturn.image.PanelPlot.Curve;
import org.cornerturn.image.PanelPlot.Panel;
import org.cornerturn.image.WaterfallPlot.Range;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.plot.SolvedGains.Antenna;
import org.cornerturn.jobs.plot.SolvedGains.Interval;
import org.cornerturn.jobs.plot.SolvedGains.Term;
import org.cornerturn.jobs.plot.SolvedGains.TermKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn plot gains}. */
@Command(
    name = "gains",
    description = {
      "Draw the gains of a set of solutions: amplitude and phase of each term, and its delays, a"
          + " panel for each antenna, a curve for each receptor.",
      "Over frequency for terms of several channels (the interval in the middle), else over time."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn plot gains NIGHT.cal.zarr",
      "  cornerturn plot gains NIGHT.cal.zarr --term B_1 --out plots/"
    })
public final class PlotGainsCommand extends Verb {
  private static final double DEGREES = 180 / Math.PI;

  @Parameters(paramLabel = "SOLUTIONS", description = "Where the set lies, or its id.")
  private String solutions;

  @Option(
      names = "--term",
      paramLabel = "TERM",
      split = ",",
      description = "Only these, as in B_1; all if not given.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "Where the pictures go (${DEFAULT-VALUE}).")
  private String out;

  @Override
  protected ExitCode run() throws IOException {
    Map<TermKey, Term> all = SolvedGains.read(solutions, global().warehouse(), global().hadoop());
    List<String> names = all.keySet().stream().map(TermKey::term).distinct().sorted().toList();
    for (String wanted : only) {
      if (!names.contains(wanted)) {
        throw new UserError(
            "--term " + wanted, "there are " + String.join(", ", names), "Name one of those");
      }
    }
    Pictures pictures = new Pictures(out, global().hadoop());
    for (Map.Entry<TermKey, Term> t : all.entrySet()) {
      if (only.isEmpty() || only.contains(t.getKey().term())) {
        draw(pictures, t.getKey(), t.getValue());
      }
    }
    pictures.tell(console(), global().json());
    return ExitCode.COMPLETE;
  }

  private void draw(Pictures pictures, TermKey key, Term term) throws IOException {
    String name = key.measurementSet() + "-" + key.term();
    boolean overFrequency = intervals(term).stream().anyMatch(i -> i.hertz().length > 1);
    if (intervals(term).stream().anyMatch(i -> !Double.isNaN(i.delaySeconds()))) {
      plot(key, term, "delay", "s", i -> new double[] {i.delaySeconds()}, false)
          .write(pictures, name);
    }
    plot(key, term, "amplitude", "", Interval::amplitude, overFrequency).write(pictures, name);
    plot(key, term, "phase", "deg", PlotGainsCommand::degrees, overFrequency).write(pictures, name);
  }

  private static double[] degrees(Interval i) {
    double[] degrees = i.phaseRad().clone();
    for (int c = 0; c < degrees.length; c++) {
      degrees[c] *= DEGREES;
    }
    return degrees;
  }

  private static List<Interval> intervals(Term term) {
    return term.antennas().values().stream()
        .flatMap(a -> a.receptors().values().stream())
        .flatMap(r -> r.values().stream())
        .toList();
  }

  /** A picture to be: of which quantity, and its panels. */
  private record Drawn(String quantity, PanelPlot plot) {
    void write(Pictures pictures, String name) throws IOException {
      pictures.write(name + "-" + quantity, plot.png());
    }
  }

  private Drawn plot(
      TermKey key,
      Term term,
      String quantity,
      String unit,
      Function<Interval, double[]> values,
      boolean overFrequency) {
    long first = intervals(term).stream().mapToLong(Interval::micros).min().orElseThrow();
    List<Panel> panels = new ArrayList<>();
    for (Map.Entry<String, Antenna> a : term.antennas().entrySet()) {
      boolean isReference = a.getKey().equals(term.refant());
      List<Curve> curves =
          a.getValue().receptors().values().stream()
              .map(r -> curve(List.copyOf(r.values()), values, overFrequency, first))
              .toList();
      panels.add(new Panel(a.getKey() + (isReference ? " ref" : ""), isReference, curves));
    }
    List<String> receptors =
        term.antennas().values().stream()
            .flatMap(a -> a.receptors().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    String legend =
        IntStream.range(0, receptors.size())
            .mapToObj(i -> receptors.get(i) + " " + PanelPlot.COLOUR_NAMES.get(i % 4))
            .collect(Collectors.joining(", "));
    boolean isPhase = quantity.equals("phase");
    PanelPlot plot =
        new PanelPlot(
            key.measurementSet() + " " + key.term() + " " + quantity + ", " + legend,
            range(
                overFrequency ? "frequency" : "time since the first interval",
                overFrequency ? "Hz" : "s",
                panels,
                Curve::x),
            isPhase
                ? new Range(quantity, unit, -180, 180)
                : range(quantity, unit, panels, Curve::y),
            isPhase ? 360 : Double.POSITIVE_INFINITY,
            panels);
    return new Drawn(quantity, plot);
  }

  /** Over frequency the interval in the middle. */
  private static Curve curve(
      List<Interval> intervals,
      Function<Interval, double[]> values,
      boolean overFrequency,
      long first) {
    if (overFrequency) {
      Interval middle = intervals.get(intervals.size() / 2);
      return new Curve(middle.hertz(), values.apply(middle));
    }
    double[] x = new double[intervals.size()];
    double[] y = new double[intervals.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (intervals.get(i).micros() - first) / 1e6;
      y[i] = values.apply(intervals.get(i))[0];
    }
    return new Curve(x, y);
  }

  /**
   * From the least to the greatest of all panels, with some air; about 0 where there is nothing.
   */
  private static Range range(
      String name, String unit, List<Panel> panels, Function<Curve, double[]> of) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Panel p : panels) {
      for (Curve c : p.curves()) {
        for (double v : of.apply(c)) {
          if (Double.isFinite(v)) {
            low = Math.min(low, v);
            high = Math.max(high, v);
          }
        }
      }
    }
    if (low > high) {
      return new Range(name, unit, -1, 1);
    }
    double air = high > low ? 0.04 * (high - low) : Math.max(1e-12, 0.1 * Math.abs(high));
    return new Range(name, unit, low - air, high + air);
  }
}
