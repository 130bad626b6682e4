package io.caisson;

/** Which way rows go between a statement and the stream that comes with it. */
public enum CopyDirection {
  /** Neither: the statement is no COPY, or one that reads or writes a file itself. */
  NONE,
  /** {@code COPY … FROM STDIN}: the statement reads rows from a stream. */
  IN,
  /** {@code COPY … TO STDOUT}: the statement writes rows to a stream. */
  OUT
}
