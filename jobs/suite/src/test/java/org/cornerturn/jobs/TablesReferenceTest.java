package org.cornerturn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.cornerturn.table.TableDefinition;
import org.cornerturn.table.TableReference;
import org.junit.jupiter.api.Test;

/**
 * The page of the warehouse's tables is what the code has. {@code -Dcornerturn.update=true} writes
 * it anew.
 */
class TablesReferenceTest {
  private static final Path PAGE = Path.of("../../docs/reference/warehouse.md");

  private static final String HEAD =
      """
      # The warehouse's tables

      Written by a test from the definitions in the code, so it is what is written: types, units, descriptors
      (UCD1+), bounds. Units, descriptors and descriptions are in each table's schema, too (metadata `unit`, `ucd` and
      `comment`; bounds `least` and `most`). Values out of their bounds are refused when rows are written: Delta's own
      CHECK constraints would shut out writers without Spark, ours among them. Moments are UTC.
      """;

  /** Tables are what isn't private: columns of other tables, and subsets to read, are. */
  static Map<String, TableDefinition> tables() throws ReflectiveOperationException {
    Map<String, TableDefinition> all = new TreeMap<>();
    for (JavaClass c :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                "org.cornerturn.jobs", "org.cornerturn.spark", "org.cornerturn.table")) {
      for (JavaField f : c.getFields()) {
        if (f.getRawType().isEquivalentTo(TableDefinition.class)
            && f.getModifiers().contains(JavaModifier.STATIC)
            && !f.getModifiers().contains(JavaModifier.PRIVATE)) {
          Field field = f.reflect();
          field.setAccessible(true);
          TableDefinition table = (TableDefinition) field.get(null);
          all.put(table.name(), table);
        }
      }
    }
    return all;
  }

  @Test
  void thePageIsWhatTheCodeHas() throws IOException, ReflectiveOperationException {
    Map<String, TableDefinition> tables = tables();
    assertThat(tables).containsKeys("runs", "images", "crossmatches", "catalog_sources");
    String page = HEAD + TableReference.of(tables.values());
    if (Boolean.getBoolean("cornerturn.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as(
            "docs/reference/warehouse.md is out of date: run this test with -Dcornerturn.update=true")
        .isEqualTo(page);
  }

  @Test
  void everyColumnSaysWhatItIs() throws ReflectiveOperationException {
    for (TableDefinition table : tables().values()) {
      assertThat(table.description()).as(table.name()).isNotBlank();
      table
          .schema()
          .fields()
          .forEach(
              f ->
                  assertThat(f.getMetadata().getString("comment"))
                      .as(table.name() + "." + f.getName())
                      .isNotBlank());
    }
  }
}
