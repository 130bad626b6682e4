package io.caisson.fdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No room: the commit fails clearly, reads go on, and nothing acknowledged is lost. */
final class FullDiskTest {
  @TempDir private Path directory;

  static byte[] key(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  static byte[] value(int number) {
    byte[] value = new byte[50_000];
    new SplittableRandom(number).nextBytes(value);
    return value;
  }

  static void put(EmbeddedDatabase database, int number) {
    database.run(
        transaction -> {
          transaction.set(key(number), value(number));
          return 0;
        });
  }

  private static void assertHolds(EmbeddedDatabase database, int count) {
    for (int i = 0; i < count; i++) {
      int number = i;
      byte[] found = database.read(transaction -> transaction.get(key(number)).join());
      assertThat(found).as("value %s of %s", i, count).isEqualTo(value(i));
    }
  }

  @Test
  void quotaStopsWritersButNotReaders() {
    EmbeddedOptions options =
        EmbeddedOptions.defaults().withDurability(Durability.MEMORY).withInitialMapBytes(1 << 20);
    int stored = 0;
    try (EmbeddedDatabase database =
        EmbeddedDatabase.open(directory, options.withMaximumBytes(4 << 20))) {
      while (stored < 1_000) {
        try {
          put(database, stored);
          stored++;
        } catch (RuntimeException failure) {
          assertThat(failure).hasRootCauseInstanceOf(StoreFullException.class);
          break;
        }
      }
      assertThat(stored).isBetween(50, 84);
      assertThat(database.metrics().growths()).isEqualTo(2);
      assertHolds(database, stored);
      int more = stored;
      assertThatThrownBy(() -> put(database, more))
          .hasRootCauseInstanceOf(StoreFullException.class);
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory, options)) {
      assertHolds(database, stored);
      put(database, stored);
      assertHolds(database, stored + 1);
    }
  }

  @Test
  void failingWritesOfTheFileSystemLoseNothing() throws Exception {
    String said =
        ChildProcess.output(
            ChildProcess.startWithFileLimit(8_192, FullDiskChild.class, directory.toString()));
    assertThat(said).contains("full after").contains("reads go on");
    int stored = Integer.parseInt(said.replaceAll("(?s).*full after (\\d+).*", "$1"));
    assertThat(stored).isGreaterThan(20);
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      assertHolds(database, stored);
    }
  }
}
