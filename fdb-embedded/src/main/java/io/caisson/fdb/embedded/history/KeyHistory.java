package io.caisson.fdb.embedded.history;

/** A key and its newest change. One thread sets the change, any thread follows it. */
final class KeyHistory {
  final byte[] key;
  volatile Change newest;

  KeyHistory(byte[] key, Change newest) {
    this.key = key;
    this.newest = newest;
  }
}
