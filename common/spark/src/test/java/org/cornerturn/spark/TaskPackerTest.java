package org.cornerturn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.cornerturn.SharedByTasks;
import org.junit.jupiter.api.Test;

/** What many tasks hold travels once, and comes back as one instance. */
class TaskPackerTest {
  private record Grid(long[] shape, Codec codec) implements SharedByTasks {}

  private record Codec(String name, byte[] table) implements SharedByTasks {}

  private record Part(int number, Grid grid, List<Codec> codecs) implements Serializable {}

  private final Codec codec = new Codec("zstd", new byte[10_000]);
  private final Grid grid = new Grid(new long[] {3, 4}, codec);

  private static TaskTable sent(TaskTable table) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(table);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (TaskTable) in.readObject();
    }
  }

  @Test
  void whatIsSharedIsPackedOnceAndIsOneInstanceThere() throws Exception {
    TaskPacker packer = new TaskPacker();
    List<byte[]> packed = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      packed.add(packer.pack(new Part(i, grid, List.of(codec))));
    }
    assertThat(packed).allSatisfy(p -> assertThat(p).hasSizeLessThan(1000));
    assertThat(packer.table()).hasNumberOfRows(2);
    TaskTable table = sent(new TaskTable(packer.table()));
    Part first = (Part) table.unpack(packed.get(0));
    Part last = (Part) table.unpack(packed.get(49));
    assertThat(last.number()).isEqualTo(49);
    assertThat(last.grid()).isSameAs(first.grid()).isNotSameAs(grid);
    assertThat(last.grid().shape()).containsExactly(3, 4);
    assertThat(last.codecs().get(0)).isSameAs(first.grid().codec());
    assertThat(last.grid().codec().table()).hasSize(10_000);
  }

  @Test
  void equalValuesOfTwoPlansStayTwo() throws Exception {
    TaskPacker packer = new TaskPacker();
    Grid other = new Grid(new long[] {3, 4}, codec);
    byte[] one = packer.pack(new Part(1, grid, List.of()));
    byte[] two = packer.pack(new Part(2, other, List.of()));
    assertThat(packer.table()).hasNumberOfRows(3);
    TaskTable table = sent(new TaskTable(packer.table()));
    assertThat(((Part) table.unpack(one)).grid()).isNotSameAs(((Part) table.unpack(two)).grid());
  }

  @Test
  void aSharedValueCanBeTheWholeOfIt() throws Exception {
    TaskPacker packer = new TaskPacker();
    byte[] packed = packer.pack(grid);
    Grid there = (Grid) sent(new TaskTable(packer.table())).unpack(packed);
    assertThat(there.codec().name()).isEqualTo("zstd");
  }

  @Test
  void whatCannotTravelIsNamed() {
    Object unfit = new ArrayList<>(List.of(new Object()));
    assertThatThrownBy(() -> new TaskPacker().pack(unfit))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("java.lang.Object");
  }
}
