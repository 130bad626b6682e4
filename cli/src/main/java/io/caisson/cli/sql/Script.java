package io.caisson.cli.sql;

import io.caisson.cli.command.Errors;
import io.caisson.cli.command.ExitCode;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Statements from a text, a file or a pipe, each run as soon as its semicolon has come. What stands
 * before a statement is handed to the parser as blanks, so that errors point into the whole text.
 * For one thread and one text.
 */
final class Script {
  private final StatementRunner runner;
  private final @Nullable Interruption interruption;
  private final StatementScanner scanner = new StatementScanner();
  // Whole lines: the rest of those already run up to `done`, then those still to run.
  private final StringBuilder pending = new StringBuilder();
  private final @Nullable InputStream rows;
  private BufferedReader reader = new BufferedReader(Reader.nullReader());
  private int done;
  private int firstLine = 1;

  /**
   * A script that is run in a session.
   *
   * @param rows what COPY FROM STDIN reads, or null for the lines that follow it
   */
  Script(StatementRunner runner, @Nullable Interruption interruption, @Nullable InputStream rows) {
    this.runner = runner;
    this.interruption = interruption;
    this.rows = rows;
  }

  /** Runs everything up to the end or the first error. */
  int run(Reader text) {
    try {
      reader = new BufferedReader(text);
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (scanner.isBlank() && line.stripLeading().startsWith("\\")) {
          if (!backslash(line.strip())) {
            return ExitCode.OK;
          }
          skipLine();
          continue;
        }
        pending.append(line).append('\n');
        for (int end = scanner.next(pending); end >= 0; end = scanner.next(pending)) {
          if (!execute(end)) {
            return failure();
          }
        }
      }
      return scanner.isBlank() || execute(pending.length()) ? ExitCode.OK : failure();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CaissonException e) {
      return fail(e, null);
    }
  }

  private boolean backslash(String command) {
    return BackslashCommand.run(command, runner);
  }

  private void skipLine() {
    pending.append('\n');
    done = pending.length();
    forgetDoneLines();
    scanner.reset(done);
  }

  private int failure() {
    return interruption != null && interruption.happened() ? ExitCode.INTERRUPTED : ExitCode.FAILED;
  }

  private int fail(CaissonException error, @Nullable String source) {
    runner.streams().out().flush();
    boolean stopped =
        interruption != null && interruption.happened() && error.state() == SqlState.QUERY_CANCELED;
    if (!stopped) {
      Errors.print(runner.streams().err(), error, source, firstLine);
    }
    return failure();
  }

  private boolean execute(int end) {
    String statement = blanks(done) + pending.substring(done, end);
    try {
      runWithRows(statement);
    } catch (CaissonException e) {
      fail(e, wholeLines(end));
      return false;
    }
    done = end;
    forgetDoneLines();
    scanner.reset(done);
    PrintStream out = runner.streams().out();
    return !out.checkError() && !(interruption != null && interruption.happened());
  }

  private void runWithRows(String statement) {
    if (rows != null) {
      runner.run(statement, rows);
      return;
    }
    var inline = new InlineRows(reader::readLine);
    runner.run(statement, inline);
    firstLine += inline.count();
  }

  private String wholeLines(int end) {
    int lineEnd = pending.indexOf("\n", Math.max(0, end - 1));
    return pending.substring(0, lineEnd < 0 ? pending.length() : lineEnd);
  }

  private String blanks(int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(pending.charAt(i) == '\n' ? '\n' : ' ');
    }
    return text.toString();
  }

  private void forgetDoneLines() {
    int lineStart = pending.lastIndexOf("\n", done - 1) + 1;
    for (int i = 0; i < lineStart; i++) {
      if (pending.charAt(i) == '\n') {
        firstLine++;
      }
    }
    pending.delete(0, lineStart);
    done -= lineStart;
  }
}
