package io.caisson.cli.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes, and which of these are terminals. Tests hand in their own. For
 * one thread, as the streams are buffered and flushed by who writes.
 *
 * @param in what the user types or pipes in
 * @param out results
 * @param err errors, notices and progress
 * @param terminalIn whether {@code in} is a terminal
 * @param terminalOut whether {@code out} is a terminal
 * @param terminalErr whether {@code err} is a terminal
 */
public record Streams(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminalIn,
    boolean terminalOut,
    boolean terminalErr) {
  private static final int OUT_BUFFER = 1 << 16;

  /**
   * The process's own streams. The launcher says in {@code caisson.terminal} which of them are
   * terminals (it can ask the system, which Java can't); without it none is.
   */
  public static Streams ofProcess() {
    String terminals = System.getProperty("caisson.terminal", "");
    return new Streams(
        System.in,
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUT_BUFFER),
            false,
            StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        terminals.contains("in"),
        terminals.contains("out"),
        terminals.contains("err"));
  }

  /** Streams of no terminal. */
  public static Streams of(InputStream in, PrintStream out, PrintStream err) {
    return new Streams(in, out, err, false, false, false);
  }
}
