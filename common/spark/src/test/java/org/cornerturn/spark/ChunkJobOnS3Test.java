package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;
import org.cornerturn.UserError;
import org.cornerturn.spark.TinyTask.Mishap;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.Stores;
import org.cornerturn.table.DeltaTable;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.table.WarehouseTables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkJobOnS3Test {
  private static final TinyKernel KERNEL = new TinyKernel(0);
  @TempDir private static Path folder;
  private static EmbeddedS3 server;
  private static Map<String, String> settings;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedS3.start(folder.resolve("s3"));
    server.createBucket("data");
    settings = server.settings();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static RunReport run(RunRequest<TinyTask> request) {
    return ChunkJob.onSpark(Tiny.spark(), settings).run(request, KERNEL, Progress.NONE);
  }

  @Test
  void givesTheSameObjectsAsTheDiskAndIsReadableBySpark() throws IOException {
    String root = "s3a://data/same";
    String disk = folder.resolve("disk").toString();
    String warehouse = "s3a://data/warehouse";
    RunRequest<TinyTask> request =
        Tiny.request(
            root,
            List.of(Tiny.product(root, 3, Tiny.tasks(40, 3, 1000))),
            RunRequest.Existing.REFUSE,
            warehouse);
    assertThat(run(request).exit()).isEqualTo(RunReport.Exit.COMPLETE);
    run(Tiny.single(Tiny.product(disk, 3, Tiny.tasks(40, 3, 1000))));
    assertThat(Tiny.content(root, settings)).isEqualTo(Tiny.content(disk, Map.of())).hasSize(41);
    assertThat(Verify.run(root, settings, Verify.Depth.CHECKSUMS).get(0).exitCode()).isZero();
    assertThat(run(request).products().get(0).state()).isEqualTo(ProductReport.State.UNCHANGED);

    SparkSession sql = JudgingSession.open();
    settings.forEach((k, v) -> sql.sparkContext().hadoopConfiguration().set(k, v));
    sql.read().format("delta").load(root + "/_cornerturn/ledger").createOrReplaceTempView("ledger");
    assertThat(
            sql.sql(
                    "select count(*), count(distinct task), sum(objects[0].size), sum(bytes_in),"
                        + " min(status) from ledger")
                .head()
                .mkString(" "))
        .isEqualTo("40 40 40000 40000 done");
    sql.read().format("delta").load(warehouse + "/runs").createOrReplaceTempView("runs");
    assertThat(
            sql.sql("select state, exit, bytes_out from runs order by started, ended nulls first")
                .collectAsList()
                .toString())
        .isEqualTo("[[running,null,0], [complete,0,40000], [running,null,0], [complete,0,0]]");
    sql.read().format("delta").load(warehouse + "/products").createOrReplaceTempView("products");
    assertThat(sql.sql("select root, bytes, chunks from products").head().mkString(" "))
        .isEqualTo(root + " 40000 40");
    // And Spark can write where Kernel has written, through our log store.
    sql.sql("select * from products")
        .write()
        .format("delta")
        .mode("append")
        .save(warehouse + "/products");
    assertThat(sql.read().format("delta").load(warehouse + "/products").count()).isEqualTo(2);
  }

  @Test
  void resumesAndOverwrites() throws IOException {
    String root = "s3a://data/resumed";
    ProductPlan<TinyTask> plan =
        Tiny.product(root, 1, Tiny.tasks(10, 3, t -> t.with(Mishap.DISK_FULL_UNTIL_MENDED)));
    assertThat(run(Tiny.single(plan)).exit().code()).isEqualTo(3);
    assertThat(Workspace.find(root, settings).toString())
        .isEqualTo(List.of(new Workspace("make", plan.parameters(), root)).toString());
    Stores.open(root, settings).put("mended", new byte[1]);
    RunReport report = run(Tiny.single(plan));
    assertThat(report.exit()).isEqualTo(RunReport.Exit.COMPLETE);
    assertThat(report.products().get(0).doneBefore()).isPositive();
    ProductPlan<TinyTask> other = Tiny.product(root, 2, Tiny.tasks(2, 2, 10));
    assertThatThrownBy(() -> run(Tiny.single(other))).isInstanceOf(UserError.class);
    run(Tiny.request(root, List.of(other), RunRequest.Existing.OVERWRITE, null));
    assertThat(Tiny.content(root, settings)).hasSize(3).containsValue("{\"seed\":2}");
  }

  @Test
  void ofTwoDriversAtOnceOneWorksAndTheOtherNamesIt() throws Exception {
    String root = "s3a://data/contended";
    RunRequest<TinyTask> request =
        Tiny.single(Tiny.product(root, 1, Tiny.tasks(4, 0, t -> t.with(Mishap.SLOW))));
    CountDownLatch working = new CountDownLatch(1);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<RunReport> first =
          pool.submit(
              () ->
                  ChunkJob.inLoop(settings)
                      .run(
                          request,
                          KERNEL,
                          new Progress() {
                            @Override
                            public void started(long tasks, long done, long bytesIn) {
                              working.countDown();
                            }
                          }));
      working.await();
      assertThatThrownBy(() -> run(request))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("another run is at work")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(first.get().exit()).isEqualTo(RunReport.Exit.COMPLETE);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void driversOfDifferentProductsShareAWarehouse() throws Exception {
    String warehouse = "s3a://data/shared";
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      List<Future<RunReport>> runs =
          pool.invokeAll(
              List.of(0, 1, 2).stream()
                  .<java.util.concurrent.Callable<RunReport>>map(
                      i -> {
                        String root = "s3a://data/of" + i;
                        return () ->
                            ChunkJob.inLoop(settings)
                                .run(
                                    Tiny.request(
                                        root,
                                        List.of(Tiny.product(root, i, Tiny.tasks(3, i, 10))),
                                        RunRequest.Existing.REFUSE,
                                        warehouse),
                                    KERNEL,
                                    Progress.NONE);
                      })
                  .toList());
      for (Future<RunReport> r : runs) {
        assertThat(r.get().exit()).isEqualTo(RunReport.Exit.COMPLETE);
      }
    } finally {
      pool.shutdownNow();
    }
    for (Map.Entry<TableDefinition, Integer> t :
        Map.of(WarehouseTables.RUNS, 6, WarehouseTables.PRODUCTS, 3).entrySet()) {
      List<Object[]> rows = new java.util.ArrayList<>();
      new DeltaTable(Stores.open(warehouse + "/" + t.getKey().name(), settings), t.getKey())
          .read(List.of("run"), rows::add);
      assertThat(rows).hasSize(t.getValue());
    }
  }

  @Test
  void aWrongPlaceGivesOneClearParagraph() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "x");
    assertThatThrownBy(
            () -> run(Tiny.single(Tiny.product("s3a://absent/x", 1, Tiny.tasks(1, 1, 1)))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("s3a://absent/x")
        .hasMessageContaining("no such bucket");
    assertThatThrownBy(() -> run(Tiny.single(Tiny.product(file + "/x", 1, Tiny.tasks(1, 1, 1)))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("notes.txt/x")
        .hasMessageContaining("not a folder");
  }
}
