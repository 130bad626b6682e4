package io.caisson.fdb.embedded;

/**
 * Versions: about a million a second, never going back. A read version covers every commit that was
 * published before it was given out, and no later commit gets a version at or below it.
 * Thread-safe.
 */
final class VersionClock {
  /** Versions a second. */
  static final long PER_SECOND = 1_000_000;

  /** How far the published version may lag behind the clock before a reader moves it on. */
  private static final long LAG = PER_SECOND / 100;

  private final long base;
  private final long started = System.nanoTime();
  private volatile long published;
  private long assigned;
  private boolean committing;

  VersionClock(long base) {
    this.base = base;
    this.published = base;
    this.assigned = base;
  }

  /** What the clock says, whatever was given out. */
  long now() {
    return base + (System.nanoTime() - started) / (1_000_000_000 / PER_SECOND);
  }

  /** A version at which every acknowledged commit can be read. */
  long readVersion() {
    long now = now();
    if (now - published > LAG) {
      synchronized (this) {
        if (!committing && now > published) {
          published = now;
        }
      }
    }
    return published;
  }

  /** The last version that was given out for reading. */
  long published() {
    return published;
  }

  /**
   * Takes the version of the next commit; no read version at or above it is given out until it
   * ends.
   */
  synchronized long beginCommit() {
    committing = true;
    assigned = Math.max(Math.max(now(), published + 1), assigned + 1);
    return assigned;
  }

  /** Ends a commit that became visible. */
  synchronized void publish(long version) {
    committing = false;
    published = version;
  }

  /** Ends a commit that failed. */
  synchronized void abandon() {
    committing = false;
  }
}
