package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.cornerturn.spark.Sessions;

/** What the formats have in common: the files tell the schema. */
abstract class LatticeProvider implements TableProvider, DataSourceRegister {
  /** The table opened for its schema, which Spark asks for right after. */
  private LatticeTable opened;

  /** Names of the format's own options. */
  abstract List<String> optionNames();

  /** Finds the files; opens none. */
  abstract LatticeSource source(SourceOptions options) throws IOException;

  final SourceOptions options(Map<String, String> given, List<String> known) {
    return SourceOptions.of(
        shortName(), given, known, Sessions.hadoop(SparkSession.active().sparkContext()));
  }

  /**
   * @param wanted the schema that the user states, or null
   */
  private LatticeTable table(Map<String, String> given, StructType wanted) {
    SourceOptions options = options(given, optionNames());
    try {
      return new LatticeTable(source(options), wanted);
    } catch (IOException e) {
      throw SourceFaults.explain(e, String.join(", ", options.paths()));
    }
  }

  // Table calls its schema by another name in later lines of Spark; 4.0 has this one alone.
  @Override
  @SuppressWarnings("deprecation")
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    opened = table(options.asCaseSensitiveMap(), null);
    return opened.schema();
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    LatticeTable table = opened;
    opened = null;
    return table != null ? table : table(properties, schema);
  }
}
