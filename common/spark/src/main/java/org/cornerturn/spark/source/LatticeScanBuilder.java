package org.cornerturn.spark.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;
import org.cornerturn.spark.source.Column.Element;

/** Takes the columns and conditions of a query. */
final class LatticeScanBuilder
    implements SupportsPushDownV2Filters, SupportsPushDownRequiredColumns {
  private final LatticeSource source;
  private final StructType all;
  private final Set<String> known = new TreeSet<>();
  private final List<Condition> conditions = new ArrayList<>();
  private Predicate[] pushed = {};
  private StructType required = new StructType();

  /**
   * @param all the schema of all columns, the hidden ones too
   */
  LatticeScanBuilder(LatticeSource source, List<Column> columns, StructType all) {
    this.source = source;
    this.all = all;
    for (Column c : columns) {
      if (!(c.content() instanceof Element)) {
        known.add(c.name());
      }
      required = required.add(all.apply(c.name()));
    }
  }

  /**
   * Conditions exclude chunks, not rows: within a chunk's cut they hold for some positions only, so
   * Spark applies all of them again.
   */
  @Override
  public Predicate[] pushPredicates(Predicate[] predicates) {
    List<Predicate> used = new ArrayList<>();
    for (Predicate p : predicates) {
      Optional<Condition> c = Condition.of(p, all).filter(o -> known.containsAll(o.columns()));
      if (c.isPresent()) {
        conditions.add(c.get());
        used.add(p);
      }
    }
    pushed = used.toArray(Predicate[]::new);
    return predicates;
  }

  @Override
  public Predicate[] pushedPredicates() {
    return pushed.clone();
  }

  @Override
  public void pruneColumns(StructType wanted) {
    required = new StructType();
    for (String name : wanted.fieldNames()) {
      // Whole, even where only parts of a struct are wanted: they lie in the same bytes.
      required = required.add(all.apply(name));
    }
  }

  @Override
  public Scan build() {
    return new LatticeScan(source, all, required, conditions);
  }
}
