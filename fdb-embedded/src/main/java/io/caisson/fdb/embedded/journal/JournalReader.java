package io.caisson.fdb.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the journal that a process has left behind. Stateless. */
public final class JournalReader {
  private JournalReader() {}

  /**
   * Hands over every whole record from a position on, until one is missing or torn.
   *
   * @param record takes each record, without its padding
   * @return the position behind the last one
   */
  public static JournalPosition read(
      Path directory, JournalPosition from, Consumer<ByteBuffer> record) throws IOException {
    JournalPosition position = readFile(directory, from, record);
    while (true) {
      JournalPosition turned = new JournalPosition(position.epoch() + 1, 0, position.sequence());
      JournalPosition end = readFile(directory, turned, record);
      if (end.equals(turned)) {
        return position;
      }
      position = end;
    }
  }

  private static JournalPosition readFile(
      Path directory, JournalPosition from, Consumer<ByteBuffer> record) throws IOException {
    Path path = JournalFile.path(directory, JournalFile.number(from.epoch()));
    JournalPosition position = from;
    if (Files.exists(path)) {
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
        ByteBuffer found = read(file, position);
        while (found != null) {
          record.accept(found);
          position = behind(position, found.limit());
          found = read(file, position);
        }
      }
    }
    return position;
  }

  private static JournalPosition behind(JournalPosition position, int length) {
    long padded = (length + JournalRecord.BLOCK - 1L) / JournalRecord.BLOCK * JournalRecord.BLOCK;
    return new JournalPosition(
        position.epoch(), position.offset() + padded, position.sequence() + 1);
  }

  private static @Nullable ByteBuffer read(FileChannel file, JournalPosition position)
      throws IOException {
    ByteBuffer header = ByteBuffer.allocate(JournalRecord.HEADER);
    if (!fill(file, header, position.offset())) {
      return null;
    }
    int length = JournalRecord.lengthAt(header, position);
    if (length < 0 || length > file.size() - position.offset()) {
      return null;
    }
    ByteBuffer record = ByteBuffer.allocate(length);
    return fill(file, record, position.offset()) && JournalRecord.isWhole(record) ? record : null;
  }

  private static boolean fill(FileChannel file, ByteBuffer buffer, long offset) throws IOException {
    while (buffer.hasRemaining()) {
      if (file.read(buffer, offset + buffer.position()) < 0) {
        return false;
      }
    }
    buffer.flip();
    return true;
  }
}
