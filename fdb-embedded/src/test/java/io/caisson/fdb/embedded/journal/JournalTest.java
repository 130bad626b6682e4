package io.caisson.fdb.embedded.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to the journal is what is read from it, and nothing else is. */
final class JournalTest {
  @TempDir private Path directory;

  private Journal open(JournalPosition start) throws IOException {
    return new Journal(directory, start, true, DiskEvents.NONE);
  }

  private static void append(Journal journal, String... keys) {
    JournalRecord record = new JournalRecord();
    record.begin(7);
    for (String key : keys) {
      record.put(key.getBytes(UTF_8), new byte[100]);
    }
    journal.append(record);
  }

  private List<String> read(JournalPosition from) throws IOException {
    List<String> said = new ArrayList<>();
    JournalReader.read(directory, from, record -> JournalRecord.replay(record, new Telling(said)));
    return said;
  }

  private record Telling(List<String> said) implements Mutations {
    private void say(String what, byte[] bytes) {
      said.add(what + new String(bytes, UTF_8));
    }

    @Override
    public void put(byte[] key, byte[] value) {
      say("", key);
    }

    @Override
    public void delete(byte[] key) {
      say("-", key);
    }

    @Override
    public void clear(byte[] begin, byte[] end) {
      say("--", begin);
      say("..", end);
    }

    @Override
    public void note(byte[] name, byte[] value) {
      say("!", name);
    }
  }

  private void overwrite(int file, long offset, int value) throws IOException {
    try (RandomAccessFile bytes =
        new RandomAccessFile(JournalFile.path(directory, file).toFile(), "rw")) {
      bytes.seek(offset);
      bytes.write(value);
    }
  }

  @Test
  void everyKindOfMutationComesBack() throws Exception {
    try (Journal journal = open(JournalPosition.FIRST)) {
      JournalRecord record = new JournalRecord();
      record.begin(1);
      record.put("a".getBytes(UTF_8), new byte[300_000]);
      record.delete("b".getBytes(UTF_8));
      record.clear("c".getBytes(UTF_8), "d".getBytes(UTF_8));
      record.note("e".getBytes(UTF_8), new byte[8]);
      journal.append(record);
      record.begin(2);
      journal.append(record);
      append(journal, "f");
    }
    assertThat(read(JournalPosition.FIRST)).containsExactly("a", "-b", "--c", "..d", "!e", "f");
  }

  @Test
  void tornTailIsNotRead() throws Exception {
    try (Journal journal = open(JournalPosition.FIRST)) {
      append(journal, "a");
      append(journal, "b");
      append(journal, "c");
    }
    overwrite(1, 2 * JournalRecord.BLOCK + 60L, 0x55);
    assertThat(read(JournalPosition.FIRST)).containsExactly("a", "b");
  }

  @Test
  void recordsBehindAMissingOneAreNotRead() throws Exception {
    try (Journal journal = open(JournalPosition.FIRST)) {
      append(journal, "a");
      append(journal, "b");
      append(journal, "c");
      journal.turn();
      append(journal, "d");
    }
    assertThat(read(JournalPosition.FIRST)).containsExactly("a", "b", "c", "d");
    overwrite(1, JournalRecord.BLOCK, 0x55);
    assertThat(read(JournalPosition.FIRST)).containsExactly("a");
    overwrite(1, 2 * JournalRecord.BLOCK, 0x55);
    assertThat(read(JournalPosition.FIRST)).containsExactly("a");
  }

  @Test
  void bytesOfAnEarlierEpochAreNotRead() throws Exception {
    try (Journal journal = open(JournalPosition.FIRST)) {
      append(journal, "a");
      append(journal, "b");
      append(journal, "c");
    }
    JournalPosition later = JournalPosition.FIRST.afterRecovery(JournalPosition.FIRST);
    assertThat(later.epoch()).isEqualTo(3);
    assertThat(read(later)).isEmpty();
    try (Journal journal = open(later)) {
      append(journal, "x");
    }
    assertThat(read(later)).containsExactly("x");
    assertThat(read(JournalPosition.FIRST)).isEmpty();
  }

  @Test
  void filesTakeTurnsWhenCheckpointsAllowIt() throws Exception {
    try (Journal journal = open(JournalPosition.FIRST)) {
      append(journal, "a");
      journal.turn();
      assertThat(journal.position()).isEqualTo(new JournalPosition(2, 0, 2));
      append(journal, "b");
      journal.turn(); // the first file is still needed
      assertThat(journal.position().epoch()).isEqualTo(2);
      append(journal, "c");
      journal.dispensable(new JournalPosition(2, 0, 2));
      journal.turn();
      append(journal, "d");
      assertThat(journal.position().epoch()).isEqualTo(3);
    }
    assertThat(read(new JournalPosition(2, 0, 2))).containsExactly("b", "c", "d");
    assertThat(read(JournalPosition.FIRST)).isEmpty(); // its file was used again
  }

  @Test
  void erasedRecordIsNotRead() throws Exception {
    try (Journal journal = open(JournalPosition.FIRST)) {
      append(journal, "a");
      append(journal, "b");
      journal.erase();
      assertThat(read(JournalPosition.FIRST)).containsExactly("a");
      append(journal, "c");
    }
    assertThat(read(JournalPosition.FIRST)).containsExactly("a", "c");
  }

  @Test
  void checkpointComesBackOrIsDamaged() throws Exception {
    assertThat(Checkpoint.read(directory)).isNull();
    new Checkpoint(new JournalPosition(4, 8_192, 77), new byte[] {1, 2, 3}).write(directory);
    Checkpoint found = java.util.Objects.requireNonNull(Checkpoint.read(directory));
    assertThat(found.position()).isEqualTo(new JournalPosition(4, 8_192, 77));
    assertThat(found.metaPages()).containsExactly(1, 2, 3);
    Path file = directory.resolve("caisson.checkpoint");
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertThatThrownBy(() -> Checkpoint.read(directory))
          .isInstanceOf(Checkpoint.DamagedException.class);
    }
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> Checkpoint.read(directory))
        .isInstanceOf(Checkpoint.DamagedException.class);
    Checkpoint.remove(directory);
    assertThat(directory).isEmptyDirectory();
  }
}
