package io.caisson.engine.session;

import io.caisson.catalog.CatalogObject;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.ErrorRowsDefinition;
import io.caisson.catalog.LateRowsDefinition;
import io.caisson.column.Columns;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.operator.StepOutput;
import io.caisson.engine.row.ColumnValues;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber reads: the rows of a snapshot, then every change in commit order, without end.
 * Each row is led by the store version of its change and its weight, +1 or −1 times; with progress
 * marks also by whether the row is one: a mark says that all changes up to its version have been
 * given. For one thread.
 */
final class SubscribedRows implements Iterator<@Nullable Object[]> {
  private static final Duration CANCEL_CHECK = Duration.ofMillis(100);

  /**
   * What is subscribed to.
   *
   * @param object the view, or what belongs to it
   * @param codec how rows are encoded
   * @param progress whether progress is marked
   */
  record Target(CatalogObject object, RowCodec codec, boolean progress) {
    List<ColumnDefinition> columns() {
      return object.columns();
    }

    /** What a step changed in it. */
    SortedRows of(StepOutput change) {
      if (object instanceof LateRowsDefinition) {
        return change.late();
      }
      return object instanceof ErrorRowsDefinition ? change.errors() : change.rows();
    }
  }

  private final Target target;
  private final Iterator<Columns> snapshot;
  private final long snapshotVersion;
  private final ChangeFeed feed;
  private final BooleanSupplier cancelled;
  private final Deque<@Nullable Object[]> ready = new ArrayDeque<>();
  private boolean snapshotDone;

  SubscribedRows(
      Target target,
      Iterator<Columns> snapshot,
      long snapshotVersion,
      ChangeFeed feed,
      BooleanSupplier cancelled) {
    this.target = target;
    this.snapshot = snapshot;
    this.snapshotVersion = snapshotVersion;
    this.feed = feed;
    this.cancelled = cancelled;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty()) {
      if (cancelled.getAsBoolean()) {
        throw new CaissonException(
            SqlState.QUERY_CANCELED, "canceling statement due to user request");
      }
      if (snapshotDone) {
        takeStep();
      } else {
        takeSnapshot();
      }
    }
    return true;
  }

  private void takeSnapshot() {
    if (snapshot.hasNext()) {
      Columns rows = snapshot.next();
      for (int row = 0; row < rows.size(); row++) {
        add(rows, row, snapshotVersion, 1);
      }
    } else {
      snapshotDone = true;
      mark(snapshotVersion);
    }
  }

  private void takeStep() {
    try {
      ChangeFeed.Step step = feed.poll(CANCEL_CHECK);
      if (step != null) {
        SortedRows change = target.of(step.change());
        Columns rows = target.codec().decode(change);
        for (int row = 0; row < rows.size(); row++) {
          add(rows, row, step.version(), change.weight(row));
        }
        mark(step.version());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(
          SqlState.QUERY_CANCELED, "interrupted while waiting for changes", e);
    }
  }

  private void add(Columns rows, int row, long version, long weight) {
    int lead = target.progress() ? 3 : 2;
    @Nullable Object[] values = new @Nullable Object[lead + target.columns().size()];
    values[0] = version;
    values[1] = weight;
    if (target.progress()) {
      values[2] = false;
    }
    for (int i = lead; i < values.length; i++) {
      values[i] =
          ColumnValues.value(rows.column(i - lead), row, target.columns().get(i - lead).type());
    }
    ready.add(values);
  }

  private void mark(long version) {
    if (target.progress()) {
      @Nullable Object[] values = new @Nullable Object[3 + target.columns().size()];
      values[0] = version;
      values[2] = true;
      ready.add(values);
    }
  }

  @Override
  public @Nullable Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.removeFirst();
  }
}
