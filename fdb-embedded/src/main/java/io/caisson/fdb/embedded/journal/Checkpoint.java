package io.caisson.fdb.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A state of the tree that is on disk as a whole, and where the journal goes on from it. The file
 * is there while a database with a journal is open, and after it was not closed; a closed database
 * has none. It is replaced by renaming, so it is always a whole one. Big-endian. Immutable.
 *
 * <pre>
 *    0  "caisscp1" (8)
 *    8  epoch (8) | offset (8) | sequence number (8)     the first record that is not in the tree
 *   32  bytes of the meta pages (4)
 *   36  LMDB's two meta pages as they were in that state
 *    …  CRC-32C of all before (4)
 * </pre>
 *
 * @param position the first record that the tree does not hold
 * @param metaPages LMDB's meta pages
 */
@SuppressWarnings("ArrayRecordComponent") // handed over within the engine, never compared
public record Checkpoint(JournalPosition position, byte[] metaPages) {
  private static final String FILE = "caisson.checkpoint";
  private static final long MAGIC = 0x6361697373637031L;
  private static final int HEADER = 36;

  /** What is in the file cannot be a checkpoint. */
  public static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  /** The checkpoint of a directory, or null if it has none. */
  public static @Nullable Checkpoint read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    if (bytes.capacity() < HEADER + Integer.BYTES || bytes.getLong(0) != MAGIC) {
      throw new DamagedException("the file " + FILE + " is not a checkpoint");
    }
    int sumAt = bytes.capacity() - Integer.BYTES;
    if (bytes.getInt(sumAt) != JournalRecord.sum(bytes.duplicate().limit(sumAt))
        || bytes.getInt(HEADER - Integer.BYTES) != sumAt - HEADER) {
      throw new DamagedException("the checksum of the file " + FILE + " is wrong");
    }
    byte[] pages = new byte[sumAt - HEADER];
    bytes.get(HEADER, pages);
    return new Checkpoint(
        new JournalPosition(bytes.getLong(8), bytes.getLong(16), bytes.getLong(24)), pages);
  }

  /** Makes this the checkpoint of a directory, on disk when the call returns. */
  public void write(Path directory) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + metaPages.length + Integer.BYTES);
    bytes.putLong(MAGIC);
    bytes.putLong(position.epoch()).putLong(position.offset()).putLong(position.sequence());
    bytes.putInt(metaPages.length).put(metaPages);
    bytes.putInt(JournalRecord.sum(bytes.duplicate().flip())).flip();
    Path fresh = directory.resolve(FILE + ".new");
    try (FileChannel file =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    Files.move(
        fresh,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(directory);
  }

  /**
   * Removes checkpoint and journal of a directory whose tree is on disk as it is. Does nothing
   * where there are none.
   */
  public static void remove(Path directory) throws IOException {
    if (Files.deleteIfExists(directory.resolve(FILE))) {
      syncDirectory(directory);
    }
    Files.deleteIfExists(directory.resolve(FILE + ".new"));
    JournalFile.delete(directory);
  }

  private static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
