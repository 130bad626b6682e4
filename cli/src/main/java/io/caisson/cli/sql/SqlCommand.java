package io.caisson.cli.sql;

import io.caisson.Session;
import io.caisson.cli.command.Command;
import io.caisson.cli.command.ExitCode;
import io.caisson.cli.command.Options;
import io.caisson.cli.command.Store;
import io.caisson.cli.command.Streams;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code caisson sql}: statements from the command line, from files, from a pipe or a prompt. */
public final class SqlCommand implements Command {
  /** One {@code -c} or {@code -f}, in the order of the command line. */
  private record Source(boolean isFile, String text) {}

  private final List<Source> sources = new ArrayList<>();

  @Override
  public String name() {
    return "sql";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(name(), "Runs SQL: at a prompt, from -c, from files or from a pipe.");
    spec.addOption(
        source("-c", "--command", "TEXT", false, "Runs TEXT; may be given several times."));
    spec.addOption(source("-f", "--file", "FILE", true, "Runs a file; - is the standard input."));
    spec.addOption(
        Options.value(
            "--format", "FORMAT", "table (the default), csv or json (one object a line)."));
    Store.addOptions(spec);
    spec.usageMessage()
        .footer(
            "%nExamples:",
            "  caisson sql                                        the prompt; \\? helps",
            "  caisson sql -c \"SELECT * FROM by_page\" --format csv",
            "  caisson sql --data shop -f views.sql",
            "  echo \"SHOW ALL\" | caisson sql --format json");
    return spec;
  }

  // A parameter consumer of our own: it keeps -c and -f in one order, and takes a statement that
  // begins with a dash.
  private OptionSpec source(
      String name, String longName, String label, boolean isFile, String description) {
    return OptionSpec.builder(name, longName)
        .arity("1")
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .parameterConsumer(
            (args, option, command) -> {
              if (args.isEmpty()) {
                throw new ParameterException(
                    command.commandLine(), "Missing required parameter for option " + name);
              }
              sources.add(new Source(isFile, args.pop()));
            })
        .build();
  }

  @Override
  public int run(ParseResult options, Streams streams) {
    String formatName = Options.text(options, "--format");
    ResultFormat format = formatName == null ? ResultFormat.TABLE : ResultFormat.parse(formatName);
    List<Reader> scripts = new ArrayList<>();
    List<Boolean> files = new ArrayList<>();
    for (Source source : sources) {
      scripts.add(source.isFile() ? open(source.text(), streams) : new StringReader(source.text()));
      files.add(source.isFile());
    }
    try (Store store = Store.open(options);
        Session session = store.database().session()) {
      var runner = new StatementRunner(session, streams, format);
      if (scripts.isEmpty() && streams.terminalIn()) {
        return new Prompt(runner, options).run();
      }
      if (scripts.isEmpty()) {
        scripts.add(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
        files.add(true);
      }
      try (Interruption interruption = new Interruption(session)) {
        for (int i = 0; i < scripts.size(); i++) {
          // The rows of a COPY in a file follow it there; those of one in -c come on the input.
          InputStream rows = files.get(i) ? null : streams.in();
          int code = new Script(runner, interruption, rows).run(scripts.get(i));
          if (code != ExitCode.OK) {
            return code;
          }
        }
      }
      return ExitCode.OK;
    }
  }

  // Files are opened before the store is, so that a typing error makes no data directory.
  private static Reader open(String name, Streams streams) {
    if (name.equals("-")) {
      return new InputStreamReader(streams.in(), StandardCharsets.UTF_8);
    }
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw new CaissonException(SqlState.UNDEFINED_FILE, "\"" + name + "\" is a directory");
      }
      return Files.newBufferedReader(path);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new CaissonException(SqlState.UNDEFINED_FILE, "there is no file \"" + name + "\"", e);
    } catch (AccessDeniedException e) {
      throw new CaissonException(
          SqlState.IO_ERROR, "file \"" + name + "\" may not be read: permission denied", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
