package io.caisson.model.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.FDBException;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class StoreErrorsTest {
  @Test
  void theStoresNumbersBecomeStatesWithHints() {
    var expected =
        Map.of(
            1007, SqlState.SERIALIZATION_FAILURE,
            1020, SqlState.SERIALIZATION_FAILURE,
            1021, SqlState.CONNECTION_FAILURE,
            1031, SqlState.QUERY_CANCELED,
            1037, SqlState.INSUFFICIENT_RESOURCES,
            1510, SqlState.IO_ERROR,
            2101, SqlState.TRANSACTION_TOO_LARGE,
            2102, SqlState.ROW_TOO_LARGE,
            2103, SqlState.ROW_TOO_LARGE);
    expected.forEach(
        (code, state) -> {
          var wrapped = new CompletionException(new FDBException("text", code));
          assertThat(StoreErrors.translate(wrapped))
              .isInstanceOfSatisfying(
                  CaissonException.class,
                  e -> {
                    assertThat(e.state()).isEqualTo(state);
                    assertThat(e.hint()).isNotNull();
                    assertThat(e).hasMessageContaining(code + ": text");
                  });
        });
  }

  @Test
  void aFullDiskIsToldFromABrokenOne() {
    var full = new FDBException("The disk is full; the transaction was not committed", 1510);
    assertThat(StoreErrors.translate(full))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DISK_FULL));
  }

  @Test
  void ourOwnErrorsStayWhatTheyAre() {
    var own = new CaissonException(SqlState.UNIQUE_VIOLATION, "own");
    assertThat(StoreErrors.translate(new CompletionException(new ExecutionException(own))))
        .isSameAs(own);
    var fatal = new StackOverflowError();
    assertThatThrownBy(() -> StoreErrors.translate(fatal)).isSameAs(fatal);
  }
}
