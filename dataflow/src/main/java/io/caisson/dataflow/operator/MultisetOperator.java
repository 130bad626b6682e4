package io.caisson.dataflow.operator;

import io.caisson.column.Column;
import io.caisson.dataflow.arrangement.Arrangement;
import io.caisson.dataflow.arrangement.Cursor;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowCodec;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.arrangement.Snapshot;
import io.caisson.dataflow.arrangement.SortedRows;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.SqlType;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * INTERSECT ALL and EXCEPT ALL: how often a row is in the result follows from how often each input
 * has it. Its state is both inputs, each row with its number. NULLs equal each other. For the
 * thread that steps.
 */
public final class MultisetOperator implements BinaryOperator {
  /** How the numbers combine. */
  public enum Kind {
    /** As often as in both. */
    INTERSECT_ALL,
    /** As often as the left input has it more. */
    EXCEPT_ALL
  }

  private final Kind kind;
  private final RowCodec codec;
  private final @Nullable Expiry expiry;
  private final List<Arrangement> inputs;
  private final List<ExpiredRows> expired;
  private final List<RowBuffer> changes = List.of(new RowBuffer(), new RowBuffer());

  /**
   * Combines two inputs.
   *
   * @param kind how
   * @param types types of the columns of both
   * @param expiry when equal rows of both stand, by the first column; null for never
   * @param opener gives the state's arrangements
   */
  public MultisetOperator(
      Kind kind, List<SqlType> types, @Nullable Expiry expiry, ArrangementOpener opener) {
    this.kind = kind;
    this.codec = RowCodec.ofGroups(types, IntStream.range(0, types.size()).boxed().toList());
    this.expiry = expiry;
    this.inputs = List.of(opener.open("left"), opener.open("right"));
    this.expired = inputs.stream().map(ExpiredRows::new).toList();
  }

  @Override
  public void processLeft(Batch input, Output out) {
    add(input, changes.get(0));
  }

  @Override
  public void processRight(Batch input, Output out) {
    add(input, changes.get(1));
  }

  private void add(Batch input, RowBuffer target) {
    Column[] columns = codec.columnsOf(input.rows());
    for (int row = 0; row < input.size(); row++) {
      if (input.weight(row) != 0) {
        codec.encode(columns, row, target);
        target.endRow(input.weight(row));
      }
    }
  }

  @Override
  public void endStep(Output out) {
    SortedRows left = SortedRows.of(changes.get(0));
    SortedRows right = SortedRows.of(changes.get(1));
    changes.forEach(RowBuffer::clear);
    if (left.isEmpty() && right.isEmpty()) {
      return;
    }
    var emitter = new RowEmitter(codec.types(), null, out);
    combine(left, 0, emitter);
    combine(right, 1, emitter);
    emitter.flush();
  }

  /** Takes in the change of one input, with the other one as it stands. */
  private void combine(SortedRows change, int side, RowEmitter emitter) {
    var reader = new RowReader();
    try (Snapshot own = inputs.get(side).snapshot();
        Snapshot others = inputs.get(1 - side).snapshot()) {
      Cursor ownRows = own.cursor();
      Cursor otherRows = others.cursor();
      for (int row = 0; row < change.size(); row++) {
        long before = count(ownRows, change, row);
        long after = before + change.weight(row);
        long other = count(otherRows, change, row);
        long difference =
            side == 0
                ? combined(after, other) - combined(before, other)
                : combined(other, after) - combined(other, before);
        if (difference != 0) {
          reader.reset(change.bytes(), change.start(row));
          codec.decode(reader, emitter.row());
          emitter.endRow(difference);
        }
      }
    }
    inputs.get(side).add(change);
  }

  private static long count(Cursor rows, SortedRows change, int row) {
    boolean found = rows.seekPrefix(change.bytes(), change.start(row), change.end(row));
    return found ? rows.weight() : 0;
  }

  private long combined(long left, long right) {
    return kind == Kind.INTERSECT_ALL ? Math.min(left, right) : Math.max(left - right, 0);
  }

  @Override
  public int free(long[] watermarks, int most) {
    return expiry == null ? 0 : ExpiredRows.remove(expired, expiry.through(watermarks), most);
  }

  @Override
  public List<Arrangement> state() {
    return inputs;
  }

  @Override
  public long memoryBytes() {
    return changes.stream().mapToLong(RowBuffer::memoryBytes).sum();
  }
}
