package org.cornerturn.table;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.Collection;
import java.util.Comparator;

/** Tables as a page of documentation, from their definitions. */
public final class TableReference {
  private TableReference() {}

  /** Markdown: a section for each table, by name. */
  public static String of(Collection<TableDefinition> tables) {
    StringBuilder page = new StringBuilder();
    tables.stream()
        .sorted(Comparator.comparing(TableDefinition::name))
        .forEach(
            t -> {
              page.append("\n## ").append(t.name()).append("\n\n");
              page.append(sentence(t.description())).append("\n\n");
              page.append(
                  "| column | type | unit | UCD | bounds | what |\n|---|---|---|---|---|---|\n");
              rows(page, "", t.schema());
            });
    return page.toString();
  }

  private static String sentence(String description) {
    return Character.toUpperCase(description.charAt(0)) + description.substring(1) + ".";
  }

  private static void rows(StringBuilder page, String before, StructType schema) {
    for (StructField f : schema.fields()) {
      FieldMetadata about = f.getMetadata();
      page.append("| `").append(before).append(f.getName()).append("` | ");
      page.append(type(f.getDataType())).append(" | ");
      page.append(text(about, "unit")).append(" | ");
      page.append(text(about, "ucd")).append(" | ");
      if (about.contains(TableDefinition.LEAST)) {
        page.append(number(about.getDouble(TableDefinition.LEAST)))
            .append(" to ")
            .append(number(about.getDouble(TableDefinition.MOST)));
      }
      page.append(" | ").append(text(about, "comment").replace("|", "\\|")).append(" |\n");
      if (f.getDataType() instanceof ArrayType a && a.getElementType() instanceof StructType s) {
        rows(page, before + f.getName() + ".", s);
      }
    }
  }

  private static String text(FieldMetadata about, String key) {
    Object value = about.getEntries().get(key);
    return value == null ? "" : value.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String type(DataType type) {
    if (type instanceof StringType) {
      return "text";
    }
    if (type instanceof LongType) {
      return "whole";
    }
    if (type instanceof DoubleType) {
      return "real";
    }
    if (type instanceof ArrayType a) {
      return a.getElementType() instanceof StructType
          ? "list of rows"
          : "list of " + type(a.getElementType());
    }
    return type instanceof MapType ? "texts by name" : type.toString();
  }
}
