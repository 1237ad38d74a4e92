package org.cornerturn.jobs.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.array.Box;
import org.cornerturn.hdf5.DatasetReader;
import org.cornerturn.hdf5.Hdf5Dataset;
import org.cornerturn.hdf5.Hdf5File;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.measurementset.ProcessingSet;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;

/** A small simulated observation with known gains, as a processing set. */
public final class Simulated {
  static final int ANTENNAS = 12;
  static final int TIMES = 6;
  static final int CHANNELS = 32;

  private final Path folder;
  private final String name;
  private final String warehouse;

  public Simulated(Path folder, String name) {
    this(folder, name, "warehouse");
  }

  private Simulated(Path folder, String name, String warehouse) {
    this.folder = folder;
    this.name = name;
    this.warehouse = warehouse;
  }

  /** The same observation, with tables that nobody else writes. */
  public Simulated withOwnTables() {
    return new Simulated(folder, name, name + " tables");
  }

  /** The same observation, with the tables of another one. */
  public Simulated withTablesOf(Simulated other) {
    return new Simulated(folder, name, other.warehouse);
  }

  /** Simulates and converts. */
  public Simulated make(String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "simulate",
                "uvh5",
                folder + "/" + name + ".uvh5",
                "--antennas",
                "" + ANTENNAS,
                "--integrations",
                "" + TIMES,
                "--channels",
                "" + CHANNELS,
                "--dec",
                "55deg",
                "--beam",
                "none"));
    words.addAll(List.of(options));
    if (!words.contains("--polarizations")) {
      words.addAll(List.of("--polarizations", "XX,YY"));
    }
    run(words.toArray(String[]::new));
    run("convert", folder + "/" + name + ".uvh5", set(), "--chunk-size", "8KiB");
    return this;
  }

  public String set() {
    return folder + "/" + name + ".ps.zarr";
  }

  /** Runs a command that must succeed. */
  public CommandRun run(String... words) {
    CommandRun run = attempt(words);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  public CommandRun attempt(String... words) {
    List<String> all = new ArrayList<>(List.of("--master", "local[2]", "--warehouse", warehouse()));
    all.addAll(List.of(words));
    return CommandRun.of(all.toArray(String[]::new));
  }

  public String warehouse() {
    return folder + "/" + warehouse;
  }

  public Msv4Reader reader() throws IOException {
    ProcessingSet set = ProcessingSet.open(new LocalStore(Path.of(set())));
    return set.measurementSet(set.names().get(0));
  }

  private double[] array(String dataset) throws IOException {
    String truth = name + ".uvh5.truth.arrays";
    try (ObjectStore store = new LocalStore(folder);
        Hdf5File file = Hdf5File.open(store.open(truth));
        ObjectChannel raw = store.open(truth)) {
      Hdf5Dataset d = file.dataset("/" + dataset);
      DatasetReader reader = new DatasetReader(d.source(), d.manifest(), raw);
      float[] values = reader.read(Box.all(d.shape())).floats();
      double[] wide = new double[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = values[i];
      }
      return wide;
    }
  }

  /** True gains, complex (time, antenna, channel, receptor). */
  double[] truth() throws IOException {
    double[] bandpass = array("bandpass");
    double[] gain = array("gain");
    double[] all = new double[2 * TIMES * ANTENNAS * CHANNELS * 2];
    int at = 0;
    for (int t = 0; t < TIMES; t++) {
      for (int a = 0; a < ANTENNAS; a++) {
        for (int c = 0; c < CHANNELS; c++) {
          for (int r = 0; r < 2; r++) {
            int b = 2 * ((a * CHANNELS + c) * 2 + r);
            int g = 2 * ((t * ANTENNAS + a) * 2 + r);
            all[at++] = bandpass[b] * gain[g] - bandpass[b + 1] * gain[g + 1];
            all[at++] = bandpass[b] * gain[g + 1] + bandpass[b + 1] * gain[g];
          }
        }
      }
    }
    return all;
  }

  /** The truth as JSON. */
  JsonNode document() throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name + ".uvh5.truth.json").toFile());
  }
}
