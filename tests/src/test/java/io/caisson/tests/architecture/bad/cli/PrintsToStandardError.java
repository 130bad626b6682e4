package io.caisson.tests.architecture.bad.cli;

/** Bad on purpose: writes past the log. */
public class PrintsToStandardError {
  /** Writes. */
  @SuppressWarnings("RegexpSinglelineJava") // the rule under test must be broken somewhere
  public void print() {
    System.err.println("bad");
  }
}
