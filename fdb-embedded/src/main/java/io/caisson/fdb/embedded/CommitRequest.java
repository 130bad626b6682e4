package io.caisson.fdb.embedded;

import io.caisson.fdb.embedded.history.KeyRanges;
import io.caisson.fdb.embedded.write.WriteOverlay;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A transaction as the committer sees it. Whoever submits it changes nothing of it afterwards.
 *
 * @param writes what it has written
 * @param readRanges what it has read, as begin, end, begin, end, …
 * @param writeRanges further keys that readers are to conflict with
 * @param readVersion at which version it has read
 * @param bytes its approximate size
 * @param reportsConflict whether a conflict is to name its keys
 * @param executor runs what is held back by a fault
 * @param outcome is told what became of it, by the committing thread
 */
@SuppressWarnings("ArrayRecordComponent") // handed over within the engine, never compared
record CommitRequest(
    WriteOverlay writes,
    byte[][] readRanges,
    KeyRanges writeRanges,
    long readVersion,
    long bytes,
    boolean reportsConflict,
    Executor executor,
    CompletableFuture<Outcome> outcome) {

  /** What became of a committed transaction. */
  @SuppressWarnings("ArrayRecordComponent") // handed over within the engine, never compared
  record Outcome(long version, byte[] versionstamp) {}

  void committed(long version, byte[] stamp) {
    outcome.complete(new Outcome(version, stamp));
  }

  void failed(RuntimeException failure) {
    outcome.completeExceptionally(failure);
  }
}
