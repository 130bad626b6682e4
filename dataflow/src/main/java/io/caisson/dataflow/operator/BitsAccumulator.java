package io.caisson.dataflow.operator;

import io.caisson.column.ColumnBuilder;
import io.caisson.column.LongColumn;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.batch.Batch;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.Arrays;

/**
 * BIT_AND, BIT_OR and BIT_XOR. For each bit it is known how many values have it, so that values can
 * be taken back. The highest bit of a short type stands for all above it. For one thread.
 */
final class BitsAccumulator implements Accumulator {
  private final AggregateSpec spec;
  private final int argument;
  private final int width;
  private long[] counts = new long[0];

  /** For each group as many as the type has bits. */
  private long[] bits = new long[0];

  private long currentCount;
  private final long[] currentBits;

  BitsAccumulator(AggregateSpec spec, SqlType type) {
    this.spec = spec;
    this.argument = spec.argument().orElseThrow();
    this.width =
        type.kind() == TypeKind.SMALLINT
            ? Short.SIZE
            : type.kind() == TypeKind.INTEGER ? Integer.SIZE : Long.SIZE;
    this.currentBits = new long[width];
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    counts = StepArrays.grown(counts, table.size());
    bits = StepArrays.grown(bits, Math.multiplyExact(counts.length, width));
    var values = (LongColumn) batch.rows().column(argument);
    var counting = new CountingRows(spec, batch.rows());
    for (int row = 0; row < batch.size(); row++) {
      if (counting.counts(row)) {
        long weight = batch.weight(row);
        counts[groups[row]] += weight;
        int first = groups[row] * width;
        long rest =
            width == Long.SIZE ? values.value(row) : values.value(row) & ((1L << width) - 1);
        while (rest != 0) {
          bits[first + Long.numberOfTrailingZeros(rest)] += weight;
          rest &= rest - 1;
        }
      }
    }
  }

  @Override
  public void clear() {
    currentCount = 0;
    Arrays.fill(currentBits, 0);
  }

  @Override
  public void read(RowReader state) {
    currentCount = state.takeLong();
    for (int bit = 0; bit < width; bit++) {
      currentBits[bit] = state.takeLong();
    }
  }

  @Override
  public void add(int group, GroupTable table) {
    if (group < counts.length) {
      currentCount += counts[group];
      for (int bit = 0; bit < width; bit++) {
        currentBits[bit] += bits[group * width + bit];
      }
    }
  }

  @Override
  public void write(RowBuffer state) {
    state.appendLong(currentCount);
    for (long count : currentBits) {
      state.appendLong(count);
    }
  }

  @Override
  public void emit(ColumnBuilder out) {
    if (currentCount == 0) {
      out.addNull();
      return;
    }
    long result = 0;
    for (int bit = 0; bit < width; bit++) {
      result |= isSet(currentBits[bit]) ? 1L << bit : 0;
    }
    out.addLong(result << (Long.SIZE - width) >> (Long.SIZE - width));
  }

  private boolean isSet(long count) {
    return switch (spec.function()) {
      case BIT_AND -> count == currentCount;
      case BIT_OR -> count != 0;
      default -> (count & 1) != 0;
    };
  }

  @Override
  public void endStep() {
    counts = StepArrays.cleared(counts);
    bits = StepArrays.cleared(bits);
  }
}
