package org.cornerturn.jobs.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.cornerturn.array.Block;
import org.cornerturn.array.Box;
import org.cornerturn.calibration.GainTable;
import org.cornerturn.calibration.SolutionFlag;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.StoreContent;
import org.cornerturn.measurementset.FlagBit;
import org.cornerturn.measurementset.Msv4Reader;
import org.cornerturn.solution.SolutionSet;
import org.cornerturn.solution.TermArrays;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Kernel;
import org.cornerturn.spark.Outcome;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.LocalStore;
import org.cornerturn.zarr.ArrayMetadata;
import org.cornerturn.zarr.ArrayWriter;
import org.cornerturn.zarr.EmptyChunks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that can't be solved with have a clear outcome, never a gain of 1. */
class DamagedDataTest {
  private static final int NAN = 3;
  private static final int DEAD = 5;

  @TempDir private Path folder;
  private Simulated data;
  private Msv4Reader reader;
  private String out;

  @BeforeEach
  void simulate() throws IOException {
    data = new Simulated(folder, "damaged").make("--gain-errors");
    reader = data.reader();
    out = folder + "/damaged.cal.zarr";
  }

  /** Says of a baseline what becomes of its samples. */
  private interface Change {
    void of(int first, int second, int from, int to);
  }

  private void forEachBaseline(Change change) throws IOException {
    List<String> antennas = reader.antennaNames();
    List<String> first = reader.antenna1Names();
    List<String> second = reader.antenna2Names();
    int row = Simulated.CHANNELS * 2;
    for (int t = 0; t < Simulated.TIMES; t++) {
      for (int b = 0; b < first.size(); b++) {
        int from = (t * first.size() + b) * row;
        change.of(
            antennas.indexOf(first.get(b)), antennas.indexOf(second.get(b)), from, from + row);
      }
    }
  }

  private void write(String array, byte[] bytes) throws IOException {
    ArrayMetadata m = reader.array(array).metadata();
    new ArrayWriter(
            new LocalStore(Path.of(data.set())), reader.name() + "/" + array, m, EmptyChunks.WRITE)
        .put(Box.all(m.shape()), bytes);
  }

  private CommandRun calibrate(String... options) {
    String[] words = {"calibrate", data.set(), out, "--model", "point:25", "--overwrite"};
    String[] all = Arrays.copyOf(words, words.length + options.length);
    System.arraycopy(options, 0, all, words.length, options.length);
    return data.attempt(all);
  }

  private GainTable gains() throws IOException {
    SolutionSet set = SolutionSet.open(new LocalStore(Path.of(out)));
    TermArrays term = set.terms(set.measurementSets().get(0)).get(0);
    return set.gains(term);
  }

  private static void assertFlagged(GainTable gains, int antenna, SolutionFlag why) {
    for (int r = 0; r < 2; r++) {
      int i = gains.index(0, antenna, 0, r);
      assertThat(SolutionFlag.of(gains.flags()[i])).isEqualTo(why);
      assertThat(gains.gains()[2 * i]).isNaN();
    }
  }

  @Test
  void antennasWithoutUseAreFlaggedWithTheReason() throws IOException {
    float[] v = reader.visibilities(Box.all(reader.shape()));
    forEachBaseline(
        (p, q, from, to) -> {
          if (p == NAN || q == NAN) {
            Arrays.fill(v, 2 * from, 2 * to, Float.NaN);
          } else if (p == DEAD || q == DEAD) {
            Arrays.fill(v, 2 * from, 2 * to, 0);
          }
        });
    write("VISIBILITY", Block.toBytes(v));
    CommandRun run = calibrate("--solve", "G:inf");
    assertThat(run.exit()).as(run.err()).isZero();
    GainTable gains = gains();
    assertFlagged(gains, NAN, SolutionFlag.NOT_FINITE);
    assertFlagged(gains, DEAD, SolutionFlag.DEAD_ANTENNA);
    assertThat(gains.isGood(gains.index(0, 0, 0, 0))).isTrue();

    // Nor are phases referred to what is dead, or gives no numbers.
    String dead = reader.antennaNames().get(DEAD);
    CommandRun referred = calibrate("--solve", "K:inf,G:inf", "--refant", dead);
    assertThat(referred.exit()).as(referred.err()).isZero();
    SolutionSet set = SolutionSet.open(new LocalStore(Path.of(out)));
    for (TermArrays term : set.terms(set.measurementSets().get(0))) {
      assertThat(set.attributes(term.path()).path("refant").asText()).isNotEqualTo(dead);
      // Without a delay, there is nothing left to solve for.
      boolean first = term.hasDelays();
      assertFlagged(set.gains(term), NAN, first ? SolutionFlag.NOT_FINITE : SolutionFlag.NO_DATA);
      assertFlagged(
          set.gains(term), DEAD, first ? SolutionFlag.DEAD_ANTENNA : SolutionFlag.NO_DATA);
    }

    data.run("apply", data.set(), "--from", out);
    Msv4Reader corrected = data.reader().group("corrected");
    short[] flags = corrected.flagBits(Box.all(corrected.shape()));
    float[] weights = corrected.weights(Box.all(corrected.shape()));
    forEachBaseline(
        (p, q, from, to) -> {
          boolean without = p == NAN || q == NAN || p == DEAD || q == DEAD;
          for (int i = from; i < to; i++) {
            assertThat(flags[i]).isEqualTo((short) (without ? FlagBit.CALIBRATION.mask() : 0));
            assertThat(weights[i] > 0).isEqualTo(!without);
          }
        });
  }

