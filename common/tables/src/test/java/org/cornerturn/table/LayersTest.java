package org.cornerturn.table;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.cornerturn.architecture.HouseRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {
  private static final JavaClasses TABLES = HouseRules.production();

  static Stream<ArchRule> houseRules() {
    return HouseRules.all().stream();
  }

  @ParameterizedTest
  @MethodSource("houseRules")
  void houseRule(ArchRule rule) {
    rule.check(TABLES);
  }

  @Test
  void tablesKnowStoresAndDeltaKernelAlone() {
    classes()
        .that()
        .resideInAPackage("org.cornerturn.table..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "",
            "java..",
            "org.cornerturn",
            "org.cornerturn.table..",
            "org.cornerturn.storage..",
            "io.delta.kernel..",
            "com.fasterxml.jackson..",
            "com.google.flatbuffers..",
            "org.apache.arrow.flatbuf..",
            "org.apache.parquet.format..",
            "org.slf4j..")
        .check(TABLES);
  }

  @Test
  void noSparkIsNear() {
    assertThatThrownBy(() -> Class.forName("org.apache.spark.SparkContext"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
