package io.caisson.cli.load;

import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.format.LineReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is loaded: a file, which is known again by its path and its first lines and can be continued
 * anywhere, or a pipe. For one thread.
 */
final class Source implements Closeable {
  private static final int MAGIC = 4;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final String name;
  private final @Nullable Path path;
  private final InputStream in;
  private final @Nullable FileChannel channel;
  private @Nullable LineReader pipeReader;
  private Runnable waiting = () -> {};

  private Source(String name, @Nullable Path path, InputStream in, @Nullable FileChannel channel) {
    this.name = name;
    this.path = path;
    this.in = in;
    this.channel = channel;
  }

  /** Opens a file, or the standard input for {@code -}. */
  static Source open(String name, InputStream standardInput) throws IOException {
    if (name.equals("-")) {
      return new Source("the standard input", null, standardInput, null);
    }
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw new CaissonException(SqlState.BAD_INPUT_FILE, "\"" + name + "\" is a directory")
            .withHint("name one file; a shell's loop or cat loads several");
      }
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      var source = new Source("\"" + name + "\"", path, Channels.newInputStream(channel), channel);
      // A named pipe or a device has no positions to come back to.
      if (!Files.isRegularFile(path)) {
        return new Source(source.name, null, source.in, null);
      }
      source.refuseOtherEncodings();
      return source;
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new CaissonException(SqlState.UNDEFINED_FILE, "there is no file \"" + name + "\"", e);
    } catch (AccessDeniedException e) {
      throw new CaissonException(
          SqlState.IO_ERROR, "file \"" + name + "\" may not be read: permission denied", e);
    }
  }

  private void refuseOtherEncodings() throws IOException {
    byte[] magic = in.readNBytes(MAGIC);
    rewind(0);
    int first = magic.length < 2 ? 0 : ((magic[0] & 0xff) << 8) | (magic[1] & 0xff);
    if (first == 0xfffe || first == 0xfeff) {
      throw new CaissonException(SqlState.BAD_INPUT_FILE, "file " + name + " is UTF-16, not UTF-8")
          .withHint("iconv -f UTF-16 -t UTF-8 FILE | caisson load - ...");
    }
    if (first == 0x1f8b || first == 0x28b5) {
      throw new CaissonException(SqlState.BAD_INPUT_FILE, "file " + name + " is compressed")
          .withHint("unpack it on the way: zcat FILE | caisson load - ...");
    }
  }

  /** The name, ready for a message. */
  String name() {
    return name;
  }

  /** Whether it can be continued at an offset. */
  boolean isFile() {
    return path != null;
  }

  /** How many bytes it has, or -1 where nobody knows. */
  long size() throws IOException {
    return channel == null ? -1 : channel.size();
  }

  /**
   * A reader from an offset on. A pipe has one reader for good, as what that has taken from the
   * pipe is nowhere else.
   *
   * @param offset where to begin in a file
   * @param number how many lines lie before that
   * @param beforeWaiting called when nothing is ready to be read
   */
  LineReader lines(long offset, long number, Runnable beforeWaiting) throws IOException {
    if (channel != null) {
      rewind(offset);
      return new LineReader(in, offset, number, beforeWaiting);
    }
    waiting = beforeWaiting;
    if (pipeReader == null) {
      pipeReader = new LineReader(in, 0, 0, () -> waiting.run());
    }
    return pipeReader;
  }

  /** Goes to an offset of a file. */
  void rewind(long offset) throws IOException {
    if (channel != null) {
      channel.position(offset);
    }
  }

  /** Whether a line ends right before the offset. Moves the place. */
  boolean endsLine(long offset) throws IOException {
    if (offset == 0) {
      return true;
    }
    rewind(offset - 1);
    boolean ends = in.read() == '\n';
    rewind(offset);
    return ends;
  }

  /**
   * The name under which the store remembers how far this source was loaded: the path and a
   * fingerprint of its first line (for CSV with the header). Another pipe is another source.
   */
  String producer(FileFormat format) throws IOException {
    if (path == null) {
      return "pipe:" + UUID.randomUUID();
    }
    long hash = FNV_OFFSET;
    rewind(0);
    var lines = new LineReader(in, 0, 0, () -> {});
    for (int i = format == FileFormat.CSV ? 2 : 1; i > 0 && lines.nextLine(); i--) {
      for (int k = lines.start(); k < lines.end(); k++) {
        hash = (hash ^ lines.bytes()[k]) * FNV_PRIME;
      }
      hash = (hash ^ '\n') * FNV_PRIME;
    }
    rewind(0);
    return "file:" + path.toAbsolutePath().normalize() + "#" + Long.toHexString(hash);
  }

  /** Checks that the file still is what was loaded up to a position. */
  void checkUnchanged(LoadPosition position) throws IOException {
    int length = position.tail().length();
    boolean same = size() >= position.offset();
    if (same && length > 0) {
      rewind(position.offset() - length);
      byte[] bytes = in.readNBytes(length);
      same = LineReader.Tail.of(bytes, 0, bytes.length).equals(position.tail());
    }
    if (!same) {
      throw new CaissonException(
              SqlState.BAD_INPUT_FILE,
              "file "
                  + name
                  + " has changed before byte "
                  + position.offset()
                  + ", up to which it was loaded")
          .withHint("to load it as a new file give it a name with --producer");
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
