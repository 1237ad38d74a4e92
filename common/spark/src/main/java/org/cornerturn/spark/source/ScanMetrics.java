package org.cornerturn.spark.source;

import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** What a scan counts. Spark makes the metrics by their class names, so they are public. */
public final class ScanMetrics {
  private ScanMetrics() {}

  static CustomMetric[] all() {
    return new CustomMetric[] {
      new BytesRead(), new Requests(), new ChunksRead(), new ChunksPruned(), new LeftOut()
    };
  }

  /** A task's share of a metric. */
  record Value(String name, long value) implements CustomTaskMetric {}

  /** Bytes received from stores. */
  public static final class BytesRead extends CustomSumMetric {
    static final String NAME = "bytesRead";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "bytes read from stores";
    }
  }

  /** Range requests sent to stores. */
  public static final class Requests extends CustomSumMetric {
    static final String NAME = "requests";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "requests to stores";
    }
  }

  /** Chunks of arrays that were read. */
  public static final class ChunksRead extends CustomSumMetric {
    static final String NAME = "chunksRead";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "chunks read";
    }
  }

  /** Chunks of the arrays wanted that conditions made needless. */
  public static final class ChunksPruned extends CustomSumMetric {
    static final String NAME = "chunksPruned";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "chunks pruned";
    }
  }

  /** Files and regions that could not be read and were left out ({@code mode=permissive}). */
  public static final class LeftOut extends CustomSumMetric {
    static final String NAME = "leftOut";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "unreadable files and regions left out";
    }
  }
}
