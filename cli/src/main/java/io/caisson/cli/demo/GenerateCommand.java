package io.caisson.cli.demo;

import io.caisson.cli.command.Command;
import io.caisson.cli.command.ExitCode;
import io.caisson.cli.command.Options;
import io.caisson.cli.command.Streams;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code caisson generate}: made-up events as JSON lines, to try things with. */
public final class GenerateCommand implements Command {
  private static final int GAP_MILLIS = 50;
  private static final long DEFAULT_ROWS = 1_000;
  private static final int LINES_A_CHECK = 10_000;

  @Override
  public String name() {
    return "generate";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(name(), "Writes made-up events as JSON lines: a shop's clicks.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .type(String.class)
            .paramLabel("WHAT")
            .description("clicks")
            .build());
    spec.addOption(Options.value("--rows", "N", "How many (1000)."));
    spec.addOption(Options.value("--seed", "S", "The same seed makes the same events (1)."));
    spec.addOption(Options.value("-o", "FILE", "Where to; the standard output otherwise."));
    spec.usageMessage()
        .footer(
            "%nExamples:",
            "  caisson generate clicks --rows 1000000 -o clicks.jsonl",
            "  caisson generate clicks | caisson load - --into clicks --create");
    return spec;
  }

  @Override
  public int run(ParseResult options, Streams streams) {
    String what = options.matchedPositionalValue(0, "");
    if (!what.equals("clicks")) {
      throw new ParameterException(
          options.commandSpec().commandLine(), "\"clicks\" is all that can be generated");
    }
    long rows = Options.number(options, "--rows", 0, DEFAULT_ROWS);
    long seed = Options.number(options, "--seed", Long.MIN_VALUE, 1);
    String file = Options.text(options, "-o");
    var clicks = new ClickGenerator(seed, rows, GAP_MILLIS, ClickGenerator.START_MICROS);
    try {
      if (file == null) {
        write(clicks, rows, streams.out(), streams);
      } else {
        try (OutputStream out = Files.newOutputStream(Path.of(file))) {
          write(clicks, rows, out, streams);
        }
      }
    } catch (IOException e) {
      throw new CaissonException(
          SqlState.IO_ERROR, "the events can't be written to \"" + file + "\": " + e, e);
    }
    return ExitCode.OK;
  }

  private static void write(ClickGenerator clicks, long rows, OutputStream out, Streams streams)
      throws IOException {
    var lines = new JsonLines(out);
    for (long i = 0; i < rows; i++) {
      clicks.next();
      lines.makeRoom();
      clicks.writeTo(lines);
      if (i % LINES_A_CHECK == 0 && out == streams.out() && streams.out().checkError()) {
        return;
      }
    }
    lines.flush();
  }
}
