package org.cornerturn.uvh5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.cornerturn.array.Block;
import org.cornerturn.array.DataType.Primitive;
import org.cornerturn.array.Shape;
import org.cornerturn.array.SharedValues;

/** Wherever rows stand, each has its cell, and each cell its row. */
class LayoutPropertyTest {
  /** Rows of a sample as a header has them. */
  private record Rows(List<SampleFile.Row> rows) implements HeaderSource {
    @Override
    public String name() {
      return "rows";
    }

    @Override
    public boolean isGroup(String path) {
      return false;
    }

    @Override
    public List<String> members(String group) {
      return List.of();
    }

    @Override
    public Optional<Shape> shape(String path) {
      return Optional.of(Shape.of(rows.size()));
    }

    @Override
    public Optional<Block> read(String path) throws IOException {
      return Optional.of(read(path, 0, rows.size()));
    }

    @Override
    public Block read(String path, long first, long count) {
      double[] v = new double[(int) count];
      for (int i = 0; i < v.length; i++) {
        SampleFile.Row r = rows.get((int) first + i);
        v[i] =
            path.endsWith("time_array")
                ? SampleFile.FIRST_TIME + r.time() * SampleFile.STEP
                : path.endsWith("ant_1_array") ? r.antenna1() : r.antenna2();
      }
      return new Block(Primitive.FLOAT64, Shape.of(count), Block.toBytes(v));
    }
  }

  private static void check(SampleFile file) throws IOException {
    Uvh5Header header = file.header();
    Uvh5Layout own = Uvh5Layout.of(header, Uvh5Rows.of(new Rows(file.rows), header));
    check(file, own);
    SharedValues shared = new SharedValues();
    check(file, own.sharing(shared));
    RowMap all = own.rectangle(0, own.times(), 0, own.baselines());
    assertThat(all.sharing(shared)).usingRecursiveComparison().isEqualTo(all);
  }

  private static void check(SampleFile file, Uvh5Layout layout) {
    assertThat(layout.rows()).isEqualTo(file.rows.size());
    Map<Long, Integer> rowOf = new HashMap<>();
    int lost = 0;
    for (int r = 0; r < file.rows.size(); r++) {
      SampleFile.Row row = file.rows.get(r);
      long cell = layout.cell(r);
      if (cell < 0) {
        lost++;
        continue;
      }
      assertThat(rowOf.put(cell, r)).isNull();
      int t = (int) (cell / layout.baselines());
      int b = (int) (cell % layout.baselines());
      assertThat(layout.row(t, b)).isEqualTo(r);
      boolean turned = layout.exchanged(r);
      assertThat(layout.antenna1(b)).isEqualTo(turned ? row.antenna2() : row.antenna1());
      assertThat(layout.antenna2(b)).isEqualTo(turned ? row.antenna1() : row.antenna2());
      assertThat(layout.julianDate(t))
          .isEqualTo(SampleFile.FIRST_TIME + row.time() * SampleFile.STEP);
    }
    assertThat(layout.duplicates()).hasSize(lost);
    long cells = (long) layout.times() * layout.baselines();
    assertThat(layout.missingCells()).isEqualTo(cells - rowOf.size());
    RowMap all = layout.rectangle(0, layout.times(), 0, layout.baselines());
    int t0 = layout.times() / 3;
    int b0 = layout.baselines() / 2;
    RowMap part = layout.rectangle(t0, layout.times() - t0, b0, layout.baselines() - b0);
    for (int t = 0; t < layout.times(); t++) {
      for (int b = 0; b < layout.baselines(); b++) {
        Integer row = rowOf.get((long) t * layout.baselines() + b);
        assertThat(all.row(t, b)).isEqualTo(row == null ? -1 : row);
        if (row != null) {
          assertThat(all.exchanged(t, b)).isEqualTo(layout.exchanged(row));
        }
        if (t >= t0 && b >= b0) {
          assertThat(part.row(t - t0, b - b0)).isEqualTo(all.row(t, b));
        }
      }
    }
    for (int i = 1; i < layout.times(); i++) {
      assertThat(layout.julianDate(i)).isGreaterThan(layout.julianDate(i - 1));
    }
    for (int i = 1; i < layout.baselines(); i++) {
      assertThat(LayoutBuilder.pair(layout.antenna1(i), layout.antenna2(i)))
          .isGreaterThan(LayoutBuilder.pair(layout.antenna1(i - 1), layout.antenna2(i - 1)));
    }
  }

  @Property(tries = 200)
  void rowsInAnyOrder(
      @ForAll @IntRange(min = 1, max = 6) int times,
      @ForAll @IntRange(min = 0, max = 3) int kept,
      @ForAll long seed)
      throws IOException {
    SampleFile file = SampleFile.rectangular(times);
    Random random = new Random(seed);
    Collections.shuffle(file.rows, random);
    file.rows.replaceAll(
        r -> random.nextInt(4) == 0 ? new SampleFile.Row(r.time(), r.antenna2(), r.antenna1()) : r);
    if (kept > 0) {
      file.rows = new ArrayList<>(file.rows.subList(0, Math.max(1, file.rows.size() / kept)));
    }
    check(file);
  }

  @Property(tries = 100)
  void rowsInSteps(
      @ForAll @IntRange(min = 1, max = 6) int times,
      @ForAll boolean timesDescend,
      @ForAll boolean timesFaster,
      @ForAll long seed)
      throws IOException {
    SampleFile file = SampleFile.rectangular(times);
    List<SampleFile.Row> baselines = new ArrayList<>(file.rows.subList(0, 10));
    Random random = new Random(seed);
    Collections.shuffle(baselines, random);
    baselines.replaceAll(
        r -> random.nextBoolean() ? new SampleFile.Row(0, r.antenna2(), r.antenna1()) : r);
    file.rows.clear();
    for (int i = 0; i < 10 * times; i++) {
      int t = timesFaster ? i % times : i / 10;
      SampleFile.Row b = baselines.get(timesFaster ? i / times : i % 10);
      int time = timesDescend ? times - 1 - t : t;
      file.rows.add(new SampleFile.Row(time, b.antenna1(), b.antenna2()));
    }
    Uvh5Header header = file.header();
    Uvh5Layout layout = Uvh5Layout.of(header, Uvh5Rows.of(new Rows(file.rows), header));
    assertThat(layout.isRegular()).isTrue();
    check(file);
  }

  @Property(tries = 50)
  void rowsThatOccurTwice(@ForAll @IntRange(min = 1, max = 30) int copies, @ForAll long seed)
      throws IOException {
    SampleFile file = SampleFile.rectangular(3);
    Random random = new Random(seed);
    for (int i = 0; i < copies; i++) {
      file.rows.add(random.nextInt(file.rows.size()), file.rows.get(random.nextInt(30)));
    }
    check(file);
  }
}
