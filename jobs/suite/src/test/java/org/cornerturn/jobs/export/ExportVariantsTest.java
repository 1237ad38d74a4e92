package org.cornerturn.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cornerturn.OutsideProgram;
import org.cornerturn.array.DataType;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.jobs.CommandRun;
import org.cornerturn.jobs.Subbands;
import org.cornerturn.radio.PhaseCenter;
import org.cornerturn.spark.ChunkJob;
import org.cornerturn.spark.Progress;
import org.cornerturn.spark.RunReport;
import org.cornerturn.spark.RunRequest.Existing;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import org.cornerturn.uvh5.SampleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever order and types a file has, it comes back. */
class ExportVariantsTest {
  private static final String SCRIPTS = "../../../../../common/core/src/test/python/";
  private static final String COMPARE = SCRIPTS + "h5_equal.py";

  @TempDir Path folder;

  private CommandRun run(Object... words) {
    List<String> all = new ArrayList<>(List.of("--master", "local[2]", "--warehouse"));
    all.add(folder.resolve("warehouse").toString());
    for (Object w : words) {
      all.add(w.toString());
    }
    return CommandRun.of(all.toArray(String[]::new));
  }

  private void succeed(Object... words) {
    CommandRun run = run(words);
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private static Map<String, SampleFile> variants() {
    Map<String, SampleFile> all = new LinkedHashMap<>();
    SampleFile f = SampleFile.rectangular(6);
    Collections.shuffle(f.rows, new Random(3));
    f.rows.replaceAll(
        r ->
            (r.antenna1() + r.time()) % 3 == 0
                ? new SampleFile.Row(r.time(), r.antenna2(), r.antenna1())
                : r);
    f.rows = new ArrayList<>(f.rows.subList(0, 41));
    all.put("shuffled", f);
    f = SampleFile.rectangular(3);
    f.visibilities =
        new DataType.Struct(
            List.of(
                new DataType.Field("imag", Primitive.INT32, Shape.of()),
                new DataType.Field("real", Primitive.INT32, Shape.of())));
    f.frequencyHz = new double[] {1.304e9, 1.303e9, 1.302e9, 1.301e9, 1.3e9};
    f.rows.replaceAll(r -> new SampleFile.Row(r.time(), r.antenna2(), r.antenna1()));
    all.put("integers", f);
    f = SampleFile.rectangular(4);
    f.rows.sort(
        java.util.Comparator.comparingInt(SampleFile.Row::antenna1)
            .thenComparingInt(SampleFile.Row::antenna2)
            .thenComparingInt(r -> -r.time()));
    f.rank = 4;
    f.variant = b -> b.numbers("freq_array", new double[] {1.3e9, 2e9, 3e9, 4e9, 5e9}, 1, 5);
    all.put("baselines first", f);
    f = SampleFile.rectangular(2);
    f.visibilities = Primitive.COMPLEX128;
    f.frequencyHz = new double[] {1.301e9, 1.304e9, 1.3e9, 1.303e9, 1.302e9};
    f.variant =
        b ->
            b.truth("flex_spw", true)
                .count("Nspws", 2)
                .counts("spw_array", 4, 9)
                .counts("flex_spw_id_array", 4, 9, 4, 9, 4);
    all.put("two windows", f);
    return all;
  }

  @Test
  void everyVariantComesBack() throws Exception {
    List<String> pairs = new ArrayList<>();
    for (Map.Entry<String, SampleFile> v : variants().entrySet()) {
      Path file = folder.resolve(v.getKey() + ".uvh5");
      v.getValue().write(file);
      Path set = folder.resolve(v.getKey() + ".ps.zarr");
      Path back = folder.resolve(v.getKey() + " again.uvh5");
      succeed("convert", file, set);
      succeed("export", "uvh5", set, back);
      pairs.add(file.toString());
      pairs.add(back.toString());
    }
    assertThat(OutsideProgram.python("h5py", COMPARE, pairs.toArray(String[]::new))).isEmpty();
  }

  @Test
  void filesComeBackOutOfABucketAndIntoOne() throws Exception {
    try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("s3"))) {
      server.createBucket("data");
      Path in = Files.createDirectories(folder.resolve("in"));
      for (int n = 0; n < 3; n++) {
        Subbands.of(n, 0).in(in);
      }
      succeed(server, "convert", in, "s3a://data/sets/", "--subbands", "3");
      String set = "s3a://data/sets/2025-01-01T000000.ps.zarr";
      succeed(server, "export", "uvh5", set, "s3a://data/back/");
      succeed(server, "verify", "s3a://data/back");
      assertThat(run(server, "export", "uvh5", set, "s3a://data/back/").err())
          .contains("unchanged");
      List<String> pairs = new ArrayList<>();
      try (ObjectStore bucket = Stores.open("s3a://data/back", server.settings())) {
        for (int n = 0; n < 3; n++) {
          String name = Subbands.of(n, 0).name();
          Path back = folder.resolve("back_" + n);
          Files.write(back, bucket.get(name));
          pairs.add(in.resolve(name).toString());
          pairs.add(back.toString());
        }
        // Parts that tasks hand on don't stay behind.
        assertThat(bucket.list(""))
            .extracting(ObjectStatus::key)
            .hasSizeGreaterThan(3)
            .noneMatch(k -> k.contains("/parts/"));
      }
      assertThat(OutsideProgram.python("h5py", COMPARE, pairs.toArray(String[]::new))).isEmpty();
    }
  }

  private CommandRun run(EmbeddedS3 server, Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.add("--");
    server
        .settings()
        .forEach((k, v) -> all.addAll(List.of("--conf", "spark.hadoop." + k + "=" + v)));
    return run(all.toArray());
  }

  private void succeed(EmbeddedS3 server, Object... words) {
    CommandRun run = run(server, words);
    assertThat(run.exit()).as(run.err()).isZero();
  }

  @Test
  void aPlainLoopGivesTheSameBytes() throws Exception {
    Path file = folder.resolve("in.uvh5");
    SampleFile f = SampleFile.rectangular(160);
    f.frequencyHz = new double[64];
    for (int i = 0; i < 64; i++) {
      f.frequencyHz[i] = 1.363e9 - i * 1e6;
    }
    Collections.shuffle(f.rows.subList(100, 1500), new Random(4));
    f.write(file);
    Path set = folder.resolve("in.ps.zarr");
    succeed("convert", file, set);
    Path spark = folder.resolve("spark.uvh5");
    succeed("export", "uvh5", set, spark);
    Path loop = folder.resolve("loop.uvh5");
    // 1600 rows of 2 KiB: four chunks of 512 rows, each a part.
    ExportParameters parameters = new ExportParameters(set.toString(), loop.toString());
    RunReport report =
        ChunkJob.inLoop(Map.of())
            .run(
                ExportJob.request(
                    parameters,
                    new ExportPlanner(parameters, Map.of()).plan(1),
                    Existing.REFUSE,
                    null),
                new ExportKernel(),
                Progress.NONE);
    assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(Files.mismatch(loop, spark)).isEqualTo(-1);
    assertThat(report.products().get(0).planned()).isEqualTo(5);
    assertThat(folder.resolve("loop.uvh5._cornerturn/parts")).doesNotExist();
  }

  @Test
  void whatTheHeaderCouldNotKeepIsSaid() throws Exception {
    Path file = folder.resolve("in.uvh5");
    SampleFile.rectangular(1).write(file);
    OutsideProgram.python("h5py", SCRIPTS + "add_links.py", file.toString());
    Path set = folder.resolve("in.ps.zarr");
    assertThat(run("convert", file, set).exit()).isIn(0, 4);
    Path back = folder.resolve("back.uvh5");
    CommandRun run = run("export", "uvh5", set, back);
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err())
        .contains("/Header/soft: a link isn't kept")
        .contains("/Header@reference: an attribute of type object reference isn't kept");
    assertThat(back).exists();
  }

  @Test
  void roundedOrRotatedVisibilitiesAreRefused() throws Exception {
    SampleFile f = SampleFile.rectangular(3);
    f.visibilities = Primitive.COMPLEX128;
    f.centers = List.of(PhaseCenter.sidereal(0, "target", "icrs", 1.5, 0.5));
    Path file = folder.resolve("in.uvh5");
    f.write(file);
    Path rounded = folder.resolve("rounded.ps.zarr");
    succeed("convert", file, rounded, "--no-keep-precision");
    CommandRun run = run("export", "uvh5", rounded, folder.resolve("a.uvh5"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("were rounded to complex64");
    Path rotated = folder.resolve("rotated.ps.zarr");
    succeed("convert", file, rotated, "--phase", "86deg,28deg");
    run = run("export", "uvh5", rotated, folder.resolve("b.uvh5"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("phased to another direction").contains("--phase none");
    assertThat(folder.resolve("b.uvh5")).doesNotExist();
  }
}
