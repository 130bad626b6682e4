package io.caisson.dataflow.operator;

import io.caisson.column.BytesColumn;
import io.caisson.column.ColumnBuilder;
import io.caisson.dataflow.arrangement.RowBuffer;
import io.caisson.dataflow.arrangement.RowReader;
import io.caisson.dataflow.batch.Batch;
import io.caisson.function.operator.DecimalArithmetic;
import io.caisson.type.DecimalForm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SUM and AVG of NUMERIC, exact. The result has as many digits behind the point as the value that
 * has most, so that it must be known how many values have how many. Takes retractions.
 */
final class NumericSumAccumulator implements Accumulator {
  private final AggregateSpec spec;
  private final int argument;
  private final boolean average;
  private final List<@Nullable Total> changes = new ArrayList<>();
  private Total current = new Total();

  /** Numbers added up. */
  private static final class Total {
    private long count;
    private BigDecimal sum = BigDecimal.ZERO;

    /** How many values have so many digits behind the point; no entry is zero. */
    private final TreeMap<Integer, Long> scales = new TreeMap<>();

    void add(BigDecimal value, long weight) {
      count += weight;
      sum = sum.add(weight == 1 ? value : value.multiply(BigDecimal.valueOf(weight)));
      addScale(value.scale(), weight);
    }

    void add(Total other) {
      count += other.count;
      sum = sum.add(other.sum);
      other.scales.forEach(this::addScale);
    }

    private void addScale(int scale, long weight) {
      scales.merge(scale, weight, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
    }

    /** The sum as it is written: what its digits were for may have been taken back. */
    BigDecimal sum() {
      int scale = scales.isEmpty() ? 0 : scales.lastKey();
      return sum.scale() == scale ? sum : DecimalArithmetic.key(sum).setScale(scale);
    }
  }

  NumericSumAccumulator(AggregateSpec spec) {
    this.spec = spec;
    this.argument = spec.argument().orElseThrow();
    this.average = spec.function() == AggregateSpec.Function.AVG;
  }

  @Override
  public void accumulate(Batch batch, int[] groups, GroupTable table) {
    while (changes.size() < table.size()) {
      changes.add(null);
    }
    var values = (BytesColumn) batch.rows().column(argument);
    var counting = new CountingRows(spec, batch.rows());
    for (int row = 0; row < batch.size(); row++) {
      if (counting.counts(row)) {
        Total total = changes.get(groups[row]);
        if (total == null) {
          total = new Total();
          changes.set(groups[row], total);
        }
        total.add(
            DecimalForm.decode(values.bytes(), values.start(row), values.length(row)),
            batch.weight(row));
      }
    }
  }

  @Override
  public void clear() {
    current = new Total();
  }

  @Override
  public void read(RowReader state) {
    current = new Total();
    current.count = state.takeLong();
    state.takeBytes();
    current.sum = DecimalForm.decode(state.value(), state.valueStart(), state.valueLength());
    for (long scales = state.takeLong(); scales > 0; scales--) {
      current.scales.put((int) state.takeLong(), state.takeLong());
    }
  }

  @Override
  public void add(int group, GroupTable table) {
    Total change = group < changes.size() ? changes.get(group) : null;
    if (change != null) {
      current.add(change);
    }
  }

  @Override
  public void write(RowBuffer state) {
    state.appendLong(current.count);
    byte[] sum = DecimalForm.encode(current.sum());
    state.appendBytes(sum, 0, sum.length);
    state.appendLong(current.scales.size());
    for (Map.Entry<Integer, Long> scale : current.scales.entrySet()) {
      state.appendLong(scale.getKey());
      state.appendLong(scale.getValue());
    }
  }

  @Override
  public void emit(ColumnBuilder out) {
    if (current.count == 0) {
      out.addNull();
      return;
    }
    BigDecimal sum = DecimalArithmetic.add(current.sum(), BigDecimal.ZERO);
    out.addBytes(
        DecimalForm.encode(
            average ? DecimalArithmetic.divide(sum, BigDecimal.valueOf(current.count)) : sum));
  }

  @Override
  public void endStep() {
    changes.clear();
  }
}
