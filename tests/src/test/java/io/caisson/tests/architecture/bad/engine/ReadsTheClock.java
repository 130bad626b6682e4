package io.caisson.tests.architecture.bad.engine;

/** Bad on purpose: asks the machine for the time. */
public class ReadsTheClock {
  /** The machine's time. */
  public long time() {
    return System.nanoTime();
  }
}