  @Test
  void dataThatAreAllFlaggedGiveNoProduct() throws IOException {
    byte[] flags = new byte[(int) reader.shape().size()];
    forEachBaseline(
        (p, q, from, to) -> {
          if (p == DEAD || q == DEAD) {
            Arrays.fill(flags, from, to, (byte) 1);
          }
        });
    write("FLAG", flags);
    String dead = reader.antennaNames().get(DEAD);
    CommandRun referred = calibrate("--solve", "G:inf", "--refant", dead);
    assertThat(referred.exit()).isEqualTo(4);
    assertThat(referred.err()).contains("all data of this antenna are flagged");
    assertThat(Path.of(out, "zarr.json")).doesNotExist();
    assertThat(calibrate("--solve", "G:inf").exit()).isZero();
    assertFlagged(gains(), DEAD, SolutionFlag.NO_DATA);

    Arrays.fill(flags, (byte) 1);
    write("FLAG", flags);
    CommandRun run = calibrate("--solve", "B:inf");
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("there is no solution: no_data");
    assertThat(Path.of(out, "zarr.json")).doesNotExist();
    // More flags would not help.
    assertThat(run.err()).doesNotContain("aggressive");
    assertThat(data.reader().groupNames()).containsExactly("base");
    assertThat(calibrate("--solve", "K:inf").err()).contains("there is no solution: no_data");
  }

  @Test
  void oneBaselineIsTooFew() throws IOException {
    byte[] flags = new byte[(int) reader.shape().size()];
    forEachBaseline(
        (p, q, from, to) -> {
          if (!(p == 0 && q == 1)) {
            Arrays.fill(flags, from, to, (byte) 1);
          }
        });
    write("FLAG", flags);
    CommandRun run = calibrate("--solve", "G:inf");
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("there is no solution");
  }

  @Test
  void anInterruptedRunIsFinishedByResume() throws IOException {
    data.run("calibrate", data.set(), out, "--model", "point:25", "--solve", "B:inf,G:int");
    CalibrateParameters asked = CalibrateCommandTest.parameters(out);
    CalibrateParameters again = CalibrateCommandTest.into(asked, folder + "/again.cal.zarr");
    AtomicInteger left = new AtomicInteger(3);
    Kernel<CalibrateTask> full =
        new Kernel<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public Outcome run(CalibrateTask task, TaskStores stores) throws IOException {
            if (left.getAndDecrement() <= 0) {
              throw new IOException("No space left on device");
            }
            return new CalibrateKernel().run(task, stores);
          }
        };
    CalibratePlanner.Planned planned = new CalibratePlanner(again, Map.of(), null).plan();
    RunReport report =
        ChunkJob.inLoop(Map.of())
            .run(
                CalibrateJob.request(again, planned, RunRequest.Existing.REFUSE, null),
                full,
                Progress.NONE);
    assertThat(report.exit()).isEqualTo(RunReport.Exit.INCOMPLETE);
    assertThat(report.products().get(0).doneNow()).isEqualTo(3);
    CommandRun resumed = data.run("resume", again.output());
    assertThat(resumed.err()).contains("3 before");
    Map<String, String> whole = StoreContent.of(out);
    Map<String, String> mended = StoreContent.of(again.output());
    whole.remove("zarr.json");
    mended.remove("zarr.json");
    assertThat(mended).isEqualTo(whole);
  }
}
