package io.caisson.engine.stream;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.Transaction;
import io.caisson.Row;
import io.caisson.StreamReader;
import io.caisson.StreamRow;
import io.caisson.catalog.ColumnDefinition;
import io.caisson.catalog.StreamDefinition;
import io.caisson.catalog.WatermarkDefinition;
import io.caisson.column.Columns;
import io.caisson.column.LongColumn;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.codec.ColumnRange;
import io.caisson.model.stream.LogBlock;
import io.caisson.model.stream.LogPage;
import io.caisson.model.stream.LogPosition;
import io.caisson.model.transaction.StoreErrors;
import io.caisson.time.Timestamps;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream piece by piece, each in a transaction of its own, and hands out its rows. For one
 * thread.
 */
final class PositionReader implements StreamReader {
  /** About how many bytes of blocks a piece has. */
  private static final int PIECE_BYTES = 512 << 10;

  /** A watch may be lost; after so long the stream is looked at again. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final StreamDefinition stream;
  private final StoredStream.Parts parts;
  private final List<String> names;
  private final Deque<LogBlock> blocks = new ArrayDeque<>();
  private final CommitTimes times;

  /** Where rows were handed out to. */
  private StreamPosition position;

  /** Up to where the stream was read into memory. */
  private LogPosition reached;

  /** The event time that the first row must have; empty once it was found. */
  private OptionalLong eventTime;

  private @Nullable Piece piece;
  private boolean closed;

  /** The rows of a block, decoded, and the next of them. */
  private static final class Piece {
    private final LogBlock block;
    private final Columns rows;
    private int append;
    private int row;

    Piece(LogBlock block) {
      this.block = block;
      this.rows = block.columns();
    }
  }

  PositionReader(
      StreamDefinition stream,
      StoredStream.Parts parts,
      StreamPosition from,
      OptionalLong eventTime) {
    this.stream = stream;
    this.parts = parts;
    this.position = from;
    this.reached = from.after();
    this.eventTime = eventTime;
    this.times = new CommitTimes(parts);
    names = stream.columns().stream().map(ColumnDefinition::name).toList();
  }

  @Override
  public List<StreamRow> next(int rows) {
    if (closed) {
      throw new CaissonException(SqlState.CLOSED, "the reader was closed");
    }
    if (rows < 1) {
      throw new CaissonException(SqlState.INVALID_PARAMETER, "rows must be at least 1: " + rows);
    }
    var found = new ArrayList<StreamRow>();
    while (found.size() < rows && prepare()) {
      take(rows, found);
    }
    return found;
  }

  /** Makes sure that there is a row to hand out; false at the end of the stream. */
  private boolean prepare() {
    while (piece == null) {
      LogBlock block = blocks.poll();
      if (block == null) {
        if (!readOn()) {
          return false;
        }
      } else if (mayHoldEventTime(block)) {
        piece = begin(block);
      }
    }
    return true;
  }

  private boolean readOn() {
    LogPosition after = reached;
    LogPage page =
        parts
            .runner()
            .read(
                tr ->
                    parts.reader().read(tr.snapshot(), stream, after, Long.MAX_VALUE, PIECE_BYTES));
    if (after.version() >= 0 && page.removedThrough().compareTo(after) > 0) {
      throw new CaissonException(
              SqlState.INVALID_PARAMETER,
              "rows of stream \""
                  + stream.name()
                  + "\" behind position "
                  + position
                  + " have been removed by retention")
          .withHint("Read from the beginning to go on with the rows that are kept.");
    }
    reached = page.position();
    blocks.addAll(page.blocks());
    if (page.blocks().isEmpty()) {
      position = new StreamPosition(position.incarnation(), reached, StreamPosition.ALL);
    }
    return !page.blocks().isEmpty();
  }

  private boolean mayHoldEventTime(LogBlock block) {
    WatermarkDefinition watermark = stream.watermark();
    return eventTime.isEmpty()
        || watermark == null
        || block
            .range(watermark.column())
            .map(
                range ->
                    !(range instanceof ColumnRange.Longs longs)
                        || longs.max() >= eventTime.getAsLong())
            .orElse(true);
  }

