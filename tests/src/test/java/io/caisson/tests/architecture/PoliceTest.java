package io.caisson.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.caisson.tests.architecture.bad.cli.PrintsAStackTrace;
import io.caisson.tests.architecture.bad.cli.PrintsToStandardError;
import io.caisson.tests.architecture.bad.dataflow.SeesTheModel;
import io.caisson.tests.architecture.bad.engine.ForksWithoutExecutor;
import io.caisson.tests.architecture.bad.engine.ReadsTheClock;
import io.caisson.tests.architecture.bad.engine.SeesCalcite;
import io.caisson.tests.architecture.bad.engine.SeesLmdb;
import io.caisson.tests.architecture.bad.model.SeesDataflowToo;
import org.junit.jupiter.api.Test;

/** Every rule of the architecture catches a class that is bad on purpose. */
class PoliceTest {
  private static final ArchitectureRules RULES =
      new ArchitectureRules("io.caisson.tests.architecture.bad");

  private static void assertCatches(ArchRule rule, Class<?>... bad) {
    var result = rule.evaluate(new ClassFileImporter().importClasses(bad));
    assertThat(result.hasViolation()).as(rule.getDescription()).isTrue();
    assertThat(result.getFailureReport().toString()).contains(bad[0].getSimpleName());
  }

  @Test
  void lowerLayerThatSeesAHigherOneIsCaught() {
    assertCatches(
        RULES.seesOnlyWhatTheTableAllows(Module.DATAFLOW),
        SeesTheModel.class,
        SeesDataflowToo.class);
  }

  @Test
  void borrowedLibraryIsCaught() {
    assertCatches(RULES.isSeenOnlyBy("org.apache.calcite..", Module.SQL), SeesCalcite.class);
    assertCatches(RULES.isSeenOnlyBy("org.lmdbjava..", Module.FDB_EMBEDDED), SeesLmdb.class);
  }

  @Test
  void cycleOfPackagesIsCaught() {
    assertCatches(RULES.packagesHaveNoCycles(), SeesTheModel.class, SeesDataflowToo.class);
  }

  @Test
  void readerOfTheClockIsCaught() {
    assertCatches(RULES.onlyTimeReadsClocks(), ReadsTheClock.class);
  }

  @Test
  void printingPastTheLogIsCaught() {
    assertCatches(RULES.nobodyUsesStandardError(), PrintsToStandardError.class);
    assertCatches(RULES.nobodyUsesStandardError(), PrintsAStackTrace.class);
  }

  @Test
  void forkWithoutAnExecutorIsCaught() {
    assertCatches(RULES.asynchronousCallsNameTheirExecutor(), ForksWithoutExecutor.class);
  }
}
