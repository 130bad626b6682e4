package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.StoreOpenException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database's directory, held by this process until it is closed.
 *
 * <pre>
 *   caisson-format       what this directory is and which version wrote it
 *   caisson.lock         locked while the database is open; says by whom
 *   caisson.store        the B+ tree
 *   caisson.store-lock   LMDB's table of readers; meaningless while nobody has the database open
 *   caisson.checkpoint   a state of the tree that is on disk as a whole     (while the database is
 *   caisson.journal-0    what was committed after it                         open, and after it was
 *   caisson.journal-1    likewise; the two take turns                        not closed)
 * </pre>
 */
final class StoreDirectory implements AutoCloseable {
  private static final String FORMAT_FILE = "caisson-format";
  private static final String LOCK_FILE = "caisson.lock";
  private static final String STORE_FILE = "caisson.store";
  private static final String FORMAT = "caisson embedded store, format ";
  private static final int FORMAT_VERSION = 2;

  /** Without checkpoint and journal: that of a closed database, which only needs its new name. */
  private static final int FORMER_VERSION = 1;

  private static final long LOCK_POSITION = Long.MAX_VALUE - 1;

  /** Directories that this process has open, and since when. */
  private static final Map<Path, String> OPEN_HERE = new ConcurrentHashMap<>();

  private final Path directory;
  private final FileChannel lockChannel;
  private final FileLock lock;

  private StoreDirectory(Path directory, FileChannel lockChannel, FileLock lock) {
    this.directory = directory;
    this.lockChannel = lockChannel;
    this.lock = lock;
  }

  static StoreDirectory open(Path path) {
    Path directory = path.toAbsolutePath().normalize();
    try {
      if (Files.exists(directory) && !Files.isDirectory(directory)) {
        throw failure(
            Reason.NOT_A_DIRECTORY, directory, "is a file; a database needs a directory", null);
      }
      Files.createDirectories(directory);
      checkAccess(directory);
      checkOwnership(directory);
      return locked(directory);
    } catch (AccessDeniedException denied) {
      throw failure(
          Reason.NO_PERMISSION, directory, "may not be read or written by this user", denied);
    } catch (IOException error) {
      String text = Objects.requireNonNullElse(error.getMessage(), error.toString());
      Reason reason =
          text.toLowerCase(Locale.ROOT).contains("no space") ? Reason.DISK_FULL : Reason.IO_ERROR;
      throw failure(reason, directory, "could not be opened: " + text, error);
    }
  }

  private static void checkAccess(Path directory) {
    if (!Files.isReadable(directory)
        || !Files.isWritable(directory)
        || !Files.isExecutable(directory)) {
      throw failure(
          Reason.NO_PERMISSION, directory, "may not be read or written by this user", null);
    }
  }

  private static void checkOwnership(Path directory) throws IOException {
    if (Files.exists(directory.resolve(FORMAT_FILE))) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
      boolean fresh =
          names.stream()
              .allMatch(name -> name.equals(LOCK_FILE) || name.equals(FORMAT_FILE + ".new"));
      if (!fresh) {
        throw failure(
            Reason.FOREIGN_DIRECTORY,
            directory,
            "is not a Caisson database and not empty (it holds '"
                + names.get(0)
                + "'); name another directory",
            null);
      }
    }
  }

  private static StoreDirectory locked(Path directory) throws IOException {
    // Closing any channel of a file gives up all locks that the process has on it, so this process
    // keeps its own list.
    String already = OPEN_HERE.putIfAbsent(directory.toRealPath(), self());
    if (already != null) {
      throw failure(
          Reason.LOCKED, directory, "is already open in this process: " + already.strip(), null);
    }
    boolean opened = false;
    try {
      StoreDirectory held = lockedAgainstOthers(directory);
      opened = true;
      return held;
    } finally {
      if (!opened) {
        OPEN_HERE.remove(directory.toRealPath());
      }
    }
  }

  private static StoreDirectory lockedAgainstOthers(Path directory) throws IOException {
    Path file = directory.resolve(LOCK_FILE);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = tryLock(channel);
      if (lock == null) {
        throw failure(Reason.LOCKED, directory, "is in use by " + holder(channel), null);
      }
      checkFormat(directory);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)), 0);
      return new StoreDirectory(directory.toRealPath(), channel, lock);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCK_POSITION, 1, false);
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(2_048);
    channel.read(text, 0);
    String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    return holder.isEmpty() ? "another process" : holder;
  }

  private static String self() {
    ProcessHandle process = ProcessHandle.current();
    ProcessHandle.Info info = process.info();
    String command = System.getProperty("sun.java.command", info.command().orElse("java"));
    int end = Math.min(command.length(), 200);
    return "process "
        + process.pid()
        + " ("
        + command.substring(0, end)
        + ") since "
        + Instant.now().truncatedTo(ChronoUnit.SECONDS)
        + "\n";
  }

  private static void checkFormat(Path directory) throws IOException {
    Path file = directory.resolve(FORMAT_FILE);
    if (!Files.exists(file)) {
      writeFormat(directory);
      return;
    }
    String text = Files.readString(file).strip();
    if (!text.startsWith(FORMAT)) {
      throw failure(
          Reason.FOREIGN_DIRECTORY,
          directory,
          "is not a Caisson database: "
              + FORMAT_FILE
              + " says '"
              + text.substring(0, Math.min(80, text.length()))
              + "'",
          null);
    }
    String version = text.substring(FORMAT.length());
    if (version.equals(String.valueOf(FORMER_VERSION))) {
      writeFormat(directory);
    } else if (!version.equals(String.valueOf(FORMAT_VERSION))) {
      throw failure(
          Reason.FORMAT_VERSION,
          directory,
          "has format " + version + "; this version of Caisson reads format " + FORMAT_VERSION,
          null);
    }
  }

  private static void writeFormat(Path directory) throws IOException {
    Path fresh = directory.resolve(FORMAT_FILE + ".new");
    Files.writeString(
        fresh,
        FORMAT + FORMAT_VERSION + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.DSYNC);
    Files.move(
        fresh,
        directory.resolve(FORMAT_FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static StoreOpenException failure(
      Reason reason, Path directory, String what, @Nullable Throwable cause) {
    return new StoreOpenException(reason, directory, directory + " " + what, cause);
  }

  Path path() {
    return directory;
  }

  Path store() {
    return directory.resolve(STORE_FILE);
  }

  @Override
  public void close() {
    try {
      lockChannel.truncate(0);
      lock.release();
      lockChannel.close();
    } catch (IOException ignored) {
      // The lock goes with the channel and the channel with the process; there is nothing left to
      // do.
    } finally {
      OPEN_HERE.remove(directory);
    }
  }
}
