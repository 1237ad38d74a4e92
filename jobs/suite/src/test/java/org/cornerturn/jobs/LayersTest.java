package org.cornerturn.jobs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.cornerturn.architecture.HouseRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {
  private static final JavaClasses SUITE = HouseRules.production();

  static Stream<ArchRule> houseRules() {
    return HouseRules.all().stream();
  }

  @ParameterizedTest
  @MethodSource("houseRules")
  void houseRule(ArchRule rule) {
    rule.check(SUITE.that(DescribedPredicate.not(equivalentTo(Main.class))));
  }

  @Test
  void distributedDataIsTheEnginesBusiness() {
    noClasses()
        .that()
        .resideInAPackage("org.cornerturn.jobs..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark.rdd..", "org.apache.spark.api.java..")
        .because("the engine alone runs tasks; a command has a plan and a kernel")
        .check(SUITE);
  }

  @Test
  void everyCommandIsNamedAfterWhatItIs() {
    classes()
        .that()
        .areAssignableTo(Verb.class)
        .and()
        .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)
        .should()
        .haveSimpleNameEndingWith("Command")
        .andShould()
        .resideInAPackage("org.cornerturn.jobs.*..")
        .check(SUITE);
  }

  @Test
  void commandsDoNotGoInCircles() {
    slices().matching("org.cornerturn.jobs.(*)..").should().beFreeOfCycles().check(SUITE);
  }
}