  /** The piece of a block behind the position, or from the event time on; null for nothing. */
  private @Nullable Piece begin(LogBlock block) {
    var begun = new Piece(block);
    if (position.row() != StreamPosition.ALL && block.first().equals(position.append())) {
      begun.row = position.row() + 1;
    }
    WatermarkDefinition watermark = stream.watermark();
    if (eventTime.isPresent() && watermark != null) {
      LongColumn column = (LongColumn) begun.rows.column(watermark.column());
      while (begun.row < column.size()
          && (column.isNull(begun.row) || column.value(begun.row) < eventTime.getAsLong())) {
        begun.row++;
      }
      if (begun.row < column.size()) {
        eventTime = OptionalLong.empty();
      }
    }
    while (begun.append < block.appends() && begun.row >= block.start(begun.append + 1)) {
      begun.append++;
    }
    return begun.row < block.rows() ? begun : null;
  }

  private void take(int most, List<StreamRow> target) {
    Piece from = java.util.Objects.requireNonNull(piece);
    LogBlock block = from.block;
    while (target.size() < most && from.row < block.rows()) {
      LogPosition append = block.position(from.append);
      int within = from.row - block.start(from.append);
      boolean last = from.row + 1 == block.start(from.append + 1);
      position =
          new StreamPosition(parts.incarnation(), append, last ? StreamPosition.ALL : within);
      target.add(
          new StreamRow(row(from), position.toString(), block.shard(), times.of(append.version())));
      from.row++;
      while (from.append < block.appends() && from.row >= block.start(from.append + 1)) {
        from.append++;
      }
    }
    if (from.row == block.rows()) {
      piece = null;
    }
  }

  @SuppressWarnings("NullAway") // class files lose that the array's elements may be null
  private Row row(Piece from) {
    @Nullable Object[] values = new @Nullable Object[names.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          parts.values().value(from.rows.column(i), from.row, stream.columns().get(i).type());
    }
    return new Row(names, values);
  }

  @Override
  public List<StreamRow> await(int rows, Duration timeout) {
    long deadline = parts.clock().monotonicNanos() + timeout.toNanos();
    List<StreamRow> found = next(rows);
    while (found.isEmpty()) {
      long left = deadline - parts.clock().monotonicNanos();
      if (left <= 0) {
        return found;
      }
      // The watch is armed before the stream is looked at, so that nothing goes unnoticed.
      CompletableFuture<Void> appended = watch();
      try {
        found = next(rows);
        if (found.isEmpty()) {
          pause(appended, Math.min(left, LONGEST_WAIT_NANOS));
          found = next(rows);
        }
      } finally {
        appended.cancel(true);
      }
    }
    return found;
  }

  private CompletableFuture<Void> watch() {
    try (Transaction transaction = parts.begin().get()) {
      CompletableFuture<Void> appended = parts.log().watch(transaction, stream);
      transaction.commit().join();
      return appended;
    } catch (CompletionException | FDBException e) {
      throw StoreErrors.translate(e);
    }
  }

  private static void pause(CompletableFuture<Void> appended, long nanos) {
    try {
      appended.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException lookAgain) {
      // A watch that was lost is no error: the stream is looked at again.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(
          SqlState.QUERY_CANCELED, "interrupted while waiting for a stream", e);
    }
  }

  @Override
  public String position() {
    return position.toString();
  }

  @Override
  public void close() {
    closed = true;
    blocks.clear();
    piece = null;
  }

  /** The times of versions, each looked up once while they come in order. */
  private static final class CommitTimes {
    private final StoredStream.Parts parts;
    private long version = -1;
    private LocalDateTime time = LocalDateTime.MIN;

    CommitTimes(StoredStream.Parts parts) {
      this.parts = parts;
    }

    LocalDateTime of(long asked) {
      if (asked != version) {
        long micros =
            parts.runner().read(tr -> parts.ticks().timeOf(tr.snapshot(), asked).orElse(0));
        version = asked;
        time = Timestamps.fromMicros(micros);
      }
      return time;
    }
  }
}
