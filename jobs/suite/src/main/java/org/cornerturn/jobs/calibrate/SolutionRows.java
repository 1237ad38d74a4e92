package org.cornerturn.jobs.calibrate;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cornerturn.calibration.Agreement;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.SolutionAxis;
import org.cornerturn.jobs.solutions.SolutionTables;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.plan.Fingerprint;
import org.cornerturn.solution.SolutionSet;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.S3Settings;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DataFile;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.table.TableWriter;

/** Tells the warehouse's tables of a set of solutions; each table in one commit. */
final class SolutionRows {
  /** Solutions may be applied this long before and after the data that they were made of. */
  private static final double VALID_SECONDS = 12 * 3600;

  private final SolutionPublisher set;
  private final String id;
  private final ObjectStore root;
  private final String writer;
  private final long now = TimeUnit.MILLISECONDS.toMicros(Instant.now().toEpochMilli());

  SolutionRows(SolutionPublisher set, String id, ObjectStore root) {
    this.set = set;
    this.id = id;
    this.root = root;
    // Once for each making of a product in its place, however often it is published.
    this.writer =
        new Fingerprint().with("root", root.uri()).with("fingerprint", set.fingerprint()).hex();
  }

  void append() throws IOException {
    Map<String, String> hadoop = S3Settings.completed(set.hadoop());
    List<Object[]> registry = new ArrayList<>();
    List<Object[]> quality = new ArrayList<>();
    List<DataFile> files = new ArrayList<>();
    TableDefinition gains = SolutionTables.GAIN_SOLUTIONS;
    TableWriter rows =
        new TableWriter(
            Stores.open(GainRows.folder(set.warehouse()), hadoop), gains, GainRows.FILE_BYTES);
    for (SolvedSet s : set.sets()) {
      QualityRows measured = new QualityRows();
      String refant = References.refant(root, s);
      for (TermArrays term : s.arrays()) {
        GainTable table = SolutionSet.gains(root, term);
        double[] delays = term.hasDelays() ? SolutionSet.delays(root, term) : null;
        List<DataFile> some = WrittenRows.of(root, s, term, set.warehouse());
        if (some.isEmpty()) {
          new GainRows(id, root.uri(), s, term, refant)
              .write(rows, table, delays, 0, table.time().count());
        }
        files.addAll(some);
        measured.add(term, table, delays);
      }
      measured.add(Closures.of(root, s));
      Agreement[] agreement = CheckStep.of(root, s);
      measured.add(agreement[0], agreement[1], s.antennas());
      measured.add(set.parameters().retry());
      registry.add(registryRow(s, refant, measured));
      for (QualityRows.Metric m : measured.metrics()) {
        quality.add(
            new Object[] {
              id,
              root.uri(),
              s.measurementSet(),
              m.term(),
              m.antenna(),
              m.name(),
              m.value(),
              m.unit(),
              m.finding(),
              now
            });
      }
    }
    files.addAll(rows.finish());
    DeltaTable solutions = SolutionTables.open(set.warehouse(), gains, set.hadoop());
    solutions.replace("solutions", Set.of(), files, "gains-" + writer, 0);
    SolutionTables.open(set.warehouse(), SolutionTables.CALIBRATION_QA, set.hadoop())
        .append(quality, "quality-" + writer, 0);
    SolutionTables.open(set.warehouse(), SolutionTables.CALIBRATION_SETS, set.hadoop())
        .append(registry, "set-" + writer, 0);
  }

  private Object[] registryRow(SolvedSet s, String refant, QualityRows measured)
      throws IOException {
    Msv4Reader reader =
        ProcessingSet.open(Stores.open(s.set(), S3Settings.completed(set.hadoop())))
            .measurementSet(s.measurementSet());
    double[] seconds = reader.unixSeconds();
    int first = 0;
    int last = seconds.length - 1;
    while (!s.used()[first]) {
      first++;
    }
    while (!s.used()[last]) {
      last--;
    }
    double half = reader.integrationSeconds() / 2;
    double start = seconds[first] - half;
    double end = seconds[last] + half;
    SolutionAxis band = s.arrays().get(0).frequency();
    return new Object[] {
      id,
      set.name(),
      root.uri(),
      s.measurementSet(),
      s.set(),
      s.dataGroup(),
      s.chain().stream().map(Term::toString).toList(),
      set.parameters().model().of(s.model()),
      reader.fieldNames().get((first + last) / 2),
      refant,
      (long) s.antennas().size(),
      band.start(0),
      band.end(band.count() - 1),
      SolutionTables.micros(start),
      SolutionTables.micros(end),
      SolutionTables.micros(start - VALID_SECONDS),
      SolutionTables.micros(end + VALID_SECONDS),
      measured.isUsable() ? "active" : "failed",
      measured.grade(),
      measured.flagged(),
      measured.medianSnr(),
      set.parameters().toJson().toString(),
      set.software(),
      now
    };
  }
}
