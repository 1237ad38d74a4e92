package org.cornerturn.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.cornerturn.architecture.HouseRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {
  private static final JavaClasses SERVICE = HouseRules.production();

  static Stream<ArchRule> houseRules() {
    return HouseRules.all().stream();
  }

  @ParameterizedTest
  @MethodSource("houseRules")
  void houseRule(ArchRule rule) {
    rule.check(
        SERVICE.that(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "not Main", c -> !c.getName().equals(Main.class.getName()))));
  }

  @Test
  void theServiceKnowsNoSparkAndNoCommand() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..", "org.cornerturn.spark..", "org.cornerturn.jobs..", "scala..")
        .check(SERVICE);
  }

  @Test
  void theCommandLineIsInItsClassesAlone() {
    noClasses()
        .that()
        .haveNameNotMatching("org\\.cornerturn\\.query\\.(Serve|Keys)Command(\\$.*)?|.*\\.Main")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(SERVICE);
  }

  /** What HTTP server there is, is the frame's business: features see exchanges alone. */
  @Test
  void theHttpServerIsInTheFrame() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.cornerturn.query.http..", "org.cornerturn.query.event..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
        .check(SERVICE);
  }

  @Test
  void accessAndRootsKnowNoFeature() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.cornerturn.query.access..",
            "org.cornerturn.query.root..",
            "org.cornerturn.query.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.cornerturn.query",
            "org.cornerturn.query.event..",
            "org.cornerturn.query.status..",
            "org.cornerturn.query.page..")
        .check(SERVICE);
  }
}
