package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.cornerturn.InputFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A query's reading of a table. */
final class LatticeScan implements SupportsReportStatistics, Batch {
  private static final Logger LOG = LoggerFactory.getLogger(LatticeScan.class);

  /** Files beyond this number are planned by the tasks that read them. */
  private static final int PLANNED_HERE = 32;

  /** Decoded bytes of a task: as small as scheduling allows, as large as a task should take. */
  private static final double LEAST_BYTES = 4 << 20;

  private static final double MOST_BYTES = 128 << 20;

  /** Tasks for each core, where there is enough to read. */
  private static final int TASKS_PER_CORE = 4;

  private final LatticeSource source;
  private final StructType all;
  private final StructType required;
  private final List<Condition> conditions;
  private final List<String> uris;
  private List<FilePlan> plans;
  private long leftOut;

  /**
   * @param all every column of the table
   * @param required the columns read
   */
  LatticeScan(
      LatticeSource source, StructType all, StructType required, List<Condition> conditions) {
    this.source = source;
    this.all = all;
    this.required = required;
    this.conditions = List.copyOf(conditions);
    this.uris = source.uris().stream().filter(this::mayHold).toList();
  }

  private boolean mayHold(String uri) {
    return conditions.stream().allMatch(c -> AxisConditions.mayHold(LatticeBuilder.FILE, uri, c));
  }

  @Override
  public StructType readSchema() {
    return required;
  }

  @Override
  public String description() {
    return source.options().format()
        + " "
        + String.join(", ", source.options().paths())
        + " where "
        + conditions;
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.SUPPORTED;
  }

  /** Plans of the files that are planned here: all of them, or the first of very many. */
  private List<FilePlan> plans() {
    if (plans == null) {
      List<FilePlan> made = new ArrayList<>();
      for (String uri : isPlannedHere() ? uris : uris.subList(0, 1)) {
        try {
          StructType expected = expected();
          Lattice lattice = source.open(uri, Set.of(expected.fieldNames()));
          SameColumns.check(expected, lattice);
          made.add(FilePlan.of(lattice, List.of(required.fieldNames()), conditions));
        } catch (IOException e) {
          if (!source.options().permissive() || !(e instanceof InputFault)) {
            throw SourceFaults.explain(e, uri);
          }
          leftOut++;
          LOG.warn("left out: {}", e.getMessage());
        }
      }
      plans = List.copyOf(made);
    }
    return plans;
  }

  /** Columns read and columns asked about. */
  private StructType expected() {
    Set<String> names = new LinkedHashSet<>(List.of(required.fieldNames()));
    conditions.forEach(c -> names.addAll(c.columns()));
    StructType expected = new StructType();
    for (String name : names) {
      expected = expected.add(all.apply(name));
    }
    return expected;
  }

  private boolean isPlannedHere() {
    return uris.size() <= PLANNED_HERE;
  }

  @Override
  public Statistics estimateStatistics() {
    double scale = isPlannedHere() ? 1 : uris.size();
    double rows = plans().stream().mapToDouble(FilePlan::rows).sum() * scale;
    double bytes = rows * required.defaultSize();
    return new Size(OptionalLong.of((long) bytes), OptionalLong.of((long) rows));
  }

  private record Size(OptionalLong sizeInBytes, OptionalLong numRows) implements Statistics {}

  @Override
  public InputPartition[] planInputPartitions() {
    int cores = SparkSession.active().sparkContext().defaultParallelism();
    List<InputPartition> partitions = new ArrayList<>();
    if (isPlannedHere()) {
      double total = plans().stream().mapToDouble(LatticeScan::cost).sum();
      double target = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, total / (TASKS_PER_CORE * cores)));
      for (FilePlan plan : plans()) {
        partitions.addAll(partitions(plan, target));
      }
    } else {
      int each = Math.max(1, uris.size() / (8 * TASKS_PER_CORE * cores));
      for (int from = 0; from < uris.size(); from += each) {
        int to = Math.min(uris.size(), from + each);
        partitions.add(new LatticePartition.Files(List.copyOf(uris.subList(from, to))));
      }
    }
    return partitions.toArray(InputPartition[]::new);
  }

  /** Bytes read, or where nothing is read the rows made. */
  private static double cost(FilePlan plan) {
    return Math.max(plan.bytes(), plan.rows());
  }

  private static List<InputPartition> partitions(FilePlan plan, double target) {
    List<InputPartition> partitions = new ArrayList<>();
    long count = plan.grid().count();
    if (count == 0) {
      return partitions;
    }
    long parts = (long) Math.min(count, Math.max(1, Math.ceil(cost(plan) / target)));
    for (long p = 0; p < parts; p++) {
      long from = boundary(count, p, parts);
      long to = boundary(count, p + 1, parts);
      Lattice lattice = plan.lattice().slice(plan.grid().bounds(from, to));
      long start = plan.grid().sliceStart(from);
      partitions.add(
          new LatticePartition.Regions(
              lattice, plan.grid().slice(from, to), from - start, to - start));
    }
    return partitions;
  }

  private static long boundary(long count, long part, long parts) {
    return count / parts * part + Math.min(part, count % parts);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new LatticeReaders(source, expected(), List.of(required.fieldNames()), conditions);
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return ScanMetrics.all();
  }

  @Override
  public CustomTaskMetric[] reportDriverMetrics() {
    long pruned = isPlannedHere() ? plans().stream().mapToLong(FilePlan::chunksPruned).sum() : 0;
    return new CustomTaskMetric[] {
      new ScanMetrics.Value(ScanMetrics.ChunksPruned.NAME, pruned),
      new ScanMetrics.Value(ScanMetrics.LeftOut.NAME, isPlannedHere() ? leftOut : 0)
    };
  }
}
