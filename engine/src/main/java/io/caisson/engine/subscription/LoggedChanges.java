package io.caisson.engine.subscription;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.SubscriptionDefinition;
import io.caisson.catalog.ViewDefinition;
import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.stream.LogBlock;
import io.caisson.model.stream.LogPage;
import io.caisson.model.stream.LogPosition;
import io.caisson.model.stream.StepLog;
import io.caisson.model.subscription.SubscriptionStore;
import io.caisson.model.transaction.TransactionRunner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a view or a stream gained and lost, from the log in the store, page by page: a reader that
 * is slow holds nothing in memory but a page. For one thread.
 */
final class LoggedChanges implements ChangeSource {
  /** About how many bytes of blocks a page has. */
  private static final int PAGE_BYTES = 512 << 10;

  /** Without changes there is a mark after so many versions, about ten seconds. */
  private static final long IDLE_VERSIONS = 10_000_000L;

  private final Parts parts;
  private final CatalogObject source;
  private final @Nullable SubscriptionDefinition subscription;
  private final Deque<ChangePiece> ready = new ArrayDeque<>();
  private LogPosition position;

  /** The version that the log was read from, and that no step may have in its middle. */
  private final long begin;

  /** The version of which a piece was given out that was not the last. */
  private long open = -1;

  /** Up to which version everything was given out, and said so. */
  private long marked;

  private boolean checked;

  /**
   * What it reads with.
   *
   * @param runner runs transactions
   * @param store the subscriptions
   * @param waiting waits for the log to grow
   */
  record Parts(TransactionRunner runner, SubscriptionStore store, LogWait waiting) {}

  /** Waits for a log to grow. */
  @FunctionalInterface
  interface LogWait {
    /** Waits until there may be more behind a version, or the time is over. */
    void await(long behind, Duration wait);
  }

  /**
   * Changes from a log.
   *
   * @param source the view or stream
   * @param subscription the subscription that reads it, if it has a name
   * @param after the version behind which it begins; negative for all that a stream keeps
   */
  LoggedChanges(
      Parts parts,
      CatalogObject source,
      @Nullable SubscriptionDefinition subscription,
      long after) {
    this.parts = parts;
    this.source = source;
    this.subscription = subscription;
    this.begin = after;
    this.position = after < 0 ? LogPosition.START : LogPosition.endOf(after);
    this.marked = -1;
  }

  @Override
  public @Nullable ChangePiece next(Duration wait) {
    if (ready.isEmpty()) {
      readOn();
    }
    if (ready.isEmpty()) {
      parts.waiting().await(position.version(), wait);
      readOn();
    }
    return ready.poll();
  }

  private void readOn() {
    LogPage page =
        parts
            .runner()
            .read(
                transaction -> {
                  SubscriptionDefinition named = subscription;
                  if (named != null) {
                    parts.store().checkLive(transaction.snapshot(), named, source);
                  }
                  return parts.store().read(transaction.snapshot(), source, position, PAGE_BYTES);
                });
    if (position.version() >= 0 && page.removedThrough().compareTo(position) > 0) {
      throw new CaissonException(
              SqlState.NOT_IN_PREREQUISITE_STATE,
              "changes of \"" + source.name() + "\" that were still to be read are no longer kept")
          .withHint("Subscribe again: it begins with a snapshot.");
    }
    for (LogBlock block : page.blocks()) {
      add(block);
    }
    position = page.position();
    if (position.endsVersion()) {
      complete(position.version());
    }
  }

  private void add(LogBlock block) {
    Columns rows = block.columns();
    checkBegin(rows);
    int from = 0;
    while (from < block.appends()) {
      long version = block.position(from).version();
      int to = from + 1;
      while (to < block.appends() && block.position(to).version() == version) {
        to++;
      }
      add(version, part(rows, block.start(from), block.start(to)));
      from = to;
    }
  }

  /** Whoever begins in the middle of a step has had a part of it already. */
  private void checkBegin(Columns rows) {
    if (checked || !(source instanceof ViewDefinition)) {
      return;
    }
    checked = true;
    if (((LongColumn) rows.column(StepLog.AFTER)).value(0) < begin) {
      throw new CaissonException(
              SqlState.NOT_IN_PREREQUISITE_STATE,
              "changes of \"" + source.name() + "\" since then are not kept one by one")
          .withHint("Begin with a snapshot: leave out AS OF, or RESET TO SNAPSHOT.");
    }
  }

  private static Columns part(Columns rows, int from, int to) {
    return to - from == rows.size()
        ? rows
        : rows.gather(IntStream.range(from, to).toArray(), to - from);
  }

  private void add(long version, Columns rows) {
    if (open >= 0 && open != version) {
      end(open);
    }
    open = version;
    if (source instanceof ViewDefinition) {
      long[] weights = new long[rows.size()];
      Column column = rows.column(StepLog.WEIGHT);
      for (int row = 0; row < weights.length; row++) {
        weights[row] = ((LongColumn) column).value(row);
      }
      Columns values =
          new Columns(rows.columns().subList(StepLog.LEADING, rows.columns().size()), rows.size());
      ready.add(new ChangePiece(version, values, weights, false, false));
    } else {
      long[] weights = new long[rows.size()];
      Arrays.fill(weights, 1);
      ready.add(new ChangePiece(version, rows, weights, false, false));
    }
  }

  private void end(long version) {
    open = -1;
    marked = version;
    ChangePiece last = ready.peekLast();
    if (last != null && last.version() == version) {
      ready.removeLast();
      ready.add(last.asLast());
    } else {
      ready.add(ChangePiece.end(version));
    }
  }

  private void complete(long version) {
    if (open >= 0) {
      end(open);
    }
    // Where it began nothing is new: there is nothing to acknowledge.
    boolean first = marked < 0 && version > Math.max(begin, 0);
    if (first || (marked >= 0 && version - marked > IDLE_VERSIONS)) {
      end(version);
    }
  }

  @Override
  public void close() {
    ready.clear();
  }
}
