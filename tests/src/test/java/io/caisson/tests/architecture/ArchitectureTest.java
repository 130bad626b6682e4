package io.caisson.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {
  private static final ArchitectureRules RULES = new ArchitectureRules("io.caisson");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.caisson");

  @ParameterizedTest
  @EnumSource(Module.class)
  void moduleSeesOnlyWhatTheTableAllows(Module module) {
    RULES.seesOnlyWhatTheTableAllows(module).check(CLASSES);
  }

  @Test
  void everyClassBelongsToAModule() {
    var patterns =
        Arrays.stream(Module.values())
            .flatMap(m -> Arrays.stream(m.packages("io.caisson")))
            .toList();
    assertThat(CLASSES).isNotEmpty();
    assertThat(CLASSES)
        .allSatisfy(
            type ->
                assertThat(patterns)
                    .as(type.getName())
                    .anyMatch(
                        pattern -> PackageMatcher.of(pattern).matches(type.getPackageName())));
  }

  @Test
  void onlySqlSeesCalcite() {
    RULES.isSeenOnlyBy("org.apache.calcite..", Module.SQL).check(CLASSES);
  }

  @Test
  void onlyTheEmbeddedStoreSeesLmdb() {
    RULES.isSeenOnlyBy("org.lmdbjava..", Module.FDB_EMBEDDED).check(CLASSES);
  }

  @Test
  void onlyTheStoreAndWhatStoresSeeFoundationDb() {
    RULES
        .isSeenOnlyBy("com.apple.foundationdb..", Module.FDB_EMBEDDED, Module.MODEL, Module.ENGINE)
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineSeesItsTerminal() {
    RULES.isSeenOnlyBy("picocli..", Module.CLI).check(CLASSES);
    RULES.isSeenOnlyBy("org.jline..", Module.CLI).check(CLASSES);
    RULES.isSeenOnlyBy("me.tongfei..", Module.CLI).check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    RULES.packagesHaveNoCycles().check(CLASSES);
  }

  @Test
  void onlyTimeReadsClocksAboveTheStore() {
    RULES.onlyTimeReadsClocks().check(CLASSES);
  }

  @Test
  void nobodyUsesStandardError() {
    RULES.nobodyUsesStandardError().check(CLASSES);
  }

  @Test
  void asynchronousCallsNameTheirExecutor() {
    RULES.asynchronousCallsNameTheirExecutor().check(CLASSES);
  }
}
