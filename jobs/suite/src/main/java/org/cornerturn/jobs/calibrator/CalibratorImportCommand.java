package org.cornerturn.jobs.calibrator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornerturn.UserError;
import org.cornerturn.calibrator.Calibrator;
import org.cornerturn.calibrator.VlaBand;
import org.cornerturn.calibrator.VlaCalibrator;
import org.cornerturn.calibrator.VlaCalibratorList;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.spark.StoreFaults;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.InputFiles;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn calibrator import}. */
@Command(
    name = "import",
    description = {
      "Put the sources of the VLA's list of calibrators (its text form) into the registry.",
      "A source that is there already, by its place within 5 arcsec, is not put in twice: a"
          + " registered one stays as it is, one of an earlier import is renewed."
    },
    footer = {
      "",
      "Example:",
      "  cornerturn calibrator import vlacalibrators.txt --band L --configuration C"
    })
public final class CalibratorImportCommand extends Verb {
  /** An array of about this extent. */
  enum Configuration {
    A,
    B,
    C,
    D
  }

  /** The whole list has 0.8 MB. */
  private static final long MOST_BYTES = 64 << 20;

  @Parameters(paramLabel = "FILE", description = "The list, on disk or s3a:.")
  private String file;

  @Option(
      names = "--band",
      defaultValue = "L",
      description =
          "Whose flux, spectrum and structure count: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private VlaBand band;

  @Option(
      names = "--configuration",
      defaultValue = "C",
      description =
          "Whose code of structure counts: A for baselines to 36 km, B 11 km, C 3 km, D 1 km"
              + " (${DEFAULT-VALUE}).")
  private Configuration configuration;

  @Option(
      names = "--least-flux",
      paramLabel = "JY",
      defaultValue = "0",
      description = "Leave out weaker sources, and those without a flux in the band, unless 0.")
  private double leastFlux;

  @Option(names = "--dry-run", description = "Tell what would come. Nothing is written.")
  private boolean dryRun;

  /** What an import comes to. */
  private record Outcome(
      int listed, int added, int renewed, int registered, int repeated, int leftOut) {}

  @Override
  protected ExitCode run() throws IOException {
    List<VlaCalibrator> list = VlaCalibratorList.parse(file, lines());
    CalibratorRegistry registry = new CalibratorRegistry(global());
    Outcome[] outcome = new Outcome[1];
    if (dryRun) {
      outcome[0] = merge(list, registry.all(), new ArrayList<>());
    } else {
      registry.change(
          known -> {
            List<CalibratorRow> rows = new ArrayList<>();
            outcome[0] = merge(list, known, rows);
            return rows;
          });
    }
    if (global().json()) {
      console().json(outcome[0]);
    }
    Outcome o = outcome[0];
    console()
        .say(
            "calibrator: %d sources listed, %d %sadded, %d renewed; %d are registered, %d repeat others, %d are too weak"
                .formatted(
                    o.listed(),
                    o.added(),
                    dryRun ? "would be " : "",
                    o.renewed(),
                    o.registered(),
                    o.repeated(),
                    o.leftOut()));
    return ExitCode.COMPLETE;
  }

  private Outcome merge(
      List<VlaCalibrator> list, Map<String, CalibratorRow> known, Collection<CalibratorRow> rows) {
    Map<String, CalibratorRow> come = new LinkedHashMap<>();
    int added = 0;
    int registered = 0;
    int repeated = 0;
    int leftOut = 0;
    List<CalibratorRow> there = List.copyOf(known.values());
    for (VlaCalibrator v : list) {
      Calibrator c = Calibrator.of(v, band, configuration.ordinal());
      CalibratorRow same = CalibratorRegistry.sameAs(there, c).orElse(null);
      if (leastFlux > 0 && !(c.fluxJy() >= leastFlux)) {
        leftOut++;
      } else if (same != null && same.calibrator().isRegistered()) {
        registered++;
      } else if (come.containsKey(c.name())
          || CalibratorRegistry.sameAs(come.values(), c).isPresent()) {
        repeated++;
      } else {
        CalibratorRow before = known.get(c.name());
        added += before == null ? 1 : 0;
        come.put(
            c.name(),
            before == null
                ? CalibratorRow.of(c)
                : new CalibratorRow(c, before.retired(), before.notes()));
      }
    }
    rows.addAll(come.values());
    return new Outcome(list.size(), added, come.size() - added, registered, repeated, leftOut);
  }

  private List<String> lines() throws IOException {
    try {
      List<InputFile> inputs = new InputFiles(Set.of(), global().hadoop()).expand(List.of(file));
      InputFile input = inputs.get(0);
      if (inputs.size() > 1 || input.size() > MOST_BYTES) {
        throw new UserError(
            file,
            inputs.size() > 1
                ? "it names " + inputs.size() + " files"
                : "it has " + ByteSize.inWords(input.size()) + ", more than a list of calibrators",
            "Give the text file that the observatory publishes");
      }
      try (ObjectStore store = Stores.open(input.folder(), global().hadoop())) {
        // Only names and numbers are read, which are ASCII; what else there is may be Latin-1.
        return new String(store.get(input.key()), StandardCharsets.ISO_8859_1).lines().toList();
      }
    } catch (IOException e) {
      throw StoreFaults.orMistake(e, file);
    }
  }
}
