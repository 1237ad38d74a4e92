package org.cornerturn.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.cornerturn.architecture.HouseRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {
  private static final JavaClasses ENGINE = HouseRules.production();

  static Stream<ArchRule> houseRules() {
    return HouseRules.all().stream();
  }

  @ParameterizedTest
  @MethodSource("houseRules")
  void houseRule(ArchRule rule) {
    rule.check(ENGINE);
  }

  @Test
  void theEngineKnowsNoCommandLineAndNoCommand() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "org.cornerturn.jobs..")
        .check(ENGINE);
  }
}
