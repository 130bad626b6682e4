package io.caisson.engine.stream;

import com.apple.foundationdb.Transaction;
import io.caisson.EventStream;
import io.caisson.ResultColumn;
import io.caisson.StreamReader;
import io.caisson.catalog.StreamDefinition;
import io.caisson.column.Column;
import io.caisson.error.CaissonException;
import io.caisson.error.SqlState;
import io.caisson.model.stream.LogPosition;
import io.caisson.model.stream.LogReader;
import io.caisson.model.stream.StreamLog;
import io.caisson.model.stream.TickStore;
import io.caisson.model.transaction.TransactionRunner;
import io.caisson.time.Clock;
import io.caisson.time.Timestamps;
import io.caisson.type.SqlType;
import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stream in the store. Thread-safe. */
public final class StoredStream implements EventStream {
  private final StreamDefinition stream;
  private final Parts parts;

  /** Turns a value of a column into what rows of the API have. */
  @FunctionalInterface
  public interface Values {
    /** The value of a row, null for NULL. */
    @Nullable Object value(Column column, int row, SqlType type);
  }

  /**
   * What readers work with.
   *
   * @param incarnation the life of the database
   * @param runner runs transactions
   * @param begin begins a transaction
   * @param reader reads streams
   * @param log watches streams
   * @param ticks says which version was when
   * @param values makes values
   * @param clock the time
   */
  public record Parts(
      long incarnation,
      TransactionRunner runner,
      Supplier<Transaction> begin,
      LogReader reader,
      StreamLog log,
      TickStore ticks,
      Values values,
      Clock clock) {}

  /** A stream as it is defined now. */
  public StoredStream(StreamDefinition stream, Parts parts) {
    this.stream = stream;
    this.parts = parts;
  }

  @Override
  public String name() {
    return stream.name();
  }

  @Override
  public List<ResultColumn> columns() {
    return stream.columns().stream()
        .map(column -> new ResultColumn(column.name(), column.type()))
        .toList();
  }

  @Override
  public String end() {
    long version = parts.runner().read(transaction -> transaction.getReadVersion().join());
    return behind(LogPosition.endOf(version)).toString();
  }

  private StreamPosition behind(LogPosition position) {
    return new StreamPosition(parts.incarnation(), position, StreamPosition.ALL);
  }

  @Override
  public StreamReader read() {
    return reader(behind(LogPosition.START), OptionalLong.empty());
  }

  @Override
  public StreamReader readAfter(String position) {
    return reader(StreamPosition.parse(position, parts.incarnation()), OptionalLong.empty());
  }

  @Override
  public StreamReader readSince(LocalDateTime committedAt) {
    long before = Timestamps.toMicros(committedAt) - 1;
    LogPosition position =
        parts
            .runner()
            .read(
                transaction -> {
                  long version = parts.ticks().versionAt(transaction, before);
                  long last = Math.min(version, transaction.getReadVersion().join());
                  LogPosition removed =
                      parts
                          .reader()
                          .read(transaction, stream, LogPosition.START, -1, 0)
                          .removedThrough();
                  LogPosition end = LogPosition.endOf(last);
                  return removed.compareTo(end) > 0 ? LogPosition.START : end;
                });
    return reader(behind(position), OptionalLong.empty());
  }

  @Override
  public StreamReader readFrom(LocalDateTime eventTime) {
    if (stream.watermark() == null) {
      throw new CaissonException(
              SqlState.WRONG_OBJECT_TYPE, "stream \"" + stream.name() + "\" has no event time")
          .withHint("Read it from a position, or since the time of a commit.");
    }
    return reader(behind(LogPosition.START), OptionalLong.of(Timestamps.toMicros(eventTime)));
  }

  private StreamReader reader(StreamPosition from, OptionalLong eventTime) {
    return new PositionReader(stream, parts, from, eventTime);
  }
}
