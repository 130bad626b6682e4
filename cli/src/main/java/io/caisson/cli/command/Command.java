package io.caisson.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * One command of the command line. Its options are declared in code rather than by annotations:
 * reading annotations by reflection would cost a good part of a short command's time.
 */
public interface Command {
  /** The command's name, as it is typed. */
  String name();

  /** Its options, description and examples. */
  CommandSpec spec();

  /**
   * Runs it.
   *
   * @param options what was on the command line
   * @param streams where to read and write
   * @return one of {@link ExitCode}
   */
  int run(ParseResult options, Streams streams);
}
