package io.caisson.fdb.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One of the journal's two files. It grows ahead of the records, by zeros that are synced with the
 * file's new length, so that the sync of a record writes its bytes and nothing else. The writing
 * thread's.
 */
final class JournalFile implements AutoCloseable {
  private static final int SMALLEST_GROWTH = 256 << 10;
  private static final int LARGEST_GROWTH = 4 << 20;

  private final FileChannel channel;
  private long length;

  private JournalFile(FileChannel channel) throws IOException {
    this.channel = channel;
    this.length = channel.size() / JournalRecord.BLOCK * JournalRecord.BLOCK;
  }

  /** Epochs take turns. */
  static int number(long epoch) {
    return (int) (epoch & 1);
  }

  static Path path(Path directory, int number) {
    return directory.resolve("caisson.journal-" + number);
  }

  /** Opens or creates a file, with the bytes of its former use. */
  static JournalFile open(Path directory, int number) throws IOException {
    return new JournalFile(
        FileChannel.open(
            path(directory, number),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  static void delete(Path directory) throws IOException {
    for (int number = 0; number < 2; number++) {
      Files.deleteIfExists(path(directory, number));
    }
  }

  /** Makes sure that writing up to there is no growth. */
  void reserve(long end) throws IOException {
    if (end <= length) {
      return;
    }
    long ahead = Math.max(SMALLEST_GROWTH, Math.min(LARGEST_GROWTH, length));
    try {
      growTo(Math.max(end, length + ahead));
    } catch (IOException noRoomAhead) {
      growTo(end);
    }
  }

  private void growTo(long end) throws IOException {
    ByteBuffer zeros =
        ByteBuffer.allocateDirect((int) Math.min(end - length, SMALLEST_GROWTH)); // all zero
    long at = length;
    while (at < end) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), end - at));
      at += channel.write(zeros, at);
    }
    channel.force(true);
    length = end;
  }

  void write(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
