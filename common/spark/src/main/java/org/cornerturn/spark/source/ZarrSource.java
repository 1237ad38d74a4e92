package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.CreatableRelationProvider;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * {@code spark.read().format("zarr")}: an array's elements as rows, or a group's arrays side by
 * side. Options: {@code path} (store), {@code array}, {@code group}, {@code variables}, {@code
 * rows} ({@code element} or {@code chunk}), {@code mode} ({@code failfast} or {@code permissive}).
 *
 * <p>{@code write().format("zarr")}: columns of positions and values as arrays; see {@link
 * ZarrTarget#OPTIONS}.
 */
public final class ZarrSource extends LatticeProvider implements CreatableRelationProvider {
  @Override
  public String shortName() {
    return "zarr";
  }

  /** So that a table which is not there yet can be written. */
  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  @Override
  List<String> optionNames() {
    List<String> names = new ArrayList<>(List.of("array", "group", "variables", "rows"));
    names.addAll(ZarrTarget.OPTIONS);
    return names;
  }

  @Override
  LatticeSource source(SourceOptions options) {
    return new ZarrLattices(
        options, options.paths().stream().map(p -> p.replaceAll("/+$", "")).toList());
  }

  @Override
  public BaseRelation createRelation(
      SQLContext context,
      SaveMode mode,
      scala.collection.immutable.Map<String, String> parameters,
      Dataset<Row> rows) {
    Map<String, String> given = CollectionConverters.asJava(parameters);
    SourceOptions options = options(given, ZarrTarget.OPTIONS);
    ZarrTarget target = ZarrTarget.of(options, rows.schema());
    try {
      new ZarrWriting(target, options.hadoop()).save(rows, mode);
    } catch (IOException e) {
      throw SourceFaults.explain(e, target.uri());
    }
    return new Written(context, rows.schema());
  }

  /** What Spark wants to know of a table that was written. */
  private static final class Written extends BaseRelation {
    private final SQLContext context;
    private final StructType schema;

    Written(SQLContext context, StructType schema) {
      this.context = context;
      this.schema = schema;
    }

    @Override
    public SQLContext sqlContext() {
      return context;
    }

    @Override
    public StructType schema() {
      return schema;
    }
  }
}
