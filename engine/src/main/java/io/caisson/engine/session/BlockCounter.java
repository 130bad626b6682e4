package io.caisson.engine.session;

/** Counts what scans of streams decode, and what they need not. For one thread. */
final class BlockCounter {
  private long read;
  private long skipped;

  void countRead() {
    read++;
  }

  void countSkipped() {
    skipped++;
  }

  /** How many blocks had values decoded. */
  long read() {
    return read;
  }

  /** How many blocks could have no row that the query needs. */
  long skipped() {
    return skipped;
  }
}
