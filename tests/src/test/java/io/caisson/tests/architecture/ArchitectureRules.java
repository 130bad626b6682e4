package io.caisson.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The rules, for the packages below a root: the real one, or one of deliberately bad classes.
 * Immutable.
 *
 * @param root the package below which the modules' packages lie
 */
record ArchitectureRules(String root) {
  private static final Set<String> CLOCK_CLASSES =
      Set.of(
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalTime",
          "java.time.LocalDateTime",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime");

  /** A module sees only what the table allows. */
  ArchRule seesOnlyWhatTheTableAllows(Module module) {
    return noClasses()
        .that()
        .resideInAnyPackage(module.packages(root))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(module.hidden(root))
        .as("module " + module + " sees only the modules that the table allows")
        .allowEmptyShould(true);
  }

  /** A third party's packages are seen by some modules only. */
  ArchRule isSeenOnlyBy(String thirdParty, Module... modules) {
    String[] allowed =
        Arrays.stream(modules)
            .flatMap(module -> Stream.of(module.packages(root)))
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideOutsideOfPackages(allowed)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(thirdParty)
        .as("only " + Arrays.toString(modules) + " see " + thirdParty)
        .allowEmptyShould(true);
  }

  /**
   * Packages do not know each other in a circle. The API and its service interface count as one:
   * each is half of the other's contract.
   */
  ArchRule packagesHaveNoCycles() {
    return slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                String name = javaClass.getPackageName();
                if (!name.equals(root) && !name.startsWith(root + ".")) {
                  return SliceIdentifier.ignore();
                }
                return SliceIdentifier.of(name.equals(root + ".spi") ? root : name);
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true);
  }

  /** Above the store only {@code time} reads the machine's clocks. */
  ArchRule onlyTimeReadsClocks() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(root + ".time..", root + ".fdb.embedded..", root + ".benchmarks..")
        .should()
        .callMethodWhere(describe("reads a clock of the machine", ArchitectureRules::readsAClock))
        .allowEmptyShould(true);
  }

  /** Nobody writes to standard error past the log or the command line's writer. */
  ArchRule nobodyUsesStandardError() {
    DescribedPredicate<JavaFieldAccess> systemErr =
        describe("uses standard error", access -> isField(access.getTarget()));
    return noClasses()
        .should()
        .accessFieldWhere(systemErr)
        .orShould()
        .callMethodWhere(describe("prints a stack trace", ArchitectureRules::printsAStackTrace))
        .allowEmptyShould(true);
  }

  /** Asynchronous continuations say on which executor they run. */
  ArchRule asynchronousCallsNameTheirExecutor() {
    return noClasses()
        .should()
        .callMethodWhere(
            describe("is asynchronous without an executor", ArchitectureRules::lacksExecutor))
        .allowEmptyShould(true);
  }

  private static boolean isField(AccessTarget target) {
    return target.getOwner().isEquivalentTo(System.class) && target.getName().equals("err");
  }

  private static boolean printsAStackTrace(JavaCall<?> call) {
    return call.getName().equals("printStackTrace")
        && call.getTarget().getRawParameterTypes().isEmpty();
  }

  private static boolean readsAClock(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    String method = call.getName();
    return switch (owner) {
      case "java.lang.System" -> method.equals("currentTimeMillis") || method.equals("nanoTime");
      case "java.time.Clock" -> method.startsWith("system");
      default -> CLOCK_CLASSES.contains(owner) && method.equals("now");
    };
  }

  private static boolean lacksExecutor(JavaCall<?> call) {
    return call.getName().endsWith("Async")
        && call.getTargetOwner().isAssignableTo(CompletionStage.class)
        && call.getTarget().getRawParameterTypes().stream()
            .noneMatch(type -> type.isAssignableTo(Executor.class));
  }
}
