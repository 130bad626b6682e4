package io.caisson.cli.load;

/**
 * A line that is no row of the stream, with the reason in words. Thrown once a bad line, perhaps
 * millions of times, so it takes no stack trace.
 */
final class BadRow extends Exception {
  private static final long serialVersionUID = 1L;

  BadRow(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
