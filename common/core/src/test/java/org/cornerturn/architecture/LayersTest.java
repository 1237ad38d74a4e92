package org.cornerturn.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom in the core. The border to Spark is Maven's: it is not on the class path. */
class LayersTest {
  private static final JavaClasses CORE = HouseRules.production();
  private static final String ROOT = "org.cornerturn";

  private static final String[] KERNELS = {
    "calibration",
    "catalogue",
    "crossmatch",
    "deconvolution",
    "flagging",
    "fourier",
    "imagequality",
    "imaging",
    "mosaic",
    "observation",
    "plane",
    "prediction",
    "pyramid",
    "restoration",
    "simulate",
    "source",
    "variability",
    "visibility"
  };

  /** The store of Hadoop's file systems and its parts, named after it. */
  private static final String HADOOP_STORE =
      "org\\.cornerturn\\.storage\\.Hadoop(Store|Channel|Upload|Pending|Conditions)(\\$.*)?";

  /** The S3 server of tests and of the demo, which is a library's. */
  private static final String EMBEDDED_S3 = "org\\.cornerturn\\.storage\\.EmbeddedS3";

  /** Each package of the core, with what it may use besides the JDK, itself and the root. */
  private static final Map<String, List<String>> MAY_USE = new TreeMap<>();

  static {
    MAY_USE.put("array", List.of());
    MAY_USE.put("storage", List.of());
    MAY_USE.put("plan", List.of(own("array")));
    MAY_USE.put(
        "codec",
        List.of(
            own("array"),
            "com.github.luben.zstd..",
            "net.jpountz..",
            "com.scalableminds.bloscjava..",
            "com.intel.gkl..",
            "org.apache.commons.compress.."));
    List<String> formats =
        List.of(own("array"), own("storage"), own("codec"), "com.fasterxml.jackson..");
    MAY_USE.put("zarr", formats);
    MAY_USE.put("hdf5", formats);
    MAY_USE.put("image", List.of());
    MAY_USE.put("report", List.of(own("image")));
    MAY_USE.put("radio", List.of(own("array"), "org.jastronomy.jsofa..", "org.snakeyaml.engine.."));
    MAY_USE.put(
        "uvh5",
        List.of(
            own("array"),
            own("storage"),
            own("codec"),
            own("hdf5"),
            own("observation"),
            own("radio"),
            "com.fasterxml.jackson.."));
    MAY_USE.put(
        "measurementset",
        List.of(
            own("array"),
            own("storage"),
            own("radio"),
            own("uvh5"),
            own("zarr"),
            "com.fasterxml.jackson.."));
    MAY_USE.put(
        "solution",
        List.of(
            own("array"),
            own("calibration"),
            own("storage"),
            own("zarr"),
            "com.fasterxml.jackson.."));
    MAY_USE.put(
        "waveform", List.of(own("array"), own("storage"), own("hdf5"), "com.fasterxml.jackson.."));
    MAY_USE.put("sky", List.of(own("array"), own("radio")));
    MAY_USE.put("calibrator", List.of(own("array"), own("radio")));
    MAY_USE.put(
        "skyimage",
        List.of(
            own("array"),
            own("storage"),
            own("radio"),
            own("sky"),
            own("zarr"),
            "com.fasterxml.jackson.."));
    MAY_USE.put("tablefile", List.of(own("storage"), own("fits"), "uk.ac.starlink.."));
    MAY_USE.put("fits", List.of(own("storage"), own("radio"), own("sky"), "nom.tam.."));
    for (String kernel : KERNELS) {
      MAY_USE.put(kernel, List.of(own("array"), own("radio"), own("sky")));
    }
    // What images have in common: transforms, noise, regions.
    MAY_USE.put("plane", List.of(own("crew"), own("fourier"), own("radio"), own("sky")));
    MAY_USE.put("crew", List.of());
    MAY_USE.put("fourier", List.of());
    MAY_USE.put("catalogue", List.of());
    MAY_USE.put("crossmatch", List.of(own("catalogue")));
    MAY_USE.put(
        "imaging", List.of(own("array"), own("crew"), own("fourier"), own("radio"), own("sky")));
    for (String kernel :
        List.of("deconvolution", "imagequality", "mosaic", "restoration", "source")) {
      MAY_USE.put(kernel, List.of(own("crew"), own("plane"), own("radio"), own("sky")));
    }
  }

  static Set<String> packages() {
    return MAY_USE.keySet();
  }

  static Stream<ArchRule> houseRules() {
    return HouseRules.all().stream();
  }

  @Test
  void everyPackageHasItsLayer() {
    Set<String> found =
        CORE.stream()
            .map(JavaClass::getPackageName)
            .filter(p -> p.startsWith(ROOT + "."))
            .map(p -> p.substring(ROOT.length() + 1).replaceFirst("\\..*", ""))
            .collect(Collectors.toSet());
    assertThat(MAY_USE.keySet()).containsAll(found);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatIsBelow(String name) {
    String[] allowed =
        Stream.concat(Stream.of("java..", ROOT, own(name)), MAY_USE.get(name).stream())
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(own(name))
        .and()
        .haveNameNotMatching(HADOOP_STORE)
        .and()
        .haveNameNotMatching(EMBEDDED_S3)
        .should()
        .onlyDependOnClassesThat(isArrayOrPrimitive().or(inAny(allowed)))
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void hadoopStaysInItsStore() {
    noClasses()
        .that()
        .haveNameNotMatching(HADOOP_STORE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.hadoop..")
        .check(CORE);
  }

  @Test
  void kernelsKnowNoFilesNoClockAndNoThreads() {
    for (String kernel : KERNELS) {
      noClasses()
          .that()
          .resideInAPackage(own(kernel))
          .should()
          .dependOnClassesThat(
              inAny("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
                  .and(not(equivalentTo(Serializable.class))))
          .allowEmptyShould(true)
          .check(CORE);
      noClasses()
          .that()
          .resideInAPackage(own(kernel))
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .callMethod(Instant.class, "now")
          .allowEmptyShould(true)
          .check(CORE);
    }
    noClasses()
        .that()
        .resideInAnyPackage(Stream.of(KERNELS).map(LayersTest::own).toArray(String[]::new))
        .should()
        .dependOnClassesThat(HouseRules.threads())
        .allowEmptyShould(true)
        .check(CORE);
  }

  @ParameterizedTest
  @MethodSource("houseRules")
  void houseRule(ArchRule rule) {
    rule.check(CORE);
  }

  private static String own(String name) {
    return ROOT + "." + name + "..";
  }

  private static DescribedPredicate<JavaClass> isArrayOrPrimitive() {
    return DescribedPredicate.describe("arrays or primitives", c -> c.isPrimitive() || c.isArray());
  }

  private static DescribedPredicate<JavaClass> inAny(String... allowed) {
    return JavaClass.Predicates.resideInAnyPackage(allowed);
  }
}
