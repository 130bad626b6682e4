package io.caisson.cli.load;

import io.caisson.cli.command.Text;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The lines that are no rows: counted, the first few said, all kept where they are to be kept. A
 * line is kept before the position behind it is committed, so none is lost; after a crash the lines
 * since the last commit are kept again. For the appending thread.
 */
final class BadLines implements Closeable {
  private static final int SAID = 5;

  private final long most;
  private final PrintStream err;
  private final @Nullable Path file;
  private @Nullable OutputStream out;
  private long count;
  private long before;

  /**
   * Nothing rejected so far.
   *
   * @param most how many may be rejected before the load stops
   * @param file where to keep them, or null
   */
  BadLines(long most, @Nullable Path file, PrintStream err) {
    this.most = most;
    this.file = file;
    this.err = err;
  }

  /** How many an earlier run of the same load rejected. */
  void startFrom(long rejected) {
    before = rejected;
  }

  /** Whether one more line may be rejected. */
  boolean mayReject() {
    return before + count < most;
  }

  /** How many were rejected since the source's beginning. */
  long total() {
    return before + count;
  }

  /** How many this run rejected. */
  long count() {
    return count;
  }

  /** Rejects a line. */
  void reject(long number, String reason, byte[] line) {
    count++;
    if (count <= SAID) {
      err.println("line " + number + ": " + Text.printable(reason));
    } else if (count == SAID + 1) {
      err.println("(further bad lines are only counted)");
    }
    if (file != null) {
      keep(file, line);
    }
  }

  private void keep(Path path, byte[] line) {
    try {
      if (out == null) {
        out =
            new BufferedOutputStream(
                Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
      }
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private CaissonException cannotWrite(IOException e) {
    return new CaissonException(
        SqlState.IO_ERROR, "the rejected lines can't be kept in \"" + file + "\": " + e, e);
  }

  /** Hands what was kept to the system. */
  void flush() {
    if (out != null) {
      try {
        out.flush();
      } catch (IOException e) {
        throw cannotWrite(e);
      }
    }
  }

  @Override
  public void close() {
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
