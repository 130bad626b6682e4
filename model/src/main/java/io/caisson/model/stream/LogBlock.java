package io.caisson.model.stream;

import io.caisson.column.Column;
import io.caisson.column.Columns;
import io.caisson.model.codec.ColumnRange;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows of a stream that follow each other, with their places: an append, or several of one shard
 * between which no other shard has any. Columns are decoded when they are asked for. For one
 * thread.
 */
public final class LogBlock {
  private final StoredBlock stored;
  private final int shard;
  private final int from;
  private final int to;

  /** The appends {@code from} up to {@code to} of a stored block. */
  LogBlock(StoredBlock stored, int shard, int from, int to) {
    this.stored = stored;
    this.shard = shard;
    this.from = from;
    this.to = to;
  }

  /** The place of its last append in the stream's order. */
  public LogPosition position() {
    return stored.position(to - 1);
  }

  /** The place of its first append. */
  public LogPosition first() {
    return stored.position(from);
  }

  /** The shard it lies in. */
  public int shard() {
    return shard;
  }

  /** The version of the commit of its last append. */
  public long version() {
    return position().version();
  }

  /** How many appends it is of. */
  public int appends() {
    return to - from;
  }

  /** The place of an append, counted from 0. */
  public LogPosition position(int append) {
    return stored.position(from + append);
  }

  /** Where an append's rows begin among the rows; behind the last, how many rows there are. */
  public int start(int append) {
    return stored.start(from + append) - stored.start(from);
  }

  /** How many rows. */
  public int rows() {
    return start(appends());
  }

  /** How many bytes the stored block takes that it is a piece of. */
  public int byteSize() {
    return stored.byteSize();
  }

  /** A column of the stream. */
  public Column column(int index) {
    Column whole = stored.column(index);
    int begin = stored.start(from);
    return rows() == whole.size()
        ? whole
        : whole.gather(IntStream.range(begin, begin + rows()).toArray(), rows());
  }

  /** All columns of the stream. */
  public Columns columns() {
    int width = stored.width();
    return new Columns(IntStream.range(0, width).mapToObj(this::column).toList(), rows());
  }

  /**
   * Bounds of a column's values: no row's value lies outside. Empty where they are not known or all
   * rows are NULL.
   */
  public Optional<ColumnRange> range(int column) {
    return stored.range(column);
  }

  /** The appends up to a version; empty where there is none. */
  public Optional<LogBlock> upTo(long version) {
    int end = to;
    while (end > from && stored.position(end - 1).version() > version) {
      end--;
    }
    return end == from ? Optional.empty() : Optional.of(new LogBlock(stored, shard, from, end));
  }
}
