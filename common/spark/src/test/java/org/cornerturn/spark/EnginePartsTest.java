package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cornerturn.UserError;
import org.cornerturn.spark.TaskRunner.Assignment;
import org.cornerturn.storage.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnginePartsTest {
  @ParameterizedTest
  @CsvSource({
    "/out/a.zarr/_cornerturn, /out/a.zarr, ..",
    "/out/a.zarr/_cornerturn, /out/a.zarr/_cornerturn, .",
    "/out/a.zarr/_cornerturn, /out/_cornerturn, ../../_cornerturn",
    "/out/_cornerturn, /out/deep/a.zarr/_cornerturn, ../deep/a.zarr/_cornerturn",
    "/out/a.fits._cornerturn, /out, ..",
    "s3a://b/out/a/_cornerturn, s3a://b/out/_cornerturn, ../../_cornerturn",
    "s3a://b/a/_cornerturn, s3a://c/_cornerturn, s3a://c/_cornerturn",
    "out/a/_cornerturn, out, ../..",
  })
  void placesAreNamedRelativeToEachOther(String from, String to, String relative) {
    assertThat(Locations.relative(from, to)).isEqualTo(relative);
    assertThat(Locations.resolve(from, relative)).isEqualTo(to);
  }

  @Test
  void aDriverWithLessHeapThanSparkTakesIsRefused() {
    Sessions.requireHeap(450L << 20);
    assertThatThrownBy(() -> Sessions.requireHeap((450L << 20) - 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("449 MB")
        .hasMessageContaining("CORNERTURN_HEAP");
  }

  @Test
  void theIndexKnowsAMillionTasks() {
    List<TinyTask> tasks =
        IntStream.range(0, 1_000_000).mapToObj(i -> TinyTask.of(i, 0, 0)).toList();
    TaskIndex<TinyTask> index = new TaskIndex<>(tasks);
    for (int i = 0; i < tasks.size(); i += 3) {
      index.markDone("c/" + i);
    }
    index.markDone("c/0");
    index.markDone("elsewhere");
    assertThat(index.doneCount()).isEqualTo(333_334);
    assertThat(index.allDone()).isFalse();
    assertThat(index.isDone(tasks.get(999_999))).isTrue();
    assertThat(index.isDone(tasks.get(1))).isFalse();
    assertThat(new TaskIndex<>(List.<TinyTask>of()).allDone()).isTrue();
  }

  @Test
  void smallTasksShareAPartitionAndNoneIsLost() {
    List<Assignment<TinyTask>> small =
        Tiny.tasks(10_000, 1, 100).stream().map(t -> new Assignment<>(0, t)).toList();
    List<ArrayList<Assignment<TinyTask>>> batches = SparkDispatcher.batches(small, 2);
    assertThat(batches).hasSize(157);
    assertThat(batches.stream().flatMap(List::stream)).isEqualTo(small);
    List<Assignment<TinyTask>> large =
        Tiny.tasks(100, 1, 64 << 20).stream().map(t -> new Assignment<>(0, t)).toList();
    assertThat(SparkDispatcher.batches(large, 2)).hasSize(100);
    List<Assignment<TinyTask>> few =
        Tiny.tasks(16, 1, 1).stream().map(t -> new Assignment<>(0, t)).toList();
    assertThat(SparkDispatcher.batches(few, 2)).hasSize(16);
  }

  @Test
  void aSecondAttemptWritesTheSameAndReportsTheSame(@TempDir Path folder) throws Exception {
    TaskRunner<TinyTask> runner =
        copied(new TaskRunner<>(new TinyKernel(0), List.of(folder.toString()), Map.of()));
    Assignment<TinyTask> a = copied(new Assignment<>(0, TinyTask.of(1, 2, 3000)));
    Outcome first = copied(runner.run(a)).outcome();
    String content = Tiny.content(folder.toString(), Map.of()).toString();
    Outcome second = runner.run(a).outcome();
    assertThat(second.objects()).isEqualTo(first.objects()).hasSize(1);
    assertThat(second.bytesOut()).isEqualTo(3000);
    assertThat(Tiny.content(folder.toString(), Map.of()).toString()).isEqualTo(content);
  }

  /** What Spark does to whatever travels. */
  @SuppressWarnings("unchecked") // The copy has the original's class.
  private static <T> T copied(T object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  @Test
  void aRecordedObjectCountsOnceAsItIsLast() throws IOException {
    RecordingStore store = new RecordingStore(new MemoryStore());
    store.put("a", new byte[] {1, 2, 3}, 1, 2);
    store.put("a", new byte[] {'1', '2', '3', '4', '5', '6', '7', '8', '9'});
    store.put("b", new byte[0]);
    assertThat(store.putIfAbsent("b", new byte[1])).isFalse();
    store.delete("b");
    // The check value of CRC-32C's specification (RFC 3720).
    assertThat(store.written()).containsExactly(new WrittenObject("a", 9, 0xE3069283L));
  }
}
