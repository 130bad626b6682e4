package io.caisson.fdb.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.fdb.embedded.StoreOpenException.Reason;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be opened, by whom, and what is said otherwise. */
final class OpeningTest {
  @TempDir private Path directory;

  private static void assertRefused(Reason reason, String message, ThrowingCallable opening) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            StoreOpenException.class, refused -> assertThat(refused.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }

  private static void set(EmbeddedDatabase database, String key, String value) {
    database.run(
        transaction -> {
          transaction.set(key.getBytes(UTF_8), value.getBytes(UTF_8));
          return 0;
        });
  }

  private static byte[] get(EmbeddedDatabase database, String key) {
    return database.read(transaction -> transaction.get(key.getBytes(UTF_8)).join());
  }

  @Test
  void reopenedDatabaseHoldsItsDataAndItsVersionsGoOn() {
    long version;
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("deep/er"))) {
      set(database, "a", "1");
      version = database.read(transaction -> transaction.getReadVersion().join());
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("deep/er"))) {
      assertThat(get(database, "a")).isEqualTo("1".getBytes(UTF_8));
      assertThat(database.<Long>read(transaction -> transaction.getReadVersion().join()))
          .isGreaterThan(version);
      assertThat(database.statistics().entries()).isEqualTo(1);
    }
  }

  @Test
  void secondOpeningNamesTheHolder() {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      assertRefused(
          Reason.LOCKED,
          "process " + ProcessHandle.current().pid(),
          () -> EmbeddedDatabase.open(directory));
      set(database, "a", "1");
    }
    EmbeddedDatabase.open(directory).close();
  }

  @Test
  void otherProcessIsToldTheHolder() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      String said = ChildProcess.run(OpeningChild.class, directory.toString());
      assertThat(said)
          .contains("LOCKED")
          .contains("process " + ProcessHandle.current().pid())
          .contains("since 2");
      set(database, "a", "1");
    }
  }

  @Test
  void foreignDirectoryIsLeftAlone() throws Exception {
    Files.writeString(directory.resolve("letter.txt"), "dear");
    assertRefused(Reason.FOREIGN_DIRECTORY, "letter.txt", () -> EmbeddedDatabase.open(directory));
    assertThat(directory).isDirectoryNotContaining("glob:**caisson*");
  }

  @Test
  void fileIsNotADirectory() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertRefused(Reason.NOT_A_DIRECTORY, "is a file", () -> EmbeddedDatabase.open(file));
  }

  @Test
  void unknownFormatIsRefused() throws Exception {
    EmbeddedDatabase.open(directory).close();
    Files.writeString(directory.resolve("caisson-format"), "caisson embedded store, format 3\n");
    assertRefused(Reason.FORMAT_VERSION, "format 3", () -> EmbeddedDatabase.open(directory));
  }

  @Test
  void truncatedFileIsDamaged() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
      set(database, "a", "x".repeat(90_000));
    }
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("caisson.store").toFile(), "rw")) {
      file.setLength(20_000);
    }
    assertRefused(Reason.DAMAGED, "is damaged", () -> EmbeddedDatabase.open(directory));
  }

  @Test
  void garbageIsDamaged() throws Exception {
    EmbeddedDatabase.open(directory).close();
    Files.writeString(directory.resolve("caisson.store"), "garbage ".repeat(10_000));
    assertRefused(Reason.DAMAGED, "is damaged", () -> EmbeddedDatabase.open(directory));
  }
}
