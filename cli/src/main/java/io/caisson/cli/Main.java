package io.caisson.cli;

import io.caisson.cli.command.Command;
import io.caisson.cli.command.Errors;
import io.caisson.cli.command.ExitCode;
import io.caisson.cli.command.Options;
import io.caisson.cli.command.Streams;
import io.caisson.cli.command.Text;
import io.caisson.cli.demo.DemoCommand;
import io.caisson.cli.demo.GenerateCommand;
import io.caisson.cli.load.LoadCommand;
import io.caisson.cli.sql.SqlCommand;
import io.caisson.cli.stats.StatsCommand;
import io.caisson.error.CaissonException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The program {@code caisson}: finds the command, runs it, and turns what goes wrong into words.
 */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Streams.ofProcess(), args));
  }

  /**
   * Runs a command in this process.
   *
   * @param streams where it reads and writes
   * @param args the command line
   * @return the exit code, one of {@link ExitCode}
   */
  public static int run(Streams streams, String... args) {
    var commands = new LinkedHashMap<String, Command>();
    for (Command command :
        new Command[] {
          new SqlCommand(),
          new LoadCommand(),
          new DemoCommand(),
          new GenerateCommand(),
          new StatsCommand()
        }) {
      commands.put(command.name(), command);
    }
    CommandLine line = new CommandLine(specification(commands));
    line.setPosixClusteredShortOptionsAllowed(false);
    try {
      return dispatch(commands, line.parseArgs(args), streams);
    } catch (ParameterException e) {
      explain(e, streams.err());
      return ExitCode.USAGE;
    } finally {
      streams.out().flush();
      streams.err().flush();
    }
  }

  private static void explain(ParameterException e, PrintStream err) {
    boolean unknown = e instanceof CommandLine.UnmatchedArgumentException;
    String command = e.getCommandLine().getCommandSpec().name();
    String word = unknown ? ((CommandLine.UnmatchedArgumentException) e).getUnmatched().get(0) : "";
    String message =
        unknown && command.equals("caisson") && !word.startsWith("-")
            ? "there is no command \"" + word + "\""
            : String.valueOf(e.getMessage());
    err.println("caisson: " + Text.printable(message));
    err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
  }

  private static CommandSpec specification(Map<String, Command> commands) {
    CommandSpec root = CommandSpec.create().name("caisson");
    root.versionProvider(() -> new String[] {Version.text()});
    root.usageMessage()
        .width(100)
        .abbreviateSynopsis(true)
        .description("A streaming database: events go in, standing SQL queries stay up to date.")
        .commandListHeading("%nCommands:%n")
        .footer(
            "%nExamples:",
            "  caisson demo                        a shop's clicks, answered live",
            "  caisson sql                         the SQL prompt on ./caisson-data",
            "  caisson sql -c \"SELECT 1\"           one statement",
            "  caisson load clicks.jsonl --into clicks --create",
            "%nExit codes: 0 done, 1 failed, 2 wrong command line, 130 interrupted.");
    root.addOption(
        OptionSpec.builder("-h", "--help")
            .arity("0")
            .type(boolean.class)
            .usageHelp(true)
            .description("Shows this help.")
            .build());
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .arity("0")
            .type(boolean.class)
            .versionHelp(true)
            .description("Shows the version.")
            .build());
    commands.forEach((name, command) -> root.addSubcommand(name, command.spec()));
    return root;
  }

  private static int dispatch(Map<String, Command> commands, ParseResult parsed, Streams streams) {
    ParseResult options = parsed;
    while (options.hasSubcommand()) {
      options = options.subcommand();
    }
    CommandLine line = options.commandSpec().commandLine();
    var out = new PrintWriter(streams.out(), false, StandardCharsets.UTF_8);
    if (options.isUsageHelpRequested()) {
      line.usage(out, CommandLine.Help.Ansi.OFF);
      out.flush();
      return ExitCode.OK;
    }
    if (options.isVersionHelpRequested()) {
      line.printVersionHelp(out, CommandLine.Help.Ansi.OFF);
      out.flush();
      return ExitCode.OK;
    }
    Command command = commands.get(options.commandSpec().name());
    if (command == null) {
      line.usage(streams.err(), CommandLine.Help.Ansi.OFF);
      return ExitCode.USAGE;
    }
    return run(command, options, streams);
  }

  // A defect must not end in a page of stack frames, so this is where the last nets are.
  private static int run(Command command, ParseResult options, Streams streams) {
    boolean debug = Options.given(options, "--debug");
    if (debug) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
    }
    try {
      return command.run(options, streams);
    } catch (ParameterException e) {
      throw e;
    } catch (CaissonException e) {
      streams.out().flush();
      Errors.print(streams.err(), e);
      if (debug) {
        e.printStackTrace(streams.err());
      }
      return ExitCode.FAILED;
    } catch (UncheckedIOException e) {
      streams.out().flush();
      streams.err().println("ERROR 58030: " + Text.printable(String.valueOf(e.getCause())));
      return ExitCode.FAILED;
    } catch (RuntimeException e) {
      streams.out().flush();
      streams
          .err()
          .println("ERROR XX000: this is a defect of Caisson: " + Text.printable(e.toString()));
      if (debug) {
        e.printStackTrace(streams.err());
      } else {
        streams
            .err()
            .println("HINT: run the command again with --debug to see where it comes from");
      }
      return ExitCode.FAILED;
    }
  }
}
