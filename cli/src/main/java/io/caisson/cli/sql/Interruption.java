package io.caisson.cli.sql;

import io.caisson.Session;
import io.caisson.cli.command.ExitCode;
import org.jline.utils.Signals;

/**
 * Ctrl-C while a statement runs: the first cancels it, the second ends the process at once.
 * Thread-safe.
 */
final class Interruption implements AutoCloseable {
  private final Session session;
  private final Object previous;
  private volatile boolean happened;

  /** Takes over Ctrl-C for a session. */
  Interruption(Session session) {
    this.session = session;
    previous = Signals.register("INT", this::interrupt);
  }

  private void interrupt() {
    if (happened) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
    happened = true;
    session.cancel();
  }

  /** Whether Ctrl-C was pressed. */
  boolean happened() {
    return happened;
  }

  @Override
  public void close() {
    Signals.unregister("INT", previous);
  }
}
