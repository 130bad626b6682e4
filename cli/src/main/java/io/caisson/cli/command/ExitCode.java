package io.caisson.cli.command;

/** The exit codes of every command. */
public final class ExitCode {
  /** It did what was asked. */
  public static final int OK = 0;

  /** A statement, a row or the machine stood in the way; the message says which. */
  public static final int FAILED = 1;

  /** The command line itself was wrong. */
  public static final int USAGE = 2;

  /** Ctrl-C, as shells report it. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
