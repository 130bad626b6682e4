package io.caisson.model.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenTransactionTest {
  private final TestStore store;
  private final UnsureDatabase unsure;
  private final TransactionRunner runner;
  private final byte[] key;

  OpenTransactionTest(@TempDir Path directory) {
    store = new TestStore(directory);
    unsure = new UnsureDatabase(store.database());
    runner = store.runner(unsure.database());
    key = store.keyspace().rows().pack("key");
  }

  @AfterEach
  void close() {
    runner.close();
    store.close();
  }

  private boolean there() {
    return store.runner().read(transaction -> transaction.get(key).join()) != null;
  }

  @Test
  void whatIsCommittedIsThereAndWhatIsClosedIsNot() {
    try (OpenTransaction open = runner.begin()) {
      open.transaction().set(key, new byte[1]);
    }
    assertThat(there()).isFalse();
    try (OpenTransaction open = runner.begin()) {
      open.transaction().set(key, new byte[1]);
      open.commit();
    }
    assertThat(there()).isTrue();
  }

  @Test
  void aCommitThatHappenedUnnoticedHasHappened() {
    try (OpenTransaction open = runner.begin()) {
      open.transaction().set(key, new byte[1]);
      unsure.forgetCommits(1, true);
      open.commit();
    }
    assertThat(there()).isTrue();
  }

  @Test
  void aCommitThatDidNotHappenIsAConflict() {
    try (OpenTransaction open = runner.begin()) {
      open.transaction().set(key, new byte[1]);
      unsure.forgetCommits(1, false);
      assertThatThrownBy(open::commit)
          .isInstanceOfSatisfying(
              CaissonException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
    }
    assertThat(there()).isFalse();
  }

  @Test
  void otherCommitsOfTheRunnerAreNoConflict() {
    runner.run(transaction -> "done");
    try (OpenTransaction open = runner.begin()) {
      var unused = open.transaction().getReadVersion().join();
      open.transaction().set(key, new byte[1]);
      for (int i = 0; i < 3; i++) {
        runner.run(transaction -> "done");
      }
      open.commit();
    }
    assertThat(there()).isTrue();
  }
}
