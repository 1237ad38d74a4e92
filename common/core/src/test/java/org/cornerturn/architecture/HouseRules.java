package org.cornerturn.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Scanner;
import java.util.Set;

/** Rules that hold in every module. */
public final class HouseRules {
  private static final Set<Class<?>> TEXT_TYPES =
      Set.of(
          String.class,
          FileReader.class,
          FileWriter.class,
          InputStreamReader.class,
          OutputStreamWriter.class,
          PrintStream.class,
          PrintWriter.class,
          Scanner.class);

  private HouseRules() {}

  /** The module's own classes, without its tests. */
  public static JavaClasses production() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(new ImportOption.DoNotIncludeJars())
        .importPackages("org.cornerturn");
  }

  /** The rules for classes other than the program's entry point. */
  public static List<ArchRule> all() {
    return List.of(
        noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("a command speaks through its console alone"),
        noClasses()
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .because("Main alone ends the program"),
        noClasses()
            .should()
            .callMethodWhere(named("parallelStream"))
            .orShould()
            .callMethodWhere(named("parallel"))
            .because("one task is one core"),
        noClasses()
            .should()
            .callMethodWhere(usesDefaultCharset())
            .orShould()
            .callConstructorWhere(usesDefaultCharset())
            .orShould()
            .callMethod(Charset.class, "defaultCharset")
            .because("bytes must not depend on the machine's locale"),
        noClasses()
            .should()
            .callMethodWhere(named("printStackTrace").and(withoutParameters()))
            .because("stacks go to the log"),
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "sun..",
                "java.util.logging..",
                "org.apache.log4j..",
                "org.apache.commons.logging..")
            .because("there is one log, and the JDK's insides are not ours"),
        classes()
            .should()
            .resideOutsideOfPackages(
                "..util..", "..helper..", "..misc..", "..manager..", "..utils..")
            .because("such a name means that a noun is missing"));
  }

  /** Types that start or hold threads. */
  public static DescribedPredicate<JavaClass> threads() {
    return describe(
        "threads or pools of threads",
        c ->
            type(Thread.class).test(c)
                || c.getName().startsWith("java.util.concurrent.")
                    && (c.getName().contains("Executor")
                        || c.getName().contains("ForkJoin")
                        || c.getName().contains("CompletableFuture")));
  }

  private static DescribedPredicate<JavaCall<?>> named(String method) {
    return describe("a method named " + method, call -> call.getName().equals(method));
  }

  private static DescribedPredicate<JavaCall<?>> withoutParameters() {
    return describe(
        "without parameters", call -> call.getTarget().getRawParameterTypes().isEmpty());
  }

  /** A call between bytes (or files) and characters that names no charset. */
  private static DescribedPredicate<JavaCall<?>> usesDefaultCharset() {
    return describe(
        "a conversion by the default charset",
        call -> {
          String owner = call.getTargetOwner().getName();
          if (TEXT_TYPES.stream().noneMatch(t -> t.getName().equals(owner))) {
            return false;
          }
          List<String> parameters =
              call.getTarget().getRawParameterTypes().stream().map(c -> c.getName()).toList();
          if (owner.equals(String.class.getName())) {
            return call.getName().equals("getBytes") && parameters.isEmpty()
                || isConstructor(call)
                    && !parameters.isEmpty()
                    && parameters.get(0).equals("[B")
                    && parameters.stream().noneMatch(HouseRules::namesCharset);
          }
          boolean bytes =
              parameters.stream()
                  .anyMatch(
                      p ->
                          p.equals("java.io.InputStream")
                              || p.equals("java.io.OutputStream")
                              || p.equals(File.class.getName()));
          return isConstructor(call)
              && bytes
              && parameters.stream().noneMatch(HouseRules::namesCharset);
        });
  }

  private static boolean isConstructor(JavaAccess<?> call) {
    return call.getName().equals("<init>");
  }

  private static boolean namesCharset(String type) {
    return type.equals(Charset.class.getName()) || type.equals(String.class.getName());
  }
}
