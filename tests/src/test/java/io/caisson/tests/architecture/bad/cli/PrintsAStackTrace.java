package io.caisson.tests.architecture.bad.cli;

/** Bad on purpose: shows a stack trace to people. */
public class PrintsAStackTrace {
  /** Prints. */
  public void print(Exception error) {
    error.printStackTrace();
  }
}
