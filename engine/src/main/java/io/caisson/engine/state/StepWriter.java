package io.caisson.engine.state;

import com.apple.foundationdb.Transaction;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.model.stream.StepLog;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes down the steps of one view for its subscriptions, in as many transactions as it takes; the
 * last one says up to where they are complete. Steps behind that are no steps: a process that dies
 * before has written garbage, which is cleared when the view is next opened. For one thread at a
 * time.
 */
public final class StepWriter {
  /** Well under the megabyte that a transaction may plan for. */
  private static final int TRANSACTION_BYTES = 900_000;

  private final ViewStore store;
  private final StreamDefinition log;
  private final List<Block> pending = new ArrayList<>();
  private int pendingBytes;

  private record Block(long version, int number, byte[] bytes) {}

  /** The steps of a view, which the given store keeps. */
  public StepWriter(ViewStore store, ViewDefinition view) {
    this.store = store;
    this.log = StepLog.layout(view);
  }

  /**
   * Goes on with the log of a view that is opened; begins it where there is none.
   *
   * @param frontier up to where the view has come
   * @return up to which version the log is complete
   */
  public long open(long frontier) {
    return store
        .runner()
        .run(
            transaction -> {
              long logged = store.cursors().logged(transaction, log.id()).orElse(frontier);
              store.steps().clearBehind(transaction, log, logged);
              store.cursors().setLogged(transaction, log.id(), logged);
              return logged;
            });
  }

  /** Begins the log anew behind a version. */
  public void begin(long version) {
    long unused =
        store
            .runner()
            .run(
                transaction -> {
                  checkOwner(transaction);
                  store.steps().begin(transaction, log, version);
                  store.cursors().setLogged(transaction, log.id(), version);
                  return version;
                });
  }

  /**
   * Writes steps.
   *
   * @param steps the steps since the last call
   * @param through up to which version they are complete
   */
  public void write(List<LoggedStep> steps, long through) {
    long now = store.clock().wallMicros();
    pending.clear();
    pendingBytes = 0;
    for (LoggedStep step : steps) {
      int number = 0;
      for (byte[] block : StepLog.encode(step.after(), now, step.rows(), step.weights())) {
        if (pendingBytes + block.length > TRANSACTION_BYTES) {
          int unused = store.runner().run(this::putPending);
          pending.clear();
          pendingBytes = 0;
        }
        pending.add(new Block(step.through(), number++, block));
        pendingBytes += block.length;
      }
    }
    int unused =
        store
            .runner()
            .run(
                transaction -> {
                  store.cursors().setLogged(transaction, log.id(), through);
                  return putPending(transaction);
                });
  }

  private int putPending(Transaction transaction) {
    checkOwner(transaction);
    for (Block block : pending) {
      store.steps().put(transaction, log, block.version(), block.number(), block.bytes());
    }
    return pending.size();
  }

  private void checkOwner(Transaction transaction) {
    store.manifests().checkOwner(transaction, log.id(), store.owner());
  }
}
