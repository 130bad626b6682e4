package io.caisson.engine.stream;

import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.caisson.catalog.Catalog;
import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.Retention;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.engine.state.ViewStore;
import io.caisson.error.CaissonException;
import io.caisson.model.catalog.CatalogStore;
import io.caisson.model.statistics.Counts;
import io.caisson.model.statistics.StatisticsStore;
import io.caisson.model.stream.DeltaLog;
import io.caisson.model.stream.StreamPacker;
import io.caisson.model.stream.StreamTrimmer;
import io.caisson.model.stream.TickStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the streams of a database tidy, on a thread of its own: packs small blocks, and removes the
 * rows that retention gives up and no view still has to read, and the changes of tables that every
 * view has taken in, and what is left of dropped views. Every page is a transaction that reads what
 * it decides on, so that it does not matter who else does the same. Thread-safe.
 */
public final class StreamKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamKeeper.class);
  private static final long PAUSE_SECONDS = 5;

  private final Parts parts;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * What a keeper works with.
   *
   * @param name the database's name
   * @param runner runs its transactions
   * @param catalog the definitions
   * @param packer packs small blocks
   * @param trimmer removes the oldest rows
   * @param ticks says which version was when
   * @param statistics says how large streams are
   * @param deltas what tables gained and lost
   * @param views says what views have read
   * @param subscriptions says what is kept for subscriptions
   * @param keepViews begins to keep views, unless they are kept already
   * @param sweepViews clears what is left of dropped views
   * @param clock the time
   */
  public record Parts(
      String name,
      TransactionRunner runner,
      CatalogStore catalog,
      StreamPacker packer,
      StreamTrimmer trimmer,
      TickStore ticks,
      StatisticsStore statistics,
      DeltaLog deltas,
      ViewStore views,
      SubscriptionRetention subscriptions,
      Runnable keepViews,
      Runnable sweepViews,
      Clock clock) {}

  /** A keeper that has not started. */
  public StreamKeeper(Parts parts) {
    this.parts = parts;
    thread = new Thread(this::run, "caisson-streams-" + parts.name());
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  private void run() {
    while (pause()) {
      try {
        tidyAll();
      } catch (CaissonException e) {
        LOG.warn("tidying up streams stopped for a moment: {}", e.getMessage());
      }
    }
  }

  private boolean pause() {
    try {
      return !closing.await(PAUSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private boolean closing() {
    return closing.getCount() == 0;
  }

  /** Tidies up all streams, and what is left of dropped views, now. */
  public void tidyAll() {
    Catalog catalog = parts.runner().read(tr -> parts.catalog().read(tr.snapshot()));
    for (CatalogObject object : catalog.objects().values()) {
      if (object instanceof StreamDefinition stream) {
        tidy(stream);
      } else if (object instanceof ViewDefinition view
          && !catalog.subscriptionsTo(view.id()).isEmpty()) {
        parts.keepViews().run();
        parts.subscriptions().trim(view, this::closing);
      } else if (object.keepsRows() && catalog.feedsViews(object.id())) {
        trimDeltas(object);
      }
    }
    parts.sweepViews().run();
  }

  /**
   * Forgets the changes of a table that the checkpoints of all views over it have, and sees to it
   * that views take changes in though nobody asks for them.
   */
  private void trimDeltas(CatalogObject table) {
    if (parts.runner().read(tr -> changed(tr.snapshot(), table))) {
      parts.keepViews().run();
    }
    if (parts.runner().read(tr -> deltasAreDue(tr.snapshot(), table))) {
      boolean unused =
          parts
              .runner()
              .run(
                  transaction -> {
                    parts.deltas().trim(transaction, table, deltasTaken(transaction, table));
                    return true;
                  });
    }
  }

  private boolean changed(ReadTransaction transaction, CatalogObject table) {
    return parts.deltas().reaches(transaction, table, transaction.getReadVersion().join());
  }

  private boolean deltasAreDue(ReadTransaction transaction, CatalogObject table) {
    return parts.deltas().reaches(transaction, table, deltasTaken(transaction, table));
  }

  private long deltasTaken(ReadTransaction transaction, CatalogObject table) {
    return parts.catalog().read(transaction).viewsOver(table.id()).stream()
        .mapToLong(view -> parts.views().stored(transaction, view.id()).tablesThrough())
        .min()
        .orElse(0);
  }

  /**
   * Removes what a stream need not keep, and packs what it keeps. It is looked first whether there
   * is anything to do: an idle stream costs no commit.
   */
  public void tidy(StreamDefinition stream) {
    while (!closing() && parts.runner().read(tr -> trimmingIsDue(tr.snapshot(), stream))) {
      if (parts.runner().run(tr -> trim(tr, stream)).entries() == 0) {
        break;
      }
    }
    for (int shard = 0; shard < stream.shards(); shard++) {
      int one = shard;
      if (parts.runner().read(tr -> parts.packer().due(tr.snapshot(), stream, one))) {
        boolean more = true;
        while (more && !closing()) {
          more = parts.runner().run(tr -> pack(tr, stream, one));
        }
      }
    }
  }

  /** The stream as it is now; a transaction that is no snapshot conflicts with changes of it. */
  private Optional<StreamDefinition> current(ReadTransaction transaction, StreamDefinition stream) {
    return parts.catalog().read(transaction).objects().values().stream()
        .filter(object -> object.id() == stream.id())
        .map(StreamDefinition.class::cast)
        .findFirst();
  }

  private boolean pack(Transaction transaction, StreamDefinition stream, int shard) {
    return current(transaction, stream)
        .map(now -> parts.packer().pack(transaction, now, shard))
        .orElse(false);
  }

  private boolean trimmingIsDue(ReadTransaction transaction, StreamDefinition stream) {
    return current(transaction, stream)
        .filter(now -> now.retention().limited())
        .map(now -> parts.trimmer().due(transaction, now, limits(transaction, now)))
        .orElse(false);
  }

  private Counts trim(Transaction transaction, StreamDefinition stream) {
    return current(transaction, stream)
        .map(now -> parts.trimmer().trim(transaction, now, limits(transaction, now)))
        .orElse(Counts.NONE);
  }

  /** What may go by the stream's options, and what its views still need. */
  private StreamTrimmer.Limits limits(ReadTransaction transaction, StreamDefinition stream) {
    Retention retention = stream.retention();
    long tooOld = -1;
    if (retention.ageMicros().isPresent()) {
      long since = parts.clock().wallMicros() - retention.ageMicros().getAsLong();
      tooOld = parts.ticks().versionAt(transaction.snapshot(), since);
    }
    long tooMany = 0;
    if (retention.bytes().isPresent()) {
      long bytes = parts.statistics().read(transaction, stream.id()).bytes();
      tooMany = bytes - retention.bytes().getAsLong();
    }
    long needed = transaction.getReadVersion().join();
    for (ViewDefinition view : parts.catalog().read(transaction).viewsOver(stream.id())) {
      needed = Math.min(needed, parts.views().stored(transaction, view.id()).frontier());
    }
    needed = Math.min(needed, parts.subscriptions().needed(transaction, stream));
    return new StreamTrimmer.Limits(tooOld, tooMany, needed);
  }

  /** Stops the thread. */
  @Override
  public void close() {
    closing.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
