package org.cornerturn.spark.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.cornerturn.InputFault;
import org.cornerturn.UserError;
import org.cornerturn.array.DataType.Text;
import org.cornerturn.spark.source.Column.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table over files of one form; the first that can be read gives the columns. */
final class LatticeTable implements SupportsRead, SupportsMetadataColumns {
  private static final Logger LOG = LoggerFactory.getLogger(LatticeTable.class);

  private final LatticeSource source;
  private final StructType wanted;
  private List<Column> columns;

  /**
   * @param wanted the schema that the user states, or null; it must be the files' own
   */
  LatticeTable(LatticeSource source, StructType wanted) {
    this.source = source;
    this.wanted = wanted;
  }

  List<String> uris() {
    return source.uris();
  }

  /**
   * Reads the structure of the first file that can be read.
   *
   * @throws UserError where there is none
   */
  private List<Column> latticeColumns() {
    if (columns == null) {
      columns = List.copyOf(first());
      StructType own = visible();
      if (wanted != null && !wanted.asNullable().equals(own.asNullable())) {
        throw new UserError(
            name(),
            "its columns are " + own.simpleString() + ", the schema given is another",
            "Leave the schema out, and cast columns in the query");
      }
    }
    return columns;
  }

  private List<Column> first() {
    boolean permissive = source.options().permissive();
    RuntimeException first = null;
    for (String uri : source.uris()) {
      try {
        return source.open(uri, Set.of()).columns();
      } catch (IOException e) {
        RuntimeException explained = SourceFaults.explain(e, uri);
        if (!permissive || !(e instanceof InputFault)) {
          throw explained;
        }
        LOG.warn("left out: {}", e.getMessage());
        first = first == null ? explained : first;
      }
    }
    throw first;
  }

  @Override
  public String name() {
    return source.options().format() + " " + String.join(", ", source.options().paths());
  }

  // Spark 4.0 leaves this method abstract, later lines call it by its successor.
  @Override
  @SuppressWarnings("deprecation")
  public StructType schema() {
    latticeColumns();
    return visible();
  }

  private StructType visible() {
    return type(columns.stream().filter(c -> !isHidden(c)).toList());
  }

  /** Hidden columns can be named in a query of the table, but not through a view of it. */
  private boolean isHidden(Column c) {
    return c.hidden() && source.options().choice("hidden", "keep", "show").equals("keep");
  }

  private static StructType type(List<Column> columns) {
    List<StructField> fields = new ArrayList<>();
    for (Column c : columns) {
      fields.add(DataTypes.createStructField(c.name(), c.type(), isNullable(c)));
    }
    return DataTypes.createStructType(fields);
  }

  /** Texts of any length may be missing, everything else has a value. */
  private static boolean isNullable(Column c) {
    return c.content() instanceof Element e && e.part().type() instanceof Text;
  }

  @Override
  public MetadataColumn[] metadataColumns() {
    return latticeColumns().stream()
        .filter(this::isHidden)
        .map(c -> new Hidden(c.name(), c.type()))
        .toArray(MetadataColumn[]::new);
  }

  private record Hidden(String name, DataType dataType) implements MetadataColumn {
    @Override
    public boolean isNullable() {
      return false;
    }
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new LatticeScanBuilder(source, latticeColumns(), type(latticeColumns()));
  }
}
