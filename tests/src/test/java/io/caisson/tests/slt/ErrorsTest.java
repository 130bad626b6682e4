package io.caisson.tests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.error.SqlState;
import io.caisson.tests.Repository;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every error has its number, and every one that SQL alone can provoke is provoked by a file. */
class ErrorsTest {
  /** What needs another machine, process, disk or moment than a file of statements has. */
  private static final Set<SqlState> NOT_BY_STATEMENTS =
      EnumSet.of(
          SqlState.BAD_INPUT_FILE,
          SqlState.INVALID_NAME,
          SqlState.TRANSACTION_TOO_LARGE,
          SqlState.QUERY_CANCELED,
          SqlState.OBJECT_IN_USE,
          SqlState.INVALID_TRANSACTION_TERMINATION,
          SqlState.CLOSED);

  @Test
  void codesAreFiveCharactersAndUnique() {
    assertThat(SqlState.values())
        .allSatisfy(state -> assertThat(state.code()).matches("[0-9A-Z]{5}"));
    assertThat(Arrays.stream(SqlState.values()).map(SqlState::code)).doesNotHaveDuplicates();
  }

  @Test
  void everyErrorOfAStatementIsProvokedByAFile() {
    Set<String> provoked =
        Repository.files("tests/src/test/resources/slt", ".slt").stream()
            .flatMap(file -> SltFile.read(file).stream())
            .filter(SltRecord.Failure.class::isInstance)
            .map(failure -> ((SltRecord.Failure) failure).state())
            .collect(Collectors.toSet());
    assertThat(SqlState.values())
        .filteredOn(state -> state.fault() == SqlState.Fault.USER)
        .filteredOn(state -> !NOT_BY_STATEMENTS.contains(state))
        .allSatisfy(state -> assertThat(provoked).as(state.name()).contains(state.code()));
  }
}
