package io.caisson.engine.session;

import io.caisson.Change;
import io.caisson.ChangeBatch;
import io.caisson.ResultColumn;
import io.caisson.Row;
import io.caisson.Subscription;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.engine.row.ColumnValues;
import io.caisson.engine.subscription.ChangePiece;
import io.caisson.engine.subscription.ChangeSource;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What a program follows, batch by batch. For one thread at a time. */
final class OpenSubscription implements Subscription {
  /** So many rows are objects at the same time. */
  private static final int BATCH_ROWS = 1_000;

  /** How long a cancelled subscription may go on waiting. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  private final ChangeSource changes;
  private final List<ColumnDefinition> columns;
  private final List<String> names;
  private final LongFunction<String> tokens;
  private final Cancellation cancellation;
  private final Clock clock = Clock.system();
  private @Nullable ChangePiece piece;
  private int next;
  private boolean closed;

  /**
   * What is followed.
   *
   * @param columns its columns
   * @param tokens the tokens of versions
   * @param cancellation ends it from another thread
   */
  OpenSubscription(
      ChangeSource changes,
      List<ColumnDefinition> columns,
      LongFunction<String> tokens,
      Cancellation cancellation) {
    this.changes = changes;
    this.columns = columns;
    this.names = columns.stream().map(ColumnDefinition::name).toList();
    this.tokens = tokens;
    this.cancellation = cancellation;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns.stream().map(c -> new ResultColumn(c.name(), c.type())).toList();
  }

  @Override
  public @Nullable ChangeBatch next(Duration timeout) {
    if (closed) {
      throw new CaissonException(SqlState.CLOSED, "the subscription was closed");
    }
    long end = clock.monotonicNanos() + timeout.toNanos();
    while (true) {
      cancellation.check();
      ChangePiece current = piece;
      long left = end - clock.monotonicNanos();
      if (current == null) {
        long wait = Math.max(0, Math.min(left, LONGEST_WAIT.toNanos()));
        current = changes.next(Duration.ofNanos(wait));
        piece = current;
        next = 0;
      }
      if (current != null) {
        return batch(current);
      }
      if (left <= 0) {
        return null;
      }
    }
  }

  private ChangeBatch batch(ChangePiece current) {
    int rows = current.rows().size();
    int to = Math.min(rows, next + BATCH_ROWS);
    var batch = new ArrayList<Change>();
    for (int row = next; row < to; row++) {
      batch.add(new Change(row(current, row), current.weights()[row]));
    }
    next = to;
    boolean last = to == rows;
    if (last) {
      piece = null;
    }
    return new ChangeBatch(
        batch, last && current.complete() ? tokens.apply(current.version()) : null);
  }

  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  private Row row(ChangePiece current, int row) {
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ColumnValues.value(current.rows().column(i), row, columns.get(i).type());
    }
    return new Row(names, values);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      changes.close();
    }
  }
}
