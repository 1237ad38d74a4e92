package org.cornerturn.jobs.plot;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Progress;
import org.cornerturn.jobs.Verb;
import org.cornerturn.jobs.datagroup.OpenSet;
import org.cornerturn.measurementset.Msv4Reader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn plot flags}. */
@Command(
    name = "flags",
    description = {
      "Draw what part of the samples is flagged at each time and frequency: a picture for each"
          + " measurement set, over all baselines or those of one antenna."
    },
    footer = {
      "",
      "Examples:",
      "  cornerturn plot flags NIGHT.ps.zarr --out plots/",
      "  cornerturn plot flags NIGHT.ps.zarr --data-group base --antenna DSA-7"
    })
public final class PlotFlagsCommand extends Verb {
  @Parameters(paramLabel = "PRODUCT", description = "A processing set.")
  private String product;

  @Option(
      names = "--data-group",
      paramLabel = "NAME",
      description = "Whose flags; those of the latest flagged group if not given.")
  private String dataGroup;

  @Option(names = "--antenna", paramLabel = "NAME", description = "Only baselines of this antenna.")
  private String antenna;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "Where the pictures go (${DEFAULT-VALUE}).")
  private String out;

  @Override
  protected ExitCode run() throws IOException {
    Pictures pictures = new Pictures(out, global().hadoop());
    for (OpenSet set : OpenSet.all(product, dataGroup, global().hadoop())) {
      Msv4Reader reader = set.reader();
      FlagWaterfall waterfall = new FlagWaterfall(reader, baselines(reader));
      double[][] fractions;
      try (Progress progress = console().count("plot", reader.shape().dim(0), "times")) {
        fractions = waterfall.fractions(() -> progress.advance(1));
      }
      String group = reader.dataGroup().name();
      double part =
          Arrays.stream(fractions).flatMapToDouble(Arrays::stream).average().orElse(Double.NaN);
      String of = antenna == null ? "" : " " + antenna;
      String title =
          String.format(
              Locale.ROOT, "%s %s%s: %.1f %% flagged", reader.name(), group, of, 100 * part);
      String name = reader.name() + "-" + group + (antenna == null ? "" : "-" + antenna);
      pictures.write(name + "-flags", waterfall.png(title, fractions));
    }
    pictures.tell(console(), global().json());
    return ExitCode.COMPLETE;
  }

  private boolean[] baselines(Msv4Reader reader) throws IOException {
    List<String> first = reader.antenna1Names();
    List<String> second = reader.antenna2Names();
    boolean[] counted = new boolean[first.size()];
    boolean isThere = antenna == null;
    for (int b = 0; b < counted.length; b++) {
      counted[b] = antenna == null || first.get(b).equals(antenna) || second.get(b).equals(antenna);
      isThere |= counted[b];
    }
    if (!isThere) {
      throw new UserError(
          "--antenna " + antenna,
          "no baseline of " + reader.name() + " has it",
          "Name one of " + String.join(", ", reader.antennaNames()));
    }
    return counted;
  }
}
