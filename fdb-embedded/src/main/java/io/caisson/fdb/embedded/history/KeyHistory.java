package io.caisson.fdb.embedded.history;

/** A key and its newest change. The committing thread sets the change, any thread follows it. */
final class KeyHistory extends ByteKey {
  volatile Change newest;

  KeyHistory(byte[] key, Change newest) {
    super(key);
    this.newest = newest;
  }

  /** Adds a change that is newer than all others. */
  void add(Change change) {
    Change before = newest;
    change.older = before;
    before.newer = change;
    newest = change;
  }

  /**
   * The committing thread's: whether a change after the version conflicts with readers of the key.
   */
  boolean isWrittenAfter(long version) {
    for (Change at = newest; at != null && at.version > version; at = at.older) {
      if (at.conflicting) {
        return true;
      }
    }
    return false;
  }
}
