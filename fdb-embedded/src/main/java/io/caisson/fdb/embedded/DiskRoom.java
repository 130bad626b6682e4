package io.caisson.fdb.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells a full disk from a broken one. LMDB reports a write that came back short, which is how most
 * systems announce the last free block, with the same code as an input/output error; so this tries
 * to write where the file would have grown. Stateless.
 */
final class DiskRoom {
  private static final String PROBE_FILE = "caisson.probe";
  private static final int PROBE_BYTES = 1 << 20;

  private DiskRoom() {}

  /** Whether there is no room for the file to grow: disk, quota, or limit of a file's size. */
  static boolean isUsedUp(Path store) {
    Path probe = store.resolveSibling(PROBE_FILE);
    try (FileChannel channel =
        FileChannel.open(
            probe,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      long end = Files.size(store);
      ByteBuffer bytes = ByteBuffer.allocate(PROBE_BYTES);
      while (bytes.hasRemaining()) {
        channel.write(bytes, end + bytes.position());
      }
      return false;
    } catch (IOException refused) {
      return true;
    }
  }
}
