package io.caisson.cli.sql;

import io.caisson.cli.command.Errors;
import io.caisson.cli.command.ExitCode;
import io.caisson.cli.command.Store;
import io.caisson.cli.command.Streams;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.IOException;
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
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .appName("caisson")
              .parser(new PromptParser())
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
        if (!read(reader)) {
          return ExitCode.OK;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean read(LineReader reader) {
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
      runner.run(text);
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
