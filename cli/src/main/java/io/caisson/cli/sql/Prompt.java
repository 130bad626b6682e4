package io.caisson.cli.sql;

import io.caisson.cli.command.Errors;
import io.caisson.cli.command.ExitCode;
import io.caisson.cli.command.Store;
import io.caisson.cli.command.Streams;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.ParseResult;

/**
 * The interactive prompt: editing, history and completion by JLine, which only this class and its
 * completer load. For one thread; Ctrl-C comes on another and cancels the running statement.
 */
final class Prompt {
  private static final String FIRST = "caisson> ";
  private static final String FURTHER = "      -> ";
  private static final String ROW = "      >> ";
  private static final String ROWS_HELP =
      "Enter rows, one a line. End with a backslash and a period on a line by itself.\n";

  private final StatementRunner runner;
  private final Path history;
  private boolean catalogMayHaveChanged = true;

  Prompt(StatementRunner runner, ParseResult options) {
    this.runner = runner;
    Path data = Store.directory(options);
    Path home = Path.of(System.getProperty("user.home", "."));
    history = (data == null ? home : data).resolve(".caisson_history");
  }

  int run() {
    Streams streams = runner.streams();
    try (Terminal terminal =
        TerminalBuilder.builder().name("caisson").system(true).dumb(true).build()) {
      terminal.handle(Terminal.Signal.INT, signal -> runner.session().cancel());
      var names = new CatalogNames(runner.session());
      var parser = new PromptParser();
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .appName("caisson")
              .parser(parser)
              .completer(new SqlCompleter(names))
              .variable(LineReader.HISTORY_FILE, history)
              .variable(LineReader.SECONDARY_PROMPT_PATTERN, FURTHER)
              .variable(LineReader.INDENTATION, 0)
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .option(LineReader.Option.CASE_INSENSITIVE, true)
              .build();
      streams.out().print("Statements end with a semicolon; \\? helps, \\q leaves.\n");
      streams.out().flush();
      while (true) {
        if (catalogMayHaveChanged) {
          names.forget();
          catalogMayHaveChanged = false;
        }
        if (!read(reader, parser)) {
          return ExitCode.OK;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is typed behind COPY FROM STDIN, up to a line that is {@code \.}. */
  private InputStream rows(LineReader reader, PromptParser parser) {
    PrintStream out = runner.streams().out();
    out.print(ROWS_HELP);
    out.flush();
    return new InlineRows(
        () -> {
          parser.readRows(true);
          reader.setVariable(LineReader.DISABLE_HISTORY, true);
          try {
            return reader.readLine(ROW);
          } catch (EndOfFileException e) {
            return null;
          } catch (UserInterruptException e) {
            throw new InterruptedIOException("interrupted while rows were typed");
          } finally {
            reader.setVariable(LineReader.DISABLE_HISTORY, false);
            parser.readRows(false);
          }
        });
  }

  private boolean read(LineReader reader, PromptParser parser) {
    String text;
    try {
      text = reader.readLine(FIRST);
    } catch (UserInterruptException e) {
      return true;
    } catch (EndOfFileException e) {
      return false;
    }
    try {
      if (text.stripLeading().startsWith("\\")) {
        return BackslashCommand.run(text.strip(), runner);
      }
      catalogMayHaveChanged = true;
      runner.runAll(text, () -> rows(reader, parser));
    } catch (CaissonException e) {
      runner.streams().out().flush();
      Errors.print(runner.streams().err(), e, text, 1);
      // A store that has been closed or has no room for the session left answers nothing more.
      return e.state() != SqlState.CLOSED;
    } finally {
      runner.streams().out().flush();
    }
    return true;
  }
}
